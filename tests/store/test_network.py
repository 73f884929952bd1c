"""Databases on a network file system: no log, and no memory that is shared."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.store.cache import SqliteStore
from pipeline.store.network import is_remote

MOUNTS = r"""22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /home rw,relatime shared:20 - nfs4 server:/home rw,vers=4.2
41 40 0:36 / /home/ann/local\040disk rw,relatime - ext4 /dev/sdb1 rw
42 22 0:37 / /mnt/ssh rw,nosuid - fuse.sshfs host:/data rw
43 22 0:38 / /mnt/twice rw - nfs server:/a rw
44 43 0:39 / /mnt/twice rw - ext4 /dev/sdc1 rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/srv/cache.db", False),
        ("/home/ann/.worldbrief/cache.db", True),
        ("/home/ann/local disk/cache.db", False),
        ("/homestead/cache.db", False),
        ("/mnt/ssh/cache.db", True),
        ("/mnt/twice/cache.db", False),
    ],
)
def test_the_nearest_mount_decides(tmp_path: Path, path: str, remote: bool) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.replace("\\\\", "\\"))
    assert is_remote(Path(path), mounts) is remote


def test_where_the_system_does_not_say_it_is_here(tmp_path: Path) -> None:
    assert not is_remote(tmp_path / "cache.db", tmp_path / "none")
    assert not is_remote(tmp_path / "cache.db")


def test_a_file_with_a_log_goes_on_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cache.db"
    with SqliteStore(path) as store:
        store.put("results", {"a": "1"})
        assert (tmp_path / "cache.db-wal").exists()
    monkeypatch.setattr("pipeline.store.database.is_remote", lambda path: True)
    with SqliteStore(path) as one, SqliteStore(path) as other:
        assert one.get("results", ["a"]) == {"a": "1"}
        one.put("results", {"b": "2"})
        other.put("results", {"c": "3"})
        assert one.get("results", ["a", "b", "c"]) == {"a": "1", "b": "2", "c": "3"}
        assert sorted(file.name for file in tmp_path.iterdir()) == ["cache.db"]
        full = 2
        assert one._database.connection.execute("PRAGMA synchronous").fetchone()[0] == full
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    monkeypatch.undo()
    with SqliteStore(path) as store:
        assert store.get("results", ["a", "b", "c"]) == {"a": "1", "b": "2", "c": "3"}


def test_several_write_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.database.is_remote", lambda path: True)
    path = tmp_path / "cache.db"

    def write(name: str) -> None:
        with SqliteStore(path) as store:
            for number in range(20):
                store.put("results", {f"{name}{number}": "1"})

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with SqliteStore(path) as store:
        assert len(store.get("results", [f"{name}{number}" for name in "abc" for number in range(20)])) == 60
