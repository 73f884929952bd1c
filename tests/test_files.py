"""Files that are whole or not there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.files import temporary_beside, write_atomically


def test_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file.txt"
    write_atomically(path, [b"one ", b"two"])
    assert path.read_bytes() == b"one two"
    assert os.listdir(path.parent) == ["file.txt"]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"a longer text than the new one")
    write_atomically(path, iter([b"new"]))
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_keeps_the_old_file_and_leaves_no_other(tmp_path: Path, error: type[BaseException]) -> None:
    def parts() -> Iterator[bytes]:
        yield b"half"
        raise error

    path = tmp_path / "file.txt"
    path.write_bytes(b"old")
    with pytest.raises(error):
        write_atomically(path, parts())
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file.txt"]


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")

    def parts() -> Iterator[bytes]:
        for part in (b"n", b"ew"):
            assert path.read_bytes() == b"old"
            yield part

    write_atomically(path, parts())
    assert path.read_bytes() == b"new"


def test_what_killed_writers_left_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    ).stdout.strip()
    left = tmp_path / f".file.txt.{gone}.tmp"
    left.write_bytes(b"half")
    alive = tmp_path / f".file.txt.{os.getppid()}.tmp"
    other = tmp_path / f".other.txt.{gone}.tmp"
    odd = tmp_path / ".file.txt.backup.tmp"
    for file in (alive, other, odd):
        file.write_bytes(b"somebody's")
    write_atomically(path, [b"new"])
    assert sorted(os.listdir(tmp_path)) == sorted([alive.name, other.name, odd.name, "file.txt"])


def test_two_processes_do_not_share_a_name(tmp_path: Path) -> None:
    assert str(os.getpid()) in temporary_beside(tmp_path / "file.txt").name
