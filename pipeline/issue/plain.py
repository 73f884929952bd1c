"""Foreign text made safe to set: one line, no invisible mischief, a bounded length."""

import re

from pipeline.urls import web_url

# Control characters, lone surrogates and non-characters (XML forbids them); bidirectional embeddings, overrides and
# isolates, which would turn the text around them; the byte-order mark and interlinear annotation marks; tags, which
# nobody sees, but for those that tell the flags of England, Scotland and Wales apart; marks heaped on one letter, more
# than any orthography has, which would stand in the lines above and below.
# Joiners and the left-to-right and right-to-left marks stay: Persian, Indic scripts and emoji need them.
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_TAGS = "\U000e0000-\U000e007f"
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
    rf"|(?<!\U0001f3f4)(?<![{_TAGS}])[{_TAGS}]+"
    rf"|(?<=[{_MARKS}]{{4}})[{_MARKS}]+"
)
_NOT_IN_ADDRESS = re.compile(r"[\s\"<>\\^`{|}]")
_MAX_ADDRESS = 2000


def line(text: str, limit: int) -> str:
    """The text on one line of at most `limit` characters, white space collapsed, unsafe characters left out.

    A longer text ends at a space where one is near, with an ellipsis.
    """
    clean = " ".join(_UNSAFE.sub("", text).split())
    if len(clean) <= limit:
        return clean
    head = clean[: limit - 1]
    at_space = head.rfind(" ")
    return (head[:at_space] if at_space > limit * 2 // 3 else head).rstrip() + "…"


def address(url: str | None) -> str:
    """The http(s) address with the characters escaped that end an address in some format; "" where there is none.

    An address of more than 2,000 characters counts as none: browsers and mail programs cut it.
    """
    found = web_url(_UNSAFE.sub("", url)) if url else None
    if found is None:
        return ""
    escaped = _NOT_IN_ADDRESS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), found)
    return escaped if len(escaped) <= _MAX_ADDRESS else ""
