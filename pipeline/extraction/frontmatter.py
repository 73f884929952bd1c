"""Front matter of text and Markdown files, YAML or TOML, as static-site generators and web clippers write it."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import yaml

from pipeline.errors import ArticleError
from pipeline.extraction.dates import parse_date
from pipeline.extraction.parts import Parts
from pipeline.extraction.plain import plain_text
from pipeline.urls import web_url

_BLOCK = re.compile(r"\A\s*---[ ]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\s*\+\+\+[ ]*\n(?P<toml>.*?)\n\+\+\+[ ]*(?:\n|\Z)", re.DOTALL)
WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]+)\]\]")
"""`[[page]]` or `[[page|what is shown]]`, as note-taking programs write links."""
_KEY = re.compile(r"^[\w-]+\s*:", re.MULTILINE)


class _Loader(yaml.SafeLoader):
    """Safe loading in which `no` stays a word: Norwegian is a language, not a refusal."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def split_front_matter(text: str) -> tuple[Parts | None, str]:
    """What the front matter says, and the text behind it; None and the whole text where there is none.

    Two rules of dashes around prose are no front matter. An author that is also a tag or category is the outlet.

    Raises:
        ArticleError: `front-matter`, naming the line, where the block is not YAML or TOML.
    """
    toml = _TOML.match(text)
    if toml is not None and "=" in toml["toml"]:
        return _parts(_toml(toml["toml"])), text[toml.end() :]
    match = _BLOCK.match(text)
    if match is None or not _KEY.search(match["yaml"]):
        return None, text
    try:
        values = yaml.load(match["yaml"], Loader=_Loader)  # a SafeLoader: plain data only
    except yaml.MarkedYAMLError as error:
        before = text[: match.start("yaml")].count("\n") + 1
        line = before + (error.problem_mark.line if error.problem_mark else 0)
        raise ArticleError(
            "front-matter",
            f"line {line} of the front matter is not YAML ({error.problem}); quote the value or remove the line",
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ArticleError("front-matter", "the front matter is not YAML; repair or remove it") from None
    if not isinstance(values, dict):
        raise ArticleError("front-matter", "the front matter is not a list of `key: value` lines; repair or remove it")
    return _parts({str(key).lower(): value for key, value in values.items()}), text[match.end() :]


def _toml(block: str) -> dict[str, object]:
    try:
        values = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ArticleError("front-matter", f"the front matter is not TOML ({error}); repair or remove it") from None
    # Hugo keeps what it does not know itself in a table of its own.
    own = values.get("params")
    return {str(key).lower(): value for key, value in {**(own if isinstance(own, dict) else {}), **values}.items()}


def _parts(values: dict[str, object]) -> Parts:
    def first(*names: str) -> str | None:
        return next((found for name in names for found in strings(values.get(name))), None)

    language = first("language", "lang")
    labels = {label for key in ("tags", "categories", "category") for label in strings(values.get(key))}
    authors = tuple(dict.fromkeys(name for key in ("author", "authors") for name in strings(values.get(key))))
    outlets = tuple(name for name in authors if name in labels)
    published = first(
        "published", "date", "publish_date", "published_at", "datepublished", "date_published", "publishdate",
        "publication_date", "published_time", "pubdate",
    )  # fmt: skip
    return Parts(
        title=first("title", "headline"),
        url=next(
            (
                url
                for key in ("from", "url", "link", "source", "source_url", "canonical_url")
                if (url := web_url(first(key)))
            ),
            None,
        ),
        published=parse_date(published, language=language) if published else None,
        authors=tuple(name for name in authors if name not in labels),
        publisher=next(
            (
                name
                for key in ("publisher", "outlet", "site", "sitename", "source")
                for name in strings(values.get(key))
                if not web_url(name)
            ),
            None,
        )
        or (outlets[0] if outlets else None),
        language=language,
    )


def strings(value: object) -> list[str]:
    """The plain texts in a loosely typed value: a text, a date, a number, an object with a `name`, a list of these.

    Lists in lists are not followed: YAML can make billions of them out of a few lines.
    """
    items = value if isinstance(value, list | tuple) else [value]
    # [[Name]], a note-taking program's link without quotation marks, is a list in a list to YAML.
    items = [item[0] if isinstance(item, list) and len(item) == 1 else item for item in items]
    texts = (_string(item.get("name") if isinstance(item, dict) else item) for item in items)
    return [text for text in texts if text]


def _string(value: object) -> str:
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return WIKI_LINK.sub(r"\1", plain_text(str(value)))
