"""Figures in the READMEs that the data say, too."""

from __future__ import annotations

from tests.docs.markdown import ROOT, Document

_WORDS = {13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen"}


def said(path: str) -> str:
    return " ".join(Document(path).text.split())


def test_languages_with_a_dictionary() -> None:
    carried = {path.name.partition(".")[0] for path in (ROOT / "models/builtin/dictionaries").glob("*.dict.xz")}
    languages = {name for name in carried if not name.startswith("places-")}
    assert f"and for {len(languages)} other languages in" in said("pipeline/translation/README.md")


def test_scripts_whose_names_are_judged_by_sound() -> None:
    tables = list((ROOT / "pipeline/text/names/sounds/tables").glob("*.tsv"))
    assert f"transliteration in {_WORDS[len(tables)]} scripts" in said("pipeline/text/names/README.md")


def test_foreigners_in_the_korean_lexicon() -> None:
    lines = (ROOT / "pipeline/text/names/lexicon/korean_persons.tsv").read_text(encoding="utf-8").splitlines()
    names = sum(not line.startswith("#") for line in lines)
    assert f"{names // 1000},000 foreigners in Korean" in said("pipeline/text/names/README.md")
