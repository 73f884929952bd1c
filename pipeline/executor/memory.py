"""What is remembered in the cache beside the results of stages: sentences, and what was read of saved feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.ingest.parsed import NAME, VERSION
from pipeline.store.cache import Store

_TABLE = "memory"
_FEEDS = f"{NAME}/{VERSION}"


@dataclass(frozen=True, slots=True)
class StoredMemory:
    """Implements `Memory` over a table of a store.

    reads: without it all that was there is as if it were not, and is replaced.
    """

    store: Store
    reads: bool = True

    def get(self, keys: Sequence[str]) -> dict[str, str]:
        return self.store.get(_TABLE, keys) if self.reads else {}

    def put(self, items: Mapping[str, str]) -> None:
        self.store.put(_TABLE, items)


@dataclass(frozen=True, slots=True)
class StoredFeeds:
    """Implements `ingest.parsed.Kept` over the results in a store.

    writes: without it nothing is kept.
    """

    store: Store
    writes: bool = True

    def get(self, key: str) -> str | None:
        return self.store.get("results", [key], _FEEDS).get(key)

    def put(self, key: str, text: str) -> None:
        if self.writes:
            self.store.put("results", {key: text}, _FEEDS)
