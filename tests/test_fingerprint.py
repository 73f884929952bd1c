"""The spelling of keys."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fingerprint import canonical_json, fingerprint

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON))
def test_the_order_of_keys_is_of_no_matter(value: dict[str, Any]) -> None:
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


@given(JSON, JSON)
def test_equal_text_means_equal_values(one: Any, other: Any) -> None:
    assert (canonical_json(one) == canonical_json(other)) == (_typed(one) == _typed(other))


@given(JSON)
def test_it_is_json_of_the_same_value(value: Any) -> None:
    assert _typed(json.loads(canonical_json(value))) == _typed(value)


@given(JSON)
def test_a_fingerprint_is_64_hex_digits(value: Any) -> None:
    assert len(fingerprint(value)) == 64
    assert int(fingerprint(value), 16) >= 0


def test_a_fingerprint_stays_the_same_between_versions() -> None:
    # A change here makes every cache of every user worthless: only on purpose.
    assert fingerprint(["translate", 1, {"b": 0.5, "a": "한"}]) == (
        "9438a908a3c89221be9500d251a5db3b208a0c710afe7911c5aec664077e4c7c"
    )


def test_half_a_surrogate_pair_has_a_key_too() -> None:
    assert fingerprint("\ud800") != fingerprint("\ud801")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes", object()])
def test_what_is_not_json_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical_json(value)


def _typed(value: Any) -> Any:
    """The value with its types: for Python, but not for JSON, 1 == 1.0 == True and 0.0 == -0.0."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item) for item in value]
    return type(value), repr(value)
