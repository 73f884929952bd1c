import math
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.translation.confidence import OPTIONAL, SENTENCE, Signals, confidence, groups, in_article, parse, table

GOOD = Signals(score=-0.1, weakest=-0.4, told=0.9, unexplained=0.1, adequacy=0.5)
BAD = Signals(score=-0.8, weakest=-3.0, told=0.2, unexplained=0.7, adequacy=-3.0, doubts=("name-lost", "number-lost"))


def test_there_is_a_fit_for_every_set_of_signals() -> None:
    subsets = chain.from_iterable(combinations(OPTIONAL, size) for size in range(len(OPTIONAL) + 1))
    fits = table().sentence
    assert set(fits) == {frozenset(names) for names in subsets}
    for names, fit in fits.items():
        assert set(fit.weights) == {*SENTENCE, *chain.from_iterable(OPTIONAL[name] for name in names)}


def test_what_speaks_for_a_sentence_makes_it_more_probable() -> None:
    assert confidence(GOOD) > 0.8
    assert confidence(BAD) < 0.1


@pytest.mark.parametrize(
    ("name", "worse"),
    [("score", -0.6), ("weakest", -2.5), ("told", 0.2), ("unexplained", 0.8), ("adequacy", -2.0)],
)
def test_each_signal_counts_in_its_direction(name: str, worse: float) -> None:
    plain = Signals(score=-0.3, weakest=-1.0, told=0.6, unexplained=0.3, adequacy=-0.5)
    assert confidence(replace(plain, **{name: worse})) < confidence(plain)  # type: ignore[arg-type]


def test_facts_titles_and_pronouns_count_against_it() -> None:
    plain = Signals(score=-0.3, weakest=-1.0)
    for other in (
        Signals(score=-0.3, weakest=-1.0, doubts=("number-lost",)),
        Signals(score=-0.3, weakest=-1.0, pronouns=2),
        Signals(score=-0.3, weakest=-1.0, is_title=True),
    ):
        assert confidence(other) < confidence(plain)


def test_what_is_no_translation_is_never_right() -> None:
    assert confidence(Signals(score=-0.01, weakest=-0.01, doubts=("loop",))) == 0.0
    assert in_article([Signals(score=-0.01, weakest=-0.01, doubts=("truncated",))]) == [0.0]


def test_the_others_of_an_article_tell_of_a_sentence() -> None:
    alone, among_bad = in_article([GOOD])[0], in_article([GOOD, *[BAD] * 9])[0]
    assert alone is not None
    assert among_bad is not None
    assert among_bad < alone - 0.1


def test_of_an_engine_without_scores_nothing_is_said() -> None:
    assert in_article([Signals(doubts=("name-lost",)), Signals(told=0.9, unexplained=0.1)]) == [None, None]
    assert in_article([]) == []


def test_half_a_group_is_none() -> None:
    assert groups(Signals(score=-0.3).values()) == frozenset()
    assert groups(Signals(told=0.4).values()) == frozenset()


def test_a_broken_table_is_refused() -> None:
    for text in ("", "sentence = []", "[[sentence]]\ngroups = []"):
        with pytest.raises((KeyError, ValueError)):
            parse(text)


_NUMBERS = st.floats(-1e6, 1e6) | st.none()


@given(_NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS, st.integers(0, 1000))
def test_is_a_probability_whatever_comes(
    score: float | None,
    weakest: float | None,
    told: float | None,
    unexplained: float | None,
    adequacy: float | None,
    pronouns: int,
) -> None:
    signals = Signals(
        score=score, weakest=weakest, told=told, unexplained=unexplained, adequacy=adequacy, pronouns=pronouns
    )
    assert 0.0 <= confidence(signals) <= 1.0
    assert not math.isnan(confidence(signals))
