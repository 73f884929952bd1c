from hypothesis import given
from hypothesis import strategies as st

from pipeline.backends.hashing import HashingEmbedder
from pipeline.text.english.keyphrases import candidates, rank
from pipeline.topics.match import document_vector

TITLE = "Stone bridge in Aldmere to close for repair"
TEXT = [
    "The stone bridge in Aldmere will close for repair in March, the town council said.",
    "Engineers found cracks in the stone bridge and warned the town council in June.",
    "Shopkeepers near the bridge fear for their trade.",
]


def phrases(title: str, sentences: list[str], limit: int = 8) -> list[tuple[str, float]]:
    embedder = HashingEmbedder()
    found = candidates(title, sentences)
    vectors = embedder.embed([candidate.text for candidate in found])
    document = document_vector(None, embedder.embed([title, *sentences]))
    return rank(found, vectors, document, limit)


def test_phrases_of_content_words_that_come_again() -> None:
    found = [phrase for phrase, _ in phrases(TITLE, TEXT)]
    assert "stone bridge" in found
    assert "town council" in found
    assert not {"the", "said", "will close", "bridge and"} & set(found)


def test_a_phrase_and_a_part_of_it_are_not_both_given() -> None:
    found = [phrase.casefold() for phrase, _ in phrases(TITLE, TEXT)]
    assert not any(one != other and f" {one} " in f" {other} " for one in found for other in found)


def test_a_headline_gives_weight_but_no_phrases() -> None:
    found = candidates("Council shuts bridge", ["The stone bridge is closed.", "A bridge was built."])
    assert "Council shuts" not in [candidate.text for candidate in found]
    assert found[0].text == "bridge"


def test_a_verb_in_ed_ends_a_phrase_and_opens_one() -> None:
    texts = [
        candidate.text
        for candidate in candidates("", ["Rebel commanders denied the report on the restored monastery."])
    ]
    assert "Rebel commanders" in texts
    assert "restored monastery" in texts
    assert not any("denied" in text for text in texts)


def test_a_noun_that_is_a_verb_too_stays() -> None:
    texts = [candidate.text for candidate in candidates("", ["The peace plan comes before the council vote, I think."])]
    assert {"peace plan", "council vote"} <= set(texts)
    assert not any(word in text.split() for text in texts for word in ("comes", "think"))


def test_no_more_than_asked_for() -> None:
    assert len(phrases(TITLE, TEXT, 2)) == 2
    assert phrases(TITLE, TEXT, 0) == []
    assert phrases("", []) == []


@given(st.text(max_size=80), st.lists(st.text(max_size=120), max_size=6), st.integers(0, 9))
def test_any_text(title: str, sentences: list[str], limit: int) -> None:
    found = phrases(title, sentences, limit)
    assert found == phrases(title, sentences, limit)
    assert len(found) <= limit
    assert all(0 < score <= 1 and 1 <= len(phrase.split()) <= 4 for phrase, score in found)
