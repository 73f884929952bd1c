"""`worldbrief quarantine`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.store.quarantine import Entry, Quarantine
from tests.cli.test_cli import Command, worldbrief, write

__all__ = ["worldbrief"]


def entry(number: int, kind: str = "no-article", article: str = "", begins: str = "") -> Entry:
    article = article or f"{number:04}{'ab' * 6}"
    return Entry(
        key=f"key{number}", source=f"news/{number}.html", stage="extract", article=article, status="refused",
        kind=kind, message="no text in it", first_seen=f"2026-11-{10 + number}T06:00:00+00:00",
        last_seen=f"2026-11-{20 + number}T06:00:00+00:00", last_tried="2026-11-21T06:00:00+00:00", begins=begins,
    )  # fmt: skip


@pytest.fixture
def entries(worldbrief: Command) -> list[Entry]:
    made = [entry(1), entry(2, begins="Menu \x1b[31mHome"), entry(3, "too-long")]
    with Quarantine(Path(".worldbrief/quarantine.db")) as quarantine:
        quarantine.record(made)
    return made


def marks() -> dict[str, str]:
    with Quarantine(Path(".worldbrief/quarantine.db")) as quarantine:
        return {one.source: one.mark for one in quarantine.entries()}


def test_it_is_listed_by_reason_and_article(worldbrief: Command, entries: list[Entry]) -> None:
    ended = worldbrief("quarantine", "list")
    assert [line.split() for line in ended.out.splitlines() if line] == [
        ["reason", "articles", "status", "first", "seen", "last", "seen", "next", "run"],
        ["extract/no-article", "2", "refused", "2026-11-11", "06:00", "2026-11-22", "06:00", "held"],
        ["extract/too-long", "1", "refused", "2026-11-13", "06:00", "2026-11-23", "06:00", "held"],
        ["id", "reason", "first", "seen", "last", "seen", "tries", "next", "run", "source"],
        ["0003abab", "extract/too-long", "2026-11-13", "06:00", "2026-11-23", "06:00", "1", "held", "news/3.html"],
        ["0002abab", "extract/no-article", "2026-11-12", "06:00", "2026-11-22", "06:00", "1", "held", "news/2.html"],
        ["0001abab", "extract/no-article", "2026-11-11", "06:00", "2026-11-21", "06:00", "1", "held", "news/1.html"],
    ]
    one = worldbrief("quarantine", "list", "--limit", "1", "--kind", "no-article").out
    assert "news/2.html" in one
    assert "news/1.html" not in one
    assert "and 1 more" in one
    found = json.loads(worldbrief("quarantine", "list", "--json").out)
    assert [(one["source"], one["tried_again"]) for one in found] == [
        ("news/3.html", False), ("news/2.html", False), ("news/1.html", False),
    ]  # fmt: skip


def test_all_is_shown_and_nothing_acts_on_the_terminal(worldbrief: Command, entries: list[Entry]) -> None:
    said = worldbrief("quarantine", "show", "0002").out
    assert "message:    no text in it\n" in said
    assert "last tried: 2026-11-21T06:00:00+00:00 (once in all)\n" in said
    assert "begins:     Menu \\u001b[31mHome\n" in said


def test_articles_are_tried_again_or_dropped(worldbrief: Command, entries: list[Entry]) -> None:
    assert worldbrief("quarantine", "drop", "0001", "news/2.html").out == (
        "2 articles are dropped; quarantine retry takes them back\n"
    )
    assert marks() == {"news/1.html": "dropped", "news/2.html": "dropped", "news/3.html": ""}
    assert "dropped" in worldbrief("quarantine", "list").out
    worldbrief("quarantine", "retry", "--kind", "extract/no-article")
    assert marks() == {"news/1.html": "retry", "news/2.html": "retry", "news/3.html": ""}
    assert "tried" in worldbrief("quarantine", "show", "0001").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "ffff"], "ffff: no such article is in quarantine"),
        (["drop", "00"], "give at least 4 characters of an id"),
        (["drop"], "name articles, or a reason with --kind"),
        (["retry", "--kind", "odd"], "--kind odd: nothing is in quarantine for this reason"),
        (["drop", "0009"], "0009: 2 articles begin so: 0009abab, 0009cdcd"),
    ],
)
def test_a_slip_is_said(worldbrief: Command, entries: list[Entry], arguments: list[str], message: str) -> None:
    with Quarantine(Path(".worldbrief/quarantine.db")) as quarantine:
        quarantine.record([entry(8, article="0009abab"), entry(9, article="0009cdcd")])
    ended = worldbrief("quarantine", *arguments)
    assert (ended.code, message in ended.err) == (2, True)
    assert set(marks().values()) == {""}


def test_before_any_run_there_is_nothing(worldbrief: Command) -> None:
    assert worldbrief("quarantine", "list").out == "nothing is in quarantine\n"
    assert worldbrief("quarantine", "drop", "abcd").code == 2
    assert not Path(".worldbrief").exists()


def test_a_run_ends_with_one_for_what_is_new_only(worldbrief: Command) -> None:
    Path("news").mkdir()
    Path("news/menu.html").write_text("<html><title>Menu</title><ul><li><a href='/'>Home</a></ul></html>")
    first = worldbrief("run", "news", "--until", "extract")
    assert first.code == 1
    assert "refused: news/menu.html: no article text was found" in first.err
    second = worldbrief("run", "news", "--until", "extract")
    assert second.code == 0
    assert "1 article was refused or failed before and not tried again: worldbrief quarantine list" in second.err
    assert "news/menu.html" not in second.err
    worldbrief("quarantine", "drop", "news/menu.html")
    write("port.txt")
    third = worldbrief("run", "news", "--until", "extract")
    assert (third.code, "quarantine" in third.err) == (0, False)
    lines = Path("out/articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["news/port.txt"]
