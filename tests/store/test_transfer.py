"""A cache carried to another machine."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.store import transfer
from pipeline.store.cache import SqliteStore
from pipeline.store.transfer import Brought, bring, lines
from tests.store.test_care import DAY, VERSIONS, Clock


@pytest.fixture
def exported(tmp_path: Path) -> bytes:
    clock = Clock()
    path = tmp_path / "one" / "cache.db"
    with SqliteStore(path, now=clock.now) as store:
        store.put("results", {"a": '{"text":"漢字 \\ud800"}', "b": "2"}, "extract/4")
        store.put("results", {"stale": "3"}, "tag/1")
        store.put("origins", {"o": "1"})
        clock.pass_days(10)
        store.put("memory", {"m": "4"})
    return b"".join(transfer.entries(path, "0.1.0"))


def imported(path: Path, data: bytes) -> Brought:
    with SqliteStore(path) as store:
        return bring(lines(io.BytesIO(data), "x.gz"), store, VERSIONS)


def spoilt(data: bytes, old: str, new: str) -> bytes:
    text = gzip.decompress(data).decode()
    assert old in text
    return gzip.compress(text.replace(old, new).encode())


def test_another_cache_has_them_afterwards(tmp_path: Path, exported: bytes) -> None:
    path = tmp_path / "two" / "cache.db"
    with SqliteStore(path) as store:
        store.put("results", {"b": "own"}, "extract/4")
    assert imported(path, exported) == Brought(is_whole=True, added=2, there=1, foreign=1)
    with SqliteStore(path) as store:
        assert store.get("results", ["a", "b", "stale"]) == {"a": '{"text":"漢字 \\ud800"}', "b": "own"}
        assert store.get("memory", ["m"]) == {"m": "4"}
        assert store.get("origins", ["o"]) == {}
    assert imported(path, exported) == Brought(is_whole=True, there=3, foreign=1)


def test_only_what_was_used_of_late(tmp_path: Path, exported: bytes) -> None:
    data = b"".join(transfer.entries(tmp_path / "one" / "cache.db", "0.1.0", transfer.day_of("2024-10-10")))
    assert [json.loads(line)[:2] for line in gzip.decompress(data).splitlines()[1:-1]] == [["memory", "m"]]
    assert transfer.day_of("2024-10-10") * DAY == 1728518400
    with pytest.raises(ConfigError, match="is no day"):
        transfer.day_of("yesterday")


def test_what_is_damaged_here_is_not_carried(tmp_path: Path, exported: bytes) -> None:
    path = tmp_path / "one" / "cache.db"
    with SqliteStore(path) as store, store._database.transaction() as connection:
        connection.execute("UPDATE results SET value = 'x' WHERE key = 'a'")
    assert b'"a"' not in gzip.decompress(b"".join(transfer.entries(path, "0.1.0")))


@pytest.mark.parametrize(
    "change", [('["memory","m","4"', '["memory","m","5"'), ('["memory"', '["outlaw"'), ('["mem', "[")]
)
def test_an_entry_that_is_not_whole_is_left_out(tmp_path: Path, exported: bytes, change: tuple[str, str]) -> None:
    assert imported(tmp_path / "cache.db", spoilt(exported, *change)) == Brought(
        added=2, foreign=1, damaged=1, is_whole=True
    )


def test_every_flipped_byte_is_noticed(tmp_path: Path, exported: bytes) -> None:
    for place in range(10, len(exported) - 8, 9):
        data = bytearray(exported)
        data[place] ^= 0x55
        path = tmp_path / str(place) / "cache.db"
        try:
            brought = imported(path, bytes(data))
        except ConfigError:
            continue  # the head
        assert brought.damaged or not brought.is_whole, place
        with SqliteStore(path) as store:
            found = store.get("results", ["a", "b", "stale"]) | store.get("memory", ["m"])
        assert found.items() <= {"a": '{"text":"漢字 \\ud800"}', "b": "2", "m": "4"}.items()


def test_a_file_that_is_cut_short_is_noticed(tmp_path: Path, exported: bytes) -> None:
    assert not imported(tmp_path / "cache.db", exported[:-20]).is_whole
    text = gzip.decompress(exported)
    assert not imported(tmp_path / "cache.db", gzip.compress(text[: text.rindex(b'{"entries"')])).is_whole


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no export", "was not written by `worldbrief cache export`"),
        (b"", "was not written by"),
        (gzip.compress(b'{"worldbrief": 1}\n'), "was not written by"),
        (gzip.compress(b'{"worldbrief cache":2,"worldbrief":"9.0"}\n'), r"by a later worldbrief \(9.0\)"),
    ],
    ids=["no gzip", "empty", "another", "later"],  # the bytes have the time in them
)
def test_another_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        lines(io.BytesIO(data), "x.gz")
