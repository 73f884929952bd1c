"""The `worldbrief edit` commands: what an editor decides goes to the overlay, key by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.console import ConfigOption, DigestOption
from pipeline.cli.desk import EditDesk, named, plain, say
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.review.find import Found

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
    articles: Several,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
    digest: DigestOption = None,
) -> None:
    """Leave articles out of the issue."""
    _mark("drop", articles, remove, EditDesk(config_file, out_folder, digest))


@edit_app.command("pin")
def edit_pin(
    articles: Several,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
    digest: DigestOption = None,
) -> None:
    """Put articles before all others, in the order in which they are pinned."""
    _mark("pin", articles, remove, EditDesk(config_file, out_folder, digest))


@edit_app.command("tell")
def edit_tell(
    articles: Several,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
    digest: DigestOption = None,
) -> None:
    """Print what is sure of articles that were withheld."""
    _mark("tell", articles, remove, EditDesk(config_file, out_folder, digest))


def _mark(key: str, words: Sequence[str], remove: bool, desk: EditDesk) -> None:
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
    digest: DigestOption = None,
) -> None:
    """Put an article into a section, one of the issue or a new one."""
    _write("section", article, title, remove, EditDesk(config_file, out_folder, digest))


@edit_app.command("headline")
def edit_headline(
    article: Article,
    text: Text = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
    digest: DigestOption = None,
) -> None:
    """Print this headline."""
    _write("headline", article, text, remove, EditDesk(config_file, out_folder, digest))


@edit_app.command("summary")
def edit_summary(
    article: Article,
    text: Text = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
    digest: DigestOption = None,
) -> None:
    """Print this summary."""
    _write("summary", article, text, remove, EditDesk(config_file, out_folder, digest))


@edit_app.command("note")
def edit_note(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="As elsewhere; `issue` for the top of the issue.")],
    text: Text = None,
    remove: Remove = False,
    out_folder: OutOption = None,
    config_file: ConfigOption = None,
    digest: DigestOption = None,
) -> None:
    """Print a note of the editor's with an article, or at the top of the issue."""
    _write("note", article, text, remove, EditDesk(config_file, out_folder, digest))


def _write(key: str, article: str, text: str | None, remove: bool, desk: EditDesk) -> None:
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
    digest: DigestOption = None,
) -> None:
    """Put articles first within their sections, in this order, which takes the place of an earlier one."""
    desk = EditDesk(config_file, out_folder, digest)
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
    digest: DigestOption = None,
) -> None:
    """Put sections first, in this order, which takes the place of an earlier one."""
    desk = EditDesk(config_file, out_folder, digest)
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
    digest: DigestOption = None,
) -> None:
    """Fix a name in every article, from the next run on."""
    from pipeline.overlay import file

    desk = EditDesk(config_file, out_folder, digest)
    file.put_name(desk.overlay, language, source, _wanted(english, remove, "its English"))
    say(f"name taken back: {plain(source)}" if remove else f"name: {plain(source)} = {plain(english or '')}")
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
    digest: DigestOption = None,
) -> None:
    """Correct or confirm the English of a sentence wherever it stands, from the next run on."""
    from pipeline.overlay import file

    desk = EditDesk(config_file, out_folder, digest)
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
    say(f"sentence taken back: {plain(source)}" if remove else f"sentence: {plain(source)} = {plain(wanted)}")
    _say_where(desk, source)
    desk.tell_what_next()


def _sentence(record: Mapping[str, Any], number: str, found: Found) -> dict[str, Any]:
    sentences: list[dict[str, Any]] = record["translation"]["sentences"] if record["translation"] else []
    if not sentences:
        raise ConfigError(f"{named(found)}: has no translation")
    if not (number.isascii() and number.isdigit()) or int(number) >= len(sentences):
        raise ConfigError(
            f"{number!r} is no sentence of {named(found)}: they have the numbers 0 to {len(sentences) - 1};"
            f" worldbrief edit sentence {found.id} lists them"
        )
    return sentences[int(number)]


def _list_sentences(record: Mapping[str, Any], found: Found) -> None:
    if not record["translation"]:
        raise ConfigError(f"{named(found)}: has no translation")
    translation = record["translation"]
    for number, (sentence, sure) in enumerate(zip(translation["sentences"], translation["confidence"], strict=True)):
        certain = "editor" if sentence["corrected"] else "" if sure is None else f"{sure:.2f}"
        say(f"{number:>3} {certain:>6}  {plain(sentence['source'])}\n            {plain(sentence['text'])}")


def _say_where(desk: EditDesk, source: str) -> None:
    """In how many articles of the issue a text stands, where there is an issue."""
    try:
        number = desk.articles.with_text(source)
    except ConfigError:
        return
    say(f"it stands in {number} of the articles in {desk.folder}", to_error=True)


@edit_app.command("show")
def edit_show(out_folder: OutOption = None, config_file: ConfigOption = None, digest: DigestOption = None) -> None:
    """List the articles of the issue with their numbers, and what is decided."""
    desk = EditDesk(config_file, out_folder, digest)
    overlay, edits = desk.results.overlay, desk.results.overlay.of(desk.results.id)
    for name in overlay.name:
        say(f"name {name.language}: {plain(name.source)} = {plain(name.english)}")
    for sentence in overlay.sentence:
        say(f"sentence {sentence.language}: {plain(sentence.source)} = {plain(sentence.english)}")
    for key, value in edits.model_dump(exclude={"article"}, exclude_defaults=True).items():
        say(f"{key}: {plain(value if isinstance(value, str) else ', '.join(value))}")
    for found in desk.articles.all:
        edit = edits.article.get(found.id)
        if not found.number and edit is None:
            continue
        say(f"{found}{'' if found.told else '  (listed)' if found.number else '  (not in the digest)'}")
        if edit is not None:
            decided = edit.model_dump(exclude={"revision"}, exclude_defaults=True)
            for key, value in decided.items():
                say(f"        {key}{'' if value is True else f': {plain(value)}'}")
