"""How items are judged against the facts of their originals, and that the table of facts agrees with itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.benchmarks.real_news import (
    Fact,
    Falsehood,
    Original,
    Printed,
    Verdict,
    first_match,
    judge,
    judge_all,
    main,
    printed,
    read_originals,
    read_printed,
    read_verdicts,
)

QUAKE = Original(
    file="quake.txt",
    language="ja",
    about="A quake in Miyazaki",
    facts=(
        Fact(fact="a quake hit Miyazaki", told=("quake[^.]*Miyazaki", "Miyazaki[^.]*quake")),
        Fact(fact="magnitude 6.9", told=(r"6\.9",)),
        Fact(fact="a tsunami was warned of", told=("tsunami",)),
    ),
    wrong=(Falsehood(why="the sea is Hyuga-nada", said=("South China Sea", "it isn't")),),
)


RECORD: dict[str, Any] = {
    "id": "1",
    "source": "/data/news/quake.txt",
    "title": "地震",
    "language": {"code": "ja", "score": 0.9},
    "error": None,
}


def item(*lines: str, source: str = RECORD["source"]) -> Printed:
    return Printed(source=source, language="ja", original="地震", lines=lines)


def test_two_facts_and_nothing_false_are_right() -> None:
    judged = judge(QUAKE, item("Quake shakes Miyazaki", "Its magnitude was 6.9."))
    assert (judged.outcome, judged.reason) == ("right", "2 of 3 facts told, not: a tsunami was warned of")


def test_one_fact_is_thin() -> None:
    assert judge(QUAKE, item("Quake shakes Miyazaki", "Many were surprised.")).outcome == "thin"


def test_without_the_first_fact_an_item_is_thin() -> None:
    assert judge(QUAKE, item("A tsunami is expected", "The magnitude was 6.9.")).outcome == "thin"


def test_something_false_is_wrong_whatever_else_is_told() -> None:
    judged = judge(QUAKE, item("QUAKE SHAKES MIYAZAKI", "Its magnitude was 6.9.", "It was in the south china sea."))
    assert (judged.outcome, judged.reason) == ("wrong", '"south china sea": the sea is Hyuga-nada')


def test_typographic_quotes_are_plain_to_a_pattern() -> None:
    assert judge(QUAKE, item("A quake it isn’t")).outcome == "wrong"


def test_patterns_stay_within_one_line() -> None:
    apart = QUAKE.model_copy(update={"wrong": (_joined(),)})
    assert judge(apart, item("Quake in the South", "China trembles")).outcome == "thin"
    assert judge(apart, item("Quake in the South of China")).outcome == "wrong"


def _joined() -> Falsehood:
    return Falsehood(why="not there", said=("South.*China",))


def test_a_withheld_item_states_nothing() -> None:
    listed = printed(RECORD, {"headline": "South China Sea", "summary": "", "told": False, "reason": "doubts"})
    assert listed.lines == ()
    judged = judge(QUAKE, listed)
    assert (judged.outcome, judged.reason) == ("withheld", "doubts")


def test_a_digest_without_the_key_tells_its_items() -> None:
    told = printed(RECORD, {"headline": "A", "one_line": "", "summary": "B"})
    assert (told.unprinted, told.lines) == ("", ("A", "B"))


def test_an_article_without_an_item_is_absent() -> None:
    failed = printed({**RECORD, "title": None, "language": None, "error": {"message": "too short"}}, None)
    judged = judge(QUAKE, failed)
    assert (judged.outcome, judged.reason) == ("absent", "too short")


def test_a_reader_overrules_the_patterns_for_the_text_that_was_read() -> None:
    read = item("Quake shakes Miyazaki", "Its magnitude was 6.9.", "A tsunami killed 100 people.")
    verdict = Verdict(file=QUAKE.file, text=read.fingerprint, verdict="wrong", note="nobody was killed")
    changed = item("Quake shakes Miyazaki", "Its magnitude was 6.9.")
    (first, _, _), (second, _, _) = judge_all([QUAKE], [read, changed], [verdict])
    assert (first.outcome, first.reason, first.by, first.is_stale) == ("wrong", "nobody was killed", "reader", False)
    assert (second.outcome, second.by, second.is_stale) == ("right", "pattern", True)


def test_a_withheld_item_needs_no_reader() -> None:
    listed = printed(RECORD, {"headline": "地震", "told": False})
    verdict = Verdict(file=QUAKE.file, text="0" * 12, verdict="wrong")
    ((judged, _, _),) = judge_all([QUAKE], [listed], [verdict])
    assert (judged.outcome, judged.is_stale) == ("withheld", False)


def test_an_item_without_facts_is_unread_until_a_reader_has_judged_it() -> None:
    other = item("Something", source="pages/other.html.gz")
    ((unread, original, _),) = judge_all([QUAKE], [other], [])
    assert (unread.file, unread.outcome, original) == ("other.html.gz", "unread", None)
    verdict = Verdict(file="other.html.gz", text=other.fingerprint, verdict="right")
    ((read, _, _),) = judge_all([QUAKE], [other], [verdict])
    assert (read.outcome, read.by) == ("right", "reader")


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": QUAKE.facts[:1]},
        {"wrong": ({"why": "x", "said": ("(",)},)},
        {"wrong": ({"why": "x", "said": ()},)},
        {"summary": "no such field"},
    ],
    ids=["one fact", "broken pattern", "no pattern", "unknown key"],
)
def test_a_broken_entry_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Original.model_validate({**QUAKE.model_dump(), **changes})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    item = {"id": "1", "headline": "Quake shakes Miyazaki", "one_line": "", "summary": "Its magnitude was 6.9."}
    issue = {"sections": [{"title": "", "items": [item]}]}
    (tmp_path / "issue.json").write_text(json.dumps(issue), encoding="utf-8")
    told = {**RECORD, "source": "pages/jp_AsahiShimbun_2025_01_13.html.gz"}
    failed = {**RECORD, "id": None, "title": None, "language": None, "error": {"message": "no text"}}
    lines = "".join(json.dumps(line) + "\n" for line in (told, failed))
    (tmp_path / "articles.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_a_run_is_read_with_what_failed(folder: Path) -> None:
    told, failed = read_printed([folder])
    assert told.text == "Quake shakes Miyazaki\nIts magnitude was 6.9."
    assert (failed.unprinted, failed.reason, failed.language) == ("absent", "no text", "und")


def test_the_command_prints_items_and_totals(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["real_news", str(folder), "--show", "--patterns", "--language", "ja"])
    main()
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("right") and "jp_AsahiShimbun" in line for line in lines)
    assert "    > Its magnitude was 6.9." in lines
    assert lines[-1].split()[0] == "all"


ORIGINALS = read_originals()


def test_the_table_covers_enough() -> None:
    assert len(ORIGINALS) >= 30
    assert len({original.language for original in ORIGINALS}) >= 14
    assert len({original.file for original in ORIGINALS}) == len(ORIGINALS)


@pytest.mark.parametrize("original", ORIGINALS, ids=lambda original: original.file)
def test_an_entry_agrees_with_itself(original: Original) -> None:
    statements = [original.about, *(fact.fact for fact in original.facts)]
    for falsehood in original.wrong:
        for statement in statements:
            assert not first_match(falsehood.said, statement), f"true, and found by {falsehood.why!r}"
    for fact in original.facts:
        assert first_match(fact.told, f"{fact.fact}\n{original.about}"), "not found by its own patterns"


def test_verdicts_are_of_known_shape_and_given_once() -> None:
    verdicts = read_verdicts()
    assert len({(verdict.file, verdict.text) for verdict in verdicts}) == len(verdicts)
