"""OPML: the lists of feeds that feed readers give out (http://opml.org/spec2.opml)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.urls import web_url, without_user

SUFFIX = ".opml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One feed that is followed."""

    url: str
    title: str = ""
    """As the list calls it; the feed's own where it has none."""
    listed: bool = False
    """It stands in a list of feeds, so what is there is to be one."""


def read_opml(path: Path) -> list[Subscription]:
    """The feeds of a list in its order, at whatever depth; one that is named twice once.

    Names and passwords in their addresses are left out: they would stand in reports and pages.

    Raises:
        ConfigError: the file cannot be read, is no OPML or names no feed.
    """
    from lxml import etree

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ConfigError(f"{path}: is not OPML: {error}") from None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise ConfigError(f"{path}: is not OPML: its first element is not <opml>")
    found: dict[str, Subscription] = {}
    for outline in root.iter("{*}outline"):
        said = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        if url := web_url(said.get("xmlurl")):
            # A login stands in `fetch.logins`, and never in reports and databases.
            url = without_user(url).replace("://***@", "://", 1)
            found.setdefault(url, Subscription(url=url, title=said.get("title") or said.get("text") or "", listed=True))
    if not found:
        raise ConfigError(f"{path}: names no feed: no outline has an xmlUrl with an http or https address")
    return list(found.values())
