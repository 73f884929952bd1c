"""The issues that lie in an archive, and the pages made of them: index, feed, search.

They are read from the issue.json of each, whichever version of worldbrief wrote it: what lies there is the archive, and
no list beside it can disagree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.errors import ConfigError
from pipeline.issue.identity import check_issue_id
from pipeline.issue.plain import line
from pipeline.issue.render.entries import add, document, stamp
from pipeline.issue.render.foreign import foreign
from pipeline.issue.wording import long_date
from pipeline.publish.edition import DATA

_TEMPLATES = Path(__file__).with_name("templates")
STATIC = ("archive.css", "archive.js")
INDEX = "index.html"
FEED = "issues.xml"
SEARCH = "search-{}.js"
"""Of a year."""
MARK = '<meta name="generator" content="worldbrief archive">'
"""By this the index is known as one of ours."""
_ITEM_ID = re.compile(r"[0-9a-f]{16}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# Headlines under an issue in the list of all.
_SHOWN = 3
# Of older issues, readers of feeds know already.
_MAX_ENTRIES = 50
_MAX_WORDS = 600
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedItem:
    """An article as the search finds it."""

    id: str
    headline: str
    language: str
    """Of the headline: BCP 47 code."""
    direction: str
    """`ltr` or `rtl`."""
    outlet: str
    written_in: str
    """The language of the article, in which the outlet writes its name."""
    text: str
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """An issue in the archive."""

    id: str
    title: str
    date: str
    """ISO 8601."""
    items: tuple[ShelvedItem, ...]

    @property
    def shown(self) -> tuple[ShelvedItem, ...]:
        """The first articles, those that are told before those that are listed."""
        return self.items[:_SHOWN]

    @property
    def extent(self) -> str:
        """How many articles, in words."""
        told = sum(item.told for item in self.items)
        listed = len(self.items) - told
        count = f"{told or listed} {'article' if (told or listed) == 1 else 'articles'}"
        return f"{count} told, {listed} listed" if told and listed else count if told else f"{count} listed"


def shelved(folder: Path) -> list[Shelved]:
    """The issues in the folder of an archive, the newest first; other folders are left alone.

    Raises:
        ConfigError: the issue.json of one cannot be read.
    """
    found = []
    for path in sorted(folder.glob(f"*/{DATA}")):
        try:
            check_issue_id(path.parent.name)
        except ConfigError:
            continue
        found.append(_shelved(path))
    return sorted(found, key=lambda issue: (issue.date, issue.id), reverse=True)


def _shelved(path: Path) -> Shelved:
    try:
        return read_shelved(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ConfigError(f"{path}: is damaged; publish that issue again, or remove its folder") from None


def read_shelved(data: bytes) -> Shelved:
    """What an issue.json tells of an issue.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is none.
    """
    values: Any = json.loads(data)
    items = tuple(_item(item) for section in values["sections"] for item in section["items"])
    return Shelved(
        id=check_issue_id(values["id"]),
        title=line(values["title"], 120),
        date=date.fromisoformat(values["date"]).isoformat(),
        items=tuple(sorted(items, key=lambda item: not item.told)),
    )


def _item(item: dict[str, Any]) -> ShelvedItem:
    told = item["told"] is True
    written_in = str(item.get("language", "und"))
    written_in = written_in if _LANGUAGE.fullmatch(written_in) else "und"
    known = (item.get("summary", ""), item.get("one_line", ""), item.get("original_headline", ""))
    topics = (topic["label"] for topic in item.get("topics", ()))
    names = (entity["text"] for entity in item.get("entities", ()))
    return ShelvedItem(
        id=item["id"] if _ITEM_ID.fullmatch(item["id"]) else "",
        headline=line(item["headline"], 300),
        language="en" if told else written_in,
        direction="rtl" if not told and item.get("direction") == "rtl" else "ltr",
        outlet=line(item.get("outlet", ""), 100),
        written_in=written_in,
        text=line(" ".join(map(str, (*known, *topics, *names))), _MAX_WORDS),
        told=told,
    )


def pages(issues: list[Shelved], base_url: str) -> dict[str, bytes]:
    """Path in the archive -> content, in the order in which they are to be written: the index last.

    Args:
        issues: the newest first.
        base_url: address of the archive without a slash at the end; without one there is no feed.
    """
    made = {name: (_TEMPLATES / name).read_bytes() for name in STATIC}
    years = [(year, list(group)) for year, group in groupby(issues, key=lambda issue: issue.date[:4])]
    for year, group in years:
        made[SEARCH.format(year)] = _search(group)
    if base_url and issues:
        made[FEED] = _feed(issues, base_url).encode()
    index = _environment().get_template("archive.html")
    latest = issues[0] if issues else None
    made[INDEX] = index.render(
        title=latest.title if latest else "World Brief", latest=latest, years=years, feed=FEED in made
    ).encode()
    return made


def _search(issues: Iterable[Shelved]) -> bytes:
    """A script: pages that lie on a disk may load one, and nothing else. ASCII, so that no text can end it."""
    data = [[issue.id, issue.date, list(_found(issue.items))] for issue in issues]
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    return f"worldbriefIssues({text});\n".encode("ascii")


def _found(items: Iterable[ShelvedItem]) -> Iterator[list[str]]:
    for item in items:
        yield [item.id, item.headline, item.language, item.direction, item.outlet, item.written_in, item.text]


def _feed(issues: list[Shelved], base_url: str) -> str:
    """Atom (RFC 4287), an entry an issue; ids are addresses, so they stay while the archive stays where it is."""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    add(feed, "id", f"{base_url}/")
    add(feed, "title", f"{issues[0].title}: all issues")
    add(feed, "updated", _midnight(issues[0].date))
    add(add(feed, "author"), "name", issues[0].title)
    add(feed, "generator", "worldbrief")
    add(feed, "link", rel="self", type="application/atom+xml", href=f"{base_url}/{FEED}")
    add(feed, "link", rel="alternate", type="text/html", href=f"{base_url}/{INDEX}")
    for issue in issues[:_MAX_ENTRIES]:
        entry = add(feed, "entry")
        add(entry, "id", f"{base_url}/{issue.id}/")
        add(entry, "title", f"{issue.title}, {long_date(issue.date)}")
        add(entry, "updated", _midnight(issue.date))
        add(entry, "link", rel="alternate", type="text/html", href=f"{base_url}/{issue.id}/{INDEX}")
        headlines = [item.headline for item in issue.items if item.told]
        add(entry, "summary", f"{issue.extent}. {' · '.join(headlines)}".strip())
    return document(feed)


def _midnight(day: str) -> str:
    return stamp(datetime.combine(date.fromisoformat(day), time(tzinfo=UTC)))


def checked_base(setting: str, url: str) -> str:
    """The address of the archive, without a slash at the end; "" for none.

    Raises:
        ConfigError: it is no http(s) address.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    clean = url.isascii() and url.isprintable() and not set(url) & set(' <>"?#')
    if parts.scheme not in ("http", "https") or not parts.hostname or not clean:
        raise ConfigError(f"{setting}: {url!r:.80} is no address of a folder such as https://example.org/brief")
    return url.rstrip("/")


@cache
def _environment() -> Environment:
    result = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    result.filters["long_date"] = long_date
    result.filters["foreign"] = foreign
    return result
