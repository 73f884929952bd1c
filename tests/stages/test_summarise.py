from dataclasses import replace

from pipeline import config
from pipeline.article import Article, Content, Document, Language, Sentence, Summary, Translation
from pipeline.backends import Embedder
from pipeline.backends.hashing import HashingEmbedder
from pipeline.stages.english import English
from pipeline.stages.summarise import Summarise

SENTENCES = (
    "The city of Aldmere will close its oldest bridge for two years, the council said on Friday.",
    "Engineers found cracks in four of the nine stone arches in June.",
    "The repair will cost 40 million euros.",
)


def stage(opened: list[Embedder] | None = None) -> Summarise:
    def load() -> Embedder:
        embedder = HashingEmbedder()
        if opened is not None:
            opened.append(embedder)
        return embedder

    return Summarise(config.Summarise(), HashingEmbedder.identity, load)


def article(language: str = "en", translation: Translation | None = None) -> Article:
    return Article(
        document=Document(source="a.txt", data=b"", media_type="text/plain"),
        content=Content(title="Aldmere closes its bridge", paragraphs=(f"{SENTENCES[0]} {SENTENCES[1]}", SENTENCES[2])),
        language=Language(code=language, score=1.0),
        translation=translation,
    )


def translated(*doubts: tuple[str, ...], title: tuple[str, ...] = ()) -> Article:
    body = [
        Sentence(paragraph=0, source="…", text=text, doubts=doubt)
        for text, doubt in zip(SENTENCES, doubts, strict=True)
    ]
    heading = Sentence(paragraph=-1, source="…", text="Aldmere closes its bridge", doubts=title)
    text = Translation(title=heading.text, paragraphs=(" ".join(SENTENCES),), model="m", sentences=(heading, *body))
    return article("vi", text)


def summary_of(value: Article) -> Summary:
    step = stage()
    read = step.read(value)
    assert read is not None
    (output,) = step.process([read])
    assert isinstance(output, Summary)
    assert step.write(value, output).summary == output
    return output


def test_an_english_article_is_summarised_by_its_own_sentences() -> None:
    found = summary_of(article())
    assert found.text == " ".join(SENTENCES)
    assert found.one_line == SENTENCES[0]
    assert found.method == "extractive/hashing"


def test_a_doubtful_sentence_is_not_quoted() -> None:
    found = summary_of(translated(("number-lost",), (), ()))
    assert found.text == " ".join(SENTENCES[1:])
    assert SENTENCES[0] not in found.one_line


def test_where_all_is_in_doubt_there_is_no_summary() -> None:
    doubt = ("number-lost",)
    assert summary_of(translated(doubt, doubt, doubt)) == Summary(
        text="", one_line="Aldmere closes its bridge", method="none", headline="Aldmere closes its bridge"
    )
    assert summary_of(translated(doubt, doubt, doubt, title=doubt)) == Summary(text="", one_line="", method="none")


def test_an_article_without_english_is_skipped() -> None:
    assert stage().read(article("ko")) is None


def test_the_model_is_opened_once_and_only_when_needed() -> None:
    opened: list[Embedder] = []
    step = stage(opened)
    empty = English(title="", sentences=())
    assert step.process([empty]) == [Summary(text="", one_line="", method="none")]
    assert opened == []
    value = English(title="Aldmere", sentences=SENTENCES)
    step.process([value])
    first, second, third = step.process([value, empty, value])
    assert first == third != second
    assert len(opened) == 1


def test_the_key_holds_what_the_result_depends_on() -> None:
    step = stage()
    assert step.settings == {"max_sentences": 3, "max_words": 75, "min_confidence": 0.85, "embedder": "hashing@1"}
    sure, unsure = (step.read(translated(doubt, (), ())) for doubt in ((), ("number-lost",)))
    assert sure is not None
    assert unsure is not None
    assert step.key(sure) != step.key(unsure)


def test_what_is_new_in_an_update_is_quoted_wherever_it_stands_if_it_is_sure() -> None:
    filler = tuple(f"The council of ward number {number} met to talk about the old bridge." for number in range(8))
    english = English(
        title="Aldmere closes its bridge",
        sentences=(*SENTENCES, *filler, "A second bridge was closed on Sunday.", "Nobody knows when it will open."),
        origins=tuple(range(1, 14)),
        confidences=(0.9,) * 12 + (0.2,),
        fresh=(11, 12),
    )
    step = stage()
    (output,) = step.process([english])
    assert isinstance(output, Summary)
    assert [(quote.text, quote.sentence) for quote in output.news] == [("A second bridge was closed on Sunday.", 12)]
    # Nothing else of it is another, and of an article that is no update the key is as it was.
    (plain,) = step.process([replace(english, fresh=())])
    assert isinstance(plain, Summary)
    assert replace(output, news=()) == plain
    assert step.key(replace(english, fresh=())) != step.key(english)
    assert "fresh" not in str(step.key(replace(english, fresh=())))


def test_nothing_new_that_is_sure() -> None:
    english = English(title="T", sentences=SENTENCES, origins=(1, 2, 3), confidences=(0.2, 0.9, 0.9), fresh=(0,))
    (output,) = stage().process([english])
    assert isinstance(output, Summary)
    assert output.news == ()
