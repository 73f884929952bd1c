"""Which of the sentences that an editor corrected an article has."""

from __future__ import annotations

from pipeline.translation.corrections import Corrections


def test_those_that_stand_in_the_article() -> None:
    known = Corrections([("ko", "하나.", "One."), ("ko", "둘.", "Two."), ("ko", "셋.", "Three.")])
    assert known.occurring(["셋.", "영. 하나. 넷."], ["ko"]) == (("셋.", "Three."), ("하나.", "One."))


def test_white_space_and_composition_do_not_count() -> None:
    known = Corrections([("fr", " Le  cafe\u0301\nouvre. ", "The cafe  opens.")])
    assert known.occurring(["Le caf\u00e9 \u00a0ouvre. Bien."], ["fr"]) == (("Le caf\u00e9 ouvre.", "The cafe opens."),)


def test_a_language_and_the_narrower_ones() -> None:
    known = Corrections([("zh-Hant", "好。", "Fine."), ("zh", "好。", "Good."), ("zh", "不。", "No.")])
    assert known.occurring(["好。不。"], ["zh-Hant"]) == (("不。", "No."), ("好。", "Fine."))
    assert known.occurring(["好。不。"], ["zh-Hans"]) == (("不。", "No."), ("好。", "Good."))
    assert known.occurring(["好。不。"], ["ja"]) == ()


def test_the_later_one_decides() -> None:
    assert Corrections([("ko", "가", "a"), ("ko", " 가", "b")]).occurring(["가"], ["ko"]) == (("가", "b"),)


def test_those_of_all_languages_of_an_article() -> None:
    known = Corrections([("ko", "가.", "Go."), ("ja", "か。", "Ka.")])
    assert known.occurring(["가. か。"], ["ko", "ja"]) == (("か。", "Ka."), ("가.", "Go."))


def test_without_any() -> None:
    assert Corrections().occurring(["가"], ["ko"]) == ()
