"""What the last two stages read of an article."""

from dataclasses import replace

from pipeline.article import Article, Content, Document, Language, Sentence, Translation
from pipeline.stages.english import read_english


def translated(*sentences: Sentence) -> Article:
    return Article(
        document=Document(source="a", data=b"", media_type="text/plain"),
        content=Content(title="標題", paragraphs=("",)),
        language=Language(code="zh-Hant", score=1.0),
        translation=Translation(title="A title", paragraphs=("",), model="m", sentences=sentences),
    )


def test_a_translated_sentence_may_be_several_and_doubts_hold_for_each() -> None:
    read = read_english(
        translated(
            Sentence(paragraph=0, source="他說很好。", text="He spoke. It was good.", doubts=("number-lost",)),
            Sentence(paragraph=0, source="她走了。", text="She left."),
        )
    )
    assert read is not None
    assert read.sentences == ("He spoke.", "It was good.", "She left.")
    assert read.doubtful == (0, 1)


def test_a_sub_headline_is_not_quoted() -> None:
    sentences = [
        Sentence(paragraph=0, source="今天下雨。", text="It rained today."),
        Sentence(paragraph=1, source="九大成果", text="Nine results"),
        Sentence(paragraph=2, source="明天出太陽。", text="Tomorrow the sun will shine."),
    ]
    read = read_english(translated(*sentences))
    assert read is not None
    assert read.doubtful == (1,)


def test_a_language_without_full_stops_has_no_sub_headlines() -> None:
    read = read_english(translated(Sentence(paragraph=0, source="วันนี้ฝนตก", text="It rained today.")))
    assert read is not None
    assert read.doubtful == ()


def test_a_sentence_is_new_by_its_source() -> None:
    told = translated(
        Sentence(paragraph=0, source="他說很好。", text="He spoke. It was good."),
        Sentence(paragraph=0, source="她走了。", text="She left."),
    )
    read = read_english(replace(told, is_update=True, news=frozenset({"他說很好"})))
    assert read is not None
    assert read.fresh == (0, 1)
