"""The list of readers, as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.publish.mail.recipients import read_recipients


def read(tmp_path: Path, text: str, name: str = "readers.txt", column: str = "email") -> list[str]:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return [box.address for box in read_recipients(path, column)]


def test_lines(tmp_path: Path) -> None:
    text = "\ufeff# readers\r\n a@example.org \r\n\r\nDesk <b@example.org> # second\r\nA@Example.ORG\r\nc#d@example.org"
    assert read(tmp_path, text) == ["a@example.org", "b@example.org", "c#d@example.org"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_column(delimiter: str, tmp_path: Path) -> None:
    rows = (
        ("Name", "E-Mail"),
        ('"Ö, A"', "a@example.org"),
        ("B", ""),
        ("C",),
        ("D", "#d@example.org"),
        ("E", "e@e.org"),
    )
    text = "\n".join(delimiter.join(row) for row in rows)
    assert read(tmp_path, text, "readers.CSV", "e-mail") == ["a@example.org", "e@e.org"]


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no column 'email'.*publish\.smtp\.column"):
        read(tmp_path, "name,mail\na,b@example.org", "readers.csv")


@pytest.mark.parametrize("text", ["", "# nobody\n", "\n\n"])
def test_nobody(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="has no addresses"):
        read(tmp_path, text)


def test_wrong_lines_are_named(tmp_path: Path) -> None:
    bad = ["no address", "a@b.org, c@d.org", "ö@example.org", "a@b.org\x00", "a@", "@b.org", "x <y"]
    with pytest.raises(ConfigError) as error:
        read(tmp_path, "good@example.org\n" + "\n".join(bad))
    for number in range(2, 7):
        assert f"line {number}: " in str(error.value)
    assert "and 2 more" in str(error.value)
    assert "\x00" not in str(error.value)


def test_a_line_can_add_no_header(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        read(tmp_path, 'email\n"a@example.org\r\nBcc: b@example.org"', "readers.csv")


def test_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "readers.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_recipients(tmp_path / "readers.txt", "email")
