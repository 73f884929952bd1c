"""The memory of sentences in the cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.store.cache import Store

_TABLE = "memory"


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
