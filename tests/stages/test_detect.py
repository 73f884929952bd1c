from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import config
from pipeline.article import Article, Content, Document, Language
from pipeline.backends.two_identifiers import TwoIdentifiers, identity
from pipeline.stages.detect import Detect, Passages

KOREAN = "정부는 새로운 경제 발전 계획을 발표했다고 4일 밝혔다."
VIETNAMESE = "Chính phủ Việt Nam công bố kế hoạch phát triển kinh tế mới trong tháng này."
ENGLISH = "The government announced a new plan for the economy on Monday morning."


class Fixed:
    """Says of each text what the table says of its first word, and counts the calls."""

    identity = "fixed"

    def __init__(self, **answers: tuple[str, float]) -> None:
        self.answers = answers
        self.calls = 0

    def identify(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        self.calls += 1
        return [self.answers.get(text.split()[0], ("en", 0.9)) for text in texts]


def article(*paragraphs: str, title: str = "", hint: str | None = None) -> Article:
    return Article(
        document=Document(source="a.txt", data=b"", media_type="text/plain"),
        content=Content(title=title, paragraphs=paragraphs, language_hint=hint),
    )


REAL = Detect(config.Detect(), TwoIdentifiers, identity())


def detect(stage: Detect, one: Article) -> Language:
    value = stage.read(one)
    assert value is not None
    [result] = stage.process([value])
    assert isinstance(result, Language)
    return result


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (
            article(
                "Riverline이 6일 Riverline X2 5G를 출시했다. 12GB RAM, 6.7-inch AMOLED display를 지원한다.",
                "OpenCore Labs의 CEO Tom Reyes는 keynote에서 Vision SDK for Android를 공개했다.",
                title="Riverline X2 5G 국내 출시",
            ),
            "ko",
        ),
        (
            article(
                "OpenCore LabsのTom Reyes CEOはkeynoteでVision SDK for AndroidとAI Photo Editorを公開した。",
                "Riverline X2 5Gは12GB RAM、6.7-inch AMOLED display、Wi-Fi 7に対応する。",
            ),
            "ja",
        ),
        (article("Η OpenCore Labs παρουσίασε το Vision SDK for Android και το AI Photo Editor στο keynote."), "el"),
        (
            article("The song 봄날 by the band was played again on Monday morning, the agency said in a statement."),
            "en",
        ),
    ],
)
def test_foreign_names_do_not_make_the_language(one: Article, code: str) -> None:
    assert detect(REAL, one).code == code


ZULU = (
    "Ikhansela lithi amanzi azobuya ngoMsombuluko ekuseni emva kokulungiswa kwamapayipi amadala emgwaqeni omkhulu.",
    "Abahlali bathi sebelinde izinsuku ezintathu bengenawo amanzi ezindlini zabo.",
)


EWE = (
    "Dukɔa me nɔlawo gblɔ be tsi agatrɔ va le Dzoɖagbe ŋdi ne wowɔ tsipɔmpi xoxoawo ɖo vɔ.",
    "Wogblɔ be yewonɔ tsi dim ŋkeke etɔ̃ sɔŋ.",
)


@pytest.mark.parametrize(
    ("texts", "hint", "code"),
    [
        *((ZULU, hint, "zu") for hint in ("zu", "en-ZA", None, "de", "ru", "xh")),
        # Neither model knows Swati and South Ndebele, which are close to Zulu.
        (ZULU, "ss", "ss"),
        (EWE, "ee", "ee"),
        *((EWE, hint, "und") for hint in ("en-GH", None, "de", "ru", "zu")),
    ],
)
def test_where_no_model_can_tell_the_source_decides(texts: tuple[str, ...], hint: str | None, code: str) -> None:
    assert detect(REAL, article(*texts, hint=hint)).code == code


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (article(KOREAN), "ko"),
        (article(VIETNAMESE, VIETNAMESE, title="BREAKING NEWS"), "vi"),
        (article(ENGLISH, KOREAN, KOREAN, KOREAN), "ko"),
        (article(VIETNAMESE, VIETNAMESE, VIETNAMESE, KOREAN), "vi"),
        (article("国务院总理说，这个问题必须解决。"), "zh-Hans"),
        (article("行政院長卓榮泰表示，這個問題必須解決。"), "zh-Hant"),
        (article("佢哋喺香港嘅學校讀書，好開心㗎。"), "zh-Hant"),
        (article("人口", hint="zh-TW"), "zh-Hant"),
        (article("人口", hint="ja"), "ja"),
        (article("国务院总理说，这个问题必须解决。" * 3, hint="ja"), "zh-Hans"),
        (article("政府は新しい経済計画を発表した。"), "ja"),
        (article("สวัสดีครับ"), "th"),
        (article("Γεια"), "el"),
        (article("Բարեւ"), "hy"),
        (article("გამარჯობა"), "ka"),
        (article("ממשלת ישראל הודיעה היום על תוכנית חדשה", hint="en"), "he"),
        (article(VIETNAMESE, hint="en"), "vi"),
        (article("2024-05-03", "12 %"), "und"),
        (article(), "und"),
    ],
)
def test_languages(one: Article, code: str) -> None:
    found = detect(REAL, one)
    assert found.code == code
    assert 0 <= found.score <= 1
    assert found.score == round(found.score, 4)


@pytest.mark.parametrize(
    ("answers", "hint", "code"),
    [
        ({"aa": ("hr", 0.9), "bb": ("hr", 0.9)}, "bs", "bs"),
        ({"aa": ("hr", 0.9), "bb": ("hr", 0.9)}, "sr", "sr-Latn"),
        ({"aa": ("id", 0.9), "bb": ("id", 0.9)}, "ms", "ms"),
        ({"aa": ("no", 0.9), "bb": ("da", 0.88)}, "da", "nb"),  # the whole, which begins with aa, speaks for nb too
        ({"aa": ("no", 0.55), "bb": ("nn", 0.9), "cc": ("nn", 0.9)}, "nn", "nn"),
        ({"aa": ("fr", 0.9), "bb": ("fr", 0.9)}, "de", "fr"),
        ({"aa": ("fr", 0.9), "bb": ("fr", 0.9)}, "nonsense", "fr"),
        ({"aa": ("ja", 0.9), "bb": ("ja", 0.9)}, "ja", "und"),
    ],
)
def test_the_hint_breaks_near_ties_only(answers: dict[str, tuple[str, float]], hint: str, code: str) -> None:
    paragraphs = [f"{word} lorem ipsum dolor" for word in answers]
    stage = Detect(config.Detect(threshold=0.3), lambda: Fixed(**answers), "fixed")
    assert detect(stage, article(*paragraphs, hint=hint)).code == code


def test_confidence_is_share_of_the_text_times_probability() -> None:
    stage = Detect(config.Detect(), lambda: Fixed(aa=("fr", 0.8), bb=("de", 0.8)), "fixed")
    # aa, bb and the whole, which is answered as aa and weighs as much as both: three quarters for fr.
    assert detect(stage, article("aa lorem", "bb lorem")) == Language(code="fr", score=0.6)


def test_below_the_threshold_nothing_is_claimed() -> None:
    stage = Detect(config.Detect(threshold=0.7), lambda: Fixed(aa=("fr", 0.6)), "fixed")
    assert detect(stage, article("aa lorem")) == Language(code="und", score=0.6)


def test_the_model_opens_with_the_first_batch_and_once() -> None:
    opened: list[Fixed] = []

    def identifier() -> Fixed:
        opened.append(Fixed())
        return opened[-1]

    stage = Detect(config.Detect(), identifier, "fixed")
    assert stage.settings == {"threshold": 0.5, "identifier": "fixed"}
    value = stage.read(article(ENGLISH))
    assert value is not None
    assert not opened
    stage.process([value, value])
    stage.process([value])
    assert len(opened) == 1
    assert opened[0].calls == 2


def test_a_long_article_is_sampled_from_beginning_to_end() -> None:
    value = REAL.read(article(*(f"{number} " + "x" * 700 for number in range(300))))
    assert value is not None
    assert len(value.texts) <= 30
    assert sum(map(len, value.texts)) <= 15_000
    numbers = [int(text.split()[0]) for text in value.texts if text[0].isdigit()]
    assert numbers == sorted(numbers)
    assert numbers[-1] > 200


def test_what_comes_before_and_after() -> None:
    bare = Article(document=Document(source="a", data=b"", media_type="text/plain"))
    assert REAL.read(bare) is None
    assert REAL.write(bare, Language(code="ko", score=1.0)).language == Language(code="ko", score=1.0)
    assert REAL.key(Passages(("a",), "ko")) == {"texts": ("a",), "hint": "ko"}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5), st.none() | st.text(max_size=10))
def test_any_text_gets_a_language(paragraphs: list[str], hint: str | None) -> None:
    found = detect(REAL, article(*paragraphs, hint=hint))
    assert 0 <= found.score <= 1
