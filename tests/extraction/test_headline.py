"""Which of a page's claims is the headline; invented pages of the kinds met in the press."""

import pytest

from pipeline.extraction.html import read_html
from pipeline.extraction.parts import Parts

TEXT = (
    "<p>The old ferry at the river mouth ran for the last time on Monday, after seventy years of service.</p>"
    "<p>About two hundred people came to the pier, and the captain let the children sound the horn once more.</p>"
    "<p>A bridge two kilometres upstream will carry all of the traffic from now on, the council said.</p>"
)


def page(body: str, *, title: str = "", og: str = "", ld: str = "", site: str = "") -> Parts:
    head = f"<title>{title}</title>" if title else ""
    head += f"<meta property='og:title' content='{og}'>" if og else ""
    head += f"<meta property='og:site_name' content='{site}'>" if site else ""
    if ld:
        head += f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{ld}"}}</script>'
    return read_html(f"<html><head>{head}</head><body>{body}{TEXT}</body></html>")


def test_the_heading_wins_over_words_for_search_engines() -> None:
    claim = "Ferry tickets, timetable, history: all you need to know"
    found = page(
        "<h1>Last trip of the old ferry</h1>", title=f"{claim} | Coast Post", og=claim, ld=claim, site="Coast Post"
    )
    assert found.title == "Last trip of the old ferry"


def test_a_short_headline_may_name_the_outlet() -> None:
    found = page(
        "<h1>Coast Post moves to the pier</h1>", og="Newspaper moves house: all you need to know", site="Coast Post"
    )
    assert found.title == "Coast Post moves to the pier"


def test_claims_decide_between_headings() -> None:
    body = "<h1>Coast Post</h1><h1>Bridge opens in June</h1><h1>Last trip of the old ferry</h1>"
    assert page(body, ld="Last trip of the old ferry").title == "Last trip of the old ferry"


@pytest.mark.parametrize("place", ["<nav>{}</nav>", "<ul><li>{}</li></ul>", "<div style='display: none'>{}</div>"])
def test_a_heading_in_a_menu_is_none(place: str) -> None:
    menu = place.format("<h1>Ferry: the old boat makes its last trip</h1>")
    found = page(f"{menu}<h2>Last trip of the old ferry boat</h2>", og="Ferry: the old boat makes its last trip",
                 ld="Last trip of the old ferry boat")  # fmt: skip
    assert found.title == "Last trip of the old ferry boat"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("最后一班老渡船驶离码头_海岸网", "<div class='bt'>最后一班老渡船驶离码头</div>"),
        ("最后一班老渡船驶离码头_社会_海岸网", "<p>最后一班老渡船驶离码头</p>"),
        ("Останній рейс старого порома — Берег", "<div>Останній рейс старого порома</div>"),
        ("낡은 나룻배의 마지막 길 : 바닷가신문", "<strong>낡은 나룻배의 마지막 길</strong>"),
        ("最后一班老渡船驶离码头_海岸网", ""),
        ("Останній рейс старого порома « Берег", ""),
        ("Son seferini yapan eski vapur | Kıyı", ""),
        ("Letzte Fahrt der alten Fähre :: Küste", ""),
    ],
)
def test_an_unknown_outlet_behind_any_separator_goes(title: str, heading: str) -> None:
    separators = ("_", " —", " :", " «", " |", " ::")
    expected = min((title.split(separator)[0] for separator in separators), key=len)
    assert page(heading, title=title).title == expected


def test_a_headline_with_a_dash_stays_whole() -> None:
    assert page("", title="The ferry is gone – the town is not").title == "The ferry is gone – the town is not"


@pytest.mark.parametrize(
    "body",
    [
        "<div class='kicker'>Transport</div><h1>Last trip of the old ferry</h1>",
        "<header><b class='overline'>Transport</b></header><div><h1>Last trip of the old ferry</h1></div>",
        "<h1><span class='dachzeile'>Transport</span> <span>Last trip of the old ferry</span></h1>",
    ],
)
def test_a_kicker_is_kept_apart(body: str) -> None:
    found = page(body)
    assert (found.kicker, found.title) == ("Transport", "Last trip of the old ferry")
    assert "Transport" not in found.paragraphs


def test_a_kicker_that_other_claims_do_without() -> None:
    found = page(
        "<h1><span>On the river</span> – <span>Last trip of the old ferry</span></h1>", og="Last trip of the old ferry"
    )
    assert (found.kicker, found.title) == ("On the river", "Last trip of the old ferry")


@pytest.mark.parametrize(
    ("body", "whole", "kicker", "title"),
    [
        (
            "<h1> <span>Am Fluss</span>Die Fähre legt zum letzten Mal ab </h1>",
            "Am Fluss / Die Fähre legt zum letzten Mal ab",
            "Am Fluss",
            "Die Fähre legt zum letzten Mal ab",
        ),
        (
            "<h1><span><b>„Es war schön“</b><i>Die Fähre legt zum letzten Mal ab</i></span></h1>",
            "„Es war schön“: Die Fähre legt zum letzten Mal ab",
            "„Es war schön“",
            "Die Fähre legt zum letzten Mal ab",
        ),
        (
            "<h1><small>Au bord du fleuve</small> Dernier voyage du vieux bac</h1>",
            "Au bord du fleuve : Dernier voyage du vieux bac",
            "Au bord du fleuve",
            "Dernier voyage du vieux bac",
        ),
        (
            "<h1><span>На реке</span><span>Последний рейс старого парома</span></h1>",
            "На реке. Последний рейс старого парома",
            "На реке",
            "Последний рейс старого парома",
        ),
        ("<h1><em>The Ferry</em> leaves our town</h1>", "The Ferry leaves our town", None, "The Ferry leaves our town"),
    ],
)
def test_a_kicker_that_one_claim_joins_and_another_does_without(
    body: str, whole: str, kicker: str | None, title: str
) -> None:
    found = page(body, og=whole, ld=title)
    assert (found.kicker, found.title) == (kicker, title)


def test_parts_of_one_heading_are_punctuated_as_the_page_does_elsewhere() -> None:
    found = page(
        "<h1><span>On the river</span><span>Last trip of the ferry</span></h1>",
        ld="On the river: Last trip of the ferry",
    )
    assert (found.kicker, found.title) == (None, "On the river: Last trip of the ferry")


def test_the_heading_cut_shorter() -> None:
    found = page("<h1>Last trip of the old ferry draws two hundred to the pier</h1>", og="Last trip of the old ferry")
    assert found.title == "Last trip of the old ferry"
    # Another beginning is another wording.
    found = page("<h1>Crowd at the pier for last trip of the old ferry</h1>", og="Last trip of the old ferry")
    assert found.title == "Crowd at the pier for last trip of the old ferry"


def test_a_mark_stays_with_the_part_it_is_written_onto() -> None:
    kicker = "<h1>The river <em>and its boats</em><span>: Last trip of the old ferry</span></h1>"
    assert page(kicker).title == "The river and its boats: Last trip of the old ferry"
