"""Shortening a sentence by leaving out, never by rewording; an ellipsis marks each cut."""

from __future__ import annotations

import re
from collections.abc import Sequence

ONE_LINE = 140
"""Characters in the one-line summary at most."""
LEAD = 5
"""The first sentences of a translation, which may be quoted: what comes later is seldom the news, and with nine of them
lines beside the point stood for it. It holds where a probability is known of each."""

_SHORTEST_CUT = 45
_BOUNDARY = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)")
_ASIDE = re.compile(r"\s*\([^()]*\)")
# Cutting before these would turn the meaning round.
_TURNS = re.compile(
    r"\s*(?:but|unless|if|except|only|not|no|without|until|though|although|while|despite|yet|nor)\b", re.I
)
# A cut after these leaves an adjective without its noun: "shift from reactive, enforcement-driven approaches".
_HANGS = re.compile(r"\b(?i:an?|from|of|with|to|in|by|for|as|more|most|very|and|or)\s[a-z-]+$")
# What somebody says must not become what is so.
_SPEAKER = re.compile(
    r"\b(?:said|says|according to|claim(?:s|ed)?|alleged(?:ly)?|report(?:s|ed|edly)|told|announced"
    r"|believe[sd]?|warned)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:who|whom|whose|which|that|where|when|while|because|as|if|after|before|although|since)\b", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|said|says|took|made|won|lost"
    r"|left|rose|fell|met|led|held|began|became|went|came|gave|got|saw|told|found|put|set|cut|hit|kept|sent|paid|\w{2,}ed"
    r")\b",
    re.IGNORECASE,
)


def one_line(sentences: Sequence[str], title: str) -> str:
    """At most 140 characters of sentences that can stand alone, the best first (there is at least one).

    The first sentence; without its asides; cut at a clause; the title, which at least is the point; another sentence;
    the first cut at a word.
    """
    first = _ASIDE.sub("", sentences[0]) if len(sentences[0]) > ONE_LINE else sentences[0]
    if len(first) <= ONE_LINE:
        return first
    clause = _clause(first, ONE_LINE)
    if clause:
        return clause
    short = [text for text in (title, *sentences[1:]) if text and len(text) <= ONE_LINE]
    return short[0] if short else cut(first, ONE_LINE)


def cut(text: str, characters: int) -> str:
    """`text` in at most so many characters, cut at a clause or else a word, with an ellipsis where it was cut."""
    text = " ".join(text.split())
    if len(text) <= characters:
        return text
    clause = _clause(text, characters)
    if clause:
        return clause
    head = text[: characters - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:–—-") + "…"


def cut_words(text: str, words: int) -> str:
    """The first words of a longer `text`, with an ellipsis: where there is no clause to cut at."""
    return " ".join(text.split()[:words]).rstrip(" ,;:–—-") + "…"


def cut_at_clause(text: str, words: int) -> str:
    """`text` up to its last clause boundary within so many words, with an ellipsis; "" where there is none."""
    whole = " ".join(text.split())
    return _clause(whole, len(" ".join(whole.split()[:words])) + 1)


def _clause(text: str, characters: int) -> str:
    """`text` up to its last clause boundary within the limit, with an ellipsis; "" where there is none to cut at."""
    for boundary in sorted((match.start() for match in _BOUNDARY.finditer(text)), reverse=True):
        head = text[:boundary].rstrip()
        if not _SHORTEST_CUT <= len(head) < characters or _HANGS.search(head):
            continue
        whole = head.count("“") == head.count("”") and head.count('"') % 2 == 0 and head.count("(") == head.count(")")
        rest = text[boundary + 1 :].lstrip(" –—-")
        unattributed = _SPEAKER.search(rest) and not _SPEAKER.search(head)
        if whole and _says_something(head) and not _TURNS.match(rest) and not unattributed:
            return head + "…"
    return ""


def _says_something(head: str) -> bool:
    """Whether the beginning of a sentence has a main clause, as far as words without grammar tell."""
    return any(_VERB.search(_SUBORDINATE.split(part, maxsplit=1)[0]) for part in _BOUNDARY.split(head))
