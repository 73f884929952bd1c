"""What programs may rely on: the files of a run and the keys in them."""

from __future__ import annotations

import json
from dataclasses import asdict

from pipeline import article
from pipeline.article import Article, Content, Document
from pipeline.errors import ArticleError
from pipeline.issue.record import record
from pipeline.issue.render import FORMATS
from pipeline.report.report import DigestReport, Failure, RunReport, SourceAlarm, StageReport
from pipeline.review.page import FILE
from tests.docs import markdown
from tests.docs.markdown import rows, ticked

README = markdown.Document("pipeline/issue/README.md")


def keys(value: object, path: str = "", maps: tuple[str, ...] = ()) -> set[str]:
    """Every key in dotted form, `[]` after those that hold a list; the keys of `maps` are data, not contract."""
    if isinstance(value, dict) and path not in maps:
        return {key for name, item in value.items() for key in keys(item, f"{path}.{name}".lstrip("."), maps)}
    if isinstance(value, list):
        assert value, f"{path}: the sample must not be empty"
        return set().union(*(keys(item, f"{path}[]", maps) for item in value))
    return {path}


def table_keys(title: str) -> set[str]:
    return {ticked(cells[0])[0] for cells in rows(README.section(title), "key")}


def test_keys_of_articles() -> None:
    full = Article(
        document=Document(source="a.txt", data=b"", media_type="text/plain"),
        content=Content(
            title="t",
            paragraphs=("p",),
            url="https://example.org/a",
            authors=("A. N. Other",),
            warnings=(article.ExtractionWarning(kind="text-uncertain", detail="d"),),
        ),
        language=article.Language(code="ko", score=1.0),
        translation=article.Translation(
            title="t",
            paragraphs=("p",),
            model="m",
            sentences=(article.Sentence(paragraph=0, source="p", text="p", doubts=("loop",), model="other"),),
            warnings=(article.TranslationWarning(kind="loop", paragraph=0, detail="d"),),
        ),
        summary=article.Summary(
            text="t",
            one_line="o",
            method="m",
            headline="h",
            quotes=(article.Quote(text="t", sentence=0),),
            news=(article.Quote(text="t", sentence=0),),
        ),
        tags=article.Tags(
            tags=(article.Tag(scheme="medtop", code="1", label="l", score=1.0),),
            entities=(article.Entity(text="t", type="person", count=1),),
        ),
    )
    line = record(full, "a.txt", "tag", ArticleError("internal", "m"))
    assert table_keys("## `articles.jsonl`") == keys(line)


def test_keys_of_the_issue() -> None:
    golden = json.loads((markdown.ROOT / "tests/golden/issue/issue.json").read_text(encoding="utf-8"))
    items = [item for section in golden["sections"] for item in section["items"]]
    # One item with all that any of them has.
    full = {key: max((item[key] for item in items), key=lambda value: len(str(value))) for key in items[0]}
    full |= {"news": "n", "new_sentences": 1, "new_headline": False}
    golden["silent"] = ["an outlet"]
    golden["digest"] = "one of several"
    golden["alarms"] = ["a source: why"]
    full["other_models"] = full["other_models"] or ["m"]
    full["edited"] = full["edited"] or ["headline"]
    golden["sections"] = [{**golden["sections"][0], "items": [full]}]
    table: set[str] = set()
    for cells in rows(README.section("## `issue.json`"), "key"):
        # The keys that follow the first are beside it.
        first, *more = ticked(cells[0])
        prefix = first[: first.rfind(".") + 1]
        table |= {first, *(prefix + name for name in more)}
    assert {name.removesuffix("[]") for name in table} == {name.removesuffix("[]") for name in keys(golden)}


def test_keys_of_the_report() -> None:
    report = RunReport(
        issue="i",
        started="t",
        stages=[StageReport("extract")],
        digests=[DigestReport("all")],
        failures=[Failure.of("s", "extract", ArticleError("internal", "m"))],
        alarms=[SourceAlarm("s", "n", "silent", "2026-11-23", "b", "m", "a", {"days": 9.0})],
        hints=["h"],
        inputs=["seeds"],
        only=["0123456789abcdef"],
        overlay=["o"],
        repairs=["r"],
    )
    assert table_keys("## `report.json`") == keys(
        asdict(report), maps=("alarms[].numbers", "failure_counts", "models", "silent", "versions", "warnings")
    )


def test_files() -> None:
    listed = {name for cells in rows(README.section("## Results"), "file in `out/`") for name in ticked(cells[0])}
    assert listed == {file for file, _ in FORMATS.values()} | {"articles.jsonl", "report.json", FILE}
