"""What an editor decided, as far as it fits the issue that is built; what does not fit is said, a line each."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable
from typing import Final

from pipeline.article import Article
from pipeline.issue.item import Item
from pipeline.issue.plain import line
from pipeline.overlay.overlay import Edit, IssueEdits

# What a person said of a text that they had read.
_WORDS: Final = ("headline", "summary", "tell")
_OF_ITEM: Final = ("tell", "pin", "section", "headline", "summary", "note")
_NOTHING: Final = Edit()


class Decisions:
    """Those of one issue.

    Args:
        edits: what the editor decided.
        unfit: told each decision that has no effect, and why.
    """

    def __init__(self, edits: IssueEdits, unfit: Callable[[str], None]) -> None:
        self._edits = edits
        self._unfit = unfit
        pinned = [article for article, edit in edits.article.items() if edit.pin]
        self._pinned = {article: place for place, article in enumerate(pinned)}
        self._order = {article: place for place, article in enumerate(dict.fromkeys(edits.order))}
        self._sections = {_key(title): place for place, title in enumerate(edits.sections)}
        self._offered: dict[str, str] = {}
        """Headline as published, by id of the articles seen."""
        self._elsewhere: dict[str, str] = {}
        """Why an article that was seen is not in the issue, by id."""

    def of(self, article: Article) -> Edit:
        """What holds for an article: of another text than the editor saw, none of the editor's words."""
        edit = self._edits.article.get(article.id, _NOTHING)
        is_new = article.id not in self._offered
        self._offered[article.id] = line(article.content.title, 60) if article.content else ""
        if edit.drop:
            self._elsewhere[article.id] = "the editor dropped it"
            lost = [name for name in _OF_ITEM if getattr(edit, name)]
            if lost and is_new:
                self._say(article.id, f"is dropped, so its {_and(lost)} {_verb(lost)} no effect")
            return edit
        words = [name for name in _WORDS if getattr(edit, name)]
        if not words or edit.revision in ("", article.revision):
            return edit
        if is_new:
            self._say(
                article.id,
                f"has another text than the editor saw, so its {_and(words)} {_verb(words)} no effect; once it is read"
                f' again: revision = "{article.revision}"',
            )
        return edit.model_copy(update={"headline": "", "summary": "", "tell": False})

    def has_no_english(self, article: Article) -> None:
        """Told of an article that has nothing to print."""
        self._elsewhere[article.id] = "it has no English text"

    def is_pinned(self, article: str) -> bool:
        return article in self._pinned

    def place_of(self, article: str) -> tuple[int, int]:
        """Sorts pinned articles to the front, then those of `order`."""
        return (self._pinned.get(article, len(self._pinned)), self._order.get(article, len(self._order)))

    def place_of_section(self, title: str) -> int:
        """Sorts the sections that the editor wants first to the front."""
        return self._sections.get(_key(title), len(self._sections))

    def section_of(self, item: Item, reserved: Collection[str]) -> str:
        """The title of the section that the editor put an item in; "" for none.

        Args:
            reserved: titles with a meaning of their own; of these the first may be chosen.
        """
        title = line(self._edits.article.get(item.id, _NOTHING).section, 80)
        own = {_key(name): name for name in reserved}.get(_key(title))
        if own is None:
            return title
        if own == next(iter(reserved)):
            return own
        self._say(item.id, f"“{own}” is made up by itself and takes no `section`")
        return ""

    def hold_sections(self, titles: Iterable[str]) -> None:
        """Say which of the sections that are to come first are not there."""
        there = [title for title in titles if title]
        known = {_key(title) for title in there}
        for title in self._edits.sections:
            if _key(title) not in known:
                have = f"there are {_and([f'“{name}”' for name in there])}" if there else "the issue has no headings"
                self._unfit(f"sections: no section “{line(title, 80)}”; {have}")

    def hold(self, items: Iterable[Item]) -> None:
        """Say what fits nothing in the items of the issue."""
        there = {item.id: item for item in items}
        for article, edit in self._edits.article.items():
            if not edit.decides or (edit.drop and article in self._offered):
                continue
            if article not in there:
                self._say(article, f"{self._why_absent(article)}; nothing is done for it")
                continue
            item = there[article]
            if item.told:
                if edit.pin and edit.section:
                    self._say(article, "is pinned above the sections, so its section has no effect")
                continue
            if edit.tell and edit.revision in ("", item.revision):
                self._say(
                    article, "stays listed: nothing of its translation is sure enough; write a headline or a summary"
                )
            for name in ("pin", "section"):
                if getattr(edit, name):
                    effect = "is the first of those" if name == "pin" else "stands with those"
                    self._say(article, f"is only listed: {name} cannot move it among what is told, it {effect}")
        for article in self._order:
            if article not in there:
                self._unfit(f"order: {self._named(article)}: {self._why_absent(article)}")

    def _why_absent(self, article: str) -> str:
        if article in self._elsewhere:
            return self._elsewhere[article]
        if article in self._offered:
            return "there is no room for it (issue.max_items), or drafts are dropped (issue.drafts)"
        near = difflib.get_close_matches(article, self._offered, n=1, cutoff=0.8)
        return "no article of this issue has this id" + (f"; the nearest is {near[0]}" if near else "")

    def _say(self, article: str, what: str) -> None:
        self._unfit(f"{self._named(article)}: {what}")

    def _named(self, article: str) -> str:
        headline = self._offered.get(article, "")
        return f"{line(article, 40)} “{headline}”" if headline else line(article, 40)


def _key(title: str) -> str:
    return line(title, 80).casefold()


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _verb(words: list[str]) -> str:
    return "has" if len(words) == 1 else "have"
