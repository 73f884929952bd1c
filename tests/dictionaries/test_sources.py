from __future__ import annotations

import gzip
import lzma
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.dictionaries import Dictionary
from pipeline.dictionaries.compact import Part, parse
from pipeline.dictionaries.sources import cedict, convert, jamdict, read_frequencies
from pipeline.errors import BackendError

CEDICT = """# CC-CEDICT
#! entries=6
罷工 罢工 [ba4 gong1] /a strike/to go on strike/CL:場|场[chang2]/
王 王 [Wang2] /surname Wang/
王 王 [wang2] /king or monarch/
富裕 富裕 [Fu4 yu4] /Fuyu county in Qiqihar 齊齊哈爾|齐齐哈尔[Qi2 qi2 ha1 er3], Heilongjiang/
富裕 富裕 [fu4 yu4] /prosperous; well-to-do/
中共 中共 [Zhong1 gong4] /abbr. for 中國共產黨|中国共产党[Zhong1 guo2 Gong4 chan3 dang3], Chinese Communist Party/
a broken line
坏 [huai4] /bad/
""".splitlines(keepends=True)


def test_cc_cedict_is_read_in_both_spellings() -> None:
    entries = cedict(CEDICT, {"罢工": 44}).entries
    assert parse(entries["罢工"]) == (4.4, (Part("w", (("strike",),)), Part("v", (("go on strike",),))))
    assert parse(entries["罷工"])[0] == 0
    assert [part.code for part in parse(entries["王"])[1]] == ["w", "H"], "a word before a surname"
    assert parse(entries["富裕"])[1] == (Part("w", (("prosperous", "well-to-do"),)), Part("P", (("Fuyu county",),)))
    assert parse(entries["中共"])[1] == (Part("O", (("Chinese Communist Party",),)),)
    assert "坏" not in entries


def database(path: Path) -> None:
    base = sqlite3.connect(path)
    for table in ("Kanji", "Kana", "NEKanji", "NEKana"):
        base.execute(f"CREATE TABLE {table} (ID INTEGER PRIMARY KEY, idseq INTEGER, text TEXT)")
    for table in ("Sense", "NETranslation"):
        base.execute(f"CREATE TABLE {table} (ID INTEGER PRIMARY KEY, idseq INTEGER)")
    for table, column in (("pos", "sid"), ("misc", "sid"), ("NETransType", "tid")):
        base.execute(f"CREATE TABLE {table} ({column} INTEGER, text TEXT)")
    for table, column in (("SenseGloss", "sid"), ("NETransGloss", "tid")):
        base.execute(f"CREATE TABLE {table} ({column} INTEGER, lang TEXT, gend TEXT, text TEXT)")
    words: Iterable[tuple[list[str], list[str], str, str, list[str]]] = (
        (["大学"], ["だいがく"], "noun (common) (futsuumeishi)", "", ["university", "college"]),
        (["標準"], ["ひょうじゅん"], "nouns which may take the genitive case particle 'no'", "", ["standard"]),
        ([], ["ツール"], "noun (common) (futsuumeishi)", "", ["tool"]),
        (["昔語"], ["むかし"], "noun (common) (futsuumeishi)", "archaism", ["old tale"]),
        (["能登"], ["のと"], "noun (common) (futsuumeishi)", "", ["Noto peninsula (Ishikawa)"]),
        (["水蝋樹"], ["いぼた"], "noun (common) (futsuumeishi)", "", ["Japanese privet"]),
        (["中国"], ["ちゅうごく"], "noun (common) (futsuumeishi)", "", ["China"]),
    )
    for number, (kanji, kana, pos, misc, glosses) in enumerate(words):
        base.executemany("INSERT INTO Kanji (idseq, text) VALUES (?, ?)", [(number, text) for text in kanji])
        base.executemany("INSERT INTO Kana (idseq, text) VALUES (?, ?)", [(number, text) for text in kana])
        base.execute("INSERT INTO Sense VALUES (?, ?)", (number, number))
        base.execute("INSERT INTO pos VALUES (?, ?)", (number, pos))
        base.execute("INSERT INTO misc VALUES (?, ?)", (number, misc))
        base.executemany("INSERT INTO SenseGloss VALUES (?, 'eng', '', ?)", [(number, text) for text in glosses])
    names = (
        ("宮崎県", "place", "Miyazaki Prefecture"), ("石破茂", "person", "Ishiba Shigeru (1957.2.4-)"),
        ("織田信長", "person", "Oda Nobunaga (1534-1582)"), ("中国", "place", "Chuugoku"), ("田中", "place", "Tanaka"),
        ("田中", "surname", "Tanaka"), ("国労", "organization", "National Railway Workers' Union"),
    )  # fmt: skip
    for number, (name, kind, text) in enumerate(names):
        base.execute("INSERT INTO NEKanji (idseq, text) VALUES (?, ?)", (number, name))
        base.execute("INSERT INTO NETranslation VALUES (?, ?)", (number, number))
        base.execute("INSERT INTO NETransType VALUES (?, ?)", (number, kind))
        base.execute("INSERT INTO NETransGloss VALUES (?, 'eng', '', ?)", (number, text))
    base.commit()
    base.close()


def test_jmdict_and_jmnedict(tmp_path: Path) -> None:
    database(tmp_path / "jamdict.db")
    entries = jamdict(tmp_path / "jamdict.db", {}).entries
    told = {key: parse(value)[1] for key, value in entries.items()}
    assert told["大学"] == (Part("n", (("university", "college"),)),)
    assert told["標準"] == (Part("n", (("standard",),)),), "the particle no makes it no particle"
    assert told["ツール"] == (Part("n", (("tool",),)),)
    assert "だいがく" not in told, "what is written in Chinese signs is not looked up by its sound"
    assert told["中国"] == (Part("N", (("China",),)),), "a word is believed before a name of the list of names"
    assert [told[key][0].code for key in ("能登", "水蝋樹")] == ["P", "n"]
    assert told["宮崎県"] == (Part("P", (("Miyazaki Prefecture",),)),)
    assert told["石破茂"] == (Part("H", (("Shigeru Ishiba",),)),)
    assert told["織田信長"] == (Part("H", (("Oda Nobunaga",),)),)
    assert told["国労"] == (Part("O", (("National Railway Workers' Union",),)),)
    assert "田中" not in told, "a place and a family"


def test_what_is_installed_becomes_one_file(tmp_path: Path) -> None:
    files, folder = tmp_path / "files", tmp_path / "folder"
    files.mkdir()
    folder.mkdir()
    (files / "cedict.txt.gz").write_bytes(gzip.compress("".join(CEDICT).encode()))
    database(tmp_path / "jamdict.db")
    (files / "jamdict.db.xz").write_bytes(lzma.compress((tmp_path / "jamdict.db").read_bytes()))
    frequencies = tmp_path / "f.xz"
    frequencies.write_bytes(lzma.compress("44\t罢工 大学\nbroken\n\t\n".encode()))
    assert read_frequencies(frequencies) == {"罢工": 44, "大学": 44}
    for language, text, english in (("zh", "罢工", "strike"), ("ja", "大学", "university")):
        convert(files, folder, language, frequencies)
        opened = Dictionary.open(language, folder)
        assert opened is not None
        (found,) = opened.entries(text)
        assert (found.glosses[0], found.frequency) == (english, 4.4)
    assert sorted(path.name for path in folder.iterdir()) == ["ja.dict.xz", "zh.dict.xz"]


@pytest.mark.parametrize(
    "data",
    # Named, for gzip writes the time: the processes that share the tests have to give them the same names.
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"not packed", id="not packed"),
        pytest.param(gzip.compress(b"no entry\n"), id="no entry"),
    ],
)
def test_what_is_no_source_is_said(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "cedict.txt.gz").write_bytes(data)
    for language in ("zh", "ja", "ko"):
        with pytest.raises(BackendError, match=f"dictionary of {language}"):
            convert(tmp_path, tmp_path, language)
