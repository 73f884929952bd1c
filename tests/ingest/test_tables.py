"""Tables: JSON Lines, CSV, TSV and Parquet."""

import csv
import datetime
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.article import Document, Metadata
from pipeline.config import Columns, Ingest
from pipeline.errors import ConfigError
from pipeline.ingest import Unreadable, read


def rows(path: Path, limit: int = 1_000_000, **mapped: str) -> list[Document | Unreadable]:
    columns = Columns.model_validate(mapped)
    return list(read([str(path)], Ingest(max_bytes=limit, columns=columns), None))


def documents(path: Path, limit: int = 1_000_000, **mapped: str) -> list[Document]:
    found = rows(path, limit, **mapped)
    assert all(isinstance(item, Document) for item in found), found
    return [item for item in found if isinstance(item, Document)]


def outcome(path: Path, limit: int = 1_000_000, **mapped: str) -> list[str]:
    """Number of each row, and for a bad one its kind."""
    return [
        item.source.rpartition("#")[2] + (f" {item.error.kind}" if isinstance(item, Unreadable) else "")
        for item in rows(path, limit, **mapped)
    ]


ARTICLES = [
    {"Headline": "A", "maintext": "One.\nTwo, \"three\".", "link": "https://a.example/1", "Publish Date": "2024-05-03",
     "lang": "de", "byline": "X; Y", "domain": "a.example"},
    {"Headline": "B", "maintext": "한국어", "link": "", "Publish Date": "", "lang": "", "byline": "", "domain": ""},
]  # fmt: skip
EXPECTED = Metadata(
    title="A",
    url="https://a.example/1",
    published="2024-05-03",
    language="de",
    authors=("X", "Y"),
    publisher="a.example",
)


def write_jsonl(path: Path) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in ARTICLES), encoding="utf-8")


def write_delimited(delimiter: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with open(path, "w", newline="", encoding=encoding) as file:
            writer = csv.DictWriter(file, list(ARTICLES[0]), delimiter=delimiter)
            writer.writeheader()
            writer.writerows(ARTICLES)

    return write


def write_parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ARTICLES), path)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("suffix", "write", "numbers"),
    [
        (".jsonl", write_jsonl, [1, 2]),
        (".csv", write_delimited(","), [2, 4]),
        (".csv", write_delimited(";"), [2, 4]),
        (".csv", write_delimited(",", "utf-8-sig"), [2, 4]),
        (".tsv", write_delimited("\t"), [2, 4]),
        (".parquet", write_parquet, [1, 2]),
    ],
)
def test_rows_become_articles(
    tmp_path: Path, suffix: str, write: Callable[[Path], None], numbers: list[int], packed: bool
) -> None:
    path = tmp_path / f"a[1] b::c{suffix}"
    write(path)
    if packed and suffix != ".parquet":
        path = path.with_name(path.name + ".gz")
        path.write_bytes(gzip.compress(path.with_suffix("").read_bytes()))
    first, second = documents(path)
    assert first.data == b'One.\nTwo, "three".'
    assert (first.media_type, first.metadata) == ("text/plain", EXPECTED)
    assert second.data == "한국어".encode()
    assert second.metadata == Metadata(title="B")
    assert [int(item.source.rpartition("#")[2]) for item in (first, second)] == numbers
    assert first.source.startswith(path.as_posix())


def test_a_table_in_a_folder_has_the_name_of_the_folder(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl")
    assert [item.source for item in rows(tmp_path)] == [f"{tmp_path.name}/a.jsonl#{number}" for number in (1, 2)]


def test_html_and_missing_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "", "raw_html": "<p>A"}\n{"content": "<html>B"}\n{"text": ["C", "D"]}\n{"text": null}\n')
    assert [(item.media_type, item.data) for item in documents(path)] == [
        ("text/html", b"<p>A"),
        ("text/html", b"<html>B"),
        ("text/plain", b"C\n\nD"),
        ("text/plain", b""),
    ]


def test_nested_and_typed_parquet(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": ["A"] * 40,
            "authors": [["X", "Y"]] * 40,
            "author": [[{"name": "Z"}]] * 40,
            "date": [datetime.datetime(2024, 5, 3, 12)] * 40,
            "image": [b"\0" * 10] * 40,
        }
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=7)
    found = documents(tmp_path / "a.parquet")
    assert [item.source.rpartition("#")[2] for item in found] == [str(number) for number in range(1, 41)]
    assert found[39].metadata == Metadata(published="2024-05-03T12:00:00", authors=("X", "Y"))


def test_a_broken_line_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = b'{"text": "A"}'
    deep = b'{"text": ' + b"[" * 100_000 + b"}"
    lines = [
        good,
        b"{broken",
        b"",
        b"[1]",
        good,
        b'{"text": "\xe6\xb2\xb3\xe5\x8f\xa3\xe7\x9a"}',
        deep,
        b"x" * 200_000,
        b'{"text": "\\ud800"}',
        good,
    ]
    path.write_bytes(b"\r\n".join(lines))
    assert outcome(path, 150_000) == [
        "1", "2 bad-row", "4 bad-row", "5", "6 bad-row", "7 bad-row", "8 too-large", "9", "10",
    ]  # fmt: skip
    [bad] = [item for item in rows(path, 150_000) if item.source.endswith("#2")]
    assert isinstance(bad, Unreadable)
    assert bad.error.message.startswith(f"{path.as_posix()}#2: is not valid JSON")


LEGACY = {
    "shift_jis": (
        "渡し船の最後の旅",
        "川口の古い渡し船は月曜日、七十年の務めを終えて最後の航海をした。町の人々が二百人ほど見送った。",
    ),
    "euc_jp": (
        "渡し船の最後の旅",
        "川口の古い渡し船は月曜日、七十年の務めを終えて最後の航海をした。町の人々が二百人ほど見送った。",
    ),
    "euc_kr": (
        "나룻배의 마지막 길",
        "강어귀의 낡은 나룻배가 월요일 70년 만에 마지막 운항을 마쳤다. 주민 이백여 명이 부두에 나왔다.",
    ),
    "gb18030": (
        "老渡船的最后一程",
        "河口的老渡船服务七十年之后，星期一完成了最后一次航行。大约两百名居民到码头送行。",
    ),
    "big5": (
        "老渡船的最後一程",
        "河口的老渡船服務七十年之後，星期一完成了最後一次航行。大約兩百名居民到碼頭送行。",
    ),
    "windows-1251": (
        "Последний рейс парома",
        "Старый паром в устье реки в понедельник вышел в последний рейс.",
    ),
    "windows-1256": (
        "آخر رحلة للعبارة",
        "قامت العبارة القديمة عند مصب النهر يوم الاثنين برحلتها الأخيرة.",
    ),
    "windows-1250": (
        "Poslední plavba přívozu",
        "Starý přívoz u ústí řeky vyplul v pondělí naposledy.",
    ),
    "iso8859-9": (
        "Eski vapurun son seferi",
        "Irmak ağzındaki eski vapur pazartesi günü son seferine çıktı.",
    ),
    "windows-1252": (
        "Dernière traversée du bac",
        "Le vieux bac a fait lundi sa dernière traversée, après soixante années.",
    ),
}


@pytest.mark.parametrize("codec", LEGACY)
@pytest.mark.parametrize("suffix", [".csv", ".tsv.gz", ".jsonl"])
def test_tables_in_legacy_encodings(tmp_path: Path, codec: str, suffix: str) -> None:
    title, text = LEGACY[codec]
    plain = {"title": title, "text": text}
    if suffix == ".jsonl":
        written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (plain, plain))
    else:
        mark = "," if suffix == ".csv" else "\t"
        written = f'title{mark}text\n{title}{mark}"{text}"\n{title}{mark}"{text}\n{text}"\n'
    data = written.encode(codec)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(gzip.compress(data) if suffix.endswith(".gz") else data)
    found = documents(path)
    assert len(found) == 2
    assert (found[0].metadata.title, found[0].data.decode()) == (title, text)


def test_a_table_with_headings_in_a_legacy_encoding(tmp_path: Path) -> None:
    title, text = LEGACY["euc_kr"]
    path = tmp_path / "a.csv"
    path.write_bytes(f"제목,본문\n{title},{text}\n".encode("cp949"))
    [found] = documents(path, title="제목", text="본문")
    assert (found.metadata.title, found.data.decode()) == (title, text)


def test_a_damaged_row_of_a_table_in_utf8_is_no_legacy_text(tmp_path: Path) -> None:
    _, text = LEGACY["gb18030"]
    path = tmp_path / "a.csv"
    damaged = text.encode()[:-1]
    path.write_bytes(b"text\n" + b"\n".join((text.encode(), text.encode(), damaged)) + b"\n")
    assert outcome(path) == ["2", "3", "4 bad-row"]
    path.write_bytes(b"text\n" + damaged + b"\n")
    assert outcome(path) == ["2 bad-row"]


def test_rows_of_two_encodings(tmp_path: Path) -> None:
    _, text = LEGACY["windows-1251"]
    path = tmp_path / "a.csv"
    path.write_bytes(b"text\n" + f"{text}\n{text}\n".encode("cp1251") + f"{text}\n".encode())
    assert [document.data.decode() for document in documents(path)] == [text] * 3


def test_a_broken_csv_row_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'title,text\nA,"one\ntwo"\nB\nC,\xe9\n\nD,three,more\nE,' + b"x" * 300_000 + b"\nF,four\n"
    )  # fmt: skip
    assert outcome(path, 200_000) == ["2", "4 bad-row", "5 bad-row", "7 bad-row", "8 bad-row", "9"]


def test_huge_fields_and_a_stray_quote(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text\nA," + "x" * 900_000 + "\nB,y\n")
    assert [len(item.data) for item in documents(path)] == [900_000, 1]
    row = f"B,{'y' * 400}\n"
    path.write_text('title,text\nA,"never closed\n' + row * 3_000 + "C,z\n")
    kinds = outcome(path)
    assert kinds[0] == "2 bad-row"
    assert kinds[-1] == "3003"  # the reader finds its feet again


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet", ".tsv"])
def test_an_empty_table(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"")
    found = rows(path)
    if suffix == ".parquet":
        [bad] = found
        assert isinstance(bad, Unreadable)
        assert bad.error.kind == "bad-table"
    else:
        assert found == []


def test_mapped_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Überschrift,text,Inhalt\nA,teaser,whole\n")
    [found] = documents(path, title="Überschrift", text="Inhalt")
    assert (found.metadata.title, found.data) == ("A", b"whole")
    with pytest.raises(ConfigError, match=r"ingest\.columns\.text: no column 'Inhalte'; did you mean 'Inhalt'"):
        rows(path, text="Inhalte")
    with pytest.raises(ConfigError, match="columns: Überschrift, text, Inhalt"):
        rows(path, publisher="zzzzzz")


def test_a_mapped_column_may_be_missing_in_some_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "A"}\n{"text": "B", "Autor": "X"}\n')
    assert [item.metadata.authors for item in documents(path, authors="Autor")] == [(), ("X",)]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_a_table_without_text(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    if suffix == ".parquet":
        pq.write_table(pa.table({"title": ["A"], "summary": ["B"]}), path)
    else:
        path.write_text('{"title": "A", "summary": "B"}\n' if suffix == ".jsonl" else "title,summary\nA,B\n")
    [found] = rows(path)
    assert isinstance(found, Unreadable)
    assert found.error.kind == "columns"
    assert "title, summary" in found.error.message


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.jsonl.gz", gzip.compress(os.urandom(50_000).hex().encode())[:-9], "bad-gzip"),
        ("a.csv.gz", b"text\nA\n", "bad-gzip"),
        ("a.parquet", b"PAR1 no parquet PAR1", "bad-table"),
        ("a.csv", b"\xff\xfe\xff\n", "bad-table"),
    ],
)
def test_a_damaged_table(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    [found] = rows(tmp_path / name)
    assert isinstance(found, Unreadable)
    assert found.error.kind == kind


def test_a_bomb_of_one_line_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"0" * 50_000_000 + b'\n{"text": "A"}\n'))
    assert outcome(tmp_path / "a.jsonl.gz", 1000) == ["1 too-large", "2"]


def test_a_row_beyond_the_limit(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["x" * 1001, "A"]}), tmp_path / "a.parquet")
    assert outcome(tmp_path / "a.parquet", 1000) == ["1 too-large", "2"]


def test_rows_come_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "A"}\n' * 200_000)
    stream = read([str(path)], Ingest(), None)
    first = next(stream)
    assert isinstance(first, Document)
    stream.close()  # type: ignore[attr-defined]


def test_nothing_is_written_at_home_or_asked_of_the_network(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    write_jsonl(tmp_path / "a.jsonl")
    write_parquet(tmp_path / "b.parquet")
    code = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('went to the network')\n"
        "socket.socket.connect = refuse\n"
        "from pipeline.config import Ingest\n"
        "from pipeline.ingest import read\n"
        "print(len(list(read(sys.argv[1:], Ingest(), None))))"
    )
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("HF_", "XDG_"))}
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.jsonl"), str(tmp_path / "b.parquet")],
        env={**environment, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "4"
    assert list(home.iterdir()) == []


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([".jsonl", ".csv", ".tsv", ".parquet", ".jsonl.gz", ".csv.gz"]))
def test_any_bytes_give_documents_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(data if suffix == ".parquet" else b'text,"title"\n' + data)
    for found in rows(path):
        found.source.encode()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
def test_jsonl_keeps_every_text(tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    path.write_text("".join(json.dumps({"title": title, "text": text}) + "\n" for title, text in texts))
    assert [item.data for item in documents(path)] == [
        text.strip().encode("utf-8", "replace") for _, text in texts
    ]  # fmt: skip
