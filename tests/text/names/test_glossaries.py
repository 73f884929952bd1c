"""Glossaries of the user."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.text.names.glossaries import Glossaries

MARTIF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body>
 <termEntry id="c1"><descrip type="entityType">organisation</descrip>
  <langSet xml:lang="zh-TW"><tig><term>臺灣證券交易所</term></tig><tig><term>證交所</term></tig></langSet>
  <langSet xml:lang="en"><tig><term>TSE</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
   <tig><term>Taiwan Stock Exchange</term></tig></langSet>
 </termEntry>
 <termEntry id="c2"><langSet xml:lang="de"><tig><term>ohne Englisch</term></tig></langSet></termEntry>
</body></text></martif>"""
TBX = """<?xml version="1.0"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" style="dct" type="TBX-Basic" xml:lang="en"
     xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
 <conceptEntry id="c1">
  <langSec xml:lang="de"><termSec><term>Lieferkette</term></termSec></langSec>
  <langSec xml:lang="en-GB"><termSec><term>supply chain</term>
   <basic:administrativeStatus>preferredTerm-admn-sts</basic:administrativeStatus></termSec></langSec>
 </conceptEntry></body></text></tbx>"""


def made(folder: Path, *texts: str, suffix: str = "csv") -> Glossaries:
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"g{number}.{suffix}")
        paths[-1].write_text(text, encoding="utf-8")
    return Glossaries(paths)


def terms(glossaries: Glossaries, text: str, language: str) -> dict[str, str]:
    return {term.source: term.english for term in glossaries.index(language).find(text)}


def test_a_table(tmp_path: Path) -> None:
    glossaries = made(
        tmp_path,
        "source,english,language,kind,case,do_not_translate\n"
        "半導體,semiconductor,zh-Hant,term,,\n"
        '"Müller, Peter",Peter Mueller,de,person,,\n'
        "iPhone,,,,,true\n"
        "US,United States,,place,sensitive,\n",
    )
    assert terms(glossaries, "半導體 us US iPhone", "zh-Hant") == {
        "半導體": "semiconductor",
        "US": "United States",
        "iPhone": "iPhone",
    }
    assert terms(glossaries, "Müller, Peter", "de") == {"Müller, Peter": "Peter Mueller"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_tables_that_spreadsheets_write(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "g.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f"Source{delimiter}English\r\nRom{delimiter}Rome\r\n\r\n".encode())
    assert terms(Glossaries([path]), "in Rom.", "de") == {"Rom": "Rome"}


def test_both_dialects_of_tbx(tmp_path: Path) -> None:
    old = made(tmp_path, MARTIF, suffix="tbx")
    assert terms(old, "臺灣證券交易所和證交所", "zh-Hant") == dict.fromkeys(
        ("臺灣證券交易所", "證交所"), "Taiwan Stock Exchange"
    )
    assert {term.kind for term in old.index("zh-Hant").find("證交所")} == {"organisation"}
    assert terms(made(tmp_path, TBX, suffix="tbx"), "die Lieferkette", "de") == {"Lieferkette": "supply chain"}


def test_a_later_file_decides_and_a_narrower_language(tmp_path: Path) -> None:
    glossaries = made(
        tmp_path,
        "source,english,language\n台灣,Taiwan A,\n台灣,Taiwan B,zh\n台灣,Taiwan C,zh-Hant\n香港,HK 1,zh-Hant\n",
        "source,english\n香港,HK 2\n",
    )
    assert terms(glossaries, "台灣香港", "zh-Hant") == {"台灣": "Taiwan C", "香港": "HK 2"}
    assert terms(glossaries, "台灣", "zh-Hans") == {"台灣": "Taiwan B"}
    assert terms(glossaries, "台灣", "ja") == {"台灣": "Taiwan A"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source,english\nRom\n", r"g0\.csv:2: has 1 columns, the header 2"),
        ("source,english\nRom,\n", r"g0\.csv:2: “Rom” has no English"),
        ("source,english\n,Rome\n", r"g0\.csv:2: the source is empty"),
        ("source,english,kind\nRom,Rome,town\n", r"g0\.csv:2: kind is “town”; known: person, place"),
        ("source,english,language\nRom,Rome,Klingon1\n", r"g0\.csv:2: “Klingon1” is no language code"),
        ("source,english,case\nRom,Rome,maybe\n", r"g0\.csv:2: case is “maybe”"),
        ("source,english,do_not_translate\nRom,Rome,true\n", r"g0\.csv:2: “Rom” is not to be translated, but has"),
        ("source,english\n---,Rome\n", r"g0\.csv:2: “---” has no letter"),
        ("source,target\nRom,Rome\n", r"g0\.csv:1: the first line must name the columns"),
        ("", r"g0\.csv:1: the first line must name the columns"),
        ('source,english\n"Rom,Rome\n', r"g0\.csv:\d: is no CSV"),
        ("source,english\nRom,Rome\nrom,Roma\n", r"g0\.csv:3: “rom” is “Roma” here and “Rome” in .*g0\.csv:2"),
        ("source,english\n" + "Rom\n" * 9, "… and 4 more"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        made(tmp_path, text)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"source,english\nRom,R\xf6m\n", "g.csv", r"g\.csv:2: is not UTF-8"),
        (b"<martif><text>", "g.tbx", r"g\.tbx:1: is no well-formed XML"),
        (b"<html/>", "g.tbx", r"g\.tbx: is no TBX file"),
        (b"PK\x03\x04\0\0,", "g.csv", r"no CSV table|not UTF-8"),
    ],
)
def test_a_file_that_is_no_glossary(tmp_path: Path, data: bytes, name: str, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ConfigError, match=message):
        Glossaries([tmp_path / name])


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.csv: the glossary cannot be read"):
        Glossaries([tmp_path / "none.csv"])


def test_entities_of_a_tbx_file_reach_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    text = MARTIF.replace('SYSTEM "TBXcoreStructV02.dtd"', f'[<!ENTITY x SYSTEM "file://{secret}">]').replace(
        "證交所", "證交所&x;"
    )
    found = terms(made(tmp_path, text, suffix="tbx"), "證交所 secret 證交所secret", "zh-Hant")
    assert not any("secret" in form for form in found)


_CELL = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@given(st.lists(st.tuples(_CELL, _CELL, st.sampled_from(["", "de", "zh", "zh-Hant", "xx-?"])), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_is_read_or_refused_with_a_place(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([("source", "english", "language"), *rows])
    try:
        glossaries = made(tmp_path, written.getvalue())
    except ConfigError as refused:
        error: ConfigError | None = refused
    else:
        error = None
    if error is not None:
        assert "g0.csv:" in str(error)
        return
    for source, english, language in rows:
        if source.strip() and english.strip():
            assert len(glossaries) > 0
            list(glossaries.index(language or "fr").find(f" {source} "))


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    for name in ("g.csv", "g.tbx"):
        (tmp_path / name).write_bytes(data)
        with suppress(ConfigError):
            Glossaries([tmp_path / name])
