"""review.html: one file that works from the file system.

All that comes from outside reaches the script as JSON, in an element that browsers do not run, and the script puts it
on the page as text. The policy of the page lets nothing run and nothing load but the two parts that are in it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from pipeline.errors import WorldbriefError
from pipeline.files import write_atomically
from pipeline.issue import wording
from pipeline.issue.plain import line
from pipeline.issue.render.foreign import foreign
from pipeline.review.results import Results

FILE = "review.html"
MOST_BYTES = 40_000_000
"""From this size on, further articles are there with their first sentences only: such a page opens in seconds."""
MOST_OUTSIDE = 500
"""Articles that are not in the issue and about which nothing is decided."""
_MOST_REFUSED = 500
_PARTS = Path(__file__).with_name("page")
_SCRIPTS = ("dom.js", "data.js", "commands.js", "decide.js", "rows.js", "article.js", "list.js", "keys.js", "main.js")
# An element of script ends at `</script`, whatever its type, and `<!--` changes how its end is found.
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write(results: Results) -> Path:
    """Write the page beside the digest.

    Raises:
        ConfigError: the results are damaged.
        WorldbriefError: the page cannot be written.
    """
    path = results.folder / FILE
    try:
        write_atomically(path, [render(results)])
    except OSError as error:
        raise WorldbriefError(f"{path}: cannot be written: {error.strerror}") from error
    return path


def render(results: Results, *, served: bool = False, can: tuple[str, ...] = ()) -> bytes:
    """The page, UTF-8.

    Args:
        served: `pipeline.review.server` hands it out and saves what it sends.
        can: what that server does besides: "build", "approve".

    Raises:
        ConfigError: the results are damaged.
    """
    style, script = _part("review.css"), _script()
    # Where nothing is served, the page has nobody to talk to.
    own = "'self'" if served else "'none'"
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        f"connect-src {own}; base-uri 'none'; form-action 'none'"
    )
    title = line(str(results.issue["title"]), 120)
    text = Template(_part("review.html")).substitute(
        policy=escape(policy),
        title=escape(f"Review: {title}, {wording.long_date(results.issue['date'])}"),
        heading=foreign(title),
        style=style,
        script=script,
        data=_data(results, served=served, can=can),
    )
    return text.encode("utf-8", "replace")


def _data(results: Results, *, served: bool, can: tuple[str, ...]) -> str:
    """All that the script is given, as JSON."""
    issue, edits = results.issue, results.overlay.of(results.id)
    found = _entries(results)
    about = {
        "issue": {"id": results.id, "digest": results.digest, "date": wording.long_date(issue["date"])},
        "sections": [part["title"] for part in issue["sections"] if part["title"] and part["items"][0]["told"]],
        "cut": found.cut,
        "beyond": found.beyond,
        "refused": found.refused,
        "refusedCount": found.refused_count,
        "edits": {key: edit.model_dump(exclude_defaults=True) for key, edit in edits.article.items()},
        "issueEdits": {"note": edits.note, "order": list(edits.order), "sections": list(edits.sections)},
        "names": [name.model_dump() for name in results.overlay.name],
        "alarms": [line(alarm, 1000) for alarm in results.alarms],
        "misfits": [line(misfit, 1000) for misfit in results.misfits],
        "overlay": results.overlay_path.name,
        "served": served,
        "can": list(can),
    }
    # Each article is written out as soon as it is there: what it is made of takes several times as much memory.
    return f'{_json(about)[:-1]},"articles":[{",".join(found.articles)}]}}'


@dataclass(slots=True)
class _Found:
    """Articles as JSON, in the order of the issue, those that are not in it last; and what is not on the page."""

    articles: list[str] = field(default_factory=list)
    cut: int = 0
    """Articles with their first sentences only."""
    beyond: int = 0
    """Articles that are not in the issue and not on the page."""
    refused: list[list[str]] = field(default_factory=list)
    refused_count: int = 0


def _entries(results: Results) -> _Found:
    # It knows numbers and names of all languages, which a day without an issue has no use for.
    from pipeline.review.entries import entry_of, shortened

    places = {item["id"]: (place, section, item) for place, (section, item) in enumerate(results.items())}
    decided = results.overlay.of(results.id).article
    inside: dict[int, str] = {}
    outside: list[str] = []
    found = _Found()
    size = 0
    for article in results.articles():
        if article["error"] or not article["paragraphs"]:
            found.refused_count += 1
            if len(found.refused) < _MOST_REFUSED:
                error = article["error"] or {"message": ""}
                message = error["message"].removeprefix(f"{article['source']}: ")
                found.refused.append([line(article["source"], 200), line(message, 500)])
            continue
        place, section, item = places.get(article["id"], (-1, "", None))
        if item is None and len(outside) >= MOST_OUTSIDE and article["id"] not in decided:
            found.beyond += 1
            continue
        entry = entry_of(article, section, item, results.overlay)
        if size > MOST_BYTES:
            entry = shortened(entry)
            found.cut += len(entry["rows"]) < entry["count"]
        text = _json(entry)
        size += len(text.encode("utf-8", "replace"))
        if item is None:
            outside.append(text)
        else:
            inside[place] = text
    found.articles = [*(inside[place] for place in sorted(inside)), *outside]
    return found


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return "".join(_scripts())


def _scripts() -> Iterator[str]:
    yield '"use strict";\n(() => {\n'
    for name in _SCRIPTS:
        yield _part(name)
    yield "})();\n"
