"""Counts that add up."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pipeline.article import Content, ExtractionWarning, Sentence, Translation, TranslationWarning
from pipeline.errors import ArticleError, Refused
from pipeline.report.report import NAMED, Ending, RunReport, StageReport

ENDINGS: tuple[Ending, ...] = ("cached", "computed", "skipped", "refused", "failed")


def test_translations_are_counted_with_their_doubts() -> None:
    report = RunReport(issue="x", started="now")
    sentences = (
        Sentence(paragraph=-1, source="제목", text="Title"),
        Sentence(paragraph=0, source="본문", text="Body 3", doubts=("number-invented", "low-confidence")),
    )
    warnings = tuple(TranslationWarning(kind=kind, paragraph=0, detail="") for kind in sentences[1].doubts)
    for is_draft in (True, False):
        report.translated(
            Translation(
                title="Title", paragraphs=("Body 3",), model="m", sentences=sentences, warnings=warnings,
                is_draft=is_draft,
            )
        )  # fmt: skip
    assert (report.drafts, report.sentences, report.doubtful) == (1, 4, 2)
    assert report.warnings == {"low-confidence": 2, "number-invented": 2}


def test_doubtful_readings_are_counted() -> None:
    report = RunReport(issue="x", started="now")
    report.extracted(
        Content(title="t", paragraphs=("p",), warnings=(ExtractionWarning(kind="text-uncertain", detail=""),))
    )
    report.extracted(Content(title="t", paragraphs=("p",)))
    assert report.warnings == {"text-uncertain": 1}


@given(st.lists(st.tuples(st.sampled_from(ENDINGS), st.integers(0, 9))))
def test_the_articles_of_a_stage_are_the_sum_of_its_counts(counts: list[tuple[Ending, int]]) -> None:
    stage = StageReport("translate")
    for outcome, number in counts:
        stage.count(outcome, number)
    assert stage.articles == sum(number for _, number in counts)


def test_stages_stand_in_the_order_they_were_reached() -> None:
    report = RunReport(issue="x", started="now")
    for name in ("extract", "detect", "extract"):
        report.stage(name).count("computed")
    assert [(stage.stage, stage.computed) for stage in report.stages] == [("extract", 2), ("detect", 1)]


def test_a_refusal_is_not_a_failure() -> None:
    report = RunReport(issue="x", started="now")
    report.fail("a.txt", "extract", Refused("empty", "the file is empty"))
    report.fail("b.txt", "translate", ArticleError("no-model", "no model for Korean"))
    assert (report.stage("extract").refused, report.stage("extract").failed) == (1, 0)
    assert (report.stage("translate").refused, report.stage("translate").failed) == (0, 1)
    assert report.failed == 1
    assert [(failure.status, failure.kind, failure.message) for failure in report.failures] == [
        ("refused", "empty", "the file is empty"),
        ("failed", "no-model", "no model for Korean"),
    ]


def test_of_very_many_failures_some_are_named_and_all_counted() -> None:
    report = RunReport(issue="x", started="now")
    for number in range(NAMED + 10):
        report.fail(f"a.csv#{number}", "ingest", ArticleError("bad-row", "4 fields"))
    report.fail("b.txt", "extract", Refused("empty", "the file is empty"))
    assert report.failure_counts == {"ingest/bad-row": NAMED + 10, "extract/empty": 1}
    assert report.failed == NAMED + 10
    assert [failure.source for failure in report.failures] == [*(f"a.csv#{n}" for n in range(NAMED)), "b.txt"]
    assert [failure.source for failure in report.named(2)] == ["a.csv#0", "a.csv#1", "b.txt"]


def test_a_message_that_quotes_the_document_is_cut() -> None:
    report = RunReport(issue="x", started="now")
    report.fail("a.json", "extract", ArticleError("json", "x" * 1_000_000))
    assert len(report.failures[0].message) < 3000


def test_the_file() -> None:
    report = RunReport(issue="2026-02-04", started="2026-02-04T08:00:00+00:00", articles=3, seconds=1.23456)
    report.stage("extract").count("cached", 3)
    report.stage("extract").seconds = 0.98765
    report.models["translate/ko"] = "model@1"
    report.hints.append("héllo 漢")
    text = report.to_json()
    assert text.endswith("}\n")
    assert "漢" in text
    data = json.loads(text)
    assert data["stages"] == [
        {"stage": "extract", "cached": 3, "computed": 0, "skipped": 0, "refused": 0, "failed": 0, "seconds": 0.988}
    ]
    assert data["seconds"] == 1.235
    assert set(data) == {
        "issue", "started", "articles", "duplicates", "known", "updates", "drafts", "told", "listed",
        "dropped", "dropped_by_editor", "sentences", "inputs", "keep_known", "overlay", "decided", "since",
        "only", "left_out", "older", "passed", "digest", "digests", "quarantined", "quarantine_dropped",
        "doubtful", "warnings", "stages", "failures", "failure_counts", "models",
        "hints", "silent", "alarms", "repairs", "versions", "seconds",
    }  # fmt: skip
