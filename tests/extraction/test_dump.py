import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.dump import looks_like_dump, read_dump, read_plain
from pipeline.text.hygiene import clean_line
from tests.extraction.samples import DUMPS, ENGLISH, RUSSIAN, Dump

CLEAN = """\
The harvest began early this year, farmers in the valley said on Monday.

Prices

Wheat rose by four percent and barley by two.

2 eggs
1 cup of flour
3 spoons of sugar
a pinch of salt
butter

Nobody knows how long the weather will hold, the cooperative warned."""


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_article_in_dump(dump: Dump) -> None:
    found = read_dump(dump.text, language=dump.language)
    assert found.title == " ".join(dump.title.split())
    assert list(found.paragraphs) == [line.removeprefix("• ") for line in dump.paragraphs]
    assert found.published == dump.published


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_dumps_are_recognised(dump: Dump) -> None:
    assert looks_like_dump(dump.text)


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_cleaning_again_takes_nothing_more(dump: Dump) -> None:
    once = read_dump(dump.text, language=dump.language)
    again = read_dump("\n".join(once.paragraphs), title=once.title, language=dump.language)
    assert again.paragraphs == once.paragraphs


@pytest.mark.parametrize(("dump", "writer"), [(ENGLISH, "Ellen Tarbuck"), (RUSSIAN, "Марина Кольцова")])
def test_writer_of_a_dump(dump: Dump, writer: str) -> None:
    assert read_dump(dump.text).authors == (writer,)


def test_given_title_wins_and_is_not_repeated_in_the_text() -> None:
    found = read_dump(ENGLISH.text, title=ENGLISH.title)
    assert found.title == ENGLISH.title
    assert ENGLISH.title not in found.paragraphs


def test_clean_text_with_a_list_is_no_dump_and_keeps_every_line() -> None:
    assert not looks_like_dump(CLEAN, titled=True)
    found = read_plain(CLEAN, titled=True)
    assert list(found.paragraphs) == [line for line in CLEAN.split("\n") if line]


def test_list_at_the_end_of_a_text_with_given_title_is_no_menu() -> None:
    text = "Here is what the bakers of the old town brought to the fair on Sunday.\n" + "\n".join(
        ["rye bread", "plum cake", "honey rolls", "salted pretzels", "walnut tart"]
    )
    assert not looks_like_dump(text, titled=True)


def test_hard_wrapped_paragraphs_are_joined() -> None:
    text = (
        "The committee met on Tuesday to discuss the new water tariff and heard\n"
        "from eleven speakers, most of them farmers from the lower valley who\n"
        "said that they could not pay more than they do now.\n\n"
        "A decision is expected in June. The chairman promised that small farms\n"
        "would be treated separately, but gave no details.\n"
    )
    assert not looks_like_dump(text)
    first, second = read_plain(text).paragraphs
    assert first.endswith("farmers from the lower valley who said that they could not pay more than they do now.")
    assert second.endswith("small farms would be treated separately, but gave no details.")


def test_first_line_of_plain_text_is_the_title_unless_it_is_a_sentence() -> None:
    body = "The bridge reopened on Friday after two years of work."
    assert read_plain(f"Bridge open again\n\n{body}").title == "Bridge open again"
    assert read_plain(f"{body}\n\n{body}").title is None


def test_text_without_prose_gives_no_paragraphs() -> None:
    assert read_dump("Home\nNews\nSport\nContact").paragraphs == ()


LINES = st.lists(
    st.one_of(st.sampled_from([line for dump in DUMPS for line in dump.text.split("\n")]), st.text(max_size=40)),
    max_size=25,
)


@given(LINES)
@settings(max_examples=60)
def test_any_lines_are_read_and_no_line_is_invented(lines: list[str]) -> None:
    text = "\n".join(lines)
    looks_like_dump(text)
    everything = "".join(clean_line(text).split())
    for found in (read_dump(text), read_plain(text)):
        for paragraph in found.paragraphs:
            assert paragraph == clean_line(paragraph)
            assert "".join(paragraph.split()) in everything


COOKIES = (
    "Wir verwenden Cookies, um Inhalte zu zeigen, Zugriffe zu messen und Werbung auszuspielen, und geben Daten weiter.",
    "Notwendige Cookies sind für den Betrieb der Seite nötig und können in unseren Systemen nicht abgeschaltet werden.",
    "Diese Cookies erlauben es uns, Besuche zu zählen und zu sehen, welche Seiten am meisten besucht sind.",
    "Cookies für Werbung können von unseren Partnern gesetzt werden, um ein Profil Ihrer Vorlieben anzulegen.",
)
HEADED = {
    "de": (
        "Neue Rohre für den Norden",
        "Bis zum Herbst sollen alle alten Leitungen im Norden der Stadt ausgetauscht werden.",
        "Von Karin Olde\n21.05.2024, 10:30 Uhr",
        (
            "Die Stadtwerke wollen bis zum Herbst alle alten Leitungen austauschen, teilten sie am Dienstag mit.",
            "Rund zwölf Kilometer Rohr müssen aus dem Boden, die Kosten werden auf neun Millionen Euro geschätzt.",
        ),
    ),
    "es": (
        "El mercado viejo abre de nuevo con veinte puestos",
        "Los vendedores pagarán la mitad del alquiler durante el primer año",
        "Por Rosa Ibarra\n21 de mayo de 2024",
        (
            "El mercado viejo abrió de nuevo este lunes con veinte puestos, después de tres años de obras en el techo.",
            "«Volvemos con miedo y con ganas», dijo una de las vendedoras, que vende quesos desde hace dos décadas.",
        ),
    ),
    "pl": (
        "Stary młyn stał się czytelnią",
        "Trzy tysiące książek stoją tam, gdzie kiedyś leżało zboże",
        "Autor: Anna Wilk\n21 maja 2024",
        (
            "Stary młyn nad rzeką otwarto we wtorek jako czytelnię, dwa lata po tym, jak zawalił się jego dach.",
            "Połowę kosztów pokryło miasto, resztę złożyło czterystu mieszkańców, podał urząd w komunikacie.",
        ),
    ),
}


@pytest.mark.parametrize("language", HEADED)
@pytest.mark.parametrize("kicker", ["Region", "Thema des Tages"])
def test_the_headline_stands_above_standfirst_and_byline(language: str, kicker: str) -> None:
    title, lead, signed, text = HEADED[language]
    menu = "\n".join(f"* {word}" for word in ("Start", "Sport", "Kultur", "Wetter", "Kontakt"))
    page = "\n".join((menu, kicker, title, lead, signed, *text, "© 2024 Der Bote", *COOKIES, *COOKIES))
    found = read_dump(page)
    assert found.title == title
    assert found.published is not None
    assert found.published.startswith("2024-05-21")
    assert [line for line in found.paragraphs if line != lead] == list(text)


@pytest.mark.parametrize("language", HEADED)
def test_lines_that_a_page_repeats_between_paragraphs_part_nothing(language: str) -> None:
    title, _, signed, text = HEADED[language]
    between = "\nStory continues below\nThis advertisement has not loaded yet, but your article continues below.\n" * 4
    page = title + "\n" + signed + "\n" + between.join((text[0], text[1], text[0].replace("a", "o")))
    assert read_dump(page).paragraphs == (text[0], text[1], text[0].replace("a", "o"))
