"""What can still be read in a damaged SQLite file, page by page, without SQLite.

SQLite gives up on a file whose schema or index pages are damaged, though nearly all of its rows are as they were. Here
each page is read by itself, by the published format (https://www.sqlite.org/fileformat2.html): what a damaged page
held is lost, the other pages are not. Rows that no longer belong to a table come, too: the caller must be able to tell
a row that is whole and its own from any other.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

# Of b-trees whose rows are their keys, as those of tables without rowid: a page of branches, a page of leaves; and a
# page of leaves of tables with rowid.
_BRANCH, _LEAF, _ROWID_LEAF = 0x02, 0x0A, 0x0D
_DEFAULT_SIZE = 4096
_LOG_HEADER, _FRAME_HEADER = 32, 24
# A row of more bytes is no row of ours but a damaged length.
_MOST_BYTES = 1 << 28

Value = str | bytes | int | None


class _Damaged(Exception):
    """A cell cannot be what the format says."""


def rows(path: Path) -> Iterator[tuple[Value, ...]]:
    """The rows of all tables in a database and its write-ahead log; one that occurs twice comes twice.

    A first column that is the rowid is what the rowid is.

    Raises:
        OSError: the file cannot be read.
    """
    pages = _pages(path)
    for number, page in pages.items():
        start = 100 if number == 1 else 0
        if page[start] not in (_BRANCH, _LEAF, _ROWID_LEAF):
            continue
        branch = page[start] == _BRANCH
        count = struct.unpack_from(">H", page, start + 3)[0]
        first = start + (12 if branch else 8)
        for place in range(first, min(first + 2 * count, len(page) - 1), 2):
            offset = struct.unpack_from(">H", page, place)[0] + (4 if branch else 0)
            try:
                if page[start] == _ROWID_LEAF:
                    payload, rowid = _with_rowid(pages, page, offset)
                    first_column, *others = _record(payload)
                    yield (rowid if first_column is None else first_column, *others)
                else:
                    yield _record(_payload(pages, page, offset))
            except (_Damaged, struct.error, IndexError, UnicodeDecodeError, ValueError):
                continue


def _pages(path: Path) -> dict[int, bytes]:
    """Page number, from 1, to its bytes: those of the file, and over them the newest of the log."""
    data = path.read_bytes()
    size = struct.unpack_from(">H", data, 16)[0] if len(data) >= 18 else 0
    size = 65536 if size == 1 else size
    if size < 512 or size & (size - 1):
        size = _DEFAULT_SIZE
    pages = {start // size + 1: data[start : start + size] for start in range(0, len(data) - size + 1, size)}
    log = path.with_name(f"{path.name}-wal")
    written = log.read_bytes() if log.exists() else b""
    salt = written[16:24]
    for start in range(_LOG_HEADER, len(written) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        # Another salt is what an earlier round of the log left behind.
        if written[start + 8 : start + 16] == salt:
            number = struct.unpack_from(">I", written, start)[0]
            pages[number] = written[start + _FRAME_HEADER : start + _FRAME_HEADER + size]
    return pages


def _payload(pages: dict[int, bytes], page: bytes, offset: int) -> bytes:
    """The bytes of a row, those that stand on pages of their own put together."""
    total, offset = _number(page, offset)
    return _joined(pages, page, offset, total, (len(page) - 12) * 64 // 255 - 23)


def _with_rowid(pages: dict[int, bytes], page: bytes, offset: int) -> tuple[bytes, int]:
    total, offset = _number(page, offset)
    rowid, offset = _number(page, offset)
    return _joined(pages, page, offset, total, len(page) - 35), rowid


def _joined(pages: dict[int, bytes], page: bytes, offset: int, total: int, most: int) -> bytes:
    """So many bytes, of which so many may stand on the page itself."""
    usable = len(page)
    if total > _MOST_BYTES:
        raise _Damaged
    if total <= most:
        return _exactly(page[offset : offset + total], total)
    least = (usable - 12) * 32 // 255 - 23
    local = least + (total - least) % (usable - 4)
    local = local if local <= most else least
    parts, missing = [_exactly(page[offset : offset + local], local)], total - local
    following = struct.unpack_from(">I", page, offset + local)[0]
    while missing > 0:
        more = pages.get(following)
        if more is None:
            raise _Damaged
        following = struct.unpack_from(">I", more)[0]
        part = more[4 : 4 + missing]
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _record(payload: bytes) -> tuple[Value, ...]:
    end, offset = _number(payload, 0)
    kinds = []
    while offset < end:
        kind, offset = _number(payload, offset)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        if kind == 0:
            values.append(None)
        elif kind in (8, 9):
            values.append(kind - 8)
        elif kind >= 12:
            length = (kind - 12) // 2
            data = _exactly(payload[offset : offset + length], length)
            values.append(data.decode() if kind % 2 else data)
            offset += length
        elif kind <= 6:
            length = (1, 2, 3, 4, 6, 8)[kind - 1]
            values.append(int.from_bytes(_exactly(payload[offset : offset + length], length), "big", signed=True))
            offset += length
        else:  # a fraction, or reserved: no row of ours has one
            raise _Damaged
    return tuple(values)


def _number(data: bytes, offset: int) -> tuple[int, int]:
    """A number of variable length, and where it ends: seven bits a byte, in the ninth eight."""
    value = 0
    for index in range(9):
        byte = data[offset + index]
        if index == 8:
            return value << 8 | byte, offset + 9
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            break
    return value, offset + index + 1


def _exactly(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise _Damaged
    return data
