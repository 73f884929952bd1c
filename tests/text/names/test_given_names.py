import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.judged import Judged
from pipeline.text.names.given_names import check_given_names
from tests.text.judging import told


@pytest.mark.parametrize(
    ("language", "source", "english"),
    [
        (
            "es",
            "El ministro Pedro Ramírez habló con John Whitaker.",
            "Minister Pedro Ramirez spoke with John Whitaker.",
        ),
        ("es", "Pedro Ramírez habló.", "Ramirez spoke."),
        ("de", "Der Trainer Jürgen Hartmann sprach.", "Jurgen Hartmann, the coach, spoke."),
        ("vi", "Ông Robert Krach đã phát biểu.", "Robert Krach spoke."),
        ("ru", "Министр Николай Громов выступил в Москве.", "Minister Nikolai Gromov spoke in Moscow."),
        ("ru", "Питер Джонс ушёл.", "Jones left."),
        ("uk", "Олександр Коваленко виступив.", "Oleksandr Kovalenko spoke."),
        # No persons of whom it is certain.
        ("vi", "Đảng Cộng hòa đồng ý.", "Republicans agreed."),
        ("es", "Las Naciones Unidas en los Estados Unidos.", "The UN in the U.S."),
        ("fr", "Il est venu à Paris. Jean parle.", "He came to Paris. John speaks."),
        ("zh-Hans", "约翰·史密斯", "Nobody."),
        ("de", "", ""),
    ],
)
def test_persons_who_are_there(language: str, source: str, english: str) -> None:
    assert check_given_names(Judged(source, language, english)) == []


@pytest.mark.parametrize(
    ("language", "source", "english", "name"),
    [
        ("es", "El ministro Pedro Ramírez habló en Madrid.", "The minister spoke in Madrid.", "Pedro Ramírez"),
        ("fr", "Il a vu Marie Lacroix et Paul Weber.", "He saw Marie Lacroix and a friend.", "Paul Weber"),
        ("vi", "Ông Robert Krach đã phát biểu tại Hà Nội.", "The official spoke in Hanoi.", "Robert Krach"),
        ("id", "Ahmad Santoso bertemu Joko Widodo.", "He met Joko Widodo.", "Ahmad Santoso"),
        ("ru", "Министр Николай Громов выступил в Москве.", "The minister spoke in Moscow.", "Николай Громов"),
    ],
)
def test_a_person_who_is_lost(language: str, source: str, english: str, name: str) -> None:
    (doubt,) = check_given_names(Judged(source, language, english))
    assert doubt.kind == "name-lost"
    assert name in doubt.detail


def test_what_the_terms_know_is_left_to_them() -> None:
    assert (
        check_given_names(
            Judged("Pedro Ramírez habló.", "es", "He spoke.", terms=told(("Pedro Ramírez", "Pedro Ramirez")))
        )
        == []
    )


@given(st.text(alphabet="Pedro Ramíez'’-. АБвг"), st.text(), st.sampled_from(["es", "ru", "vi", "ja", ""]))
def test_never_raises(source: str, english: str, language: str) -> None:
    check_given_names(Judged(source, language, english))
