"""review.html as data and as HTML; what its script makes of it is seen in tests/browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.article import Article, Content, Entity, ExtractionWarning, Summary
from pipeline.errors import ConfigError
from pipeline.review import entries, page
from pipeline.review.results import read
from tests.issue.samples import ARABIC, ENGLISH, KOREAN, SAMPLE, SWAHILI, TRADITIONAL, VIETNAMESE, article
from tests.issue.test_hostile import PAYLOADS
from tests.review.folders import folder_of, results_of


class Parts(HTMLParser):
    """The elements of a page, and the text in each script and style."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[tuple[str, dict[str, str | None]]] = [("", {})]
        self.texts: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.tags[-1]
        name = attributes.get("id") or tag
        self.texts[name] = self.texts.get(name, "") + data


def data_of(folder: Path, *articles: Article, **settings: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        Parts(page.render(results_of(folder, *articles, **settings)).decode()).texts["data"]
    )
    return found


def only(folder: Path, one: Article, **settings: Any) -> dict[str, Any]:
    (found,) = data_of(folder, one, **settings)["articles"]
    assert isinstance(found, dict)
    return found


def text(parts: list[Any]) -> str:
    return "".join(part if isinstance(part, str) else part[1] for part in parts)


def marked(parts: list[Any], kind: str) -> list[str]:
    return [part[1] for part in parts if not isinstance(part, str) and part[0] == kind]


def test_every_article_in_the_order_of_the_issue(tmp_path: Path) -> None:
    data = data_of(tmp_path, *SAMPLE)
    issue = json.loads((tmp_path / "issue.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in data["articles"]] == [
        item["id"] for part in issue["sections"] for item in part["items"]
    ]
    states = {one["id"]: one["state"] for one in data["articles"]}
    assert states[VIETNAMESE.id] == "told"
    assert states[SWAHILI.id] == states[KOREAN.id] == "listed"


def test_an_original_stands_beside_its_english(tmp_path: Path) -> None:
    entry = only(tmp_path, VIETNAMESE)
    assert VIETNAMESE.translation is not None
    assert [(text(row["o"]), text(row["e"])) for row in entry["rows"]] == [
        (sentence.source, sentence.text) for sentence in VIETNAMESE.translation.sentences
    ]
    assert (entry["lang"], entry["dir"]) == ("vi", "ltr")
    assert only(tmp_path, ARABIC)["dir"] == "rtl"


def test_numbers_and_names_are_marked_on_both_sides(tmp_path: Path) -> None:
    row = only(tmp_path, VIETNAMESE)["rows"][2]
    assert marked(row["o"], "number") == ["3,5 triệu"]
    assert marked(row["e"], "number") == ["3.5 million"]
    first = only(tmp_path, TRADITIONAL)["rows"][1]
    assert "AI" not in marked(first["o"], "number")
    assert "日本" in marked(first["o"], "name")
    assert "Lithuania" in marked(only(tmp_path, VIETNAMESE)["rows"][1]["e"], "name")


def test_what_is_quoted_says_so(tmp_path: Path) -> None:
    rows = only(tmp_path, VIETNAMESE)["rows"]
    assert [(bool(row.get("h")), bool(row.get("q"))) for row in rows] == [(True, False), (False, True), (False, True)]


def test_a_doubt_stands_at_its_sentence_in_words(tmp_path: Path) -> None:
    rows = only(tmp_path, KOREAN)["rows"]
    assert [row["d"] for row in rows] == [
        [],
        [],
        [["too short", "part of it may be missing"]],
        [["the machine was unsure", ""]],
    ]


def test_why_it_is_withheld_and_what_would_help(tmp_path: Path) -> None:
    entry = only(tmp_path, SWAHILI, better={"sw": "madlad"})
    assert "nobody has measured" in entry["why"].lower()
    assert "confirm or correct" in entry["why"]
    assert entry["command"] == "worldbrief models get sw"
    assert only(tmp_path, VIETNAMESE)["why"] == ""


def test_an_english_article_has_one_side(tmp_path: Path) -> None:
    entry = only(tmp_path, ENGLISH)
    assert entry["original"] == ""
    assert all(row["o"] is None for row in entry["rows"])


def test_what_was_hard_to_read_is_said(tmp_path: Path) -> None:
    assert VIETNAMESE.content is not None
    content = replace(VIETNAMESE.content, warnings=(ExtractionWarning(kind="text-incomplete", detail="a part is cut"),))
    (warning,) = only(tmp_path, replace(VIETNAMESE, content=content))["warnings"]
    assert "may go on beyond what was found" in warning
    assert "a part is cut" in warning


def test_what_is_not_in_the_issue_can_still_be_read(tmp_path: Path) -> None:
    data = data_of(tmp_path, *SAMPLE, drafts="drop")
    assert [one["state"] for one in data["articles"]].count("out") == 2
    assert "not in the issue" in next(one["why"] for one in data["articles"] if one["state"] == "out")


def test_what_was_refused_is_counted_and_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, *SAMPLE)
    line = json.loads((folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    refused = {
        **line,
        "id": None,
        "paragraphs": None,
        "source": "bad.pdf",
        "error": {"stage": "extract", "kind": "k", "message": "bad.pdf: no text"},
    }
    with (folder / "articles.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(refused) + "\n")
    data = json.loads(Parts(page.render(read(folder, folder / "overlay.toml")).decode()).texts["data"])
    assert (data["refused"], data["refusedCount"]) == ([["bad.pdf", "no text"]], 1)


def test_sources_that_may_be_broken_are_named(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, *SAMPLE)
    alarm = {"name": "Paper </script>", "kind": "silent", "message": "silent for 9 days", "advice": "look"}
    report = {"issue": "2026-11-23", "alarms": [alarm, "torn"], "overlay": None}
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    data = json.loads(Parts(page.render(read(folder, folder / "overlay.toml")).decode()).texts["data"])
    assert data["alarms"] == ["Paper </script>: silent for 9 days; look [silent]"]
    (folder / "report.json").write_text(json.dumps({**report, "issue": "2026-11-24"}), encoding="utf-8")
    assert read(folder, folder / "overlay.toml").alarms == ()


def hostile(payload: str) -> Article:
    made = article(
        "x.txt",
        language="ko",
        title=payload,
        english=payload,
        text=payload,
        quoted=((payload, payload),),
        doubted=((payload, payload, "number-lost", payload),),
        one_line=payload,
        publisher=payload,
        url=f"https://example.org/{payload}",
        published=payload,
        entities=(Entity(text=payload, type="person", count=1),),
    )
    assert made.content is not None
    content: Content = replace(made.content, warnings=(ExtractionWarning(kind="letters-lost", detail=payload),))
    return replace(made, content=content)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_text_is_data_and_nothing_else(tmp_path: Path, payload: str) -> None:
    plain = Parts(page.render(results_of(tmp_path / "plain", VIETNAMESE)).decode())
    parts = Parts(
        page.render(results_of(tmp_path / "hostile", hostile(payload.encode(errors="ignore").decode()))).decode()
    )
    assert [tag for tag, _ in parts.tags] == [tag for tag, _ in plain.tags]
    assert json.loads(parts.texts["data"])["articles"][0]["original"]


def test_half_a_character_does_not_break_the_page(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, VIETNAMESE)
    path = folder / "articles.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Trần", "\\ud800"), encoding="utf-8")
    assert b"\\ud800" not in page.render(read(folder, folder / "overlay.toml")).partition(b'id="data">')[2][:100_000]


def test_nothing_runs_but_what_is_in_the_page(tmp_path: Path) -> None:
    rendered = page.render(results_of(tmp_path, *SAMPLE)).decode()
    parts = Parts(rendered)
    policy = next(attributes["content"] for tag, attributes in parts.tags if attributes.get("http-equiv"))
    assert policy is not None
    script = re.search(r"<script>(.*)</script>", rendered, re.DOTALL)
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in unescape(policy)
    assert "connect-src 'none'" in unescape(policy)
    assert "unsafe" not in policy
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script[1])
    for tag, attributes in parts.tags:
        assert not {name for name in attributes if name.startswith("on") or name in ("src", "style")}, tag


def test_a_book_of_an_article_is_cut_with_a_true_count(tmp_path: Path) -> None:
    sentences = tuple((f"Câu {n}.", f"Sentence {n}.", "too-short", "d") for n in range(entries.MOST_SENTENCES + 500))
    long = article("book.txt", language="vi", title="Sách", english="A book", doubted=sentences)
    entry = only(tmp_path, long)
    assert len(entry["rows"]) == entries.MOST_SENTENCES
    assert entry["count"] == len(sentences) + 2


def test_a_page_that_grows_too_large_keeps_every_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_BYTES", 1)
    doubted = tuple((f"Câu {n}.", f"Sentence {n}.", "too-short", "d") for n in range(40))
    many = [
        article(f"{n}.txt", language="vi", title=f"Tin {n}", english=f"News {n}", doubted=doubted) for n in range(3)
    ]
    data = data_of(tmp_path, *many)
    assert data["cut"] == 2
    assert [len(one["rows"]) < one["count"] for one in data["articles"]].count(True) == 2


def test_of_what_has_no_room_in_the_issue_only_so_much_is_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_OUTSIDE", 1)
    (tmp_path / "overlay.toml").write_text(f"[issue.2026-11-23.article.{ARABIC.id}]\ndrop = true\n", encoding="utf-8")
    folder = folder_of(tmp_path, *SAMPLE, max_items=2)
    data = json.loads(Parts(page.render(read(folder, folder / "overlay.toml")).decode()).texts["data"])
    states = [one["state"] for one in data["articles"]]
    assert ARABIC.id in {one["id"] for one in data["articles"]}
    assert len(states) + data["beyond"] == len(SAMPLE)
    assert data["beyond"] >= 3


def test_the_same_results_make_the_same_page(tmp_path: Path) -> None:
    one = page.render(results_of(tmp_path / "a", *SAMPLE))
    assert one == page.render(results_of(tmp_path / "b", *SAMPLE))


def test_a_summary_without_a_headline(tmp_path: Path) -> None:
    assert VIETNAMESE.summary is not None
    bare = replace(VIETNAMESE, summary=Summary(text="", one_line="", method="none"))
    entry = only(tmp_path, bare)
    assert (entry["state"], entry["headline"]) == ("listed", entry["machine"])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("issue.json", None, "make the issue with `run` first"),
        ("issue.json", "{", "is no issue"),
        ("issue.json", "{}", "is no issue"),
        ("articles.jsonl", None, "make the issue with `run` first"),
        ("articles.jsonl", "nonsense\n", "line 1"),
        ("articles.jsonl", '{"id": 1}\n', "line 1"),
    ],
)
def test_damaged_results_are_told(tmp_path: Path, name: str, content: str | None, said: str) -> None:
    folder = folder_of(tmp_path, VIETNAMESE)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(name)) as error:
        page.write(read(folder, folder / "overlay.toml"))
    assert said in str(error.value)
