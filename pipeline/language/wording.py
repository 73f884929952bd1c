"""What is known of a language's words and sentences: sections of `data/<code>.toml`."""

from __future__ import annotations

from pipeline.language.section import Section


class Sentences(Section):
    """Where sentences end."""

    abbreviations: tuple[str, ...] = ()
    """Titles and short forms that end in a point and do not end a sentence, where sentencex does not know them; each a
    regular expression, without the point."""
    goes_on: str | None = None
    """Regular expression for a closing quotation mark that does not end the sentence, with what follows it."""
