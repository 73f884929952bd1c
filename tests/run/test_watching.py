"""Sources watched over weeks of issues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.article import Article, Content, Document, Language, Metadata
from pipeline.config import Config, Run
from pipeline.errors import ArticleError, Refused
from pipeline.executor.runner import Outcome
from pipeline.report.report import SourceAlarm
from pipeline.run.watching import FILES, Watch, judged, source_of
from pipeline.store.inbox import FeedState, Inbox
from pipeline.store.state import State

START = date(2026, 9, 7)
START_TIME = datetime(2026, 12, 1, 7, tzinfo=UTC)
FEED = "https://wire.example/rss"


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with closing(State(tmp_path / "state.db")) as opened:
        yield opened


def outcome(
    name: str, host: str = "paper.example", *, code: str = "ja", feed: str = "", error: ArticleError | None = None
) -> Outcome:
    url = f"https://www.{host}/{name}" if host else ""
    document = Document(
        source=url or name, data=b"", media_type="text/html", metadata=Metadata(url=url or None), feed=feed
    )
    if isinstance(error, Refused):
        return Outcome(Article(document=document), document.source, "extract", error, feed)
    content = Content(title=f"Title {name}", paragraphs=(f"Text of {name}.",), published="2026-09-07")
    article = Article(document=document, content=content, language=Language(code=code, score=1.0))
    return Outcome(article, document.source, "translate" if error else None, error)


def day_of(place: int) -> str:
    return (START + timedelta(place)).isoformat()


def made(
    state: State, place: int, outcomes: Sequence[Outcome], paths: Sequence[str] = ("days",), folder: Path = Path()
) -> list[SourceAlarm]:
    """An issue, made to its end."""
    config = Config(run=Run(cache=str(folder)))
    watch = Watch(config, day_of(place), f"{day_of(place)}T07:00:00+00:00", paths, state.sources)
    assert list(watch.over(iter(outcomes))) == list(outcomes)
    found = watch.alarms()
    watch.keep()
    return found


def a_month(state: State, outlet: str = "paper.example") -> None:
    for place in range(28):
        assert made(state, place, [outcome(f"{place}-{n}", outlet) for n in range(3)]) == []


def test_an_outlet_of_files_falls_silent_and_comes_back(state: State) -> None:
    a_month(state)
    alarms = [made(state, place, [outcome(f"{place}", "other.example")]) for place in range(28, 36)]
    assert alarms[0] == []
    (alarm,) = alarms[-1]
    assert (alarm.source, alarm.kind, alarm.since) == ("paper.example", "silent", day_of(27))
    # The same issue again says the same, one of an earlier day what was known then.
    assert made(state, 35, [outcome("35", "other.example")]) == [alarm]
    assert made(state, 28, [outcome("28", "other.example")]) == []
    assert made(state, 36, [outcome("36-1")]) == []


def test_an_issue_made_again_counts_once_and_one_that_dies_not_at_all(state: State) -> None:
    for _ in range(3):
        made(state, 0, [outcome("a"), outcome("b")])
    dying = Watch(Config(), day_of(1), f"{day_of(1)}T07:00:00+00:00", ("days",), state.sources)
    list(dying.over(iter([outcome("c")])))
    dying.alarms()
    (source,) = judged(state.sources, day_of(1), START_TIME)
    assert [(issue, day.items) for issue, day in source.issues] == [(day_of(0), 2)]


def test_a_folder_holds_the_same_refused_files_every_day(state: State) -> None:
    refused = [outcome(f"bad{n}", error=Refused("no-article", "m")) for n in range(3)]
    for place in range(3):
        made(state, place, [*refused, outcome(f"{place}")])
    (source,) = judged(state.sources, day_of(2), START_TIME)
    assert [day.refused for day in source.days] == [3, 0, 0]
    made(state, 0, [*refused, outcome("0")])
    assert [day.refused for day in judged(state.sources, day_of(2), START_TIME)[0].days] == [3, 0, 0]


def test_consent_pages_are_refusals_of_their_source(state: State) -> None:
    a_month(state)
    walls = [[outcome(f"{place}-{n}", error=Refused("no-article", "m")) for n in range(3)] for place in range(28, 31)]
    alarms = [made(state, 28 + place, wall) for place, wall in enumerate(walls)]
    assert [alarm.kind for alarm in alarms[-1]] == ["refused"]


def test_a_source_that_is_muted_raises_no_alarm(state: State) -> None:
    a_month(state)
    for place in range(28, 36):
        made(state, place, [])
    state.sources.mute("paper.example", day_of(36))
    assert made(state, 36, []) == []
    assert [alarm.kind for alarm in made(state, 37, [])] == ["silent"]


def test_a_feed_that_cannot_be_had(state: State, tmp_path: Path) -> None:
    def visit(place: int, failures: int) -> list[SourceAlarm]:
        with closing(Inbox(tmp_path / "inbox.db")) as inbox:
            known = FeedState(url=FEED, title="Wire", failures=failures, trouble="HTTP 410" if failures else "")
            inbox.take_in(known, day_of(place), "", ())
        gone = [Outcome(None, FEED, "ingest", ArticleError("fetch", "HTTP 410"), FEED)] if failures else []
        news = [] if failures else [outcome(f"{place}", "wire.example", feed=FEED)]
        return made(state, place, [*news, *gone], [FEED], tmp_path)

    assert visit(0, 0) == []
    assert visit(1, 1) == []
    assert visit(1, 2) == []
    (alarm,) = visit(2, 3)
    assert (alarm.name, alarm.kind, alarm.since) == ("Wire", "unreachable", day_of(1))
    assert "HTTP 410" in alarm.message
    assert visit(3, 0) == []
    # The articles of a feed count for the feed, whatever their host.
    assert [source.watched.source for source in judged(state.sources, day_of(3), START_TIME)] == [FEED]
    # A feed that is not followed any more is no alarm, nor is one that another run follows.
    visit(4, 1)
    assert [made(state, place, []) for place in range(5, 20)][-1] == []


def test_what_an_article_counts_for() -> None:
    assert source_of(outcome("a")) == ("paper.example", "")
    assert source_of(outcome("a", feed=FEED)) == (FEED, "")
    assert source_of(outcome("a.txt", "")) == (FILES, "")
    assert source_of(Outcome(None, "https://x.example/1", "ingest", ArticleError("k", "m"), FEED)) == (FEED, "")
    document = Document(source="a.txt", data=b"", media_type="text/plain", metadata=Metadata(publisher="Gazette"))
    assert source_of(Outcome(Article(document=document), "a.txt", "extract", Refused("k", "m"))) == ("Gazette",) * 2
