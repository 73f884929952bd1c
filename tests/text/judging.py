"""What the tests of checks have in common."""

from __future__ import annotations

from pipeline.text.names.term_index import Term


def told(*pairs: tuple[str, str]) -> tuple[Term, ...]:
    """Terms of a sentence, each as the source and as the English has it."""
    return tuple(Term(source, english, "term") for source, english in pairs)
