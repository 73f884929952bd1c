"""What every section of the configuration is made of."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pipeline.language.codes import UNKNOWN, normalise


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def output_settings(self) -> dict[str, object]:
        """The fields that the output depends on, as JSON data."""
        fields = type(self).model_fields
        return {
            name: value
            for name, value in self.model_dump(mode="json").items()
            if not _runtime_only(fields[name].json_schema_extra)
        }


def _runtime_only(extra: object) -> bool:
    return isinstance(extra, dict) and extra.get("changes_output") is False


def how(default: Any, description: str, **limits: Any) -> Any:
    """A field that says how to run; the result does not depend on it."""
    return Field(default, description=description, json_schema_extra={"changes_output": False}, **limits)


def language_code(code: str) -> str:
    """A code in its inside form; `zh` is Chinese in both scripts.

    Raises:
        ValueError: there is no such language.
    """
    if code.strip().lower() == "zh":
        # `normalise` would make it the simplified one.
        return "zh"
    known = normalise(code)
    if known == UNKNOWN:
        raise ValueError("no such language; use a code such as ko, vi or zh-Hant")
    return known


Positive = Annotated[int, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Language = Annotated[str, AfterValidator(language_code)]
"""BCP 47 code in its inside form; `zh` is Chinese in both scripts."""

# Digits only where there is an underscore: without one it looks like a key of some service.
_VARIABLE = r"^(?:[A-Z_]*|[A-Z_][A-Z0-9_]*_[A-Z0-9_]*)$"
Variable = Annotated[str, Field(pattern=_VARIABLE)]
"""Name of a variable of the environment that holds a secret; a secret itself is refused, and not repeated."""
