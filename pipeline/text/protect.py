"""Strings that a translation must repeat as they are: links, addresses, @names, hashtags, tickers, codes, numbers to
call."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged
from pipeline.text.numbers.digits import LINK, SIDES, fold, may_have_links

_TRAILING = ".,;:!?)]}>'\"”’"
_EXCHANGES = (
    "NASDAQ|NYSE|AMEX|TSE|TYO|TWSE|TPEX|HKEX|HKG|SEHK|SSE|SZSE|SHA|KRX|KOSPI|KOSDAQ|LSE|ASX|BSE|NSE|HOSE|HNX|SGX|IDX|SET"
    "|ETR|FRA|XETRA|AMS|EPA|BIT|BME|MOEX|TSX"
)
# Most telling first; a span belongs to the first that matches it.
_PATTERNS = (
    LINK,
    # @names and hashtags in Latin script; others are words to translate
    re.compile(r"(?<![A-Za-z0-9_.@/-])[@#](?=[A-Za-z0-9_]*[A-Za-z])[A-Za-z0-9_]{2,40}(?![\w@]*[^\x00-\x7f\W])"),
    re.compile(rf"\b(?:{_EXCHANGES})\s?[:：]\s?[A-Z0-9][A-Z0-9.]{{0,6}}\b"),  # NASDAQ: AAPL
    re.compile(r"(?<![A-Za-z0-9])[A-Z0-9]{1,6}[.-](?:TW|TWO|HK|KS|KQ|SS|SZ|SH|JP|VN|NS|BO|DE|PA|L)(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9$])\$[A-Z]{2,5}(?![A-Za-z0-9])"),
    re.compile(r"(?<![0-9A-Za-z])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,64}(?![0-9A-Za-z])"),  # hashes
    re.compile(
        r"(?<![\d+])\+\d{1,3}(?:[ -]\(?\d{1,4}\)?){2,5}(?!\d)"
        r"|(?<![\d(])\(0\d{1,3}\)\s?\d{3,4}[ -]\d{3,4}(?!\d)"
        r"|(?<![\d-])0\d{1,3}-\d{3,4}-\d{3,4}(?![\d-])"
    ),
    # vehicles, flights, viruses: letters and at least two digits, or a hyphen between them
    re.compile(
        r"(?<![A-Za-z0-9$#@./-])(?!(?:USD?|NTD?|HKD?|EUR|GBP|RMB|CNY|JPY|KRW|VND|THB|INR|IDR|RM|CHF|AUD|CAD|SGD|PHP|UTC|GMT)\d)"
        r"(?:[A-Z]{1,4}-\d{1,4}[A-Z]{0,3}|[A-Z]{1,4}\d{2,4}[A-Z]{0,3}|[A-Z]{2,5}-[A-Z]{1,3}-\d{1,2})(?:-\d{1,4})?"
        r"(?![A-Za-z0-9_/.-]\w|[A-Za-z0-9])"
    ),
)
# Every one of them has one of these, and few sentences have.
_TELLING = re.compile(r"[\d@#$:：/]|www\.|[A-Z][.-][A-Z]|[\w-]\.[a-z]")
_PHONE = re.compile(r"[+(]?\d[\d ()+-]{6,}")


def protected(text: str) -> tuple[str, ...]:
    """Spans of `text` that must come out unchanged, in order, each once: hand them over as terms not to translate.

    URLs and e-mail addresses, @names and hashtags in Latin script, tickers (2330-TW, NASDAQ: AAPL), telephone numbers,
    hashes, and codes such as F-16 or MH370. Never raises.
    """
    return tuple(dict.fromkeys(span for _, span, _ in _spans(text)))


@lru_cache(SIDES)
def _spans(text: str) -> tuple[tuple[int, str, bool], ...]:
    """Start, text, and whether it is a link, of each protected span."""
    if not _TELLING.search(text):
        return ()
    taken: list[tuple[int, int]] = []
    found = []
    for index, pattern in enumerate(_PATTERNS):
        if index == 0 and not may_have_links(text):
            continue
        for match in pattern.finditer(text):
            span = match[0].rstrip(_TRAILING) if index == 0 else match[0]
            start, end = match.start(), match.start() + len(span)
            if span and not any(start < stop and end > begin for begin, stop in taken):
                taken.append((start, end))
                found.append((start, span, index == 0))
    return tuple(sorted(found))


def _links(text: str) -> dict[str, str]:
    return {re.sub(r"^https?://(?:www\.)?|/$", "", span.lower()): span for _, span, is_link in _spans(text) if is_link}


def _key(span: str) -> str:
    """What must stand in the English: letters and digits, for 2330-TW may be written 2330.TW and F-16 F16."""
    if _PHONE.fullmatch(span):
        return re.sub(r"\D", "", span)
    return re.sub(r"[^@#$_a-z0-9]", "", span.lower())


def check_protected(judged: Judged) -> list[Doubt]:
    """Doubts "link-changed" for URLs and addresses, "code-changed" for the other protected strings.

    A link must stand in both texts or in none. Of the others, one of the source must stand in the English (case,
    hyphens and spaces are free), and an @name or hashtag of the English in the source. A code whose digits changed is
    a number and left to `check_numbers`. Never raises.
    """
    source, english = judged.source, judged.english
    if not _spans(source) and not _spans(english):
        return []
    before, after = _links(source), _links(english)
    doubts = [
        Doubt("link-changed", f"{link} is missing from the English") for key, link in before.items() if key not in after
    ]
    doubts += [
        Doubt("link-changed", f"{link} is not in the source") for key, link in after.items() if key not in before
    ]
    flat_source, flat = _key(fold(source)), _key(fold(english))
    digits = re.sub(r"\D", "", flat)
    for _, span, is_link in _spans(source):
        if is_link or _key(span) in flat:
            continue
        number = re.sub(r"\D", "", span)
        if _PHONE.fullmatch(span):
            if number not in digits:
                doubts.append(Doubt("code-changed", f"{span} is missing from the English"))
        elif not number or span[0] in "@#$" or number in digits:
            doubts.append(Doubt("code-changed", f"{span} is missing from the English"))
    for _, span, _ in _spans(english):
        if span[0] in "@#" and _key(span) not in flat_source:
            doubts.append(Doubt("code-changed", f"{span} is not in the source"))
    return doubts
