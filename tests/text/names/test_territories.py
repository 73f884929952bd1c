from dataclasses import replace

import pytest

from pipeline.text.judged import Judged, Named
from pipeline.text.names.territories import check_lost_territories, check_territories, is_territory, territories_in
from tests.text.judging import told


def naming(places: list[str], source: str, language: str, context: str = "") -> Judged:
    """A sentence with English of which nothing is known but the names of places in it."""
    return Judged(source, language, "", context=context, names=Named(places=places))


@pytest.mark.parametrize(
    ("language", "source", "right", "wrong"),
    [
        ("de", "Die isländische Regierung trat zurück.", "Iceland", "Ireland"),
        ("es", "El gobierno de Alemania dimitió.", "Germany", "Poland"),
        ("fr", "Le Royaume du Maroc a signé.", "Morocco", "Tunisia"),
        ("ru", "Правительство Германии ушло в отставку.", "Germany", "Hungary"),
        ("ar", "استقالت حكومة ألمانيا.", "Germany", "Norway"),
        ("hi", "जर्मनी की सरकार ने इस्तीफ़ा दिया।", "Germany", "Brazil"),
        ("th", "รัฐบาลเยอรมนีลาออก", "Germany", "Kenya"),
        ("ja", "ドイツ政府が総辞職した。", "Germany", "Norway"),
        ("tr", "Almanya hükümeti istifa etti.", "Germany", "Greece"),
        ("fi", "Saksan hallitus erosi.", "Germany", "Denmark"),
    ],
)
def test_countries(language: str, source: str, right: str, wrong: str) -> None:
    assert check_territories(naming([right, f"{right}'s"], source, language)) == []
    (doubt,) = check_territories(naming([wrong], source, language))
    assert doubt.kind == "country-invented"
    assert check_territories(naming([wrong], source, language, context=f"{source} {wrong}")) == []


@pytest.mark.parametrize(
    ("language", "source", "named"),
    [
        ("fr", "La police néo-zélandaise", "New Zealand"),
        ("ar", "الكونغرس الوطني للبرازيل", "Brazil"),
        ("ar", "ولد في هونغ كونغ", "Hong Kong"),
        ("de", "in Hongkong geboren", "Hong Kong"),
        ("tl", "ang pamahalaan ng Tsina", "China"),
        ("de", "westlich der Kapverdischen Inseln", "Cape Verde"),
        ("hi", "मा का जन्म हांगकांग में हुआ", "Hong Kong"),
        ("th", "หม่า เกิดในฮ่องกง", "Hong Kong"),
        ("pt", "na constituição afegã", "Afghanistan"),
        ("es", "la constitución kazaja", "Kazakhstan"),
        ("pt", "o governo uzbeque", "Uzbekistan"),
    ],
)
def test_forms_of_a_country_s_name(language: str, source: str, named: str) -> None:
    assert check_territories(naming([named], source, language)) == []


def test_a_short_stem_inside_another_word_is_no_country() -> None:
    (doubt,) = check_territories(naming(["Iraq"], "Debemos mirar y girar.", "es"))
    assert doubt.kind == "country-invented"


@pytest.mark.parametrize(
    ("language", "source", "named"),
    [
        ("es", "los reconocidos abogados de Grecia", "Russia"),
        ("fr", "pour la brasserie St James' Gate à Dublin", "Brazil"),
        ("ru", "Газета Бра пишет, зильберман", "Brazil"),
    ],
)
def test_two_words_that_together_sound_like_a_country_are_none(language: str, source: str, named: str) -> None:
    (doubt,) = check_territories(naming([named], source, language))
    assert doubt.kind == "country-invented"


def test_a_country_named_twice_is_one() -> None:
    (doubt,) = check_territories(naming(["New Zealand's", "New Zealand"], "Le Canada", "fr"))
    assert doubt.detail == "“New Zealand” is not in the source"


def test_territories_in_a_text() -> None:
    english = "From Iceland and the Cape Verde islands to New Mexico, Northern Ireland, the Indian Ocean and turkey."
    assert territories_in(english) == ["Iceland", "Cape Verde"]


def test_what_is_no_country_or_no_language_is_not_judged() -> None:
    assert check_territories(naming(["Berlin", "US", "the Moon"], "Не сегодня.", "ru")) == []
    assert check_territories(naming(["Germany"], "abc", "und")) == []
    assert is_territory("the Netherlands")
    assert not is_territory("Berlin")


@pytest.mark.parametrize(
    ("language", "source", "right", "wrong"),
    [
        (
            "zh-Hans",
            "澳大利亚政府宣布了计划。",
            "The Australian government announced a plan.",
            "Whitehall announced a plan.",
        ),
        (
            "ja",
            "アフガニスタンの選挙は中止された。",
            "The Afghan election was cancelled.",
            "The election was cancelled.",
        ),
        ("ko", "싱가포르 정부가 발표했다.", "Singapore's government said so.", "The Senegalese government said so."),
        ("ru", "В Германии прошли выборы.", "Germany went to the polls.", "Georgia went to the polls."),
        ("de", "Die Niederlande stimmten zu.", "The Dutch agreed.", "The Danes agreed."),
        ("es", "El gobierno de Dinamarca dimitió.", "The Danish government resigned.", "The Dutch one resigned."),
        ("tr", "Almanya hükümeti istifa etti.", "The German government resigned.", "The Greek one resigned."),
    ],
)
def test_a_lost_country(language: str, source: str, right: str, wrong: str) -> None:
    assert check_lost_territories(Judged(source, language, right)) == []
    (doubt,) = check_lost_territories(Judged(source, language, wrong))
    assert doubt.kind == "name-lost"


@pytest.mark.parametrize(
    ("language", "source", "english"),
    [
        ("de", "Die Insel Bowen Island ist beliebt.", "Bowen Island is popular."),
        ("de", "Katarina kam.", "Katarina came."),
        ("es", "El presidente indiano llegó.", "The president arrived."),
        ("und", "Germany", "x"),
        ("hi", "जर्मनी", "x"),
    ],
)
def test_what_only_looks_like_a_country(language: str, source: str, english: str) -> None:
    assert check_lost_territories(Judged(source, language, english)) == []


@pytest.mark.parametrize(
    ("language", "source", "right", "wrong"),
    [
        ("zh-Hant", "東南亞各國", "Asia", "Europe"),
        ("zh", "东欧国家", "Europe", "Asia"),
        ("ja", "欧州各国は", "Europe", "Africa"),
        ("ko", "동유럽 국가들", "Europe", "Asia"),
        ("vi", "các nước Đông Nam Á", "Asia", "Europe"),
        ("ru", "в Восточной Европе", "Europe", "Africa"),
        ("ar", "في شرق أوروبا", "Europe", "Asia"),
        ("fr", "l'industrie européenne", "Europe", "Africa"),
        ("th", "ประเทศในยุโรป", "Europe", "Asia"),
    ],
)
def test_continents(language: str, source: str, right: str, wrong: str) -> None:
    assert territories_in(f"In Eastern {right} they said") == [right]
    assert check_territories(naming([right], source, language)) == []
    (doubt,) = check_territories(naming([wrong], source, language))
    assert doubt.kind == "country-invented"


def test_a_lost_continent_is_not_judged() -> None:
    assert check_lost_territories(Judged("Die Länder Europas stimmten zu.", "de", "The countries agreed.")) == []


def test_a_country_that_is_a_term_is_judged_as_a_term() -> None:
    judged = Judged("Deutschland stimmte zu.", "de", "They agreed.")
    assert [doubt.kind for doubt in check_lost_territories(judged)] == ["name-lost"]
    assert check_lost_territories(replace(judged, terms=told(("Deutschland", "Germany")))) == []
