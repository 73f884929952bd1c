"""What is doubted: readings of pages and of their text dumps."""

import json

import pytest

from pipeline.article import Metadata
from pipeline.extraction.certainty import dump_warnings
from pipeline.extraction.html import read_html
from pipeline.extraction.read import read
from tests.extraction.samples import DUMPS, Dump

TITLE = "Ferry to the island stops after seventy years"
TEXT = (
    "The ferry to the island made its last trip on Monday, and two hundred people came to the pier to see it off.",
    "After seventy years the council stops paying for it: a bridge upstream carries all of the traffic from now on.",
    "The captain let the children sound the horn once more, and the island's choir sang on the way back.",
)
PITCH = "Our members read everything, get a letter each morning and help us to send reporters to every town."


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_sound_dumps_are_not_doubted(dump: Dump) -> None:
    assert read(dump.text.encode(), "text/plain", Metadata()).warnings == ()


@pytest.mark.parametrize(
    ("text", "found", "doubts"),
    [
        ("\n".join((TITLE, *TEXT)), TEXT, []),
        ("\n".join((TITLE, *TEXT, PITCH)), TEXT, []),
        ("\n".join((TITLE, *TEXT, PITCH)), (PITCH,), ["no word of the headline is in the text"]),
        (
            "\n".join((TITLE, *TEXT)),
            TEXT[2:],
            ["more of the prose about what the headline says was left out than found"],
        ),
        (
            "\n".join((TITLE, *(f"Region {number}\nHarbour news {number}" for number in range(80)), TEXT[0])),
            TEXT[:1],
            ["what was found is little prose of much text"],
        ),
    ],
)
def test_dumps_of_which_too_little_was_found_are_doubted(text: str, found: tuple[str, ...], doubts: list[str]) -> None:
    warnings = dump_warnings(text, TITLE, found)
    assert [doubt.detail for doubt in warnings] == doubts
    assert {doubt.kind for doubt in warnings} <= {"text-uncertain"}


@pytest.mark.parametrize(
    ("body", "doubts"),
    [
        ("\n".join(TEXT), []),
        # Once with the sub-headlines and once without.
        (" ".join((*TEXT, "The last trip.", *TEXT)), []),
        (
            " ".join(
                (*TEXT, *(f"{number} more people spoke of what they did on it as children." for number in "2345678"))
            ),
            ["text-incomplete"],
        ),
    ],
)
def test_data_that_say_the_text_twice_have_no_more_of_it(body: str, doubts: list[str]) -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": body})
    page = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    found = read_html(
        f"<html lang='en'><head><script type='application/ld+json'>{data}</script></head>"
        f"<body><h1>{TITLE}</h1><article>{page}</article></body></html>"
    )
    assert [doubt.kind for doubt in found.warnings] == doubts


def test_a_paragraph_that_is_read_in_pieces_is_not_put_back_whole() -> None:
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in TEXT)
    found = read_html(
        f"<html lang='en'><body><article><h1>{TITLE}</h1>{first}<p>The last captain said:<br>{PITCH}</p>"
        f"{''.join(rest)}</article></body></html>"
    )
    assert found.paragraphs == (TEXT[0], "The last captain said:", PITCH, *TEXT[1:])
