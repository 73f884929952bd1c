"""What the `worldbrief edit` commands work on: the issue in a folder of results, and the overlay."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import digest_of, err, load_config, out
from pipeline.errors import ConfigError
from pipeline.issue.plain import line

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.review.find import Articles, Found
    from pipeline.review.results import Results


@dataclass(frozen=True)
class EditDesk:
    """What a command works on: the issue in the folder of results, and the overlay."""

    config_file: Path | None
    out_folder: str | None
    digest: str | None

    @cached_property
    def settings(self) -> Config:
        return load_config(self.config_file)

    @cached_property
    def overlay(self) -> Path:
        return Path(self.settings.run.overlay)

    @cached_property
    def folder(self) -> Path:
        return Path(digest_of(self.settings, self.digest, self.out_folder or None).config.run.out)

    @cached_property
    def results(self) -> Results:
        from pipeline.review import results

        return results.read(self.folder, self.overlay)

    @cached_property
    def articles(self) -> Articles:
        from pipeline.review.find import Articles

        return Articles(self.results)

    @property
    def _run(self) -> Path:
        """Where it says what was run: of several digests the folder of all, where none is meant."""
        try:
            return self.folder
        except ConfigError:
            return Path(self.out_folder or self.settings.run.out)

    def decide(self, word: str, changes: Mapping[str, str | bool]) -> None:
        """Write decisions about one article, with the text that they were made of."""
        from pipeline.overlay import file

        found = self.articles.find(word)
        is_of_text = any(changes.get(key) for key in ("headline", "summary", "tell"))
        revision = {"revision": self.articles.revision(found)} if is_of_text else {}
        file.edit_article(self.overlay, self.results.id, found.id, {**changes, **revision})
        for key, value in changes.items():
            say(f"{key}{'' if value else ' taken back'}: {named(found)}")

    def decide_issue(self, changes: Mapping[str, str | Sequence[str]]) -> None:
        from pipeline.overlay import file

        file.edit_issue(self.overlay, self.results.id, changes)
        for key, value in changes.items():
            say(f"{key}{'' if value else ' taken back'}: issue {self.results.id}")

    def tell_what_next(self) -> None:
        """Say where it is and what shows it."""
        from pipeline.run.again import last_run

        say(f"saved in {self.overlay}", to_error=True)
        try:
            last_run(self._run)
        except ConfigError as error:
            say(f"to see it: {error}", to_error=True)
            return
        words = ["worldbrief", "run", "--again"]
        words += ["--config", str(self.config_file)] if self.config_file else []
        words += ["--out", self.out_folder] if self.out_folder else []
        words += ["--digest", self.digest] if self.digest else []
        say(f"to see it: {shlex.join(words)}", to_error=True)


def say(text: str, *, to_error: bool = False) -> None:
    (err if to_error else out).print(text, markup=False)


def plain(text: str) -> str:
    """A text of an article or a file on one line, without what a terminal would obey."""
    return line(text, 2000)


def named(found: Found) -> str:
    return f"{found.id} “{found.headline}”" if found.headline else found.id
