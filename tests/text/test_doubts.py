from typing import get_args

from pipeline.text.doubts import SOFT, UNUSABLE, Doubt, DoubtKind, cost


def doubts(*kinds: DoubtKind) -> list[Doubt]:
    return [Doubt(kind, "") for kind in kinds]


def test_kinds_are_of_one_sort() -> None:
    assert not UNUSABLE & SOFT
    assert set(get_args(DoubtKind)) > UNUSABLE | SOFT


def test_a_wrong_fact_is_worse_than_any_suspicion() -> None:
    assert cost(doubts("low-score", "place-unverified")) < cost(doubts("number-lost"))


def test_no_translation_is_worse_than_wrong_facts() -> None:
    assert cost(doubts("number-lost", "name-invented", "low-score")) < cost(doubts("loop"))


def test_fewer_are_better() -> None:
    assert cost([]) < cost(doubts("low-score")) < cost(doubts("low-score", "too-long"))
    assert cost(doubts("number-lost")) < cost(doubts("number-lost", "date-changed"))
