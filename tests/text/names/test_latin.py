import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.judged import Judged, Named
from pipeline.text.names.latin import check_latin_names, has_latin_names
from tests.text.judging import told


@pytest.mark.parametrize(
    ("language", "source", "english", "persons"),
    [
        ("es", "El martes, Alonso ganó en Sevilla.", "On Tuesday, Alonso won in Seville.", ["Alonso"]),
        ("pl", "Trener Kowalski pochwalił Nowaka.", "Coach Kowalski praised Nowak.", ["Kowalski", "Nowak"]),
        ("pl", "Gola strzelił Owieczkin.", "Ovechkin scored.", ["Ovechkin"]),
        ("vi", "Ông Nguyễn Văn Hùng gặp bà Mai.", "Mr Nguyen Van Hung met Ms Mai.", ["Nguyen Van Hung"]),
        ("de", "Am Montag sprach die Universität mit Müller.", "On Monday the University met Müller.", ["Müller"]),
        ("de", "Bundeskanzlerin Angela Merkels Rede", "Angela Merkel's speech", ["Angela Merkel"]),
        ("fr", "Le Conseil de Londres a voté.", "The Council of London voted.", []),
        ("fr", "Le Premier ministre est en Allemagne.", "The Prime Minister is in Germany.", []),
        ("id", "Presiden bertemu Perdana Menteri Jepang.", "The President met the Japanese Prime Minister.", []),
    ],
)  # fmt: skip
def test_names_of_the_source(language: str, source: str, english: str, persons: list[str]) -> None:
    assert check_latin_names(Judged(source, language, english, names=Named(persons))) == []


@pytest.mark.parametrize(
    ("language", "source", "english", "persons", "name"),
    [
        ("es", "El martes, Alonso ganó la carrera.", "On Tuesday, Hamilton won the race.", ["Hamilton"], "Hamilton"),
        ("pl", "Trener Kowalski pochwalił zawodnika.", "Coach Wiśniewska praised him.", ["Wiśniewska"], "Wiśniewska"),
        ("de", "Bundeskanzlerin Angela Merkels Rede", "The speech of Olaf Scholz", ["Olaf Scholz"], "Olaf Scholz"),
        # Not seen by the recogniser: a name of the source is missing in its place.
        ("es", "El martes, el piloto Alonso ganó.", "On Tuesday, the driver Bruckheim won.", [], "Bruckheim"),
        ("de", "Am Dienstag gewann Alonso.", "On Tuesday, the driver Bruckheim won.", [], "Bruckheim"),
    ],
)  # fmt: skip
def test_names_of_others(language: str, source: str, english: str, persons: list[str], name: str) -> None:
    (doubt,) = check_latin_names(Judged(source, language, english, names=Named(persons)))
    assert doubt.kind == "name-invented"
    assert name in doubt.detail


def test_a_term_gives_the_name() -> None:
    source, english = "Der Regierende dankte.", "Mayor Kai Wegner gave thanks."
    assert check_latin_names(Judged(source, "de", english, names=Named(["Kai Wegner"]))) != []
    assert (
        check_latin_names(
            Judged(source, "de", english, names=Named(["Kai Wegner"]), terms=told(("Regierende", "Kai Wegner")))
        )
        == []
    )


def test_a_headline_has_capitals_for_every_word() -> None:
    assert check_latin_names(Judged("Alcalde presenta plan Nuevo", "es", "Mayor Bruckheim Unveils Gleaming Plan")) == []


def test_other_scripts_are_not_judged() -> None:
    assert not has_latin_names("ru")
    assert check_latin_names(Judged("Мэр Иванов", "ru", "Mayor Smith", names=Named(["Smith"]))) == []


@given(st.sampled_from(["de", "vi", "ru", "", "x"]), st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_never_raises(language: str, source: str, english: str, persons: list[str]) -> None:
    check_latin_names(Judged(source, language, english, names=Named(persons)))


def test_a_name_that_begins_both_sentences_is_compared() -> None:
    source = "Massa debe estar fuera durante el resto de la temporada."
    assert check_latin_names(Judged(source, "es", "Massa must be out for the rest of the season.")) == []
    (doubt,) = check_latin_names(Judged(source, "es", "Piquet must be out for the rest of the season."))
    assert doubt.detail == "nothing in the source sounds like “Piquet”"


def test_what_the_recogniser_calls_an_organisation_is_compared() -> None:
    source, english = "Leslie Aun, la portavoz, lo dijo.", "Arias, the spokeswoman, said so."
    assert check_latin_names(Judged(source, "es", english)) == []  # plural of aria, for all that the dictionary knows
    (doubt,) = check_latin_names(Judged(source, "es", english, names=Named(others=["Arias"])))
    assert doubt.kind == "name-invented"
