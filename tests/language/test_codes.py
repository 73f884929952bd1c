import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.language import codes
from tests.rows import each


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zho_Hans", "zh-Hans"),
        ("chi", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh_TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zho_Hant", "zh-Hant"),
        ("cmn-Hant", "zh-Hant"),
        ("ZH-hant-tw", "zh-Hant"),
        ("yue_Hant", "yue"),
        ("iw", "he"),
        ("in", "id"),
        ("no", "nb"),
        ("nb-NO", "nb"),
        ("nn", "nn"),
        ("en-US", "en"),
        ("pt-BR", "pt"),
        ("fil", "tl"),
        ("ger", "de"),
        ("deu_Latn", "de"),
        ("de_DE.UTF-8", "de"),
        ("sr", "sr"),
        ("sr_RS@latin", "sr-Latn"),
        ("sh", "sr-Latn"),
        ("als", "sq"),
        ("en, de", "en"),
        (" Korean ", "ko"),
        ("Traditional Chinese", "zh-Hant"),
        ("klingon", "und"),
        ("", "und"),
        ("und", "und"),
    ],
)
def test_normalise(written: str, code: str) -> None:
    assert codes.normalise(written) == code


def test_every_code_is_its_own_form_and_comes_back_from_its_name_and_flores() -> None:
    def comes_back(code: str) -> None:
        assert codes.normalise(code) == code
        assert codes.normalise(codes.english_name(code)) == code
        assert codes.direction(code) in ("ltr", "rtl")
        try:
            assert codes.normalise(codes.flores(code)) == code
        except codes.LanguageError:
            assert codes._FLORES[code].startswith("-")

    each(sorted(codes.CODES), comes_back)


@given(st.text(max_size=20) | st.from_regex(r"[a-zA-Z]{1,4}([-_@.][a-zA-Z0-9]{1,5}){0,3}", fullmatch=True))
def test_normalise_is_idempotent(written: str) -> None:
    code = codes.normalise(written)
    assert codes.normalise(code) == code
    assert code in codes.CODES | {"und"}


@pytest.mark.parametrize(
    ("label", "code"),
    [("als", "gsw"), ("no", "nb"), ("sh", "sr-Latn"), ("wuu", "zh-Hans"), ("eml", "egl"), ("bh", "bho")],
)
def test_labels_of_lid176(label: str, code: str) -> None:
    assert codes.from_lid176(label) == code


@pytest.mark.parametrize(("code", "told"), [("de", True), ("nb", True), ("zu", True), ("ss", False), ("und", False)])
def test_languages_that_can_be_told(code: str, told: bool) -> None:
    assert codes.is_told(code) is told


@pytest.mark.parametrize("label", ["als", "no", "nn", "sr", "ig", "zh"])
def test_labels_of_lid_176_there_and_back(label: str) -> None:
    assert codes.lid176(codes.base(codes.from_lid176(label))) == label


@pytest.mark.parametrize(
    ("code", "flores", "m2m100", "firefox", "opus"),
    [
        ("zh-Hans", "zho_Hans", "zh", "zh", "zh"),
        ("zh-Hant", "zho_Hant", "zh", "zh-Hant", "zh"),
        ("nb", "nob_Latn", "no", "nb", "nb"),
        ("nso", "nso_Latn", "ns", "nso", "nso"),
        ("fa", "pes_Arab", "fa", "fa", "fa"),
        ("zh-TW", "zho_Hant", "zh", "zh-Hant", "zh"),
    ],
)
def test_foreign_schemes(code: str, flores: str, m2m100: str, firefox: str, opus: str) -> None:
    assert codes.flores(code) == flores
    assert codes.m2m100(code) == m2m100
    assert codes.firefox(code) == firefox
    assert codes.opus(code) == opus


@pytest.mark.parametrize(
    ("convert", "code"),
    [
        (codes.flores, "sr-Latn"),
        (codes.flores, "und"),
        (codes.m2m100, "eu"),
        (codes.firefox, "und"),
        (codes.opus, "xx"),
    ],
)
def test_a_language_that_a_scheme_lacks(convert: object, code: str) -> None:
    with pytest.raises(ConfigError, match=code):
        convert(code)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("code", "direction", "spaceless"),
    [
        ("ar", "rtl", False),
        ("he", "rtl", False),
        ("dv", "rtl", False),
        ("ko", "ltr", False),
        ("zh-TW", "ltr", True),
        ("ja", "ltr", True),
        ("th", "ltr", True),
        ("en", "ltr", False),
        ("und", "ltr", False),
    ],
)
def test_how_it_is_written(code: str, direction: str, spaceless: bool) -> None:
    assert codes.direction(code) == direction
    assert codes.writes_without_spaces(code) is spaceless


def test_names_for_readers() -> None:
    assert codes.english_name("zh_TW") == "Traditional Chinese"
    assert codes.english_name("xx") == "an unknown language"
