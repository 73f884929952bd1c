"""What a site asks robots not to read (RFC 9309), with Scrapy's parser."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.fetch.addresses import Forbidden
from pipeline.fetch.client import Client, NotFetched

if TYPE_CHECKING:
    from protego import Protego

# RFC 9309, 2.5: a crawler need not read more.
_MAX_BYTES = 512_000


class Robots:
    """The rules of the sites that were asked, each site once; safe for several threads.

    Args:
        agent: the name that rules may call us by.
    """

    def __init__(self, client: Client, agent: str) -> None:
        self._client = client
        self._agent = agent
        self._rules: dict[str, Protego | None] = {}
        self._lock = threading.Lock()

    def allow(self, url: str) -> bool:
        """Whether the site lets us read the page.

        One without rules (4xx) lets everybody; one that cannot be asked (RFC 9309, 2.3.1.4) nobody.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = site in self._rules
        if not known:
            rules = self._ask(f"{site}/robots.txt")
            with self._lock:
                self._rules[site] = rules
        found = self._rules[site]
        return found is not None and bool(found.can_fetch(url, self._agent))

    def _ask(self, url: str) -> Protego | None:
        from protego import Protego

        try:
            text = self._client.get(url, may_lack=True).body[:_MAX_BYTES].decode("utf-8", "replace")
        except Forbidden:
            return None
        except NotFetched as error:
            if error.kind != "fetch-status":
                return None
            text = ""
        return Protego.parse(text)
