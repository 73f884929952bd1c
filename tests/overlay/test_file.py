"""overlay.toml: what is written is read again, and what the editor wrote beside it stays."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError, WorldbriefError
from pipeline.overlay import file
from pipeline.overlay.overlay import Edit, IssueEdits, Name, Overlay
from tests.rows import each

ISSUE = "2026-11-23"
ONE, TWO = "0" * 16, "a1b2c3d4e5f60718"

BY_HAND = """\
# The editor's file.

[[name]]  # the minister
language = "ko"
source = '김민수'
english = "Kim Min-soo"   # as she writes herself

# Monday
[issue."2026-11-23".article.0000000000000000]
# seen by two
drop = true   # an advertisement

# Corrections below.
[[sentence]]
language = "zh-Hant"
source = \"\"\"
[[name]]
# 你好\"\"\"
english = "Hello"

[issue.2026-11-23]
order = [
  "a1b2c3d4e5f60718",  # first
]
# The end.
"""

# What an editor could send by any way: whatever Unicode can say but half characters.
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_SAID = _TEXT.filter(lambda text: any(letter.isalnum() for letter in text))
_ID = st.sampled_from([ONE, TWO, "not an id", 'a"b', "é.x"])
_ISSUES = st.sampled_from([ISSUE, "week 48", "a.b", "x]"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "overlay.toml"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def comments(text: str) -> list[str]:
    """All comments of `BY_HAND` and what is like it: no text there holds a mark but the one of several lines."""
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line and "你好" not in line]


class TestReading:
    def test_no_file_decides_nothing(self, path: Path) -> None:
        assert file.read(path) == Overlay()

    def test_all_that_it_can_say(self, path: Path) -> None:
        overlay = file.read(written(path, BY_HAND))
        assert overlay.name == (Name(language="ko", source="김민수", english="Kim Min-soo"),)
        assert overlay.sentence[0].language == "zh-Hant"
        assert overlay.of(ISSUE) == IssueEdits(order=(TWO,), article={ONE: Edit(drop=True)})
        assert overlay.of("another") == IssueEdits()

    def test_a_language_has_one_form(self, path: Path) -> None:
        rows = [("ko_KR", "ko"), ("Korean", "ko"), ("zh-TW", "zh-Hant"), ("zh", "zh")]

        def check(row: tuple[str, str]) -> None:
            text = f'[[name]]\nlanguage = "{row[0]}"\nsource = "a"\nenglish = "b"\n'
            assert file.read(written(path, text)).name[0].language == row[1]

        each(rows, check)

    def test_a_mark_at_the_beginning_is_not_in_the_way(self, path: Path) -> None:
        path.write_bytes(b"\xef\xbb\xbf" + BY_HAND.encode())
        assert file.read(path).name

    def test_what_is_wrong_is_named(self, path: Path) -> None:
        article = f'[issue."{ISSUE}".article.{ONE}]\n'
        name = '[[name]]\nlanguage = "ko"\nsource = "a"\n'
        rows = [
            ('[issue."x"\nnote = 1', "is not valid TOML: ", "(at line 1, column 11)"),
            ("[[name]]\nlanguage = ko", "is not valid TOML: ", "(at line 2, column 12)"),
            (f"{article}hedline = 'x'", f"issue.{ISSUE}.article.{ONE}.hedline: unknown key;", "'headline'"),
            (f"{article}drop = 'yes'", f"issue.{ISSUE}.article.{ONE}.drop: input should be", "(got 'yes')"),
            (f"[issue.'{ISSUE}']\nordre = []", f"issue.{ISSUE}.ordre: unknown key;", "'order'"),
            (f"[issue.'{ISSUE}']\norder = 'x'", f"issue.{ISSUE}.order: input should be", "(got 'x')"),
            (f"{name}englsh = 'b'", "name.0.englsh: unknown key;", "'english'"),
            (name, "name.0.english: field required", ""),
            (f"{name}english = ' '", "name.0.english: must not be empty", ""),
            ("[[name]]\nlanguage = 'qqq'\nsource = 'a'\nenglish = 'b'", "name.0.language: no such language", "'qqq'"),
            ("[isue]", "isue: unknown key;", "'issue'"),
        ]

        def check(row: tuple[str, str, str]) -> None:
            with pytest.raises(ConfigError) as caught:
                file.read(written(path, row[0]))
            said = str(caught.value)
            assert f"{path}: {row[1]}" in said
            assert row[2] in said

        each(rows, check)

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
            file.read(tmp_path)


class TestWriting:
    @given(changes=st.fixed_dictionaries({}, optional={
        **dict.fromkeys(("headline", "summary", "note", "section", "revision"), _TEXT),
        **{key: st.booleans() for key in ("drop", "tell", "pin")},
    }), article=_ID, issue=_ISSUES, before=st.sampled_from(["", BY_HAND, "# only this"]))  # fmt: skip
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_an_article_is_read_as_it_was_written(
        self, path: Path, changes: dict[str, str | bool], article: str, issue: str, before: str
    ) -> None:
        old = file.read(written(path, before))
        file.edit_article(path, issue, article, changes)
        new = file.read(path)
        expected = old.of(issue).article.get(article, Edit()).model_copy(update=changes)
        assert new.of(issue).article.get(article, Edit()) == (expected if expected.decides else Edit())
        assert (article in new.of(issue).article) == expected.decides
        text = path.read_text(encoding="utf-8")
        # With a key goes what stands behind it on its line.
        assert [mark for mark in comments(before) if mark not in text] in ([], [" an advertisement"])

    @given(st.lists(st.tuples(
        st.sampled_from(["name", "sentence", "article", "issue"]), _ISSUES, _ID, _SAID, st.one_of(_SAID, st.just("")),
    ), max_size=6), st.sampled_from(["", BY_HAND]))  # fmt: skip
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_many_in_turn(self, path: Path, edits: list[tuple[str, str, str, str, str]], before: str) -> None:
        """What is read at the end is what a table of the same decisions says."""
        old = file.read(written(path, before))
        names = {entry.source: entry.english for entry in old.name}
        sentences: dict[str, str] = {}
        heads = {(ISSUE, ONE): ""} if before else {}
        notes: dict[str, str] = {}
        for kind, issue, article, source, english in edits:
            if kind == "article":
                file.edit_article(path, issue, article, {"headline": english})
                heads[issue, article] = english
            elif kind == "issue":
                file.edit_issue(path, issue, {"note": english})
                notes[issue] = english
            else:
                put, known = (file.put_name, names) if kind == "name" else (file.put_sentence, sentences)
                put(path, "ko", source, english)
                known = {key: value for key, value in known.items() if not _alike(key, source)}
                known[source] = english
                if kind == "name":
                    names = known
                else:
                    sentences = known
        new = file.read(path)
        assert {entry.source: entry.english for entry in new.name} == {k: v for k, v in names.items() if v}
        assert {entry.source: entry.english for entry in new.sentence if entry.language == "ko"} == {
            key: value for key, value in sentences.items() if value
        }
        for (issue, article), english in heads.items():
            assert new.of(issue).article.get(article, Edit()).headline == english
        for issue, note in notes.items():
            assert new.of(issue).note == note
        text = path.read_text(encoding="utf-8")
        assert [mark for mark in comments(before) if mark not in text] in ([], [" as she writes herself"])

    def test_comments_order_and_blank_lines_stay(self, path: Path) -> None:
        file.edit_article(written(path, BY_HAND), ISSUE, ONE, {"headline": 'He said "no"'})
        file.put_name(path, "ko", "김민수", "Kim Minsu")
        file.edit_issue(path, ISSUE, {"note": "Good morning."})
        expected = (
            BY_HAND.replace('"Kim Min-soo"', '"Kim Minsu"')
            .replace("# an advertisement\n", '# an advertisement\nheadline = "He said \\"no\\""\n')
            .replace("]\n# The end", ']\nnote = "Good morning."\n# The end')
        )
        assert path.read_text(encoding="utf-8") == expected

    def test_an_entry_without_keys_goes_and_the_comments_beside_it_stay(self, path: Path) -> None:
        file.edit_article(written(path, BY_HAND), ISSUE, ONE, {"drop": False})
        file.put_name(path, "ko", "김민수", "")
        text = path.read_text(encoding="utf-8")
        assert file.read(path).name == ()
        assert file.read(path).of(ISSUE).article == {}
        assert "Corrections below." in text
        assert "seen by two" in text
        assert "# Monday" in text
        assert tomllib.loads(text).keys() == {"issue", "sentence"}

    def test_ways_to_write_the_same_are_understood(self, path: Path) -> None:
        rows = [
            f'issue = {{ "{ISSUE}" = {{ article = {{ {ONE} = {{ drop = true }} }} }} }}\n',
            f'issue."{ISSUE}".article.{ONE}.drop = true\n',
            f'[issue]\n"{ISSUE}".article.{ONE} = {{ drop = true }}\n',
            f'[issue."{ISSUE}".article]\n{ONE}.drop = true\n',
            f' [ issue . "{ISSUE}" . "article" . {ONE} ] # x\n drop = true\n',
        ]

        def check(row: str) -> None:
            file.edit_article(written(path, f"# top\n{row}# end\n"), ISSUE, ONE, {"pin": True, "drop": False})
            assert file.read(path).of(ISSUE).article == {ONE: Edit(pin=True)}
            file.edit_article(path, ISSUE, ONE, {"pin": False})
            assert file.read(path).of(ISSUE).article == {}
            assert path.read_text(encoding="utf-8").startswith("# top\n")

        each(rows, check)

    def test_an_array_on_one_line(self, path: Path) -> None:
        written(path, 'name = [{ language = "ko", source = "a", english = "b" }]  # mine\n')
        file.put_name(path, "ko", "c", "d")
        file.put_name(path, "ko", "a", "e")
        assert [(name.source, name.english) for name in file.read(path).name] == [("a", "e"), ("c", "d")]
        file.put_name(path, "ko", "a", "")
        assert [name.source for name in file.read(path).name] == ["c"]
        assert "# mine" in path.read_text(encoding="utf-8")

    def test_a_sentence_is_known_whatever_its_white_space(self, path: Path) -> None:
        file.put_sentence(path, "ko", "한국은  오늘\n말했다.", "One.")
        file.put_sentence(path, "Korean", " 한국은 오늘 말했다. ", "Two.")
        # The same letters, composed and taken apart.
        file.put_sentence(path, "fr", "Le cafe\u0301.", "One.")
        file.put_sentence(path, "fr", "Le caf\u00e9.", "Two.")
        assert [entry.english for entry in file.read(path).sentence] == ["Two.", "Two."]

    def test_odd_texts_keep_what_is_not_changed(self, path: Path) -> None:
        head = f'[issue."{ISSUE}".article.{ONE}]'
        rows = [
            # (before, after a pin of the article)
            (f"{head}\r\ndrop = true\r\n\r\n# end\r\n", f"{head}\r\ndrop = true\r\npin = true\r\n\r\n# end\r\n"),
            (f'{head}\nnote = """\na\n# b"""\n', f'{head}\nnote = """\na\n# b"""\npin = true\n'),
            (f'{head}\nnote = """\n[[name]]\n# b\n"""', f'{head}\nnote = """\n[[name]]\n# b\n"""\npin = true\n'),
            (f"{head} # x", f"{head} # x\npin = true\n"),
            (f"{head}\n\n\n# about what follows\n[[name]]\nlanguage = 'ko'\nsource = 'a'\nenglish = 'b'",
             f"{head}\npin = true\n\n\n# about what follows\n[[name]]\nlanguage = 'ko'\nsource = 'a'\nenglish = 'b'"),
            ("\t# only a comment", f'\t# only a comment\n\n[issue.{ISSUE}.article.{ONE}]\npin = true\n'),
        ]  # fmt: skip

        def check(row: tuple[str, str]) -> None:
            path.write_bytes(row[0].encode())
            file.edit_article(path, ISSUE, ONE, {"pin": True})
            assert path.read_bytes().decode() == row[1]

        each(rows, check, repr)

    def test_a_broken_file_is_left_as_it_is(self, path: Path) -> None:
        written(path, "[[name]\n")
        with pytest.raises(ConfigError, match="line 1"):
            file.edit_article(path, ISSUE, ONE, {"drop": True})
        assert path.read_text(encoding="utf-8") == "[[name]\n"

    def test_what_would_break_it_is_refused(self, path: Path) -> None:
        written(path, BY_HAND)
        rows: list[tuple[str, str]] = [("qqq", "a"), ("ko", " "), ("ko", "\ud800")]

        def check(row: tuple[str, str]) -> None:
            with pytest.raises(ConfigError):
                file.put_name(path, row[0], row[1], "x")

        each(rows, check, repr)
        with pytest.raises(ConfigError, match="unknown key"):
            file.edit_article(path, ISSUE, ONE, {"hedline": "x"})
        with pytest.raises(ConfigError, match="lone surrogate"):
            file.edit_article(path, ISSUE, ONE, {"headline": "\udc80"})
        assert path.read_text(encoding="utf-8") == BY_HAND

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(WorldbriefError, match="cannot be"):
            file.put_name(tmp_path / "file" / "overlay.toml", "ko", "a", "b")

    def test_a_link_stays_one(self, path: Path, tmp_path: Path) -> None:
        real = tmp_path / "elsewhere" / "mine.toml"
        real.parent.mkdir()
        written(real, BY_HAND)
        path.symlink_to(real)
        file.put_name(path, "ko", "a", "b")
        assert path.is_symlink()
        assert len(file.read(real).name) == 2


class TestTogether:
    def test_threads_lose_nothing(self, path: Path) -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda number: file.put_name(path, "ko", f"a{number}", f"b{number}"), range(24)))
        assert {name.source for name in file.read(path).name} == {f"a{number}" for number in range(24)}

    def test_processes_lose_nothing(self, path: Path) -> None:
        code = (
            "import sys; from pathlib import Path; from pipeline.overlay import file\n"
            "for n in range(6): file.edit_article(Path(sys.argv[1]), 'i', f'{sys.argv[2]}{n}', {'note': 'x'})"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        started = [
            subprocess.Popen([sys.executable, "-c", code, str(path), letter], env=environment) for letter in "abc"
        ]
        assert [process.wait() for process in started] == [0, 0, 0]
        assert len(file.read(path).of("i").article) == 18


def _alike(one: str, other: str) -> bool:
    from pipeline.text.hygiene import clean_line

    return clean_line(one) == clean_line(other)


@pytest.mark.parametrize(("key", "most"), [("headline", 300), ("summary", 2000), ("note", 2000), ("section", 80)])
def test_words_that_would_be_cut_are_refused(key: str, most: int, path: Path) -> None:
    file.edit_article(path, ISSUE, ONE, {key: "x" * most})
    with pytest.raises(ConfigError, match=rf"issue\.2026-11-23\.article\.{ONE}\.{key}: .*at most {most} characters"):
        file.edit_article(path, ISSUE, ONE, {key: "x" * (most + 1)})
    assert getattr(file.read(path).of(ISSUE).article[ONE], key) == "x" * most


class TestMark:
    """The mark of what bears upon an issue."""

    def read(self, folder: Path, text: str) -> str:
        path = folder / "overlay.toml"
        path.write_text(text, encoding="utf-8")
        return file.read(path).mark_of(ISSUE)

    def test_what_decides_the_same_has_the_same(self, tmp_path: Path) -> None:
        one = self.read(tmp_path, BY_HAND)
        assert one == self.read(
            tmp_path, BY_HAND.replace("drop = true   # an advertisement", "drop = true\npin = false")
        )
        assert one == self.read(tmp_path, BY_HAND + f"\n[issue.2026-11-24.article.{ONE}]\ndrop = true\n")
        assert one == self.read(tmp_path, BY_HAND + f'\n[issue."{ISSUE}".article.{TWO}]\nrevision = "{TWO}"\n')

    @pytest.mark.parametrize(
        "more",
        [
            f'[issue."{ISSUE}".article.{TWO}]\npin = true',
            '[[name]]\nlanguage = "ko"\nsource = "김"\nenglish = "Kim"',
            '[[sentence]]\nlanguage = "ko"\nsource = "김."\nenglish = "Kim."',
        ],
    )
    def test_what_decides_more_has_another(self, more: str, tmp_path: Path) -> None:
        assert self.read(tmp_path, BY_HAND) != self.read(tmp_path, f"{BY_HAND}\n{more}\n")

    def test_the_order_of_pinned_articles_counts(self, tmp_path: Path) -> None:
        pins = [f'[issue."{ISSUE}".article.{article}]\npin = true\n' for article in (ONE, TWO)]
        assert self.read(tmp_path, "".join(pins)) != self.read(tmp_path, "".join(pins[::-1]))
