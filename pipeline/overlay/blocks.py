"""A TOML file as the blocks that its headers begin, so that one key can be changed and all else stays as it is.

tomlkit keeps comments and blank lines, but a table whose parts stand apart in the file (`[issue.a]`, `[[name]]`,
`[issue.b]`), as they do once people and programs have written it in turn, it shows through proxies that do not take
every change. So it is given one block at a time: a header and what is below it. New tables go to the end of the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import tomlkit
from tomlkit.items import AoT

Value = str | bool | Sequence[str]
Place = tuple[str, ...]
Keys = Mapping[str, Value]


class UnwritableError(ValueError):
    """A change did not come out as it should; the text must not be used."""


class Blocks:
    """The text of a file, as it is changed.

    Args:
        text: valid TOML.
    """

    def __init__(self, text: str) -> None:
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._blocks = list(_split(text))

    @property
    def text(self) -> str:
        return "".join(self._blocks)

    @property
    def values(self) -> dict[str, Any]:
        """What the text says."""
        return tomllib.loads(self.text)

    def table(self, place: Place) -> dict[str, Any] | None:
        """What the table at a place says; None where there is none."""
        return _at(self.values, place)

    def put(self, place: Place, changes: Keys) -> None:
        """Set keys of a table, made where there is none; an empty value (`""`, False, `[]`) removes its key."""
        fresh: dict[str, Value] = {}
        for key, value in changes.items():
            holder = next((number for number, found in self._tables(place) if key in found), None)
            if holder is None:
                if value:
                    fresh[key] = value
            else:
                self._edit(holder, place, partial(_set, key=key, value=value))
        # Under its own header, else where a header above it has it inline or with dots.
        homes = [number for number, _ in self._tables(place) if len(self._header(number)) <= len(place)]
        home = max(homes, key=lambda number: len(self._header(number)), default=None)
        if not fresh:
            pass
        elif home is None:
            self._append(f"[{_dotted(place)}]", fresh)
        elif self._header(home) == place:
            head, tail = _parted(self._blocks[home])
            self._blocks[home] = head + _lines_of(fresh).replace("\n", self._newline) + tail
        else:
            self._edit(home, place, partial(_update, keys=fresh))
        now = self.table(place) or {}
        self._hold(all(now.get(key) == value if value else key not in now for key, value in changes.items()))

    def remove_table(self, place: Place, *, below: bool = True) -> None:
        """Remove a table and its keys, not the comments in it, which may be about what follows.

        Args:
            below: whether tables in it go as well; where not, no more than its header does.
        """
        for number, _ in reversed(list(self._tables(place))):
            if self._header(number) == place:
                self._behead(number)
            elif below:
                self._edit(number, place[:-1], partial(_set, key=place[-1], value=""))

    def put_element(self, name: str, is_meant: Callable[[dict[str, Any]], bool], keys: Keys) -> None:
        """Set keys of the elements of an array of tables that are meant; without one it is added. An empty value
        removes them."""
        self._put_element(name, is_meant, keys)
        there = [element for element in self.values.get(name, []) if is_meant(element)]
        self._hold(all(element == keys for element in there) if all(keys.values()) else not there)

    def _put_element(self, name: str, is_meant: Callable[[dict[str, Any]], bool], keys: Keys) -> None:
        is_removed = not all(keys.values())
        found = False
        for number in reversed(range(len(self._blocks))):
            elements = _parsed(self._blocks[number]).get(name)
            if not isinstance(elements, list):
                continue
            for index in reversed(range(len(elements))):
                if not is_meant(elements[index]):
                    continue
                found = True
                if is_removed and self._header(number) == (name,):
                    self._behead(number)
                    break
                self._edit_element(number, name, index, {} if is_removed else keys)
        if found or is_removed:
            return
        for number, block in enumerate(self._blocks):
            if self._header(number) == () and name in _parsed(block):
                # `name = [{...}]` takes no `[[name]]` beside it.
                self._edit_element(number, name, None, keys)
                return
        self._append(f"[[{_dotted((name,))}]]", keys)

    def _hold(self, is_so: bool) -> None:
        if not is_so:
            raise UnwritableError("it is written in a way that cannot be changed key by key; change it by hand")

    def _tables(self, place: Place) -> Iterator[tuple[int, dict[str, Any]]]:
        """The blocks that have something of a table, with what they have."""
        for number, block in enumerate(self._blocks):
            found = _at(_parsed(block), place)
            if found is not None:
                yield number, found

    def _header(self, number: int) -> Place:
        """The names in the header of a block; () of what stands before the first one."""
        first = self._blocks[number].lstrip().split("\n", 1)[0].rstrip("\r")
        return _path(_parsed(first)) if number else ()

    def _edit(self, number: int, place: Place, change: Callable[[Any], object]) -> None:
        document = tomlkit.parse(self._blocks[number])
        table: Any = document
        for name in place:
            table = table[name]
        change(table)
        self._blocks[number] = tomlkit.dumps(document)

    def _edit_element(self, number: int, name: str, index: int | None, keys: Keys) -> None:
        """Set the keys of an element, add one (no index) or remove one (no keys)."""
        document = tomlkit.parse(self._blocks[number])
        array: Any = document[name]
        if index is None:
            table = tomlkit.inline_table()
            _update(table, keys)
            array.append(table)
        elif not keys:
            del array[index]
        else:
            _update(array[index], {key: value for key, value in keys.items() if array[index][key] != value})
        self._blocks[number] = tomlkit.dumps(document)

    def _append(self, header: str, keys: Keys) -> None:
        if not keys:
            return
        before = self.text
        gap = "" if not before or before.endswith("\n\n") else "\n" if before.endswith("\n") else "\n\n"
        self._blocks[-1] += gap.replace("\n", self._newline)
        self._blocks.append(f"{header}\n{_lines_of(keys)}".replace("\n", self._newline))

    def _behead(self, number: int) -> None:
        """Leave of a block its comments."""
        document = tomlkit.parse(self._blocks[number])
        table: Any = document
        for name in self._header(number):
            table = table[name]
            if isinstance(table, AoT):
                table = table[0]
        for key in list(table):
            del table[key]
        rest = tomlkit.dumps(document).lstrip().partition("\n")[2]
        self._blocks[number - 1] += rest.lstrip("\n") if self._blocks[number - 1].endswith("\n\n") else rest
        del self._blocks[number]


def _split(text: str) -> Iterator[str]:
    """The blocks of a file: what stands before the first header, then each header with what is below it.

    A line that begins with a bracket is a header where the lines before it are valid TOML by themselves: within a text
    or array of several lines they are not.
    """
    block = ""
    for line in _lines(text):
        if line.lstrip(" \t").startswith("[") and _is_whole(block):
            yield block
            block = ""
        block += line
    yield block


def _lines(text: str) -> Iterator[str]:
    """Parted at line feeds alone, as TOML parts them."""
    parts = text.split("\n")
    yield from (f"{part}\n" for part in parts[:-1])
    if parts[-1]:
        yield parts[-1]


@lru_cache(maxsize=16_384)
def _parsed(block: str) -> dict[str, Any]:
    """What a block says; not to be changed. Most blocks are the same from one change to the next."""
    return tomllib.loads(block)


def _is_whole(block: str) -> bool:
    try:
        _parsed(block)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _path(values: Any) -> Place:
    """The one path of names in what a header says."""
    names: list[str] = []
    while values:
        if isinstance(values, list):
            values = values[0]
            continue
        ((name, values),) = values.items()
        names.append(name)
    return tuple(names)


def _at(values: Any, place: Place) -> dict[str, Any] | None:
    for name in place:
        if not isinstance(values, dict) or name not in values:
            return None
        values = values[name]
    return values if isinstance(values, dict) else None


def _update(table: Any, keys: Keys) -> None:
    for key, value in keys.items():
        _set(table, key, value)


def _set(table: Any, key: str, value: Value) -> None:
    """An empty value removes the key."""
    if value:
        table[key] = _item(value)
    else:
        del table[key]


def _parted(block: str) -> tuple[str, str]:
    """A block up to its last key, and the blank lines and comments below, which lead to the next header."""
    lines = list(_lines(block))
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    while not _is_whole("".join(lines[:end])):
        # What looked like a comment is within a text of several lines.
        end += 1
    head = "".join(lines[:end])
    return head if head.endswith("\n") else f"{head}\n", "".join(lines[end:])


def _lines_of(keys: Keys) -> str:
    return "".join(f"{tomlkit.key(key).as_string()} = {_item(value).as_string()}\n" for key, value in keys.items())


def _dotted(place: Place) -> str:
    return ".".join(tomlkit.key(name).as_string() for name in place)


def _item(value: Value) -> Any:
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)
