"""The `worldbrief edit` commands: what an editor decides goes to the overlay, key by key."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.console import ConfigOption, err, load_config, out
from pipeline.errors import ConfigError
from pipeline.issue.plain import line

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.review.find import Articles, Found
    from pipeline.review.results import Results

edit_app = typer.Typer(
    help="Decide about the articles of an issue. ARTICLE is an id, the beginning of one, or the number in the digest.",
    no_args_is_help=True,
)
# In place of an article: the whole issue.
_ISSUE = "issue"

Article = Annotated[str, typer.Argument(metavar="ARTICLE", help="Id, the beginning of one, or number in the digest.")]
Several = Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Ids, beginnings of ids, or numbers.")]
Text = Annotated[str | None, typer.Argument(help="What is printed; after -- where it begins with a dash.")]
Remove = Annotated[bool, typer.Option("--remove", help="Take the decision back.")]
OutOption = Annotated[
    str | None, typer.Option("--out", "-o", help="Folder with the results; default: run.out of the configuration.")
]


@dataclass(frozen=True)
class _Desk:
    """What a command works on: the issue in the folder of results, and the overlay."""

    config_file: Path | None
    out_folder: str | None

    @cached_property
    def settings(self) -> Config:
        return load_config(self.config_file)

    @cached_property
    def overlay(self) -> Path:
        return Path(self.settings.run.overlay)

    @cached_property
    def folder(self) -> Path:
        return Path(self.out_folder or self.settings.run.out)

    @cached_property
    def results(self) -> Results:
        from pipeline.review import results

        return results.read(self.folder, self.overlay)

    @cached_property
    def articles(self) -> Articles:
        from pipeline.review.find import Articles

        return Articles(self.results)

    def decide(self, word: str, changes: Mapping[str, str | bool]) -> None:
        """Write decisions about one article, with the text that they were made of."""
        from pipeline.overlay import file

        found = self.articles.find(word)
        is_of_text = any(changes.get(key) for key in ("headline", "summary", "tell"))
        revision = {"revision": self.articles.revision(found)} if is_of_text else {}
        file.edit_article(self.overlay, self.results.id, found.id, {**changes, **revision})
        for key, value in changes.items():
            _say(f"{key}{'' if value else ' taken back'}: {_named(found)}")

    def decide_issue(self, changes: Mapping[str, str | Sequence[str]]) -> None:
        from pipeline.overlay import file

        file.edit_issue(self.overlay, self.results.id, changes)
        for key, value in changes.items():
            _say(f"{key}{'' if value else ' taken back'}: issue {self.results.id}")

    def tell_what_next(self) -> None:
        """Say where it is and what shows it."""
        from pipeline.run.again import last_run

        _say(f"saved in {self.overlay}", to_error=True)
        try:
            last_run(self.folder)
        except ConfigError as error:
            _say(f"to see it: {error}", to_error=True)
            return
        words = ["worldbrief", "run", "--again"]
        words += ["--config", str(self.config_file)] if self.config_file else []
        words += ["--out", self.out_folder] if self.out_folder else []
        _say(f"to see it: {shlex.join(words)}", to_error=True)


def _say(text: str, *, to_error: bool = False) -> None:
    (err if to_error else out).print(text, markup=False)


def _plain(text: str) -> str:
    """A text of an article or a file on one line, without what a terminal would obey."""
    return line(text, 2000)


def _named(found: Found) -> str:
    return f"{found.id} “{found.headline}”" if found.headline else found.id


def _wanted(text: str | None, remove: bool, what: str) -> str:
    """A text to write, or "" to take one back.

    Raises:
        ConfigError: there is neither, or both.
    """
    if bool(text and text.strip()) == remove:
        raise ConfigError(f"give {what}, or --remove to take it back{', not both' if remove else ''}")
    return text or ""


@edit_app.command("drop")
def edit_drop(
    articles: Several, remove: Remove = False, out_folder: OutOption = None, config_file: ConfigOption = None
) -> None:
    """Leave articles out of the issue."""
    _mark("drop", articles, remove, _Desk(config_file, out_folder))


@edit_app.command("pin")
def edit_pin(
    articles: Several, remove: Remove = False, out_folder: OutOption = None, config_file: ConfigOption = None
) -> None:
    """Put articles before all others, in the order in which they are pinned."""
    _mark("pin", articles, remove, _Desk(config_file, out_folder))


@edit_app.command("tell")
def edit_tell(
    articles: Several, remove: Remove = False, out_folder: OutOption = None, config_file: ConfigOption = None
) -> None:
    """Print what is sure of articles that were withheld."""
    _mark("tell", articles, remove, _Desk(config_file, out_folder))


def _mark(key: str, words: Sequence[str], remove: bool, desk: _Desk) -> None:
    # All are found before the first is written.
    ids = [desk.articles.find(word).id for word in words]
    for article in ids:
        desk.decide(article, {key: not remove})
    desk.tell_what_next()


@edit_app.command("section")
def edit_section(
    article: Article,
    title: Text = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
) -> None:
    """Put an article into a section, one of the issue or a new one."""
    _write("section", article, title, remove, _Desk(config_file, out_folder))


@edit_app.command("headline")
def edit_headline(
    article: Article,
    text: Text = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
) -> None:
    """Print this headline."""
    _write("headline", article, text, remove, _Desk(config_file, out_folder))


@edit_app.command("summary")
def edit_summary(
    article: Article,
    text: Text = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
) -> None:
    """Print this summary."""
    _write("summary", article, text, remove, _Desk(config_file, out_folder))


@edit_app.command("note")
def edit_note(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="As elsewhere; `issue` for the top of the issue.")],
    text: Text = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
) -> None:
    """Print a note of the editor's with an article, or at the top of the issue."""
    _write("note", article, text, remove, _Desk(config_file, out_folder))


def _write(key: str, article: str, text: str | None, remove: bool, desk: _Desk) -> None:
    wanted = _wanted(text, remove, "the text")
    if key == "note" and article == _ISSUE:
        desk.decide_issue({key: wanted})
    else:
        desk.decide(article, {key: wanted})
    desk.tell_what_next()


@edit_app.command("order")
def edit_order(
    articles: Annotated[list[str] | None, typer.Argument(metavar="[ARTICLE]...", help="As elsewhere.")] = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
) -> None:
    """Put articles first within their sections, in this order, which takes the place of an earlier one."""
    desk = _Desk(config_file, out_folder)
    if bool(articles) == remove:
        raise ConfigError("give the articles in their order, or --remove to take it back")
    desk.decide_issue({"order": [desk.articles.find(word).id for word in articles or ()]})
    desk.tell_what_next()


@edit_app.command("sections")
def edit_sections(
    titles: Annotated[list[str] | None, typer.Argument(metavar="[TITLE]...", help="Titles of sections.")] = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
) -> None:
    """Put sections first, in this order, which takes the place of an earlier one."""
    desk = _Desk(config_file, out_folder)
    if bool(titles) == remove:
        raise ConfigError("give the titles in their order, or --remove to take it back")
    desk.decide_issue({"sections": titles or []})
    desk.tell_what_next()


@edit_app.command("name")
def edit_name(
    source: Annotated[str, typer.Argument(help="The name as the articles write it.")],
    language: Annotated[str, typer.Option("--language", "-l", help="Language of the articles.")],
    english: Annotated[str | None, typer.Argument(help="Its English.")] = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
) -> None:
    """Fix a name in every article, from the next run on."""
    from pipeline.overlay import file

    desk = _Desk(config_file, out_folder)
    file.put_name(desk.overlay, language, source, _wanted(english, remove, "its English"))
    _say(f"name taken back: {_plain(source)}" if remove else f"name: {_plain(source)} = {_plain(english or '')}")
    _say_where(desk, source)
    desk.tell_what_next()


@edit_app.command("sentence")
def edit_sentence(
    article: Annotated[str, typer.Argument(metavar="ARTICLE|SOURCE", help="Article; with --language the sentence.")],
    number: Annotated[
        str | None, typer.Argument(metavar="[NUMBER|ENGLISH]", help="Which sentence; without it all are listed.")
    ] = None,
    english: Annotated[
        str | None, typer.Argument(metavar="[ENGLISH]", help="Its English; without it the machine's is confirmed.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Language of a sentence that is given in full.")
    ] = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
) -> None:
    """Correct or confirm the English of a sentence wherever it stands, from the next run on."""
    from pipeline.overlay import file

    desk = _Desk(config_file, out_folder)
    if language is None:
        found = desk.articles.find(article)
        record = desk.articles.record(found)
        if number is None:
            _list_sentences(record, found)
            return
        sentence = _sentence(record, number, found)
        language, source = record["language"]["code"], sentence["source"]
        wanted = _wanted(english, remove, "its English") if english or remove else sentence["text"]
    else:
        if english is not None:
            raise ConfigError("with --language there are the sentence and its English, no number")
        source, wanted = article, _wanted(number, remove, "its English")
    file.put_sentence(desk.overlay, language, source, wanted)
    _say(f"sentence taken back: {_plain(source)}" if remove else f"sentence: {_plain(source)} = {_plain(wanted)}")
    _say_where(desk, source)
    desk.tell_what_next()


def _sentence(record: Mapping[str, Any], number: str, found: Found) -> dict[str, Any]:
    sentences: list[dict[str, Any]] = record["translation"]["sentences"] if record["translation"] else []
    if not sentences:
        raise ConfigError(f"{_named(found)}: has no translation")
    if not (number.isascii() and number.isdigit()) or int(number) >= len(sentences):
        raise ConfigError(
            f"{number!r} is no sentence of {_named(found)}: they have the numbers 0 to {len(sentences) - 1};"
            f" worldbrief edit sentence {found.id} lists them"
        )
    return sentences[int(number)]


def _list_sentences(record: Mapping[str, Any], found: Found) -> None:
    if not record["translation"]:
        raise ConfigError(f"{_named(found)}: has no translation")
    translation = record["translation"]
    for number, (sentence, sure) in enumerate(zip(translation["sentences"], translation["confidence"], strict=True)):
        certain = "editor" if sentence["corrected"] else "" if sure is None else f"{sure:.2f}"
        _say(f"{number:>3} {certain:>6}  {_plain(sentence['source'])}\n            {_plain(sentence['text'])}")


def _say_where(desk: _Desk, source: str) -> None:
    """In how many articles of the issue a text stands, where there is an issue."""
    try:
        number = desk.articles.with_text(source)
    except ConfigError:
        return
    _say(f"it stands in {number} of the articles in {desk.folder}", to_error=True)


@edit_app.command("show")
def edit_show(out_folder: OutOption = None, config_file: ConfigOption = None) -> None:
    """List the articles of the issue with their numbers, and what is decided."""
    desk = _Desk(config_file, out_folder)
    overlay, edits = desk.results.overlay, desk.results.overlay.of(desk.results.id)
    for name in overlay.name:
        _say(f"name {name.language}: {_plain(name.source)} = {_plain(name.english)}")
    for sentence in overlay.sentence:
        _say(f"sentence {sentence.language}: {_plain(sentence.source)} = {_plain(sentence.english)}")
    for key, value in edits.model_dump(exclude={"article"}, exclude_defaults=True).items():
        _say(f"{key}: {_plain(value if isinstance(value, str) else ', '.join(value))}")
    for found in desk.articles.all:
        edit = edits.article.get(found.id)
        if not found.number and edit is None:
            continue
        _say(f"{found}{'' if found.told else '  (listed)' if found.number else '  (not in the digest)'}")
        if edit is not None:
            decided = edit.model_dump(exclude={"revision"}, exclude_defaults=True)
            for key, value in decided.items():
                _say(f"        {key}{'' if value is True else f': {_plain(value)}'}")
