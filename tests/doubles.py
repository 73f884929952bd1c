"""Stand-ins that say nothing and leave nothing behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.store.cache import TABLES


class MemoryStore:
    """A `Store` that is gone with the test."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, str]] = {table: {} for table in TABLES}

    def get(self, table: str, keys: Sequence[str], kind: str = "") -> dict[str, str]:
        held = self._tables[table]
        return {key: held[key] for key in keys if key in held}

    def put(self, table: str, items: Mapping[str, str], kind: str = "") -> None:
        # Copied first, so that items which fail halfway leave nothing.
        self._tables[table] |= dict(items.items())


class Silent:
    """A `Downloads` that says nothing."""

    def start(self, name: str, total_bytes: int | None) -> None:
        pass

    def advance(self, count: int) -> None:
        pass

    def done(self) -> None:
        pass
