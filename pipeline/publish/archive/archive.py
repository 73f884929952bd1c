"""The issue in a folder that a web server, or nobody at all, serves: every issue, an index, a feed, a search.

Every file is whole at any time: what an index names is there before the index is, and what it no longer names goes
after it. Whoever is killed in between leaves a site that works; the same command makes it up to date.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import ConfigError, PublishError
from pipeline.files import write_atomically
from pipeline.issue.identity import check_issue_id
from pipeline.publish import Edition, Journal, Receipt
from pipeline.publish.archive.shelf import FEED, INDEX, MARK, SEARCH, Shelved, checked_base, pages, shelved
from pipeline.publish.edition import DATA, FILES
from pipeline.publish.means import Means

_PAGE = "digest.html"
# The mail names its recipients.
_PRIVATE = {"digest.eml"}
# At the root lie those of the latest issue, where `issue.base_url` says they are.
_OF_LATEST = (_PAGE, "feed.xml", "feed.json", "rss.xml")


class Archive:
    """`[publish.archive]`."""

    name = "archive"

    def __init__(self, config: Config, means: Means) -> None:
        self._settings = config.publish.archive
        self._base_of_issue = config.issue.base_url

    def preview(self, edition: Edition, journal: Journal) -> list[str]:
        folder = self._folder(edition)
        files = _public(edition)
        self._base_url()
        there = _contents(folder / edition.issue.id)
        what = "is there as it is" if there == files else "replaces the one there" if there else "is new"
        return [
            f"{folder}: issue {edition.issue.id} {what}, {len(files)} files; the index has {len(shelved(folder))} now"
        ]

    def publish(self, edition: Edition, journal: Journal) -> Receipt:
        folder, base_url, files = self._folder(edition), self._base_url(), _public(edition)
        issue = edition.issue.id
        with _alone(folder):
            there = _contents(folder / issue)
            changed = _shelve(folder / issue, files, there)
            changed |= _show(folder, shelved(folder), base_url)
        if changed:
            journal.begin(self.name, issue, again=True, detail=edition.sha256)
            journal.end(self.name, issue, detail=edition.sha256)
        what = "is there as it was" if not changed else "is replaced" if there else "is in the archive"
        return Receipt(
            detail=f"issue {issue} {what}: {folder / issue / INDEX}",
            url=f"{base_url}/{issue}/{INDEX}" if base_url else "",
            new=changed,
        )

    def withdraw(self, issue: str) -> Receipt:
        """Take an issue out of the archive.

        Raises:
            ConfigError: a setting is wrong, or it is not there.
            PublishError: a file cannot be written or removed.
        """
        folder, base_url = self._folder(None), self._base_url()
        check_issue_id(issue)
        if not (folder / issue / DATA).is_file():
            raise ConfigError(f"{folder}: has no issue {issue}")
        with _alone(folder):
            _show(folder, [other for other in shelved(folder) if other.id != issue], base_url)
            _remove(folder / issue)
        return Receipt(detail=f"issue {issue} is no longer in the archive")

    def _folder(self, edition: Edition | None) -> Path:
        if not self._settings.folder:
            raise ConfigError("publish.archive.folder: is empty; set the folder of the archive")
        folder = Path(self._settings.folder)
        if edition is not None and folder.resolve() == edition.folder.resolve():
            raise ConfigError(
                f"publish.archive.folder: {folder} is the folder of the results; the archive needs its own"
            )
        try:
            index = (folder / INDEX).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return folder
        except OSError as error:
            raise ConfigError(f"{folder / INDEX}: cannot be read: {error.strerror}") from None
        if MARK not in index:
            raise ConfigError(f"{folder / INDEX}: is a page of somebody else's; choose another publish.archive.folder")
        return folder

    def _base_url(self) -> str:
        own = self._settings.base_url
        setting = "publish.archive.base_url" if own else "issue.base_url"
        return checked_base(setting, own or self._base_of_issue)


def target(config: Config, means: Means) -> Archive:
    return Archive(config, means)


def _public(edition: Edition) -> dict[str, bytes]:
    """The files of the issue by their name in the archive.

    Raises:
        ConfigError: there is no page.
    """
    if _PAGE not in edition.files:
        raise ConfigError(f"{edition.folder / _PAGE}: is not there; the archive needs html among issue.formats")
    return {INDEX if name == _PAGE else name: data for name, data in edition.files.items() if name not in _PRIVATE}


def _contents(folder: Path) -> dict[str, bytes]:
    names = {INDEX, *FILES}
    return {name: (folder / name).read_bytes() for name in sorted(names) if (folder / name).is_file()}


def _shelve(folder: Path, files: Mapping[str, bytes], there: Mapping[str, bytes]) -> bool:
    """Put the files of an issue in its folder; whether anything had to be done."""
    with _explained(folder):
        if not folder.exists():
            # The folder is there with all that is in it, or not at all.
            part = _hidden(folder)
            for name, data in files.items():
                write_atomically(part / name, [data])
            os.replace(part, folder)
            return True
        # The page last: it names the others.
        for name in sorted(files, key=lambda name: name == INDEX):
            if there.get(name) != files[name]:
                write_atomically(folder / name, [files[name]])
        gone = there.keys() - files.keys()
        for name in gone:
            (folder / name).unlink(missing_ok=True)
        return bool(gone) or dict(there) != dict(files)


def _show(folder: Path, issues: list[Shelved], base_url: str) -> bool:
    """Bring index, feed, search and the latest issue at the root up to date; whether anything had to be done."""
    wanted: dict[str, bytes] = {}
    if issues:
        latest = _contents(folder / issues[0].id)
        latest = {(_PAGE if name == INDEX else name): data for name, data in latest.items()}
        wanted = {name: latest[name] for name in _OF_LATEST if name in latest}
    wanted |= pages(issues, base_url)
    ours = {*_OF_LATEST, FEED, *(path.name for path in folder.glob(SEARCH.format("[0-9]*")))}
    changed = False
    with _explained(folder):
        for name, data in wanted.items():
            path = folder / name
            if not path.is_file() or path.read_bytes() != data:
                write_atomically(path, [data])
                changed = True
        for name in ours - wanted.keys():
            if (folder / name).is_file():
                (folder / name).unlink()
                changed = True
    return changed


def _remove(folder: Path) -> None:
    """Hidden in one step, then removed."""
    with _explained(folder):
        hidden = _hidden(folder)
        os.replace(folder, hidden)
        shutil.rmtree(hidden)


def _hidden(folder: Path) -> Path:
    """A name beside the folder of an issue that is no issue's; what a killed process left there is removed."""
    hidden = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(hidden, ignore_errors=True)
    return hidden


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time changes an archive, whichever journal it has."""
    from filelock import FileLock, Timeout

    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock = FileLock(folder / ".archive.lock", timeout=60)
            lock.acquire()
        except Timeout:
            raise PublishError(f"archive: another process is writing to {folder}; run it again") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """A full disk names no file."""
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        raise PublishError(
            f"archive: {where}: {error.strerror}; every page there is whole, run it again when that is mended"
        ) from error
