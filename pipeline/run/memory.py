"""The memory of sentences in the cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.store.cache import Store

_TABLE = "memory"


@dataclass(frozen=True, slots=True)
class StoredMemory:
    """Implements `Memory` over a table of a store."""

    store: Store

    def get(self, keys: Sequence[str]) -> dict[str, str]:
        return self.store.get(_TABLE, keys)

    def put(self, items: Mapping[str, str]) -> None:
        self.store.put(_TABLE, items)
