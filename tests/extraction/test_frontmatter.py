import pytest

from pipeline.errors import ArticleError
from pipeline.extraction.frontmatter import split_front_matter


def test_fields_and_rest() -> None:
    parts, rest = split_front_matter(
        "---\n"
        'title: "<b>Zug</b> &amp; Flug"\n'
        "date: 2020-11-21T11:08:55.000Z\n"
        "author: [Ann Lee, Bo Ek]\n"
        "link: https://example.org/a\n"
        "lang: no\n"
        "publisher: Posten\n"
        "tags: [x]\n"
        "---\n"
        "Text\n"
    )
    assert parts is not None
    assert parts.title == "Zug & Flug"
    assert parts.published == "2020-11-21T11:08:55+00:00"
    assert parts.authors == ("Ann Lee", "Bo Ek")
    assert parts.url == "https://example.org/a"
    assert parts.language == "no"
    assert parts.publisher == "Posten"
    assert rest == "Text\n"


def test_author_that_is_a_category_is_the_outlet() -> None:
    parts, _ = split_front_matter("---\ntitle: t\nauthor: 晚報\ncategories: [晚報]\n---\n")
    assert parts is not None
    assert (parts.authors, parts.publisher) == ((), "晚報")


@pytest.mark.parametrize(
    ("source", "address", "outlet"),
    [("https://a.example/1", "https://a.example/1", None), ("Hufvudstadsbladet", None, "Hufvudstadsbladet")],
)
def test_web_clippers(source: str, address: str | None, outlet: str | None) -> None:
    parts, rest = split_front_matter(
        f'---\nsource: "{source}"\nauthor:\n  - "[[Åsa Ek]]"\n  - "[[people/bo|Bo Alm]]"\npublished: 2024-05-21\n'
        'created: 2024-06-02\ntags:\n  - "clippings"\n---\nText'
    )
    assert parts is not None
    assert (parts.authors, parts.url, parts.publisher) == (("Åsa Ek", "Bo Alm"), address, outlet)
    assert (parts.published, rest) == ("2024-05-21", "Text")


def test_toml() -> None:
    parts, rest = split_front_matter(
        '+++\ntitle = "Den gamle mølle"\ndate = 2024-05-21T10:00:00+02:00\nauthors = ["Ea Holm"]\n'
        '[params]\npublisher = "Bladet"\n+++\nTekst\n'
    )
    assert parts is not None
    assert (parts.title, parts.authors, parts.publisher) == ("Den gamle mølle", ("Ea Holm",), "Bladet")
    assert (parts.published, rest) == ("2024-05-21T10:00:00+02:00", "Tekst\n")


def test_broken_toml_is_an_error() -> None:
    with pytest.raises(ArticleError) as error:
        split_front_matter("+++\ntitle = open\n+++\ntext")
    assert error.value.kind == "front-matter"


def test_day_without_time() -> None:
    parts, _ = split_front_matter("---\ndate: 2024-05-02\nurl: javascript:alert(1)\n---\n")
    assert parts is not None
    assert (parts.published, parts.url) == ("2024-05-02", None)


@pytest.mark.parametrize("text", ["no front matter", "---\nprose between rules\n---\nmore", "--- a: b ---", ""])
def test_texts_without_front_matter(text: str) -> None:
    assert split_front_matter(text) == (None, text)


@pytest.mark.parametrize(
    ("block", "words"),
    [("title: a: b\n", "line 2"), ("x: 1\ntitle: 'open\n", "line"), ("a: b\n\ttab: 1\n", "line 3"), ("a: [\n", "line")],
)
def test_broken_front_matter_names_the_line(block: str, words: str) -> None:
    with pytest.raises(ArticleError, match=words) as error:
        split_front_matter(f"---\n{block}---\ntext")
    assert error.value.kind == "front-matter"


def test_front_matter_cannot_build_objects() -> None:
    with pytest.raises(ArticleError):
        split_front_matter("---\ntitle: !!python/object/apply:os.getcwd []\n---\n")
