import gzip
import json
import re
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.evaluate.extraction import evaluate, same_title, token_f1

BODY = [
    "The bridge over the Wick reopened on Friday after two years of work, the council said.",
    "It had been closed because its pillars were worn. Traffic ran normally in the afternoon.",
]


def test_scores_of_a_folder(tmp_path: Path) -> None:
    html = "<h1>Bridge “open”</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    (tmp_path / "good.html.gz").write_bytes(gzip.compress(f"<html><body>{html}</body></html>".encode()))
    (tmp_path / "bad.html").write_text("<html></html>", encoding="utf-8")
    rows = [
        {"file": "good.html.gz", "title": 'bridge "open"', "published": None, "body": BODY},
        {"file": "bad.html", "title": "x", "published": "2024-01-01", "body": BODY},
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    scores = evaluate(tmp_path)
    assert [page.file for page in scores.pages] == ["bad.html", "good.html.gz"]
    bad, good = scores.pages
    assert (good.f1, good.titled, good.dated, good.error) == (1.0, True, None, None)
    assert (bad.f1, bad.titled, bad.dated) == (0.0, False, False)
    assert bad.error is not None
    assert bad.error.startswith("no-article")
    assert (scores.f1, scores.precision, scores.recall, scores.titles, scores.dates) == (0.5, 0.5, 0.5, 0.5, 0.0)


def test_tokens_are_words_or_ideographs() -> None:
    assert token_f1("台灣 ABC", "ａｂｃ 台湾") == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert token_f1("", "x") == (0.0, 0.0, 0.0)


def test_titles_differ_in_form_only() -> None:
    assert same_title("It’s «open»　now", 'it\'s "open" now')
    assert not same_title("Open", "Closed")


@pytest.mark.parametrize("text", [None, "", "{"])
def test_folder_without_gold(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "gold.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"gold\.jsonl"):
        evaluate(tmp_path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "gold.jsonl: is no list of pages"),
        ("[]", "gold.jsonl: is no list of pages: a line is no object"),
        ('{"file": "a.html", "body": ""}', "gold.jsonl: is no list of pages: a line lacks title"),
        ('{"file": "a.html", "title": "", "body": ""}', "a.html: cannot be read: No such file or directory"),
        ('{"file": "b.gz", "title": "", "body": ""}', "b.gz: cannot be read: Compressed file ended"),
        ('{"file": "c.gz", "title": "", "body": ""}', "c.gz: cannot be read: Not a gzipped file"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "gold.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"page")[:12])
    (tmp_path / "c.gz").write_bytes(b"page")
    with pytest.raises(ConfigError, match=re.escape(said)):
        evaluate(tmp_path)
