"""What an editor can decide, as one frozen value.

Names and sentences hold for every issue, from the next run on: they are the editor's memory. All else is said of one
article of one issue; another issue with the same article has decisions of its own.
"""

from __future__ import annotations

from pydantic import Field

from pipeline.config import Section


class Name(Section):
    """`[[name]]`: a name or term of one language and its English, as in a glossary."""

    language: str
    """BCP 47 code."""
    source: str
    """As the articles write it."""
    english: str


class Correction(Section):
    """`[[sentence]]`: a sentence of one language and its English by a person, who may also confirm the machine's."""

    language: str
    source: str
    """The sentence as published, white space aside."""
    english: str


class Edit(Section):
    """`[issue."ID".article.ARTICLE]`: what is decided about one article of one issue; "" and False decide nothing."""

    revision: str = ""
    """The text that the editor saw. Of another text, words of the editor's are not printed: it is reported."""
    drop: bool = False
    tell: bool = False
    """Print it in English although the pipeline withheld it."""
    pin: bool = False
    """Before all others, in the order of the file."""
    section: str = ""
    headline: str = ""
    summary: str = ""
    note: str = ""
    """Printed under the item, as the editor's."""


class IssueEdits(Section):
    """`[issue."ID"]`: what is decided about one issue."""

    note: str = ""
    """Printed at its top, as the editor's."""
    order: tuple[str, ...] = ()
    """Articles by id that come first within their section, in this order, after the pinned ones."""
    sections: tuple[str, ...] = ()
    """Titles of sections that come first, in this order."""
    article: dict[str, Edit] = Field({})
    """By article id, 16 hexadecimal digits."""


class Overlay(Section):
    """The whole file; an empty one decides nothing."""

    name: tuple[Name, ...] = ()
    sentence: tuple[Correction, ...] = ()
    issue: dict[str, IssueEdits] = Field({})
    """By issue id."""

    def of(self, issue_id: str) -> IssueEdits:
        """What is decided about an issue."""
        return self.issue.get(issue_id, IssueEdits())
