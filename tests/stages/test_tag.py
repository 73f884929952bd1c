import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline import config
from pipeline.article import Tags
from pipeline.backends import Embedder, EntityRecogniser, EntityType
from pipeline.backends.embeddings import MiniLM
from pipeline.backends.entities import SpacyEntities
from pipeline.backends.hashing import HashingEmbedder
from pipeline.stages.english import English
from pipeline.stages.tag import Tagger
from pipeline.text.sentences import split_sentences
from tests.installed import model_folder

NEWS = tomllib.loads((Path(__file__).parent / "news.toml").read_text(encoding="utf-8"))["article"]
VALUE = English(
    title="Aldmere closes its stone bridge",
    sentences=(
        "The stone bridge in Aldmere will close.",
        "Anna Berg called the stone bridge safe.",
        "Berg is an engineer.",
    ),
)


class Names:
    """A recogniser that knows a few names."""

    identity = "names@1"
    known: tuple[tuple[str, EntityType], ...] = (("Anna Berg", "person"), ("Berg", "person"), ("Aldmere", "place"))

    def recognise(self, texts: Sequence[str]) -> list[list[tuple[str, EntityType]]]:
        return [[self._longest(text)] if self._longest(text)[0] else [] for text in texts]

    def _longest(self, text: str) -> tuple[str, EntityType]:
        return next((pair for pair in self.known if pair[0] in text), ("", "person"))


def tagger(**settings: int) -> Tagger:
    return Tagger(config.TagSection(**settings), "hashing@1", HashingEmbedder, Names.identity, Names)


def tags_of(step: Tagger, value: English) -> Tags:
    (output,) = step.process([value])
    assert isinstance(output, Tags)
    return output


def test_entities_of_title_and_text() -> None:
    found = [(entity.text, entity.type, entity.count) for entity in tags_of(tagger(), VALUE).entities]
    assert found == [("Aldmere", "place", 2), ("Anna Berg", "person", 2)]


def test_names_and_phrases_come_from_undoubted_sentences_only() -> None:
    doubtful = English(title=VALUE.title, sentences=VALUE.sentences, doubtful=(0, 1, 2), title_doubtful=True)
    assert tags_of(tagger(), doubtful) == Tags()


def test_without_a_recogniser_there_are_no_entities() -> None:
    step = Tagger(config.TagSection(), "hashing@1", HashingEmbedder)
    assert tags_of(step, VALUE).entities == ()
    assert step.settings["entities"] == "none"


def test_a_model_that_the_topics_were_not_measured_with_gives_phrases_only() -> None:
    found = tags_of(tagger(max_keyphrases=3), VALUE).tags
    assert {tag.scheme for tag in found} == {"keyphrase"}
    assert len(found) <= 3
    assert "stone bridge" in [tag.label for tag in found]
    assert all(tag.code == "" and 0 < tag.score <= 1 for tag in found)


def test_no_keyphrases_are_asked_for() -> None:
    assert tags_of(tagger(max_keyphrases=0), VALUE).tags == ()


def test_models_are_opened_once_and_only_when_needed() -> None:
    opened: list[str] = []

    def embedder() -> Embedder:
        opened.append("embedder")
        return HashingEmbedder()

    def recogniser() -> EntityRecogniser:
        opened.append("recogniser")
        return Names()

    step = Tagger(config.TagSection(), "hashing@1", embedder, "names@1", recogniser)
    assert step.process([English(title=" ", sentences=("", " "))]) == [Tags()]
    assert opened == []
    empty, found, again = step.process([English(title="", sentences=()), VALUE, VALUE])
    assert empty == Tags()
    assert found == again != empty
    step.process([VALUE])
    assert sorted(opened) == ["embedder", "recogniser"]


def test_the_key_holds_what_the_result_depends_on() -> None:
    expected = {"max_topics": 5, "max_keyphrases": 8, "embedder": "hashing@1", "entities": "names@1"}
    assert tagger().settings == expected


@pytest.fixture(scope="module")
def found(pytestconfig: pytest.Config) -> list[Tags]:
    embedder = MiniLM(model_folder(pytestconfig, "all-minilm-l6-v2"), "minilm")
    names = SpacyEntities(model_folder(pytestconfig, "en_core_web_sm"), "spacy")
    step = Tagger(config.TagSection(), "minilm", lambda: embedder, "spacy", lambda: names)
    values = [
        English(title=entry["title"], sentences=tuple(split_sentences(entry["text"].strip(), "en"))) for entry in NEWS
    ]
    return [output for output in step.process(values) if isinstance(output, Tags)]


@pytest.mark.slow
class TestRealModels:
    def test_news_gets_its_topic(self, found: list[Tags]) -> None:
        # One article of sixteen (a drug trial) stays without: no tag rather than a wrong one.
        missed = [
            entry["title"]
            for entry, tags in zip(NEWS, found, strict=True)
            if entry["top"] not in [tag.code for tag in tags.tags]
        ]
        assert len(missed) <= 1

    def test_no_topic_is_wrong(self, found: list[Tags]) -> None:
        for entry, tags in zip(NEWS, found, strict=True):
            tops = {tag.code for tag in tags.tags if tag.code.endswith("000000")}
            assert tops <= {entry["top"], *entry["fits"]}, entry["title"]

    def test_names_are_found(self, found: list[Tags]) -> None:
        names = {entity.text for tags in found for entity in tags.entities}
        assert {"Victor Amato", "Portmere Rovers", "Hungary", "Lagos"} <= names
