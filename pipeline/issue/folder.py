"""The folder of results: one run at a time writes there, and what it writes appears together.

All files are written beside each other in a folder within it first, and on disk. Then a list of them is, and from that
moment they are to replace what is there: whoever is killed while they take their places leaves the list, and whoever
opens the folder next goes on. So a full disk or a death leaves the results of one run or of the other.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import ConfigError, WorldbriefError
from pipeline.files import write_atomically

_STAGING = ".next"
_LIST = ".list.json"
_LOCK = ".lock"
# The name of a file that is to go, in the folder where the others are prepared.
_GONE = ".gone"
# The last to take its place: whoever looks at nothing else sees when a run was done.
_LAST = "report.json"
_PATIENCE_SECONDS = 3600
_PAUSE_SECONDS = 1.0
# Renaming takes no longer.
_RENAMING_SECONDS = 10


def remove(path: Path) -> None:
    """Remove a file that an earlier issue left; in a folder where files are prepared, when they take their places.

    Raises:
        OSError: it cannot be removed.
    """
    if _STAGING in path.parts:
        path.with_name(path.name + _GONE).touch()
    else:
        path.unlink(missing_ok=True)


@contextmanager
def writing_to(
    out: Path, say: Callable[[str], None] = lambda text: None, waiting: Callable[[], None] = lambda: None
) -> Iterator[Folder]:
    """The folder `out`, made if need be, for one run at a time; another waits, and says so.

    The lock is `flock` (where a file system has none, a file that names its owner): it ends with the process.

    Args:
        say: told once that another run is writing there.
        waiting: called every second meanwhile; may raise.

    Raises:
        ConfigError: nothing can be written there, another run takes more than an hour, or an earlier one was cut off
            while its results took their places and they are damaged now. Nothing was started.
    """
    is_new = not out.exists()
    lock = FileLock(out / _LOCK)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _acquire(lock, out, say, waiting)
    except OSError as error:
        raise ConfigError(f"{out}: results cannot be written there: {error.strerror}") from None
    try:
        try:
            _settle(out)
            _clear(out)
            (out / _STAGING).mkdir()
        except OSError as error:
            raise ConfigError(f"{out}: results cannot be written there: {error.strerror}") from None
        try:
            yield Folder(out)
        except WorldbriefError as error:
            # Named by where it was to be.
            told = str(error).replace(f"{out / _STAGING}{os.sep}", f"{out}{os.sep}")
            if told == str(error) or type(error) not in (WorldbriefError, ConfigError):
                raise
            raise type(error)(told) from error
        finally:
            if not (out / _STAGING / _LIST).exists():
                _clear(out)
    finally:
        if is_new and [path.name for path in out.iterdir()] == [_LOCK]:
            # There is nothing to tell, not even a folder.
            with suppress(OSError):
                (out / _LOCK).unlink()
                out.rmdir()
        lock.release()


def settle(out: Path) -> None:
    """See that the results in a folder are those of one run, before they are read.

    Raises:
        ConfigError: a run is just putting its own there, or was cut off and cannot be completed.
    """
    for folder in (out, out.parent):  # of one digest of several, the run wrote to the folder above
        if not (folder / _STAGING / _LIST).exists():
            continue
        try:
            with FileLock(folder / _LOCK, timeout=_RENAMING_SECONDS):
                _settle(folder)
        except Timeout:
            raise ConfigError(f"{folder}: a run is putting new results there just now; try again") from None
        except OSError as error:
            raise ConfigError(
                f"{folder}: its results are of two runs, since the last one was cut off, and it cannot be completed"
                f" ({error.strerror}); see that the folder may be written, or make the issue anew: worldbrief run"
            ) from None


class Folder:
    """The results of a run that is under way."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.staging = out / _STAGING
        """Where they are written."""

    def place(self, path: Path) -> Path:
        """Where a file will be that was written there; one that was written elsewhere is where it is."""
        return self._out / path.relative_to(self.staging) if path.is_relative_to(self.staging) else path

    def commit(self) -> None:
        """Put all that was written in its place.

        Raises:
            WorldbriefError: there is no room to; what was there before still is.
        """
        files = sorted(path for path in self.staging.rglob("*") if path.is_file() and not path.name.startswith("."))
        names = {path.relative_to(self.staging).as_posix(): _digest(path) for path in files}
        if not names:
            return
        try:
            for folder in {path.parent for path in files}:
                _sync(folder)
            write_atomically(self.staging / _LIST, [json.dumps(names, indent=1).encode()])
            _sync(self.staging)
        except OSError as error:
            raise WorldbriefError(f"{self._out}: results cannot be written there: {error.strerror}") from error
        try:
            _settle(self._out)
        except OSError as error:
            raise WorldbriefError(
                f"{self._out}: not all results could be put in their places: {error.strerror}; mend that and run again"
            ) from error


def _acquire(lock: FileLock, out: Path, say: Callable[[str], None], waiting: Callable[[], None]) -> None:
    waited = 0.0
    while True:
        try:
            lock.acquire(timeout=_PAUSE_SECONDS if waited else 0)
        except Timeout:
            if not waited:
                say(f"another run is writing to {out}; waiting for it")
            waited += _PAUSE_SECONDS
            if waited > _PATIENCE_SECONDS:
                raise ConfigError(
                    f"{out}: another run has been writing there for an hour; wait for it or end it; nothing was started"
                ) from None
            waiting()
            continue
        if (out / _LOCK).exists():
            return
        # The one that held it had nothing to write, and took its folder away.
        lock.release()
        out.mkdir(parents=True, exist_ok=True)


def _settle(out: Path) -> None:
    """Go on where a run was cut off while its files took their places.

    Raises:
        OSError: a file cannot be moved.
        ConfigError: a file is damaged.
    """
    staging = out / _STAGING
    try:
        names = json.loads((staging / _LIST).read_bytes())
    except FileNotFoundError:
        return
    except ValueError:
        names = None
    damaged = f"{staging}: what was to be put in its place is damaged; remove the folder and make the issue anew"
    if not isinstance(names, dict):
        raise ConfigError(damaged)
    left = [name for name in names if (staging / name).exists()]
    if any(_digest(staging / name) != names[name] for name in left):
        raise ConfigError(damaged)
    for name in sorted(left, key=lambda name: (name == _LAST, name)):
        place = out / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(_GONE):
            place.with_name(place.name.removesuffix(_GONE)).unlink(missing_ok=True)
            (staging / name).unlink()
        else:
            os.replace(staging / name, place)
    for folder in {(out / name).parent for name in names}:
        _sync(folder)
    (staging / _LIST).unlink()
    _clear(out)


def _clear(out: Path) -> None:
    shutil.rmtree(out / _STAGING, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """Names are on disk, too; where a system cannot say so for folders, it is left to it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
