"""JSON data in one spelling, and its sha256: what results are kept under.

Neither changes with the Python version, the platform or the order of keys.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass


def canonical_json(value: object) -> str:
    """The one spelling of JSON data: sorted keys, no blanks, no NaN. A dataclass is the object of its fields.

    Raises:
        ValueError, TypeError: `value` is not plain JSON data.
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_by_field
    )


def _by_field(value: object) -> dict[str, object]:
    # `asdict` copies all that is in it, too, for which a sentence's key has no time.
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no JSON data")
    return {field.name: getattr(value, field.name) for field in fields(value)}


def fingerprint(value: object) -> str:
    """sha256 of the canonical JSON, 64 hex digits."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()
