"""What models made of sentences before: kept by whoever runs the stage, handed to it for the length of a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Memory(Protocol):
    """Keys of sentences to what a model made of each, as JSON text."""

    def get(self, keys: Sequence[str]) -> dict[str, str]:
        """The entries there are; an absent key is left out."""
        ...

    def put(self, items: Mapping[str, str]) -> None:
        """Keep all items or none; once it returns they outlast the process."""
        ...


class Forgetful:
    """A `Memory` that keeps nothing: every sentence is translated."""

    def get(self, keys: Sequence[str]) -> dict[str, str]:
        return {}

    def put(self, items: Mapping[str, str]) -> None:
        pass
