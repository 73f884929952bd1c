from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.article import Entity
from pipeline.issue.issue import Issue
from pipeline.issue.render.csv import COLUMNS, defused
from tests.issue.samples import KOREAN, SAMPLE, VIETNAMESE, article, render
from tests.issue.test_issue import issue_of


def rows_of(issue: Issue) -> list[dict[str, str]]:
    text = render(issue, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def table_of(issue: Issue) -> Any:
    return pq.read_table(io.BytesIO(render(issue, "parquet")))


def test_csv_has_a_row_an_article_in_reading_order() -> None:
    issue = issue_of(*SAMPLE)
    rows = rows_of(issue)
    assert tuple(rows[0]) == COLUMNS
    assert [row["headline"] for row in rows] == [item.headline for item in issue.items]
    assert [row["told"] for row in rows] == ["yes"] * 5 + ["no"] * 2
    first = next(row for row in rows if row["language"] == "vi")
    assert first["topics"] == "Economy, business and finance; Science and technology; International trade"
    assert (first["published"], first["places"], first["sentences"]) == ("2024-02-20", "Lithuania", "3")
    assert first["disclosure"].startswith(
        "Machine-translated and machine-summarised; not checked by a person. Quotes 2"
    )


def test_excel_sees_that_csv_is_utf_8() -> None:
    assert render(issue_of(KOREAN), "csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-2", "'-2"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ('"=1', "'\"=1"),
        ("rose;=cmd", "rose;'=cmd"),
        ('rose; "=cmd', "rose;' \"=cmd"),
        ("a=b, -5 and @home", "a=b, -5 and @home"),
        ("", ""),
    ],
)
def test_a_cell_is_no_formula(text: str, cell: str) -> None:
    assert defused(text) == cell


def test_an_address_stays_one() -> None:
    issue = issue_of(article("a", url="https://example.org/a;=1?b;c=2"))
    assert rows_of(issue)[0]["url"] == "https://example.org/a;%3D1?b;c=2"


def test_parquet_has_types() -> None:
    schema = table_of(issue_of(*SAMPLE)).schema
    types = {field.name: field.type for field in schema}
    assert types["date"] == pa.date32()
    assert types["published_at"] == pa.timestamp("ms", tz="UTC")
    assert types["told"] == pa.bool_()
    assert types["sentences"] == pa.int32()
    assert types["topics"] == pa.list_(pa.struct([("code", pa.string()), ("label", pa.string())]))
    assert schema.metadata[b"title"] == b"World Brief"


def test_parquet_has_all_of_the_items_that_issue_json_has() -> None:
    issue = issue_of(*SAMPLE)
    rows = table_of(issue).to_pylist()
    data = json.loads(render(issue, "json"))
    items = [(section["title"], item) for section in data["sections"] for item in section["items"]]
    for row, (section, item) in zip(rows, items, strict=True):
        assert set(row) == {*item, "issue", "date", "section", "published_at"}
        assert row["section"] == section
        assert {name: row[name] for name in item} == {
            name: None if value == "" else value for name, value in item.items()
        }
    assert rows[0]["date"] == date(2026, 11, 23)
    korean = next(row for row in rows if row["language"] == "ko")
    assert korean["published_at"] == datetime(2025, 8, 11, 10, 15, 20, tzinfo=UTC)


def test_parquet_without_a_date_and_before_1970() -> None:
    rows = table_of(issue_of(article("a", published="1923-09-01"), article("b"))).to_pylist()
    assert [row["published_at"] for row in rows] == [datetime(1923, 9, 1, tzinfo=UTC), None]


def test_names_by_kind() -> None:
    names = (
        Entity(text="N0", type="person", count=1),
        Entity(text="N1", type="place", count=1),
        Entity(text="N2", type="person", count=1),
    )
    (row,) = rows_of(issue_of(article("a", entities=names)))
    assert (row["people"], row["organisations"], row["places"]) == ("N0; N2", "", "N1")


def test_the_vietnamese_sample_has_sources() -> None:
    (row,) = table_of(issue_of(VIETNAMESE)).to_pylist()
    assert [source["english"][:6] for source in row["sources"]] == ["Taiwan", "Deputy"]
