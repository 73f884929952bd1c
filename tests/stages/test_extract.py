import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.article import Article, Content, Document, MediaType, Metadata
from pipeline.config import Extract as ExtractConfig
from pipeline.errors import ArticleError, Refused
from pipeline.evaluate.extraction import token_f1
from pipeline.stages.extract import Extract
from pipeline.text.hygiene import clean_line

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
GOLD = ROOT / "tests" / "golden" / "seeds"
NOTHING = Metadata()
STAGE = Extract(ExtractConfig(min_characters=80, max_characters=200_000))
PROSE = (
    "The bridge over the Wick reopened on Friday after two years of work, the council said.\n"
    "It had been closed because its pillars were worn. Traffic ran normally in the afternoon."
)


def run(
    data: bytes | str, media_type: MediaType = "text/plain", metadata: Metadata = NOTHING, stage: Extract = STAGE
) -> Content | ArticleError:
    data = data.encode() if isinstance(data, str) else data
    article = Article(document=Document(source="x", data=data, media_type=media_type, metadata=metadata))
    (result,) = stage.process([stage.read(article)])
    return result


def content(
    data: bytes | str, media_type: MediaType = "text/plain", metadata: Metadata = NOTHING, stage: Extract = STAGE
) -> Content:
    result = run(data, media_type, metadata, stage)
    assert isinstance(result, Content), result
    return result


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seeds(path: Path) -> None:
    gold = json.loads((GOLD / f"{path.stem}.json").read_text(encoding="utf-8"))
    found = content(path.read_bytes())
    assert found.title == gold["title"]
    assert found.published == gold["published"]
    assert token_f1("\n".join(found.paragraphs), "\n".join(gold["paragraphs"]))[2] >= 0.97
    assert len(found.paragraphs) == len(gold["paragraphs"])


@pytest.mark.parametrize(
    ("stem", "authors", "publisher"),
    [
        ("001", ("钟元",), "大纪元"),
        ("002", (), "全國大小事新聞網"),
        ("003", ("陳家倫",), "(臺)中央社CNA"),
        ("004", ("이정국",), "gmvietnam"),
    ],
)
def test_writers_of_the_seeds(stem: str, authors: tuple[str, ...], publisher: str | None) -> None:
    (path,) = (path for path in SEEDS if path.stem.startswith(stem))
    found = content(path.read_bytes())
    assert (found.authors, found.publisher) == (authors, publisher)


def test_every_media_type() -> None:
    paragraphs = PROSE.split("\n")
    html = "<article><h1>Bridge open</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</article>"
    mail = f"Subject: Bridge open\r\nFrom: Post <a@b.c>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}"
    documents: list[tuple[str, MediaType]] = [
        (f"Bridge open\n\n{PROSE}", "text/plain"),
        (f"---\ntitle: Bridge open\n---\n{PROSE}", "text/plain"),
        (f"---\ntitle: Bridge open\n---\n<!-- 1 -->\n[Bridge open](https://a.b/c)\n------\n\n{html}", "text/plain"),
        (html, "text/plain"),
        (html, "text/html"),
        ("# Bridge open\n\n" + PROSE.replace("\n", "\n\n"), "text/markdown"),
        (json.dumps({"title": "Bridge open", "text": PROSE}), "application/json"),
        (json.dumps({"title": "Bridge open", "html": html}), "application/json"),
        (mail, "message/rfc822"),
    ]
    for text, media_type in documents:
        found = content(text, media_type)
        assert (found.title, list(found.paragraphs)) == ("Bridge open", paragraphs), (text, media_type)


def test_words_of_the_source_win() -> None:
    metadata = Metadata(
        title="<i>Mine</i>",
        url="https://a.b/c",
        published="5 May 2024",
        language="en",
        authors=("Ann",),
        publisher="Post",
    )
    found = content(f"<html lang='de'><h1>Theirs</h1><p>{PROSE}</p><p>{PROSE}</p></html>", "text/html", metadata)
    assert (found.title, found.url, found.published) == ("Mine", "https://a.b/c", "2024-05-05")
    assert (found.authors, found.publisher, found.language_hint) == (("Ann",), "Post", "en")


def test_clean_text_of_a_table_keeps_every_line() -> None:
    lines = [
        "Ingredients",
        "2 eggs",
        "1 cup of flour",
        "3 spoons of sugar",
        "salt",
        "butter",
        *PROSE.split("\n"),
        "Enjoy",
    ]
    found = content("\n".join(lines), metadata=Metadata(title="Cake of the week"))
    assert list(found.paragraphs) == lines


def test_text_without_headline_is_titled_by_its_first_sentence() -> None:
    found = content(
        "今天上午，市政府宣布将在明年春天开放新的图书馆。读者可以在那里借阅图书、参加讲座，也可以使用免费的自习室和儿童活动区。"
        * 1
    )
    assert found.title == "今天上午，市政府宣布将在明年春天开放新的图书馆。"
    assert len(found.paragraphs) == 1


@pytest.mark.parametrize(
    ("data", "media_type", "kind"),
    [
        (b"", "text/plain", "empty"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "binary"),
        (b"<html><body><nav>Home</nav></body></html>", "text/html", "no-article"),
        (b"Short.", "text/plain", "no-article"),
        (b"---\na: [\n---\ntext", "text/plain", "front-matter"),
        (b"{", "application/json", "json"),
        (("word " * 50_000).encode(), "text/plain", "too-long"),
    ],
)
def test_errors_stand_in_place(data: bytes, media_type: MediaType, kind: str) -> None:
    result = run(data, media_type)
    assert isinstance(result, ArticleError)
    assert result.kind == kind
    assert isinstance(result, Refused) == (kind not in ("front-matter", "json"))


def test_a_failing_parser_costs_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no such node")

    monkeypatch.setattr("pipeline.extraction.read.read", fail)
    result = run("anything")
    assert isinstance(result, ArticleError)
    assert (result.kind, result.status) == ("unreadable", "failed")
    assert "no such node" in result.message


def test_ideographs_count_for_more() -> None:
    text = "市政府宣布明年春天将开放一座新的公共图书馆，供所有市民免费使用，读者可以在那里借阅图书。"
    assert len(text) < 80
    assert content(text).paragraphs == (text,)


def test_key_holds_no_bytes_but_everything_else() -> None:
    article = Article(document=Document(source="x", data=b"abc", media_type="text/plain", metadata=Metadata(title="t")))
    key = STAGE.key(STAGE.read(article))
    assert json.loads(json.dumps(key)) == {
        "sha256": article.document.sha256,
        "media_type": "text/plain",
        "metadata": {
            "title": "t", "url": None, "published": None, "language": None, "authors": [], "publisher": None,
        },
    }  # fmt: skip
    settings = {"min_characters": 80, "max_characters": 200_000}
    assert STAGE.settings == settings


def test_write_sets_the_content_and_lets_the_bytes_go() -> None:
    article = Article(document=Document(source="x", data=b"<p>p", media_type="text/html"))
    output = Content(title="t", paragraphs=("p",))
    assert STAGE.write(article, output) == replace(
        article, document=replace(article.document, data=b""), content=output
    )


def test_import_loads_no_parser() -> None:
    code = (
        "import sys, pipeline.stages.extract\n"
        "heavy = {'trafilatura', 'lxml', "
        "'chardet', 'dateparser', 'htmldate', 'babel', 'yaml', 'markdown_it'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=300).map(lambda text: (PROSE + text).encode("utf-8", "ignore"))
    ),
    st.sampled_from(["text/plain", "text/html", "text/markdown", "application/json", "message/rfc822"]),
)
@settings(max_examples=100, deadline=None)
def test_anything_gives_clean_content_or_an_error(data: bytes, media_type: MediaType) -> None:
    result = run(data, media_type)
    if isinstance(result, Content):
        for text in (result.title, *result.paragraphs):
            assert text == clean_line(text)
            assert not set(text) & set("\n\t\u202e\u200b\ufeff")


def test_more_stops_than_an_article_has() -> None:
    result = run(f"Council\n\n{PROSE}\n\n{'He. ' * 10_001}")
    assert isinstance(result, ArticleError)
    assert (result.status, result.kind) == ("refused", "too-long")
    assert isinstance(run(f"Council\n\n{PROSE}\n\n{'Then they all went home. ' * 7000}"), Content)


def test_more_elements_than_a_page_has() -> None:
    result = run(f"<html><body><article><p>{PROSE}</p>{'<b>a</b>' * 150_001}", "text/html")
    assert isinstance(result, ArticleError)
    assert (result.status, result.kind) == ("failed", "too-large")
