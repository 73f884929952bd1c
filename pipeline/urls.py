"""Web addresses as identities."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# Query parameters that name a campaign or a click, never a page (utm_* by prefix).
_TRACKING = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref", "ref_src", "cmpid", "spm", "_ga"})
# Most are in that spelling already: no query, no fragment, no port, a small host, and nothing that has to be taken out.
_CANONICAL = re.compile(r"https?://[a-z0-9.-]+/[!-\"$->@-~]*")


def canonical_url(url: str) -> str:
    """One spelling for the addresses of one page.

    Lower-case scheme and host, no fragment, no default port, no tracking parameters, other parameters kept in
    their order. A text that is no http(s) address comes back stripped.
    """
    text = url.strip()
    if _CANONICAL.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return text
    host = parts.hostname.lower()
    if port and port not in (80, 443):
        host += f":{port}"
    query = urlencode(
        [
            (key, value)
            for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if key.lower() not in _TRACKING and not key.lower().startswith("utm_")
        ]
    )
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


def web_url(url: str | None) -> str | None:
    """The address if it is one a reader may safely be sent to (http or https with a host), else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def without_user(url: str) -> str:
    """The address with `***` in the place of a user's name and password, which nobody is to see."""
    head, slashes, rest = url.partition("://")
    place = re.split(r"[/?#]", rest, maxsplit=1)[0]
    user, at, _ = place.rpartition("@")
    return f"{head}{slashes}***{rest[len(user) :]}" if slashes and at else url
