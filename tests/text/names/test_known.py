"""The order of trust among the sources of a name, and the memory from one issue to the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline.config import Config, Names, Run, Translate
from pipeline.errors import ConfigError
from pipeline.run import job
from pipeline.run.installed import Models
from pipeline.run.plan import known_names
from pipeline.text.names.glossaries import given
from pipeline.text.names.known import KnownNames, Votes, sure
from tests.fakes import NoProgress


def known(folder: Path, glossary: str = "", memory: dict[str, str] | None = None) -> KnownNames:
    files: tuple[Path, ...] = ()
    if glossary:
        (folder / "g.csv").write_text(f"source,english,kind\n{glossary}\n", encoding="utf-8")
        files = (folder / "g.csv",)
    return KnownNames(files, lambda language: {source: {english: 2} for source, english in (memory or {}).items()})


def test_the_order_of_trust(tmp_path: Path) -> None:
    def english(text: str, glossary: str = "", memory: dict[str, str] | None = None) -> tuple[str, str]:
        terms = {term.source: term for term in known(tmp_path, glossary, memory).terms([text], "zh-Hant")}
        return terms["拜登"].english, terms["拜登"].origin

    bracket, plain = "總統拜登（Joseph Biden）", "總統拜登"
    memory = {"拜登": "Joe R. Biden"}
    assert english(bracket, "拜登,J. Biden,person", memory) == ("J. Biden", "glossary")
    assert english(bracket, memory=memory) == ("Joseph Biden", "article")
    assert english(plain, memory=memory) == ("Joe R. Biden", "memory")
    assert english(plain) == ("Biden", "lexicon")


def test_a_rule_comes_last(tmp_path: Path) -> None:
    (term,) = [term for term in known(tmp_path).terms(["交通部林國顯次長"], "zh-Hant") if term.kind == "person"]
    assert (term.english, term.origin) == ("Lin Guoxian", "rule")
    (term,) = [
        term
        for term in known(tmp_path, "林國顯,Lin Kuo-hsien,person").terms(["交通部林國顯次長"], "zh-Hant")
        if term.kind == "person"
    ]
    assert (term.english, term.origin) == ("Lin Kuo-hsien", "glossary")


def test_the_memory_is_not_asked_where_it_is_off() -> None:
    def asked(language: str) -> Votes:
        raise AssertionError

    known_names(Config(), asked).terms(["總統拜登"], "zh-Hant")


class TestGiven:
    """Names that an editor gave."""

    def test_they_go_before_all_others(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.csv"
        path.write_text("source,english,kind\n拜登,J. Biden,person\n", encoding="utf-8")
        names = KnownNames([path], given=given([("zh-Hant", "拜登", "President Biden")], "overlay.toml"))
        (term,) = [term for term in names.terms(["總統拜登（Joseph Biden）"], "zh-Hant") if term.source == "拜登"]
        assert (term.english, term.origin, term.kind) == ("President Biden", "glossary", "person")

    def test_they_hold_in_their_language_and_in_narrower_ones(self) -> None:
        names = KnownNames(given=given([("zh", "海鴨洲", "Haya Bay"), ("ko", "해야만", "Haya Bay")], "overlay.toml"))
        assert [term.english for term in names.terms(["海鴨洲"], "zh-Hant")] == ["Haya Bay"]
        assert names.terms(["해야만"], "ja") == ()

    def test_the_narrower_language_decides_then_the_later_one(self) -> None:
        names = KnownNames(
            given=given(
                [("zh-Hant", "海鴨洲", "One"), ("zh-Hant", "海鴨洲", "Two"), ("zh", "海鴨洲", "Three")], "overlay.toml"
            )
        )
        assert [term.english for term in names.terms(["海鴨洲"], "zh-Hant")] == ["Two"]
        assert [term.english for term in names.terms(["海鴨洲"], "zh-Hans")] == ["Three"]

    def test_what_is_no_word_is_refused(self) -> None:
        with pytest.raises(ConfigError, match=r"overlay\.toml: name\.1: “!!” has no letter or digit"):
            given([("ko", "가", "a"), ("ko", "!!", "b")], "overlay.toml")


class TestSure:
    """Which of the names that articles gave are believed."""

    SHIPPED: ClassVar = {"普京": "Putin"}

    def test_a_full_name_that_sounds_like_its_source_is_believed_at_once(self) -> None:
        assert sure({"柯拉克": {"Keith Krach": 1}}, self.SHIPPED) == {"柯拉克": "Keith Krach"}
        assert sure({"柯拉克": {"Krach": 1}}, self.SHIPPED) == {}

    def test_any_other_needs_two_articles(self) -> None:
        assert sure({"史达伟": {"Frank Miller": 1}}, self.SHIPPED) == {}
        assert sure({"史达伟": {"Frank Miller": 2}}, self.SHIPPED) == {"史达伟": "Frank Miller"}

    def test_one_article_does_not_speak_against_the_lexicon(self) -> None:
        assert sure({"普京": {"Pu Jing": 1}}, self.SHIPPED) == {}
        assert sure({"普京": {"Pu Jing": 1}}, {}) == {"普京": "Pu Jing"}
        assert sure({"普京": {"Pu Jing": 2}}, self.SHIPPED) == {"普京": "Pu Jing"}

    def test_forms_that_contradict_each_other_are_not_believed(self) -> None:
        assert sure({"柯拉克": {"Keith Krach": 1, "Kola Ke": 1}}, {}) == {}
        assert sure({"柯拉克": {"Keith Krach": 2, "Kola Ke": 1}}, {}) == {"柯拉克": "Keith Krach"}
        assert sure({"柯拉克": {"Keith Krach": 2, "Kola Ke": 1, "Ke Lake": 1}}, {}) == {}


class TestIssues:
    """Whole runs: what an article teaches holds in the next issue, not in its own."""

    REST = "會議討論經濟合作，各方都表示歡迎，也期待未來有更多成果。" * 6
    FIRST = f"國務次卿柯拉克（Keith Krach）今天抵達。{REST}"
    SECOND = f"國務次卿柯拉克今天離開。{REST}"

    def build(self, folder: Path, issue: str, text: str, *, memory: bool = True) -> str:
        source = folder / issue
        source.mkdir(exist_ok=True)
        (source / "a.txt").write_text(f"{issue}標題\n\n{text}", encoding="utf-8")
        config = Config(
            names=Names(memory=memory),
            translate=Translate(model="fake"),
            run=Run(out=str(folder / "out"), cache=str(folder / "cache"), models=str(folder / "models")),
        )
        task = job.Job(config=config, issue=issue, started="now", paths=(str(source),))
        job.run(task, Models(config, None), NoProgress())
        (line,) = (folder / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
        return str(json.loads(line)["translation"]["paragraphs"])

    def test_a_name_holds_in_later_issues(self, tmp_path: Path) -> None:
        self.build(tmp_path, "2026-02-02", self.FIRST)
        second = self.build(tmp_path, "2026-02-03", self.SECOND)
        assert "Keith Krach" in second
        assert "Keith Krach" not in self.build(tmp_path, "2026-02-02", self.SECOND)

    def test_without_the_memory_it_does_not(self, tmp_path: Path) -> None:
        self.build(tmp_path, "2026-02-02", self.FIRST, memory=False)
        assert "Keith Krach" not in self.build(tmp_path, "2026-02-03", self.SECOND, memory=False)
