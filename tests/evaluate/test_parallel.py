from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.evaluate.parallel import Pair, read_parallel

# Also what Python takes for the end of a line and a sentence may hold: U+2028, NEL, form feed.
LINE = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), st.sampled_from("\u2028\x85\x0c 다"))
)


def files(folder: Path, source: str | bytes, reference: str | bytes) -> tuple[Path, Path]:
    paths = folder / "a.txt", folder / "b.txt"
    for path, text in zip(paths, (source, reference), strict=True):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return paths


@settings(deadline=None)
@given(rows=st.lists(st.tuples(LINE, LINE), min_size=1), end=st.sampled_from(("\n", "\r\n")), limit=st.integers(1, 9))
def test_lines_stay_side_by_side(rows: list[tuple[str, str]], end: str, limit: int) -> None:
    rows = [*rows, ("끝", "end")]
    texts = ["".join(f"{row[side]}{end}" for row in rows) for side in (0, 1)]
    with tempfile.TemporaryDirectory() as folder:
        paths = files(Path(folder), *texts)
        found = read_parallel(*paths)
        first_row = next(number for number, row in enumerate(rows) if row[0].strip() and row[1].strip())
        few = read_parallel(*paths, limit + first_row)
    for pair in found.pairs:
        # A byte-order mark at the start of a file is none of its text.
        first, second = (text.removeprefix("\ufeff").strip() if pair.line == 1 else text.strip()
                         for text in rows[pair.line - 1])  # fmt: skip
        assert (pair.source, pair.reference) == (first, second)
        assert pair.source
        assert pair.reference
    assert len(found.pairs) + found.left_out == len(rows)
    assert few.pairs == tuple(pair for pair in found.pairs if pair.line <= limit + first_row)


def test_empty_lines_keep_the_numbers(tmp_path: Path) -> None:
    found = read_parallel(*files(tmp_path, "하나\n\n셋\n \n다섯\n", "one\n\n\nfour\nfive"))
    assert found.pairs == (Pair(1, "하나", "one"), Pair(5, "다섯", "five"))
    assert found.left_out == 3


@pytest.mark.parametrize(
    ("source", "reference", "message"),
    [
        ("a\nb\n", "a\n", r"a\.txt has 2 lines and .*b\.txt has 1"),
        ("a\n\n", "a\n", r"a\.txt has 2 lines and .*b\.txt has 1"),
        ("", "", "no line has text on both sides"),
        ("a\n\n", "\nb\n", "no line has text on both sides"),
        ("a\n", b"a\xff\n", r"b\.txt: not UTF-8 at byte 1"),
    ],
)
def test_what_is_not_parallel_is_refused(
    tmp_path: Path, source: str | bytes, reference: str | bytes, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        read_parallel(*files(tmp_path, source, reference))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.txt: cannot be read: No such file"):
        read_parallel(tmp_path / "nowhere.txt", tmp_path / "nowhere.txt")
