import pytest

from pipeline.text.checks.loops import is_loop, is_talk, is_untranslated


@pytest.mark.parametrize(
    "text",
    [
        "the the the the the the",
        "The minister said that the minister said that the minister said that the minister said that",
        "Cooperation and Cooperation and Cooperation and Cooperation and Cooperation and more",
        "aaaaaaaaaaaaaaaaaaaa",
        "hahahahahahahahaha",
        "好好好好好好好好好好好",
        "The economy of the country, the economy of the country, the economy of the country",
    ],
)
def test_loops(text: str) -> None:
    assert is_loop(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No, no, no, he said, and left.",
        "The Minister of Finance, the Minister of Defence, the Minister of Justice and the Minister of Health met.",
        "Government of the people, by the people, for the people, shall not perish from the earth.",
        "Call 02-306-1418 or 02-306-1419 between 10 and 11.",
        "1 1 1 1 1 1 1 1",
        "........................ =========================",
        "He scored 10, 10, 10 and 10 in the four rounds.",
        "It rose in 2019, it fell in 2020, it rose in 2021, and it fell in 2022.",
        "Yes! Yes! Yes!",
    ],
)
def test_no_loops(text: str) -> None:
    assert not is_loop(text)


@pytest.mark.parametrize(
    ("source", "english", "language"),
    [
        ("양국은 협력을 강화하기로 했다.", "양국은 협력을 강화하기로 했다.", "ko"),
        ("双方讨论了合作。", "Both sides 讨论了合作。", "zh-Hans"),
        ("Россия и Китай подписали договор.", "Россия и Китай signed.", "ru"),
        ("Hai bên đã ký kết bản ghi nhớ hợp tác.", "Hai bên đã ký kết bản ghi nhớ hợp tác.", "vi"),
        ("El presidente anunció ayer una nueva ley.", "El presidente anunció ayer una nueva ley.", "es"),
        (
            "De minister heeft gisteren een nieuwe wet aangekondigd.",
            "De minister heeft gisteren een nieuwe wet aangekondigd.",
            "nl",
        ),
    ],
)
def test_untranslated(source: str, english: str, language: str) -> None:
    assert is_untranslated(source, english, language)


@pytest.mark.parametrize(
    ("source", "english", "language"),
    [
        ("양국은 협력을 강화하기로 했다.", "The two countries agreed to step up cooperation.", "ko"),
        ("越南總理范明正", "Vietnamese Prime Minister Pham Minh Chinh (范明正) spoke on Monday.", "zh-Hant"),
        ("El presidente Luis Lacalle Pou, Montevideo", "President Luis Lacalle Pou, Montevideo", "es"),
        ("Real Madrid – FC Barcelona 3:1", "Real Madrid – FC Barcelona 3:1", "es"),
        (
            "https://example.org/el-presidente-de-la-nueva-ley",
            "https://example.org/el-presidente-de-la-nueva-ley",
            "es",
        ),
        (
            "Le film « La vie est belle » sort demain à Paris.",
            "The film “La vie est belle” opens tomorrow in Paris.",
            "fr",
        ),
        ("The same text.", "The same text.", "en"),
        ("Hai bên ký.", "", "vi"),
    ],
)
def test_translated(source: str, english: str, language: str) -> None:
    assert not is_untranslated(source, english, language)


@pytest.mark.parametrize(
    ("source", "english"),
    [
        (
            "내륙 부대가 운영한다.",
            'The Korean sentence "The army flies." is translated into English as: "The army flies."',
        ),
        ("정부는 발표했다.", "Here is the translation: The government announced it."),
        ("政府宣布。", "Translation: The government announced it."),
        ("政府宣布。", "I'm sorry, I cannot translate this text."),
    ],
)
def test_talk_about_the_task(source: str, english: str) -> None:
    assert is_talk(source, english)


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("그의 소설은 영어로 번역되었다.", "His novel was translated into English."),
        ("他很抱歉。", "I am sorry, he said."),
        ("这里是图书馆。", "Here is the library."),
        ("韩国判决引起关注。", "The Korean sentencing drew attention."),
    ],
)
def test_no_talk(source: str, english: str) -> None:
    assert not is_talk(source, english)
