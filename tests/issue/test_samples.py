"""The samples say nothing that the stages do not: they pass what the articles of a real run pass."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

from pipeline.issue.record import record
from pipeline.language import codes
from pipeline.models import registry
from pipeline.text.doubts import DoubtKind
from pipeline.topics import load_topics
from tests.issue.samples import SAMPLE
from tests.rows import each

# Written by tests/issue/test_run.py.
REAL = Path(__file__).parents[1] / "golden" / "run" / "articles.jsonl"
LABELS = {topic.code: topic.label for topic in load_topics()}


def has_what_a_stage_writes(line: dict[str, Any]) -> None:
    assert line["language"]["code"] in codes.CODES
    assert 0 <= line["language"]["score"] <= 1
    for tag in line["tags"]:
        assert tag["code"] == "" if tag["scheme"] == "keyphrase" else LABELS[tag["code"]] == tag["label"]
    translation, summary = line["translation"], line["summary"]
    sentences = translation["sentences"] if translation else []
    assert bool(sentences) == (line["language"]["code"] != "en")
    if translation:
        headline = sentences[0]
        assert (headline["paragraph"], headline["source"], headline["text"]) == (
            -1,
            line["title"],
            translation["title"],
        )
        paragraphs = range(-1, len(line["paragraphs"]))
        assert {sentence["paragraph"] for sentence in sentences} <= {*paragraphs}
        for warning in translation["warnings"]:
            assert warning["kind"] in get_args(DoubtKind)
            assert warning["detail"]
            assert warning["paragraph"] in paragraphs
    assert re.fullmatch(r"extractive/[\w.-]+" if summary["text"] else "none", summary["method"])
    assert summary["text"] == " ".join(quote["text"] for quote in summary["quotes"])
    for quote in summary["quotes"]:
        if translation:
            assert quote["text"] in sentences[quote["sentence"]]["text"]
        else:
            assert quote["sentence"] == -1
    unmeasured = translation and any(warning["kind"] == "unmeasured-model" for warning in translation["warnings"])
    assert line["status"] in (("draft",) if unmeasured else ("done", "draft"))


def name(line: dict[str, Any]) -> str:
    return str(line["source"])


def test_articles_of_a_run_are_as_expected_here() -> None:
    each(map(json.loads, REAL.read_text(encoding="utf-8").splitlines()), has_what_a_stage_writes, name)


def test_the_samples_are_as_those_of_a_run() -> None:
    lines = [record(article, article.source) for article in SAMPLE]
    each(lines, has_what_a_stage_writes, name)


def test_the_models_of_the_samples_are_in_the_registry() -> None:
    known = registry.load()
    for article in SAMPLE:
        if article.translation:
            assert known.find(article.translation.model.partition("@")[0])
        assert article.summary
        assert known.find(article.summary.method.removeprefix("extractive/"))
