"""What all sections of a language's file have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, get_args

from pydantic import BaseModel, ConfigDict

_PATTERN: Final = "regular expression"
Regex = Annotated[str, _PATTERN]
"""A string that is a regular expression."""


class Section(BaseModel):
    """A table of `data/<code>.toml`: frozen, checked, and with a default for each field, so that a language may lack
    it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def patterns(section: Section) -> Iterator[tuple[str, str]]:
    """Every regular expression of a section and of those inside it, with the field that it stands in."""
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, Section):
            yield from ((f"{name}.{inner}", pattern) for inner, pattern in patterns(value))
        elif _PATTERN in field.metadata or _is_pattern(field.annotation):
            yield from ((name, pattern) for pattern in _strings(value))


def _is_pattern(annotation: Any) -> bool:
    return any(_PATTERN in getattr(part, "__metadata__", ()) or _is_pattern(part) for part in get_args(annotation))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (each for inner in value.values() for each in _strings(inner))
    elif isinstance(value, tuple):
        yield from (each for inner in value for each in _strings(inner))
