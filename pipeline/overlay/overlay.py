"""What an editor can decide, as one frozen value.

Names and sentences hold for every issue, from the next run on: they are the editor's memory. All else is said of one
article of one issue; another issue with the same article has decisions of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from pipeline.config import Section
from pipeline.config.section import Language, language_code
from pipeline.text.hygiene import clean_line


def _said(text: str) -> str:
    if not clean_line(text):
        raise ValueError("must not be empty")
    return text


Said = Annotated[str, AfterValidator(_said)]


# What the issue has room for. More would be cut, and an editor's words are not cut unasked.
Headline = Annotated[str, Field(max_length=300)]
Text = Annotated[str, Field(max_length=2000)]
Title = Annotated[str, Field(max_length=80)]


class Name(Section):
    """`[[name]]`: a name or term of one language and its English, as in a glossary."""

    language: Language
    source: Said
    """As the articles write it."""
    english: Said


class Correction(Section):
    """`[[sentence]]`: a sentence of one language and its English by a person, who may also confirm the machine's."""

    language: Language
    source: Said
    """The sentence as published, white space aside. Of two for one sentence the later holds."""
    english: Said


class Edit(Section):
    """`[issue."ID".article.ARTICLE]`: what is decided about one article of one issue; "" and False decide nothing."""

    revision: str = ""
    """The text that the editor saw. Of another text, words of the editor's are not printed: it is reported."""
    drop: bool = False
    tell: bool = False
    """Print it in English although the pipeline withheld it."""
    pin: bool = False
    """Before all others, in the order of the file."""
    section: Title = ""
    headline: Headline = ""
    summary: Text = ""
    note: Text = ""
    """Printed under the item, as the editor's."""

    @property
    def decides(self) -> bool:
        """Whether it says anything."""
        return self.model_copy(update={"revision": ""}) != Edit()


class IssueEdits(Section):
    """`[issue."ID"]`: what is decided about one issue."""

    note: Text = ""
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

    def mark_of(self, issue_id: str) -> str:
        """sha256, 64 hex digits, of all that bears upon an issue; the same where two files decide the same."""
        edits = self.of(issue_id)
        # In the order of the file, which is that of pinned articles.
        deciding = {article: edit for article, edit in edits.article.items() if edit.decides}
        known = self.model_copy(update={"issue": {issue_id: edits.model_copy(update={"article": deciding})}})
        return hashlib.sha256(known.model_dump_json().encode()).hexdigest()


def is_same(written: Mapping[str, object], asked: Name | Correction) -> bool:
    """Whether what stands in a file is the entry for the same words, in the same language."""
    language, source = written.get("language"), written.get("source")
    if not isinstance(language, str) or not isinstance(source, str):
        return False
    return language_code(language) == asked.language and clean_line(source) == clean_line(asked.source)
