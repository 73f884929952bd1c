"""digest.parquet: one row an article, with types, for notebooks and databases."""

from __future__ import annotations

import io
from dataclasses import asdict
from datetime import date

from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue
from pipeline.issue.wording import with_news


def render(issue: Issue, channels: Channels) -> bytes:
    """The items in reading order with the names of `issue.json`; a text that the article does not have is null.

    `issue`, `date` and `section` say where the item stands, `published_at` is `published` as an instant in UTC. The
    bytes depend on the version of pyarrow, and on nothing else beside the issue.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.string()
    topic = pa.struct([("code", text), ("label", text)])
    caveat = pa.struct([("kind", text), ("detail", text)])
    source = pa.struct([("original", text), ("english", text)])
    entity = pa.struct([("text", text), ("type", text), ("count", pa.int32())])
    schema = pa.schema(
        [
            pa.field("issue", text, nullable=False),
            pa.field("date", pa.date32(), nullable=False),
            ("section", text),
            pa.field("id", text, nullable=False),
            pa.field("revision", text, nullable=False),
            pa.field("told", pa.bool_(), nullable=False),
            ("reason", text),
            ("better_model", text),
            pa.field("headline", text, nullable=False),
            ("original_headline", text),
            ("language", text),
            ("language_name", text),
            ("direction", text),
            ("outlet", text),
            ("published", text),
            ("published_at", pa.timestamp("ms", tz="UTC")),
            ("url", text),
            ("summary", text),
            ("summary_method", text),
            ("one_line", text),
            ("sources", pa.list_(source)),
            ("topics", pa.list_(topic)),
            ("entities", pa.list_(entity)),
            ("warnings", pa.list_(caveat)),
            ("model", text),
            ("other_models", pa.list_(text)),
            pa.field("is_update", pa.bool_(), nullable=False),
            pa.field("sentences", pa.int32(), nullable=False),
            pa.field("doubtful", pa.int32(), nullable=False),
            pa.field("draft", pa.bool_(), nullable=False),
            ("edited", pa.list_(text)),
            pa.field("printed", pa.int32(), nullable=False),
            pa.field("corrected", pa.int32(), nullable=False),
            pa.field("saved", pa.bool_(), nullable=False),
            pa.field("quoted", pa.int32(), nullable=False),
            pa.field("lead", pa.int32(), nullable=False),
            pa.field("length", pa.int32(), nullable=False),
            ("label", text),
            ("note", text),
        ],
        metadata={"title": issue.title, "issue": issue.id},
    )
    rows = [
        {
            **{name: None if value == "" else value for name, value in asdict(item).items()},
            "issue": issue.id,
            "date": date.fromisoformat(issue.date),
            "section": section.title or None,
            "published_at": item.instant,
            "summary": with_news(item) or None,
        }
        for section in issue.sections
        for item in section.items
    ]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), file, compression="zstd")
    return file.getvalue()
