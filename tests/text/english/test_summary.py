from itertools import takewhile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends.hashing import HashingEmbedder
from pipeline.text.english.shorten import ONE_LINE
from pipeline.text.english.summary import Extract, choose, extract, is_prose, points_back


def summarise(title: str, sentences: list[str], max_sentences: int = 3, max_words: int = 75) -> Extract:
    embedder = HashingEmbedder()
    vector = embedder.embed([title])[0] if title else None
    return extract(title, sentences, vector, embedder.embed(sentences), max_sentences, max_words)


BRIDGE = [
    "The city of Aldmere will close its oldest bridge for two years from March, the council said on Friday.",
    "Engineers found cracks in four of the nine stone arches during an inspection in June.",
    "However, they said that there was no danger for walkers.",
    "He did not say how much the repair would cost.",
    "Ferries will carry cyclists across the river while the bridge is closed.",
    "The repair of the bridge is part of a plan worth 40 million euros.",
]


def test_a_summary_is_two_or_three_whole_sentences_in_the_order_of_the_article() -> None:
    found = summarise("Aldmere to close its oldest bridge for two years", BRIDGE)
    assert found.text.startswith(BRIDGE[0])
    places = [found.text.index(sentence) for sentence in BRIDGE if sentence in found.text]
    assert places == sorted(places)
    assert 2 <= len(places) <= 3
    assert found.one_line == BRIDGE[0]


def test_a_sentence_that_points_back_does_not_open_a_summary() -> None:
    found = summarise(
        "", ["He was happy with the result of the vote.", "The mayor of Aldmere won the vote by nine seats."], 1
    )
    assert found.text == "The mayor of Aldmere won the vote by nine seats."


def test_a_sentence_that_points_back_may_follow_the_one_it_points_to() -> None:
    sentences = [
        "The mayor of Aldmere won the vote on the bridge.",
        "He said that the vote on the bridge was a victory for Aldmere.",
        "Rain is expected in the hills.",
    ]
    found = summarise("Mayor of Aldmere wins vote on the bridge", sentences, 2)
    assert found.text.startswith(sentences[0])
    lone = choose(["", sentences[1], sentences[2]], None, HashingEmbedder().embed(["", *sentences[1:]]), 2, 75)
    assert lone == [2], "its neighbour must not be quoted, so it cannot be either"


def test_if_all_sentences_point_back_one_is_taken_nonetheless() -> None:
    assert summarise("", ["They met again on Sunday in the town.", "It was the third meeting of this year."]).text != ""


@pytest.mark.parametrize(
    "opener",
    [
        "He",
        "She",
        "They",
        "It",
        "This",
        "Meanwhile,",
        "However,",
        "In addition,",
        "The two sides",
        "But",
        "“It",
        "As a result,",
    ],
)
def test_openers_that_point_back(opener: str) -> None:
    assert points_back(f"{opener} will meet in May.")


@pytest.mark.parametrize(
    "opener",
    [
        "The minister",
        "Italy",
        "Shell",
        "Hera",
        "Thereza May",
        "Sofia",
        "Butler",
        "Two sides of the river",
        "A thousand",
    ],
)
def test_openers_that_stand_alone(opener: str) -> None:
    assert not points_back(f"{opener} will meet in May.")


@pytest.mark.parametrize(
    "line",
    [
        "What will the government do about it now?",
        "1. The bridge is closed for two years.",
        "• The bridge is closed for two years.",
        "Reported by Anna Berg and Tom Hale in Aldmere.",
        "Photo: the bridge seen from the river on Friday.",
        "By Anna Berg",
        "The main points of the plan are:",
        "“We shall never close this fine old bridge.”",
        "“We shall never close it, he said of the bridge.",
        "BRIDGE TO CLOSE FOR TWO YEARS IN MARCH.",
        "Write to the editor at desk@example.org with your views.",
        "Read more about the bridge in our Friday edition.",
        "The bridge over the river",
        "Closed for now.",
        "© 2024 Aldmere Post. All rights are reserved here.",
        "12,500 300 40 9 1.",
    ],
)
def test_lines_that_a_summary_does_not_quote(line: str) -> None:
    assert not is_prose(line)


@pytest.mark.parametrize(
    "line",
    [
        "The bridge will close in March.",
        "“We shall close it,” said the mayor of Aldmere.",
        "3 people were hurt when the bridge collapsed.",
        "U.S. officials said that the bridge was safe.",
        'The council called the bridge "a danger to all".',
    ],
)
def test_lines_that_a_summary_quotes(line: str) -> None:
    assert is_prose(line)


def test_the_headline_is_not_said_again() -> None:
    title = "Aldmere will close its oldest bridge for two years"
    assert title + "." not in summarise(title, [title + ".", *BRIDGE[1:]]).text


def test_a_sentence_is_not_said_twice() -> None:
    found = summarise("", [BRIDGE[0], BRIDGE[0], BRIDGE[1]])
    assert found.text.count(BRIDGE[0]) == 1


def test_lines_without_a_full_stop_serve_where_there_is_nothing_better() -> None:
    assert summarise("", ["The bridge over the river will close in March"]).text != ""


def test_without_a_sentence_to_quote_the_title_is_the_line() -> None:
    assert summarise("Aldmere closes bridge", ["Why now?", "", "Photo: bridge"]) == Extract("", "Aldmere closes bridge")


def test_a_sentence_too_long_gives_way_to_a_shorter_one() -> None:
    long = "The council of Aldmere said " + "that the bridge and the road " * 10 + "will close."
    assert summarise("", [long, BRIDGE[1]], 3, 30).text == BRIDGE[1]


LEAD = (
    "The council of Aldmere will close the oldest bridge of the town for two years from March, which the mayor had "
    "long promised not to do, "
)


def test_a_lead_too_long_is_cut_and_leaves_room_for_another_sentence() -> None:
    lead = LEAD + "after many years of talks " * 12 + "with the towns along the river."
    found = summarise("Aldmere to close its oldest bridge for two years", [lead, *BRIDGE[1:]])
    assert found.text.startswith(LEAD[: LEAD.index(", which")] + "… ")
    assert sum(sentence in found.text for sentence in BRIDGE) >= 1
    assert len(found.text.split()) <= 75


def test_what_points_back_does_not_follow_what_was_cut() -> None:
    lead = LEAD + "as an engineer told the council and all the towns along the river " * 8 + "on Friday."
    sentences = [lead, "He did not say how much the repair of the bridge would cost.", BRIDGE[4]]
    assert "He did not" not in summarise("Aldmere to close its oldest bridge", sentences).text


def test_a_lone_sentence_too_long_is_cut_at_a_clause_and_says_so() -> None:
    long = (
        "The council of Aldmere will close the oldest bridge of the town, which has nine arches and "
        + "many stones " * 9
        + "."
    )
    assert summarise("", [long], 3, 20).text == "The council of Aldmere will close the oldest bridge of the town…"


texts = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(BRIDGE),
        st.from_regex(r"[A-Z][a-z]+( [a-z,]{1,9}){3,40}\.", fullmatch=True),
    ),
    max_size=12,
)


@given(st.one_of(st.just(""), st.text(max_size=200)), texts, st.integers(1, 4), st.integers(5, 80))
def test_any_input(title: str, sentences: list[str], max_sentences: int, max_words: int) -> None:
    found = summarise(title, sentences, max_sentences, max_words)
    assert found == summarise(title, sentences, max_sentences, max_words)
    assert len(found.one_line) <= ONE_LINE
    assert len(found.text.split()) <= max_words
    vectors = HashingEmbedder().embed(sentences) if sentences else np.zeros((0, 256), np.float32)
    title_vector = HashingEmbedder().embed([title])[0] if title else None
    chosen = choose(sentences, title_vector, vectors, max_sentences, max_words, title)
    assert len(chosen) == len(set(chosen)) <= max_sentences
    rest = found.text
    for sentence in (" ".join(sentences[index].split()) for index in sorted(chosen)):
        taken = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(rest, sentence, strict=False)))
        rest = rest[taken:]
        if taken < len(sentence):
            # Cut, and only where it would have been too long.
            assert rest.startswith("…")
            assert len(sentence.split()) > max_words
            rest = rest[1:]
        rest = rest.removeprefix(" ")
    assert rest == ""
