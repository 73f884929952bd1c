"""The formats of the digest. A renderer is a pure function of an issue and its channels, without clock or network."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from pipeline.errors import WorldbriefError
from pipeline.files import write_atomically
from pipeline.issue.channels import Channels
from pipeline.issue.folder import remove
from pipeline.issue.issue import Issue

# Format: file name, and the function that renders it. The modules are loaded when used: Jinja2 and the CSS inliner
# cost a tenth of a second that a run without a digest should not pay.
FORMATS: dict[str, tuple[str, str]] = {
    "markdown": ("digest.md", "pipeline.issue.render.markdown:render"),
    "html": ("digest.html", "pipeline.issue.render.html:render"),
    "text": ("digest.txt", "pipeline.issue.render.text:render"),
    "email": ("digest.eml", "pipeline.issue.render.email:render"),
    "json": ("issue.json", "pipeline.issue.render.json:render"),
    "atom": ("feed.xml", "pipeline.issue.render.feeds:atom"),
    "jsonfeed": ("feed.json", "pipeline.issue.render.feeds:json_feed"),
    "rss": ("rss.xml", "pipeline.issue.render.rss:render"),
    "csv": ("digest.csv", "pipeline.issue.render.csv:render"),
    "parquet": ("digest.parquet", "pipeline.issue.render.parquet:render"),
    "post": ("post.md", "pipeline.issue.render.post:render"),
}
FEEDS = ("atom", "jsonfeed", "rss")


def check(channels: Channels) -> None:
    """Find what would stop a renderer, before the work of hours that a run can be.

    Raises:
        ConfigError: a template of the user's is broken; with file and line.
    """
    if channels.templates is not None:
        from pipeline.issue.render.templating import check as check_templates

        check_templates(channels.templates)


def render(issue: Issue, name: str, channels: Channels) -> bytes:
    """One format of the issue, as the bytes of its file: UTF-8, the e-mail as RFC 5322 with CRLF.

    Raises:
        ValueError: the issue is empty and the format a feed; that nothing came is no news for feed readers.
        KeyError: no such format.
        ConfigError: a template of the user's asks for something that is not there; with file and line.
    """
    if name in FEEDS and not issue.items:
        raise ValueError(f"issue {issue.id} has no items: that is no entry of a feed")
    module, _, function = FORMATS[name][1].partition(":")
    renderer: Callable[[Issue, Channels], str | bytes] = getattr(import_module(module), function)
    output = renderer(issue, channels)
    return output.encode() if isinstance(output, str) else output


def write(issue: Issue, out: Path, channels: Channels) -> list[Path]:
    """Write the formats of the channels into the folder `out`, made if need be, and return the paths.

    All of them are rendered before the first is written, and each file replaces its predecessor in one step: a
    reader never sees half a file, and an error in one renderer leaves the previous issue whole. What another issue left
    in a format that this one does not have goes: it would be sent with this one. An issue in which nothing is new
    leaves the feeds as they are.

    Raises:
        WorldbriefError: a file cannot be written.
    """
    kept = () if issue.items else FEEDS
    rendered = {out / FORMATS[name][0]: render(issue, name, channels) for name in channels.formats if name not in kept}
    for path, data in rendered.items():
        try:
            write_atomically(path, [data])
        except OSError as error:
            raise WorldbriefError(f"{path}: cannot be written: {error.strerror}") from error
    for stale in {out / file for name, (file, _) in FORMATS.items() if name not in kept} - rendered.keys():
        try:
            remove(stale)
        except OSError as error:
            raise WorldbriefError(f"{stale}: is of an earlier issue and cannot be removed: {error.strerror}") from error
    return list(rendered)
