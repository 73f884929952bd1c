import pytest

from pipeline.text.territories import check_territories, is_territory


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
        ("ja", "ドイツ政府が総辞職した。", "Germany", "Spain"),
        ("tr", "Almanya hükümeti istifa etti.", "Germany", "Greece"),
        ("fi", "Saksan hallitus erosi.", "Germany", "Denmark"),
    ],
)
def test_countries(language: str, source: str, right: str, wrong: str) -> None:
    assert check_territories([right, f"{right}'s"], source, language) == []
    (doubt,) = check_territories([wrong], source, language)
    assert doubt.kind == "country-invented"
    assert check_territories([wrong], source, language, context=f"{source} {wrong}") == []


def test_what_is_no_country_or_no_language_is_not_judged() -> None:
    assert check_territories(["Berlin", "US", "the Moon"], "Не сегодня.", "ru") == []
    assert check_territories(["Germany"], "abc", "und") == []
    assert is_territory("the Netherlands")
    assert not is_territory("Berlin")
