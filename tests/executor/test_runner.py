"""The loop: what is looked up, computed, stored and counted."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.article import Article, Content, Document, Language
from pipeline.errors import ArticleError, BackendError, ConfigError, Refused
from pipeline.executor.context import Context
from pipeline.executor.runner import Outcome, Runner
from pipeline.executor.steps import Between, Step
from pipeline.ingest import Unreadable
from pipeline.report.report import RunReport
from pipeline.stages import ALONE, Desk
from tests.doubles import MemoryStore
from tests.fakes import NoProgress

Admission = Callable[[Article], Article | None]

UNREADABLE = Unreadable("gone.txt", ArticleError("unreadable", "gone.txt: cannot be read"))


@dataclass(frozen=True)
class Text:
    text: str


@dataclass
class First:
    """Bytes to text. `boom` raises, `refuse` and `fail` are typed errors."""

    name: str = "first"
    version: int = 1
    output: type[Content] = Content
    options: dict[str, object] = field(default_factory=dict)
    batches: list[list[str]] = field(default_factory=list)
    before: Callable[[Sequence[Text]], None] = lambda batch: None

    @property
    def settings(self) -> dict[str, object]:
        return self.options

    def read(self, article: Article) -> Text | None:
        return Text(article.document.data.decode())

    def key(self, value: Text) -> object:
        return value.text

    def process(self, batch: Sequence[Text], desk: Desk = ALONE) -> Sequence[Content | ArticleError]:
        self.batches.append([value.text for value in batch])
        self.before(batch)
        return [self._one(value.text) for value in batch]

    def _one(self, text: str) -> Content | ArticleError:
        if "boom" in text:
            raise ZeroDivisionError("a bug met this article")
        if "refuse" in text:
            return Refused("empty", "nothing in it")
        if "fail" in text:
            return ArticleError("bad", "cannot be done")
        return Content(title=text, paragraphs=(text,))

    def write(self, article: Article, output: Content) -> Article:
        return replace(article, content=output)


@dataclass
class Second:
    """Text to language; `skip` does not concern it, `unread` is refused while reading."""

    name: str = "second"
    version: int = 1
    output: type[Language] = Language
    batches: list[list[str]] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, object]:
        return {}

    def read(self, article: Article) -> Text | None:
        assert article.content is not None
        if "unread" in article.content.title:
            raise Refused("odd", "cannot be read")
        if "broken" in article.content.title:
            raise KeyError("a bug met this article")
        return None if "skip" in article.content.title else Text(article.content.title)

    def key(self, value: Text) -> object:
        return value.text

    def process(self, batch: Sequence[Text], desk: Desk = ALONE) -> Sequence[Language | ArticleError]:
        self.batches.append([value.text for value in batch])
        return [ArticleError("late", "too late") if "late" in value.text else Language(code="ko", score=1.0)
                for value in batch]  # fmt: skip

    def write(self, article: Article, output: Language) -> Article:
        return replace(article, language=output)


class CountingStore(MemoryStore):
    """A store that remembers what was put together."""

    def __init__(self) -> None:
        super().__init__()
        self.puts: list[int] = []

    def put(self, table: str, items: Mapping[str, str], kind: str = "") -> None:
        if table == "results":
            self.puts.append(len(items))
        super().put(table, items)


@dataclass
class World:
    first: First = field(default_factory=First)
    second: Second = field(default_factory=Second)
    store: MemoryStore = field(default_factory=MemoryStore)
    batch_size: int = 4
    window: int = 8
    report: RunReport = field(default_factory=lambda: RunReport(issue="x", started=""))

    def run(
        self,
        texts: Sequence[str | Unreadable] | Sequence[str] | Iterator[Document],
        admit: Admission = lambda article: article,
    ) -> list[Outcome]:
        self.report = RunReport(issue="x", started="")
        return list(self.runner(admit).run(_document(number, text) for number, text in enumerate(texts)))

    def runner(self, admit: Admission = lambda article: article) -> Runner:
        between = Between(lambda articles: [admit(article) for article in articles if isinstance(article, Article)])
        steps: list[Step | Between] = [
            Step("first", lambda: self.first, self.batch_size),
            between,
            Step("second", lambda: self.second, self.batch_size),
        ]
        return Runner(steps, Context(self.store, self.report, NoProgress()), self.window)

    def counts(self, stage: str) -> tuple[int, int, int, int, int]:
        report = self.report.stage(stage)
        return report.cached, report.computed, report.skipped, report.refused, report.failed


def _document(number: int, text: str | Unreadable | Document) -> Document | Unreadable:
    if isinstance(text, str):
        return Document(source=f"{number}.txt", data=text.encode(), media_type="text/plain")
    return text


def titles(outcomes: list[Outcome]) -> list[str | None]:
    return [outcome.article.content.title if outcome.article and outcome.article.content else None
            for outcome in outcomes]  # fmt: skip


def test_outcomes_come_in_the_order_of_the_documents() -> None:
    texts: list[str | Unreadable] = ["a", "refuse b", UNREADABLE, "c", "skip d", "e late", "f"]
    outcomes = World().run(texts)
    assert [outcome.source for outcome in outcomes] == [
        "0.txt", "1.txt", "gone.txt", "3.txt", "4.txt", "5.txt", "6.txt",
    ]  # fmt: skip
    assert [(outcome.stage, outcome.error.kind) if outcome.error else None for outcome in outcomes] == [
        None, ("first", "empty"), ("ingest", "unreadable"), None, None, ("second", "late"), None,
    ]  # fmt: skip


def test_a_stage_gets_the_misses_of_a_window_in_batches() -> None:
    world = World(batch_size=3, window=5)
    world.run([str(number) for number in range(12)])
    assert world.first.batches == [["0", "1", "2"], ["3", "4"], ["5", "6", "7"], ["8", "9"], ["10", "11"]]


def test_results_are_stored_batch_by_batch() -> None:
    store = CountingStore()
    World(store=store, batch_size=3, window=6).run([str(number) for number in range(6)])
    assert store.puts == [3, 3, 3, 3]


def test_a_second_run_computes_nothing() -> None:
    world = World()
    first = world.run(["a", "b", "skip c"])
    batches = list(world.first.batches), list(world.second.batches)
    assert world.run(["a", "b", "skip c"]) == first
    assert (world.first.batches, world.second.batches) == batches
    assert world.counts("first") == (3, 0, 0, 0, 0)
    assert world.counts("second") == (2, 0, 1, 0, 0)


def test_errors_are_not_cached() -> None:
    world = World()
    world.run(["fail a", "refuse b"])
    world.run(["fail a", "refuse b"])
    assert world.counts("first") == (0, 0, 0, 1, 1)
    assert world.first.batches == [["fail a", "refuse b"]] * 2


@pytest.mark.parametrize("change", ["version", "settings", "name"])
def test_what_the_result_depends_on_is_in_the_key(change: str) -> None:
    world = World()
    world.run(["a"])
    world.first = First()
    if change == "version":
        world.first.version = 2
    elif change == "name":
        world.first.name = "other"
    else:
        world.first.options["beam"] = 4
    world.run(["a"])
    assert world.first.batches == [["a"]]


WORDS = st.lists(st.sampled_from(["", "boom ", "refuse ", "fail ", "skip ", "late ", "unread "]), max_size=2)
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from("abc")).map(lambda pair: "".join(pair[0]) + pair[1]), max_size=14)


@given(TEXTS, TEXTS, st.integers(1, 5), st.integers(1, 6))
def test_the_counts_add_up(before: list[str], texts: list[str], batch_size: int, window: int) -> None:
    assume(max(sum("boom" in text for text in part) for part in (before, texts)) < 3)  # which would end the run
    world = World(batch_size=batch_size, window=window)
    world.run(before)
    outcomes = world.run([*texts, UNREADABLE])
    ingest, first, second = (world.report.stage(name) for name in ("ingest", "first", "second"))
    assert ingest.failed == 1
    assert first.articles == len(texts)
    assert second.articles == len(texts) - first.refused - first.failed
    assert len(outcomes) == len(texts) + 1 == world.report.articles
    assert sum(outcome.error is None for outcome in outcomes) == second.cached + second.computed + second.skipped
    assert len(world.report.failures) == sum(outcome.error is not None for outcome in outcomes)
    for text, outcome in zip(texts, outcomes, strict=False):
        assert (outcome.error is None) == (set(text.split()) <= {"skip", "a", "b", "c"} or
                                           ("late" in text and "skip" in text and
                                            not {"boom", "refuse", "fail", "unread"} & set(text.split())))  # fmt: skip


def test_equal_inputs_are_computed_once() -> None:
    world = World(batch_size=8)
    outcomes = world.run(["same", "other", "same", "same", "fail twice", "fail twice"])
    assert world.first.batches == [["same", "other", "fail twice"]]
    assert world.counts("first") == (0, 4, 0, 0, 2)
    assert titles(outcomes) == ["same", "other", "same", "same", None, None]


def test_an_article_that_breaks_a_stage_does_not_break_the_others() -> None:
    world = World(batch_size=4)
    outcomes = world.run(["a", "boom", "c", "d"])
    assert titles(outcomes) == ["a", None, "c", "d"]
    error = outcomes[1].error
    assert error is not None
    assert (error.kind, outcomes[1].stage) == ("internal", "first")
    assert error.message == "unexpected ZeroDivisionError in the first stage: a bug met this article"
    assert world.counts("first") == (0, 3, 0, 0, 1)


def test_an_article_that_a_stage_cannot_even_read_does_not_break_the_others() -> None:
    world = World()
    outcomes = world.run(["a", "broken", "c"])
    assert [outcome.error and outcome.error.kind for outcome in outcomes] == [None, "internal", None]
    assert world.counts("second") == (0, 2, 0, 0, 1)


def test_a_typed_error_that_was_raised_keeps_its_type() -> None:
    def refuse(batch: Sequence[Text]) -> None:
        if any(value.text == "b" for value in batch):
            raise Refused("special", "not for us")

    world = World(first=First(before=refuse))
    outcomes = world.run(["a", "b", "c"])
    assert [outcome.error and outcome.error.kind for outcome in outcomes] == [None, "special", None]
    assert world.counts("first") == (0, 2, 0, 1, 0)


@pytest.mark.parametrize("error", [BackendError("the model is gone"), ConfigError("wrong"), KeyboardInterrupt()])
def test_an_unusable_model_ends_the_run_at_once_and_keeps_what_was_done(error: BaseException) -> None:
    def fail(batch: Sequence[Text]) -> None:
        if batch[0].text == "4":
            raise error

    texts = [str(number) for number in range(8)]
    world = World(first=First(before=fail), batch_size=2)
    with pytest.raises(type(error)):
        world.run(texts)
    assert world.first.batches == [["0", "1"], ["2", "3"], ["4", "5"]]
    world.first = First()
    world.run(texts)
    assert world.first.batches == [["4", "5"], ["6", "7"]]
    assert world.counts("first") == (4, 4, 0, 0, 0)


def test_too_few_results_are_a_fault_of_the_stage() -> None:
    class Short(First):
        def process(self, batch: Sequence[Text], desk: Desk = ALONE) -> Sequence[Content | ArticleError]:
            return super().process(batch, desk)[:-1]

    with pytest.raises(AssertionError, match="first gave 1 results for 2 inputs"):
        World(first=Short()).run(["a", "b"])


@pytest.mark.parametrize("text", ['{"title": 5}', "{", '"text"', '{"title": "x", "paragraphs": "y"}', ""])
def test_a_cached_value_that_does_not_fit_is_computed_again(text: str) -> None:
    class Spoilt(MemoryStore):
        def get(self, table: str, keys: Sequence[str], kind: str = "") -> dict[str, str]:
            return dict.fromkeys(keys, text)

    world = World(store=Spoilt())
    assert titles(world.run(["a"])) == ["a"]
    assert world.counts("first") == (0, 1, 0, 0, 0)


def test_what_is_not_admitted_goes_no_further_and_has_no_outcome() -> None:
    world = World()
    outcomes = world.run(
        ["a", "b", "c"], lambda article: None if article.content and article.content.title == "b" else article
    )
    assert titles(outcomes) == ["a", "c"]
    assert world.second.batches == [["a", "c"]]


def test_admission_is_asked_in_order_and_only_about_extracted_articles() -> None:
    asked: list[str] = []

    def admit(article: Article) -> Article:
        assert article.content is not None
        asked.append(article.content.title)
        return replace(article, is_update=True)

    outcomes = World(window=2).run(["a", "refuse b", "c", "d"], admit)
    assert asked == ["a", "c", "d"]
    assert [outcome.article.is_update for outcome in outcomes if outcome.article and not outcome.error] == [True] * 3


def test_the_bytes_of_what_failed_are_gone() -> None:
    (outcome,) = World().run(["refuse b"])
    assert outcome.article is not None
    assert outcome.article.document.data == b""


def test_a_stage_finds_what_the_cache_remembers_and_tells_how_far_it_is() -> None:
    class Remembering(First):
        def process(self, batch: Sequence[Text], desk: Desk = ALONE) -> Sequence[Content | ArticleError]:
            keys = [value.text for value in batch]
            self.batches.append([key for key in keys if key not in desk.memory.get(keys)])
            desk.memory.put(dict.fromkeys(keys, '"kept"'))
            desk.progress(len(batch), len(batch))
            return [ArticleError("bad", "cannot be done") for _ in batch]

    class Told(NoProgress):
        def detail(self, stage: str, done: int, total: int) -> None:
            told.append((stage, done, total))

    told: list[tuple[str, int, int]] = []
    store = MemoryStore()
    for missing in (["a", "b"], []):
        stage = Remembering()
        report = RunReport(issue="x", started="")
        runner = Runner([Step(stage.name, partial(lambda made: made, stage), 4)], Context(store, report, Told()), 8)
        list(runner.run(_document(number, text) for number, text in enumerate("ab")))
        assert stage.batches == [missing]
    assert store.get("memory", ["a", "b"]) == {"a": '"kept"', "b": '"kept"'}
    assert told == [("first", 2, 2)] * 2


def test_memory_does_not_grow_with_the_number_of_articles() -> None:
    alive: weakref.WeakSet[Tracked] = weakref.WeakSet()
    most = 0

    class Tracked(str):
        __slots__ = ("__weakref__",)

    class Watching(First):
        def _one(self, text: str) -> Content | ArticleError:
            tracked = Tracked(text)
            alive.add(tracked)
            return Content(title=text, paragraphs=(tracked,))

    world = World(first=Watching(), window=10, batch_size=10)
    documents = (_document(number, str(number)) for number in range(200))
    for outcome in world.runner().run(documents):
        del outcome
        gc.collect(0)
        most = max(most, len(alive))
    assert world.report.articles == 200
    assert most <= 20


def test_documents_are_read_as_they_are_needed() -> None:
    taken: list[int] = []

    def documents() -> Iterator[Document]:
        for number in range(100):
            taken.append(number)
            yield Document(source=str(number), data=b"x", media_type="text/plain")

    world = World(window=5)
    outcomes = world.runner().run(documents())
    next(outcomes)
    assert len(taken) == 5


def test_a_window_closes_early_when_its_documents_are_large() -> None:
    large = Document(source="large", data=b"x" * 40_000_000, media_type="text/plain")
    world = World(window=100, batch_size=100)
    world.run(iter([large, large, large, large]))
    assert [len(batch) for batch in world.first.batches] == [1]
    assert world.counts("first") == (2, 2, 0, 0, 0)
