"""How items are judged against the facts of their originals, and that the table of facts agrees with itself."""

from __future__ import annotations

import json
from pathlib import Path

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
    file="seeds/quake.txt",
    language="ja",
    about="A quake in Miyazaki",
    facts=(
        Fact(fact="a quake hit Miyazaki", told=("quake[^.]*Miyazaki", "Miyazaki[^.]*quake")),
        Fact(fact="magnitude 6.9", told=(r"6\.9",)),
        Fact(fact="a tsunami was warned of", told=("tsunami",)),
    ),
    wrong=(Falsehood(why="the sea is Hyuga-nada", said=("South China Sea", "it isn't")),),
)


def item(*lines: str, source: str = "/data/seeds/quake.txt", is_told: bool = True) -> Printed:
    return Printed(source=source, language="ja", original="地震", lines=lines, is_told=is_told)


def test_two_facts_and_nothing_false_are_right() -> None:
    judged = judge(QUAKE, item("Quake shakes Miyazaki", "Its magnitude was 6.9."))
    assert (judged.outcome, judged.reason) == ("right", "2 of 3 facts told, not: a tsunami was warned of")


def test_one_fact_is_thin() -> None:
    assert judge(QUAKE, item("Quake shakes Miyazaki", "Many were surprised.")).outcome == "thin"


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
    record: dict[str, object] = {"headline": "South China Sea", "summary": "South China Sea", "language": "ja"}
    listed = printed({**record, "told": False, "original_headline": "地震"}, "seeds/quake.txt")
    assert listed.lines == ()
    assert judge(QUAKE, listed).outcome == "withheld"


def test_a_digest_without_the_key_tells_its_items() -> None:
    told = printed({"headline": "A", "one_line": "", "summary": "B", "language": "ja"}, "seeds/quake.txt")
    assert told.is_told
    assert told.lines == ("A", "B")


def test_a_reader_overrules_the_patterns_for_the_text_that_was_read() -> None:
    read = item("Quake shakes Miyazaki", "Its magnitude was 6.9.", "A tsunami killed 100 people.")
    verdict = Verdict(file=QUAKE.file, text=read.fingerprint, verdict="wrong", note="nobody was killed")
    changed = item("Quake shakes Miyazaki", "Its magnitude was 6.9.")
    (first, _, _), (second, _, _) = judge_all([QUAKE], [read, changed], [verdict])
    assert (first.outcome, first.reason, first.by, first.is_stale) == ("wrong", "nobody was killed", "reader", False)
    assert (second.outcome, second.by, second.is_stale) == ("right", "pattern", True)


def test_a_withheld_item_needs_no_reader() -> None:
    listed = item(is_told=False)
    verdict = Verdict(file=QUAKE.file, text="0" * 12, verdict="wrong")
    ((judged, _, _),) = judge_all([QUAKE], [listed], [verdict])
    assert (judged.outcome, judged.is_stale) == ("withheld", False)


def test_an_article_without_an_item_is_absent_and_an_item_without_facts_is_unread() -> None:
    other = item("Something", source="pages/other.html.gz")
    rows = [judged for judged, _, _ in judge_all([QUAKE], [other], [])]
    assert [(row.file, row.outcome) for row in rows] == [("seeds/quake.txt", "absent"), ("other.html.gz", "unread")]
    verdict = Verdict(file="other.html.gz", text=other.fingerprint, verdict="right")
    assert [judged.outcome for judged, _, _ in judge_all([QUAKE], [other], [verdict])] == ["absent", "right"]


def test_a_file_is_known_by_the_end_of_its_path_only() -> None:
    rows = judge_all([QUAKE], [item("x", source="aseeds/quake.txt"), item("y", source="quake.txt")], [])
    assert [judged.outcome for judged, _, _ in rows] == ["absent", "unread", "unread"]


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
    record = {"id": "1", "headline": "Quake shakes Miyazaki", "one_line": "", "language": "ja"}
    record |= {"summary": "Its magnitude was 6.9.", "original_headline": "宮崎県で地震"}
    issue = {"sections": [{"title": "", "items": [record]}]}
    (tmp_path / "issue.json").write_text(json.dumps(issue), encoding="utf-8")
    source = {"id": "1", "source": "pages/jp_AsahiShimbun_2025_01_13.html.gz"}
    failed = {"id": None, "source": "pages/broken.html"}
    lines = "".join(json.dumps(line) + "\n" for line in (source, failed))
    (tmp_path / "articles.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_items_are_read_with_their_sources(folder: Path) -> None:
    (read,) = read_printed([folder])
    assert (read.source, read.text) == (
        "pages/jp_AsahiShimbun_2025_01_13.html.gz",
        "Quake shakes Miyazaki\nIts magnitude was 6.9.",
    )


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
