import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.quantities import Currency
from pipeline.text.checks.currencies import _ENGLISH, _SIGNS, check_currencies
from pipeline.text.judged import Judged


@pytest.mark.parametrize(
    ("source", "language", "english"),
    [
        ("Custa 5 euros.", "pt", "It costs 5 euros."),
        ("Er zahlte 3 Mio. Dollar.", "de", "He paid $3 million."),
        ("售價為100元。", "zh-Hant", "It sells for NT$100."),
        ("그는 이겼다.", "ko", "He won."),
        ("Es geht um Steuergelder.", "de", "It is about tax dollars."),
    ],
)
def test_a_currency_of_the_source_passes(source: str, language: str, english: str) -> None:
    assert not check_currencies(Judged(source, language, english))


@pytest.mark.parametrize(
    ("source", "language", "english", "currency"),
    [
        ("Custa 5 euros.", "pt", "It costs 5 dollars.", "dollar"),
        ("5천 원이다.", "ko", "It is 5,000 yen.", "yen"),
        ("Es kostet 3 Zloty.", "de", "It costs 3 Hryvnia and 3 hryvnia.", "hryvnia"),
        ("Ông trả 3 triệu đồng.", "vi", "He paid £3 million.", "pound"),
    ],
)
def test_another_currency_is_doubted(source: str, language: str, english: str, currency: str) -> None:
    (doubt,) = check_currencies(Judged(source, language, english))
    assert doubt.kind == "currency-changed"
    assert doubt.detail.endswith(f"no {currency}")


@pytest.mark.parametrize("currency", list(_ENGLISH))
def test_what_a_pattern_matches_has_one_of_its_signs(currency: Currency) -> None:
    @given(st.from_regex(_ENGLISH[currency]))
    def has_one(text: str) -> None:
        assert any(sign in text.lower() for sign in _SIGNS[currency])

    has_one()
