"""What all sections of a language's file have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of `data/<code>.toml`: frozen, checked, and with a default for each field, so that a language may lack
    it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
