"""The article that an editor means: by its id, the beginning of it, or its number in the digest."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import ConfigError
from pipeline.issue.plain import line
from pipeline.review.results import Results

# Fewer digits or letters begin many ids, and are more likely a number that is too high.
_SHORTEST = 4
_MOST_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One article of the issue in the folder, or one that the editor has decided about."""

    id: str
    number: int = 0
    """In the reading order of the digest, from 1; 0 where it is not in it."""
    headline: str = ""
    """As the digest prints it, else as published."""
    original: str = ""
    """As published, where the digest prints another."""
    told: bool = False

    def __str__(self) -> str:
        where = f"{self.number:>4}" if self.number else "   -"
        return f"{where}  {self.id}  {self.headline}".rstrip()


class Articles:
    """Those of a folder of results.

    Raises:
        ConfigError: articles.jsonl is missing or damaged.
    """

    def __init__(self, results: Results) -> None:
        self._results = results
        found = {
            item["id"]: Found(
                id=item["id"],
                number=number,
                headline=line(item["headline"], 100),
                original=item["original_headline"],
                told=item["told"],
            )
            for number, (_, item) in enumerate(results.items(), start=1)
        }
        self._revisions: dict[str, str] = {}
        for article in results.articles():
            # The last of two with one id is not always the one in the digest, which says which.
            if article["id"] and article["error"] is None:
                found.setdefault(article["id"], Found(id=article["id"], headline=line(article["title"] or "", 100)))
                self._revisions.setdefault(article["id"], article["revision"] or "")
        self._revisions |= {item["id"]: item["revision"] for _, item in results.items()}
        for known in results.overlay.of(results.id).article:
            found.setdefault(known, Found(id=known))
        self.all = tuple(found.values())
        """Those of the digest in its order, then the others."""

    def find(self, word: str) -> Found:
        """The article that a word means.

        Raises:
            ConfigError: none or several; the message has the nearest.
        """
        by_id = {found.id: found for found in self.all}
        if word in by_id:
            return by_id[word]
        if word.isascii() and word.isdigit():
            numbered = [found for found in self.all if found.number and found.number == int(word)]
            if numbered:
                return numbered[0]
        begun = [found for found in self.all if len(word) >= _SHORTEST and found.id.startswith(word.lower())]
        if len(begun) == 1:
            return begun[0]
        if begun:
            raise ConfigError(f"{word!r} begins the ids of several articles; give more of it:\n{_listed(begun)}")
        near = self._nearest(word)
        shown = f" The nearest are:\n{_listed(near)}" if near else " `worldbrief edit show` lists them."
        raise ConfigError(f"no article {line(word, 80)!r} in issue {self._results.id}.{shown}")

    def revision(self, found: Found) -> str:
        """Of the text that the folder has, "" where it has none."""
        return self._revisions.get(found.id, "")

    def record(self, found: Found) -> dict[str, Any]:
        """The line of articles.jsonl.

        Raises:
            ConfigError: there is none.
        """
        revision = self.revision(found)
        for article in self._results.articles():
            if article["id"] == found.id and article["revision"] == revision:
                return article
        raise ConfigError(f"{found.id}: {self._results.folder} has no article with this id")

    def with_text(self, source: str) -> int:
        """How many of the articles have a text in headline or body."""
        return sum(
            any(source in text for text in (article["title"] or "", *(article["paragraphs"] or ())))
            for article in self._results.articles()
        )

    def _nearest(self, word: str) -> list[Found]:
        """Those whose headline has the words, then those with an id like it."""
        words = word.casefold().split()
        named = [
            found
            for found in self.all
            if all(part in f"{found.headline}\n{found.original}".casefold() for part in words)
        ]
        alike = difflib.get_close_matches(word.lower(), [found.id for found in self.all], n=3, cutoff=0.6)
        return list(dict.fromkeys([*named, *(found for found in self.all if found.id in alike)]))


def _listed(found: Sequence[Found]) -> str:
    more = [f"      and {len(found) - _MOST_SHOWN} more"] if len(found) > _MOST_SHOWN else []
    return "\n".join([*map(str, found[:_MOST_SHOWN]), *more])
