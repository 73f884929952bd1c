"""What the pages of all languages say, as one pattern: no page says its language for sure before it is read."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.language.facts import facts, known
from pipeline.language.pages import Pages


def said(of: Callable[[Pages], tuple[str, ...]]) -> str:
    """What the pages of any language say, as alternatives of a regular expression; "(?!)" for none."""
    patterns = (pattern for code in known() for pattern in of(facts(code).pages))
    return "|".join(dict.fromkeys(patterns)) or "(?!)"
