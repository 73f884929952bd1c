import json

import pytest

from pipeline.errors import ArticleError
from pipeline.extraction.containers import markdown_to_html, unpack_json


def test_json_with_usual_names() -> None:
    inside = unpack_json(
        json.dumps(
            {
                "Headline": "Neue Brücke",
                "body": "Erster Satz.\nZweiter Satz.",
                "url": "https://example.org/x",
                "date": "2024-05-02",
                "authors": ["Ann", {"name": "Bo"}],
                "lang": "de",
                "source": "Posten",
            }
        )
    )
    parts = inside.parts
    assert (parts.title, parts.url, parts.published) == ("Neue Brücke", "https://example.org/x", "2024-05-02")
    assert (parts.authors, parts.language, parts.publisher) == (("Ann", "Bo"), "de", "Posten")
    assert (inside.text, inside.html) == ("Erster Satz.\nZweiter Satz.", False)


def test_json_paragraphs_and_html() -> None:
    assert unpack_json('{"paragraphs": ["a", "b"]}').text == "a\nb"
    assert unpack_json('[{"content": "<p>a</p><p>b</p>"}]').html


def test_json_body_in_sections() -> None:
    body = {"summary": ["Samenvatting."], "sections": [{"headline": ["Kop"], "paragraphs": ["Een.", "Twee."]}]}
    assert unpack_json(json.dumps({"body": body})).text == "Samenvatting.\nKop\nEen.\nTwee."


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Le march&eacute; &amp; la&nbsp;halle", "Le marché & la\u00a0halle"),
        ("caf&amp;eacute;", "café"),
        ("Zwei <b>neue</b> Rohre<br>am Fluss", "Zwei neue Rohre\nam Fluss"),
        ("1 < 2 und 3 > 2, AT&T", "1 < 2 und 3 > 2, AT&T"),
    ],
)
def test_json_text_with_entities_or_inline_tags(text: str, read: str) -> None:
    inside = unpack_json(json.dumps({"text": text}))
    assert (inside.text, inside.html) == (read, False)


def test_json_with_escaped_markup_is_html() -> None:
    inside = unpack_json('{"text": "&lt;p&gt;Ein Satz.&lt;/p&gt;&lt;p&gt;Noch einer.&lt;/p&gt;"}')
    assert (inside.html, inside.text) == (True, "<p>Ein Satz.</p><p>Noch einer.</p>")


def test_an_address_is_no_publisher() -> None:
    parts = unpack_json('{"text": "x", "source": "https://a.example/1", "source-hostname": "Posten"}').parts
    assert (parts.url, parts.publisher) == ("https://a.example/1", "Posten")


@pytest.mark.parametrize("text", ["{", "[]", "[1, 2]", '"text"', "[" * 100_000])
def test_json_that_is_no_article(text: str) -> None:
    with pytest.raises(ArticleError) as error:
        unpack_json(text)
    assert error.value.kind == "json"


def test_markdown_keeps_html_and_headings() -> None:
    html = markdown_to_html("# Title\n\nOne *word*.\n\n<div>raw</div>\n")
    assert "<h1>Title</h1>" in html
    assert "<em>word</em>" in html
    assert "<div>raw</div>" in html


def test_markdown_of_note_taking_programs() -> None:
    html = markdown_to_html(
        "![[foto.png]]\nDie [[Mühle|alte Mühle]] am [[Fluss]] ist ==wieder offen==.[^1]\n\n> [!note] Kasten\n> Text"
    )
    assert "<p>Die alte Mühle am Fluss ist wieder offen.</p>" in html
    assert "Kasten" in html
    assert not any(mark in html for mark in ("[[", "]]", "==", "[^", "[!note"))
