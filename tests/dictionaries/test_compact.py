from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dictionaries import compact
from pipeline.errors import BackendError

WORDS = st.text(st.characters(categories=("L", "M", "Nd")), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_a_rule_leads_from_the_form_to_the_lemma(form: str, lemma: str) -> None:
    assert compact.apply(compact.rule(form, lemma), form) == lemma


@given(st.text(max_size=10), st.text(max_size=10))
def test_a_broken_rule_raises_nothing(rule: str, form: str) -> None:
    compact.apply(rule, form)


@given(st.text(max_size=40))
def test_a_broken_entry_raises_nothing(value: str) -> None:
    compact.parse(value)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "de.dict.xz"
    tables = compact.Tables(
        entries={
            "Streik": compact.entry(4.14, {"n": ["strike;walkout", "=a definition"]}),
            "die": compact.entry(0, {"f": []}),
        },
        forms={"streiks": compact.rule("streiks", "Streik")},
        endings={"ungen": "2"},
    )
    compact.write(path, tables, ["from somewhere"])
    once = path.read_bytes()
    read = compact.read(path)
    assert (read.entries, read.forms, read.endings) == (tables.entries, {"streiks": "^1"}, {"ungen": "2"})
    assert read.has_frequencies
    assert compact.parse(read.entries["Streik"]) == (
        4.1, (compact.Part("n", (("strike", "walkout"),), ("a definition",)),)
    )  # fmt: skip
    compact.write(path, tables, ["from somewhere"])
    assert path.read_bytes() == once


@pytest.mark.parametrize(
    "data",
    [b"", b"text", lzma.compress(b"another file\n"), lzma.compress(b"worldbrief dictionary 1\n\xff\t1\tn:x"),
     lzma.compress(b"worldbrief dictionary 1\na\t1\tn:b")[:-9]],
)  # fmt: skip
def test_what_is_no_dictionary_is_said(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.dict.xz"
    path.write_bytes(data)
    with pytest.raises(BackendError, match=r"x\.dict\.xz"):
        compact.read(path)
