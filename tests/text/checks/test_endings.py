import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.checks.endings import check_ending
from pipeline.text.judged import Judged


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("市长宣布了新的计划。", "The mayor announced a new plan to"),
        ("Bürgermeister und Rat stimmten dem Plan zu.", "The mayor and the council agreed to the plan and"),
        ("市長は計画を発表した。", "The mayor announced the"),
        ("अध्यक्ष ने योजना की घोषणा की।", "The chairman announced the plan for the"),
        ("«Мы согласны», — сказал мэр.", "“We agree,” said the mayor of the"),
        ("Il sindaco ha annunciato un piano.", "The mayor announced a plan for the."),
        ("Le maire (à gauche) a signé.", "The mayor (left has signed."),
    ],
)
def test_broken_off(source: str, english: str) -> None:
    (doubt,) = check_ending(Judged(source, "und", english))
    assert doubt.kind == "truncated"


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("市长宣布了新的计划。", "The mayor announced a new plan."),
        ("「我同意。」他说。", "“I agree,” he said."),
        ("他说：“我同意。”", "He said, “I agree.”"),
        ("Er fragte, woher das kam.", "He asked where it came from."),
        ("He visto de qué se trata.", "I have seen what it is."),
        ("Weiter auf www.example.org.", "More at www.example.org"),
        ("Neuer Plan für die Stadt", "New Plan for the City"),
        ("นายกเทศมนตรีประกาศแผนใหม่", "The mayor announced a new plan"),
        ("Siehe Kapitel 3.", "See chapter 3 [2]."),
        ("Wirklich?", "Really?"),
        ("Ja.", "Yes"),
        ("Es gab drei Gründe:", "There were three reasons:"),
        ("", ""),
        ("市长。", ""),
    ],
)
def test_whole(source: str, english: str) -> None:
    assert check_ending(Judged(source, "und", english)) == []


@given(st.text(), st.text())
def test_never_raises(source: str, english: str) -> None:
    check_ending(Judged(source, "und", english))
