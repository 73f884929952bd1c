"""Files, folders and standard input."""

import errno
import gzip
import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.article import Document
from pipeline.config import Ingest
from pipeline.errors import ConfigError
from pipeline.ingest import Unreadable, files, read


def all_of(*paths: Path | str, limit: int = 10_000, stdin: bytes | None = None) -> list[Document | Unreadable]:
    stream = None if stdin is None else io.BytesIO(stdin)
    return list(read([str(path) for path in paths], Ingest(max_bytes=limit), stream))


def one(path: Path | str, limit: int = 10_000) -> Document:
    [found] = all_of(path, limit=limit)
    assert isinstance(found, Document), found
    return found


def problem(path: Path | str, limit: int = 10_000) -> Unreadable:
    [found] = all_of(path, limit=limit)
    assert isinstance(found, Unreadable), found
    return found


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.txt", b"<html>", "text/plain"),
        ("a.md", b"# A", "text/markdown"),
        ("a.html", b"A", "text/html"),
        ("a.HTM", b"A", "text/html"),
        ("a.eml", b"Subject: A", "message/rfc822"),
        ("a.json", b'{"title": "A"}', "application/json"),
        ("a.page", b"\n<!-- saved --><!DOCTYPE html><p>A", "text/html"),
        ("a.page", b"\xef\xbb\xbf<html>", "text/html"),
        ("a.page", "<html>".encode("utf-16"), "text/html"),
        ("a.page", b"1 < 2", "text/plain"),
        ("a.toml", b"a = 1", "text/plain"),
        ("a", b"", "text/plain"),
        ("a.txt", b"", "text/plain"),
        ("a.json", b"", "application/json"),
    ],
)
def test_one_file_is_one_document(tmp_path: Path, name: str, data: bytes, media_type: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = one(tmp_path / name)
    assert (found.data, found.media_type) == (data, media_type)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(data))
    packed = one(tmp_path / f"{name}.gz")
    assert (packed.data, packed.media_type) == (data, media_type)


def test_sniffing_hostile_comments_is_quick() -> None:
    assert files.sniff(b"<!---->" * 600) == "text/plain"


def test_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here" / "news" / "deep").mkdir(parents=True)
    (tmp_path / "here" / "a.txt").write_text("a")
    (tmp_path / "here" / "news" / "deep" / "b.txt").write_text("b")
    monkeypatch.chdir(tmp_path / "here")
    assert one("a.txt").source == "a.txt"
    assert one("./news/../a.txt").source == "a.txt"
    assert one("news").source == "news/deep/b.txt"
    assert [found.source for found in all_of(".")] == ["here/a.txt", "here/news/deep/b.txt"]
    monkeypatch.chdir(tmp_path / "here" / "news")
    assert one("../a.txt").source == (tmp_path / "here" / "a.txt").as_posix()
    assert one("../news").source == "news/deep/b.txt"


def test_folders_of_one_name_stay_apart(tmp_path: Path) -> None:
    for parent in ("a", "b"):
        (tmp_path / parent / "news").mkdir(parents=True)
        (tmp_path / parent / "news" / "1.txt").write_text(parent)
    sources = [found.source for found in all_of(tmp_path / "a" / "news", tmp_path / "b" / "news")]
    assert sources == ["a/news/1.txt", "b/news/1.txt"]


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/news"
    os.mkdir(path)
    with open(path + b"/caf\xe9.txt", "wb") as file:
        file.write(b"a")
    assert one(os.fsdecode(path)).source == "news/caf\\xe9.txt"


def test_folders_are_read_in_order_and_other_things_passed_over(tmp_path: Path) -> None:
    root = tmp_path / "news"
    (root / "b").mkdir(parents=True)
    (root / ".git").mkdir()
    for name in ("c.txt", "b/z.html", "a.txt", ".hidden.txt", ".git/x.txt", "sources.toml", "photo.jpg"):
        (root / name).write_text("x")
    os.symlink(root, root / "b" / "loop")
    os.symlink("self", root / "self")
    os.mkfifo(root / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(root)  # the path of a socket may have 107 bytes at most
        listener.bind("s.txt")
        os.chdir(here)
        sources = [found.source for found in all_of(root)]
    assert sources == ["news/a.txt", "news/b/z.html", "news/c.txt"]


def test_links_are_followed_and_broken_ones_reported(tmp_path: Path) -> None:
    root = tmp_path / "news"
    root.mkdir()
    (tmp_path / "real.txt").write_text("real")
    os.symlink(tmp_path / "real.txt", root / "a.txt")
    os.symlink(tmp_path / "gone.txt", root / "b.txt")
    good, bad = all_of(root)
    assert isinstance(good, Document)
    assert good.data == b"real"
    assert isinstance(bad, Unreadable)
    assert (bad.source, bad.error.kind) == ("news/b.txt", "unreadable")


def test_an_empty_folder_yields_nothing(tmp_path: Path) -> None:
    assert all_of(tmp_path) == []


def test_a_deep_folder_does_not_overflow_the_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    depth = 1200
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    assert len(all_of(tmp_path)) <= 1  # the path may be longer than the system takes, which is a reason
    for _ in range(depth):  # pytest's own removal would overflow
        os.chdir("..")
        os.rmdir("d")


@pytest.mark.parametrize("name", ["pipe", "loop"])
def test_a_special_file_named_is_reported(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    os.symlink("loop", tmp_path / "loop")
    assert problem(tmp_path / name).error.kind in ("not-a-file", "unreadable")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")

    def guarded(path: Path, mode: str) -> object:
        if path.name == "a.txt":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return open(path, mode)

    monkeypatch.setattr(files, "open", guarded, raising=False)
    bad, good = all_of(tmp_path)
    assert isinstance(bad, Unreadable)
    assert bad.error.kind == "unreadable"
    assert bad.error.message == f"{tmp_path.name}/a.txt: cannot be read: Permission denied"
    assert isinstance(good, Document)


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("a")
    listdir = os.listdir

    def guarded(path: Path) -> list[str]:
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listdir(path)

    monkeypatch.setattr(os, "listdir", guarded)
    bad, good = all_of(tmp_path)
    assert isinstance(bad, Unreadable)
    assert bad.source == f"{tmp_path.name}/closed"
    assert isinstance(good, Document)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    with open(tmp_path / "a.txt", "wb") as file:
        file.truncate(1 << 40)  # sparse: reading it would take a terabyte
    found = problem(tmp_path / "a.txt")
    assert found.error.kind == "too-large"
    assert "1,099,511,627,776" in found.error.message
    assert "ingest.max_bytes" in found.error.message
    (tmp_path / "b.txt").write_bytes(b"x" * 100)
    assert one(tmp_path / "b.txt", limit=100).data == b"x" * 100
    assert problem(tmp_path / "b.txt", limit=99).error.kind == "too-large"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (gzip.compress(b"\0" * 50_000_000), "too-large"),
        (gzip.compress(b"text " * 100)[:-12], "bad-gzip"),
        (b"no gzip at all", "bad-gzip"),
        (gzip.compress(b"a" * 500)[:15] + b"\xff" * 20, "bad-gzip"),
    ],
    ids=["bomb", "cut", "other", "damaged"],
)
def test_gzip(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "a.html.gz").write_bytes(data)
    assert problem(tmp_path / "a.html.gz").error.kind == kind


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"articles": rows}])
def test_a_json_list_is_many_documents(tmp_path: Path, wrap: object) -> None:
    rows = [{"Headline": "A", "url": "https://a.example/1", "authors": ["X", "Y"]}, 7, {"title": "\ud800"}]
    (tmp_path / "a.json").write_text(json.dumps(wrap(rows)))  # type: ignore[operator]
    first, second, third = all_of(tmp_path / "a.json")
    assert isinstance(first, Document)
    assert isinstance(second, Unreadable)
    assert isinstance(third, Document)
    assert first.source.endswith("a.json#1")
    assert json.loads(first.data) == rows[0]
    assert (first.metadata.title, first.metadata.url) == ("A", "https://a.example/1")
    assert first.metadata.authors == ("X", "Y")
    assert second.error.kind == "bad-row"
    assert third.metadata.title == "?"


def test_an_empty_object_in_a_list_is_a_bad_row(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{}, {"title": "A", "text": "b"}]', encoding="utf-8")
    bad, good = read([str(tmp_path / "a.json")], Ingest(), None)
    assert isinstance(bad, Unreadable)
    assert (bad.source.rpartition("#")[2], bad.error.kind) == ("1", "bad-row")
    assert isinstance(good, Document)


def test_a_json_list_of_more_than_articles(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f"[{','.join(['{}'] * 100_001)}]", encoding="utf-8")
    (found,) = read([str(tmp_path / "a.json")], Ingest(), None)
    assert isinstance(found, Unreadable)
    assert found.error.kind == "too-large"


def test_what_a_json_feed_says_of_itself_is_not_repeated_without_limit(tmp_path: Path) -> None:
    items = [{"id": str(number), "content_text": "x"} for number in range(3)]
    said = {"version": "https://jsonfeed.org/version/1.1", "title": "A" * 100_000, "language": "fr"}
    (tmp_path / "a.json").write_text(json.dumps({**said, "items": items}), encoding="utf-8")
    found = [item for item in read([str(tmp_path / "a.json")], Ingest(), None) if isinstance(item, Document)]
    assert [item.metadata.language for item in found] == ["fr"] * 3
    assert all(len(item.data) < 1000 for item in found)


LINES = ["La vieille halle rouvre samedi.", "Le toit a été refait en deux ans."]
EXPORTS = {
    "JSON Feed": {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Le Courrier",
        "language": "fr",
        "items": [
            {"id": "https://c.example/7", "title": "La halle", "content_text": "x", "date_published": "2024-05-21"}
        ],
    },
    "Miniflux": {
        "total": 1,
        "entries": [
            {
                "id": 7,
                "url": "https://c.example/7",
                "title": "La halle",
                "published_at": "2024-05-21",
                "content": "<p>x</p>",
                "feed": {"id": 1, "title": "Le Courrier"},
            }
        ],
    },
    "fundus": [
        {
            "title": "La halle",
            "body": {"summary": LINES[:1], "sections": [{"headline": [], "paragraphs": LINES[1:]}]},
            "publishing_date": "2024-05-21",
            "publisher": "Le Courrier",
            "html": {"requested_url": "https://c.example/7", "content": "<html>"},
        }
    ],
    "trafilatura": [
        {
            "title": "La halle",
            "source": "https://c.example/7",
            "source-hostname": "Le Courrier",
            "hostname": "c.example",
            "date": "2024-05-21",
            "text": "x",
        }
    ],
    "NewsAPI": {
        "status": "ok",
        "articles": [
            {
                "source": {"id": None, "name": "Le Courrier"},
                "title": "La halle",
                "url": "https://c.example/7",
                "publishedAt": "2024-05-21",
                "content": "x",
            }
        ],
    },
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_exports_of_readers_and_crawlers(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps(EXPORTS[kind]))
    found = one(tmp_path / "a.json").metadata
    assert (found.title, found.url, found.publisher) == ("La halle", "https://c.example/7", "Le Courrier")
    assert found.published == "2024-05-21"


def test_an_article_with_a_list_of_items_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"title": "t", "text": "x", "items": [{"title": "other"}]}))
    assert one(tmp_path / "a.json").metadata.title == "t"


@pytest.mark.parametrize("data", [b"{", b"7", b"[" * 100_000, b'{"a": 1}\n{"a": 2}', b"\xff\xfe\x00", b"1" * 9000])
def test_bad_json(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    assert problem(tmp_path / "a.json", limit=1_000_000).error.kind == "bad-json"


def test_stdin(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    assert all_of("-", stdin=b"<html>x") == [Document(source="-", data=b"<html>x", media_type="text/html")]
    assert [found.source for found in all_of("-", tmp_path, stdin=b"x")] == ["-", f"{tmp_path.name}/a.txt"]
    [found] = all_of("-", stdin=b"x" * 11, limit=10)
    assert isinstance(found, Unreadable)
    assert found.error.kind == "too-large"


@pytest.mark.parametrize("paths", [["-"], ["-", "-"], ["a.text"], ["nowhere/at/all"], [""], ["a\0b"]])
def test_a_wrong_command_line_is_told_before_anything_is_read(
    paths: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("a")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as caught:
        read(["a.txt", *paths], Ingest(), None)
    if paths == ["a.text"]:
        assert str(caught.value) == "a.text: no such file or folder; did you mean 'a.txt'?"


def test_documents_come_one_by_one(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    stream = read([str(tmp_path)], Ingest(), None)
    next(stream)
    (tmp_path / "b.txt").write_text("later")
    found = next(stream)
    assert isinstance(found, Document)
    assert found.data == b"later"


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, pipeline.ingest; print({'datasets', 'pyarrow', 'pydantic', 'numpy'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".txt", ".html", ".json", ".eml", ".md", ".html.gz", ".json.gz", ""]))
def test_any_bytes_give_documents_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(data)
    for found in all_of(path):
        assert isinstance(found, Document | Unreadable)
        found.source.encode()
