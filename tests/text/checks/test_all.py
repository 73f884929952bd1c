"""The list of checks, and how they are asked."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import pytest

import pipeline.text
from pipeline.text.checks import all as listed
from pipeline.text.checks.all import CHECKS, Findings, Judge
from pipeline.text.checks.names import check_capitals, check_names
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged, Named

ORDER = [check.judge for check in CHECKS]
SOURCE = "По словам полиции Каракаса, погибли 12 человек."


def checks_in_code() -> Iterator[Judge]:
    """Every public function that takes one `Judged`."""
    for info in pkgutil.walk_packages(pipeline.text.__path__, "pipeline.text."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if name.startswith("check_") and inspect.isfunction(value) and value.__module__ == info.name:
                yield value


def test_every_check_is_listed_once() -> None:
    assert sorted(map(repr, ORDER)) == sorted(map(repr, checks_in_code()))


def test_a_check_gives_way_to_earlier_ones_only() -> None:
    needs = ("text", "terms", "models")
    by_judge = {check.judge: check for check in CHECKS}
    for place, check in enumerate(CHECKS):
        for other in check.unless:
            assert other in ORDER[:place], check
            # Those that need more are asked later.
            assert needs.index(by_judge[other].needs) <= needs.index(check.needs), check


def test_doubts_come_in_the_order_of_the_list() -> None:
    findings = Findings()
    findings.ask(Judged(SOURCE, "ru", "The two said", is_finished=False, names=Named(["Monrovia"])), "text", "models")
    kinds = [doubt.kind for doubt in findings.doubts]
    assert kinds[0] == "number-lost"
    assert "name-invented" in kinds
    assert kinds[-1] == "truncated"


def test_what_is_no_translation_is_not_read_for_names() -> None:
    findings = Findings()
    findings.ask(Judged(SOURCE, "ru", SOURCE), "text", "terms")
    assert [doubt.kind for doubt in findings.doubts] == ["untranslated"]
    assert not findings.wants("models")


def test_a_sentence_without_a_fault_is() -> None:
    findings = Findings()
    findings.ask(Judged(SOURCE, "ru", "Police in Caracas said that 12 people died."), "text", "terms")
    assert findings.doubts == []
    assert findings.wants("models")


@pytest.mark.parametrize("has_names", [False, True])
def test_what_is_not_in_the_source_is_said_once(has_names: bool) -> None:
    english = "Police in Monrovia said that 12 people died, Olaf Scholz said."
    findings = Findings()
    findings.ask(Judged(SOURCE, "ru", english, names=Named(["Olaf Scholz"] if has_names else [])), "models")
    asked = [
        judge
        for judge in (check_names, check_capitals)
        if judge(Judged(SOURCE, "ru", english, names=Named(["Olaf Scholz"])))
    ]
    assert asked == [check_names, check_capitals]
    said = " ".join(doubt.detail for doubt in findings.doubts)
    assert ("Olaf Scholz" in said) is has_names
    assert ("“Monrovia”" in said) is not has_names


def test_a_check_that_has_spoken_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def named(name: str, doubts: list[Doubt]) -> Callable[[Judged], list[Doubt]]:
        def judge(_: Judged) -> list[Doubt]:
            asked.append(name)
            return doubts

        return judge

    first = named("first", [Doubt("loop", "x")])
    second, third = named("second", []), named("third", [])
    checks = (listed.Check(first), listed.Check(second, unless=(first,)), listed.Check(third, "models"))
    monkeypatch.setattr(listed, "CHECKS", checks)
    findings = Findings()
    judged = Judged("a", "de", "b")
    findings.ask(judged, "text")
    findings.ask(judged, "models")
    assert asked == ["first", "third"]
    assert [doubt.kind for doubt in findings.doubts] == ["loop"]
