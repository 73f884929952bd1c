import pytest

from pipeline.extraction.writers import is_name, writers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karin Olde", ["Karin Olde"]),
        ("By Nina Halvorsen and Tom O’Hara", ["Nina Halvorsen", "Tom O’Hara"]),
        ("Von Karin Olde und Jan Peters, Berlin", ["Karin Olde", "Jan Peters"]),
        ("Par Claire Dubois (avec agences)", ["Claire Dubois"]),
        ("Texto: Rosa Ibarra / Fotos", ["Rosa Ibarra"]),
        ("Nina Halvorsen, political correspondent", ["Nina Halvorsen"]),
        ("Nina Halvorsen, Staff Writer, New York", ["Nina Halvorsen"]),
        ("northpost.example, Bergen, Norway", []),
        ("North Post (www.northpost.example)", []),
        ("Nordische Welle (nordwelle.example)", []),
        ("Νίκη Μαυρίδου, Αθήνα", ["Νίκη Μαυρίδου"]),
        ("Анна Белова, корреспондент", ["Анна Белова"]),
        ("بقلم نادية حداد", ["نادية حداد"]),
        ("김하나 기자", ["김하나"]),
        ("김하나 기자 hana@news.example", ["김하나"]),
        ("記者林青／台北報導", ["林青"]),
        ("记者 林青 周禾", ["林青", "周禾"]),
        ("林青、周禾", ["林青", "周禾"]),
        ("Elena Berger (ebe)", ["Elena Berger"]),
        ("Ana y Luis", ["Ana", "Luis"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Ángel Di Marco", ["Ángel Di Marco"]),
        ("Di Marco", ["Di Marco"]),
        ("[[Nina Halvorsen]]", ["Nina Halvorsen"]),
        ("[[people/nina|Nina Halvorsen]]", ["Nina Halvorsen"]),
        ("k.olde@stadtbote.example", []),
        ("k.olde@stadtbote.example (Karin Olde)", ["Karin Olde"]),
        ("Karin Olde <k.olde@stadtbote.example>", ["Karin Olde"]),
        ("Haber: Elif Kaya / Fotoğraf: Can Demir", ["Elif Kaya"]),
        ("社会部 森田花子記者", ["森田花子"]),
        ("文・森田花子", ["森田花子"]),
        ("105092", []),
        ("https://example.com/author/nina", []),
        ("admin", []),
        ("Redaktion", []),
        ("La rédaction", []),
        ("Редакция", []),
        ("Stadtbote", []),
        ("karin-olde", ["Karin Olde"]),
        ("", []),
    ],
)
def test_names_only(text: str, expected: list[str]) -> None:
    assert list(writers([text], ["Stadtbote"])) == expected


def test_names_stand_once_and_in_order() -> None:
    assert writers(["Jan Peters", "Karin Olde, Jan Peters"]) == ("Jan Peters", "Karin Olde")


def test_a_login_is_spelled_out_as_elsewhere_in_the_page() -> None:
    assert writers(["mary-ann-ohara"], people=["Mary Ann O’Hara"]) == ("Mary Ann O’Hara",)


@pytest.mark.parametrize("text", ["Karin Olde", "NINA HALVORSEN", "Ludwig van der Berg", "نادية حداد", "Анна Белова"])
def test_full_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text", ["Karin", "The mill is open.", "A long way home", "5 May", "What next?", "12 Angry Men"]
)
def test_no_names(text: str) -> None:
    assert not is_name(text)
