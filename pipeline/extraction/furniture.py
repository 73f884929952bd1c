"""Lines that newspapers put around an article: credits, captions, links to other articles, rights, sharing.

The words are those that outlets of many countries share, never the names of outlets. A line is judged alone here;
what its neighbours say of it is `pipeline.extraction.dump`'s concern.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from pipeline.extraction.said import said
from pipeline.language.facts import facts, known

# Where words have spaces between them, a phrase begins where a word does: asked first, it makes the search much faster.
_WORD_BEGINS = "(?<![A-Za-z\u00c0-\u06ff\u0900-\u09ff\u1e00-\u1fff])"
# A notice is no longer, and says what it is in its first words.
_NOTICE, _OPENING = 500, 160
_QUOTED = re.compile('^["“„«»‘’「『]')
_HASHTAGS = re.compile(r"(?:[#＃][\w·・-]+[\s,、]*)+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SERVICE: Final = "facebook|twitter|x|line|whatsapp|telegram|linkedin|pinterest|reddit|e-?mail|instagram"
_NAME: Final = r"(?P<name>[^\W\d_][\w.'’-]+(?:\s+[\w.'’-]+){1,4})"
_HAN_NAME: Final = "(?P<name>[\u4e00-\u9fff·‧]{2,4}?)"


@cache
def _reporter() -> re.Pattern[str]:
    titles, places = said(lambda pages: pages.reporters), said(lambda pages: pages.dateline_places)
    return re.compile(rf"(?:{titles}){_HAN_NAME}(?:[/／]?(?:{places}))?[/／]?(?:\d+日)?(?:{_reports()})$")


@cache
def _reports() -> str:
    return said(lambda pages: pages.reports)


@cache
def _dateline() -> re.Pattern[str]:
    wires = said(lambda pages: pages.wires)
    return re.compile(
        rf"^(?:【[^】]{{2,40}}(?:{wires})】\s*)?(?:[（(](?P<who>[^（）()]{{2,40}}(?:{_reports()}))[）)]\s*)?"
    )


@cache
def _editor() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """At the end of a line, and a line of its own."""
    editors = said(lambda pages: pages.editors)
    return (
        re.compile(rf"\s*[（(](?:{editors})[^（）()]{{0,40}}[）)]\s*(?:\d{{7,8}})?$"),
        re.compile(rf"^[（(【]?(?:{editors})[^：:]{{0,4}}[：:].{{0,40}}$"),
    )


@cache
def _bylines() -> tuple[re.Pattern[str], ...]:
    by = said(lambda pages: pages.by)
    whole = (line for code in known() for line in facts(code).pages.bylines)
    return (
        *(re.compile(f"^{line}$") for line in dict.fromkeys(whole)),
        re.compile(rf"^(?:{by})(?:\s*:\s*|\s+){_NAME}$", re.IGNORECASE),
    )


@cache
def _rights() -> re.Pattern[str]:
    return re.compile(rf"[©Ⓒⓒ]|\(c\)\s*\d{{4}}|{said(lambda pages: pages.rights)}", re.IGNORECASE)


@cache
def _captions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """How a caption ends, how one begins, and who made the picture."""
    credit, ends = said(lambda pages: pages.credits), said(lambda pages: pages.caption_ends)
    return (
        re.compile(
            rf"(?<=[.!?。」”])\s*(?:{credit})\s*[:：]\s*[^.:：]{{1,40}}$"
            rf"|[(（\[【](?:{credit})\s*[:：/／=].{{1,60}}[)）\]】]\.?$",
            re.IGNORECASE,
        ),
        re.compile(rf"^[▲△▼◀▶]|^[(（\[【]?(?:{credit})\s*[:：/／=]|^[(（\[【](?:{credit})[)）\]】]", re.IGNORECASE),
        re.compile(rf"(?:\.|。|\s)(?:{ends})(?:\s+\d{{2,4}}年\d+月\d+日)?$"),
    )


@cache
def _related() -> re.Pattern[str]:
    related = said(lambda pages: pages.related)
    return re.compile(rf"^[-–•►▶>»\s]*(?:{related})(?=\s*(?:[:：.\-–—|>»]|$))", re.IGNORECASE)


@cache
def _sharing() -> re.Pattern[str]:
    services = rf"(?:{_SERVICE}|kakao\w*)(?:[\s,|/・•]+(?:{_SERVICE}|copy link))*"
    return re.compile(rf"^(?:{said(lambda pages: pages.sharing)}|{services})[:.!…]?$", re.IGNORECASE)


@cache
def _appeal() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{said(lambda pages: pages.appeals)})", re.IGNORECASE)


@cache
def _members() -> re.Pattern[str]:
    return re.compile(rf"{_WORD_BEGINS}(?:{said(lambda pages: pages.members_only)})", re.IGNORECASE)


@cache
def _notice() -> re.Pattern[str]:
    notices, members = said(lambda pages: pages.notices), said(lambda pages: pages.members_only)
    return re.compile(rf"{_WORD_BEGINS}(?:{notices}|{members})", re.IGNORECASE)


@cache
def _published_first() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{said(lambda pages: pages.published_first)})$", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    """A line that says what it is: "Quelle: dpa", "Tags: ...", "Newsletter: ..."."""
    labels = f"{said(lambda pages: pages.credits)}|{said(lambda pages: pages.labels)}"
    return re.compile(rf"^\W*(?:{labels})\s*(?:[:：/／|]|$)", re.IGNORECASE)


@cache
def _rights_holder() -> re.Pattern[str]:
    follow = said(lambda pages: pages.rights_follow)
    return re.compile(
        r"(?:©|ⓒ|\(c\)\s|copyrights?\b)[\s:©ⓒ]*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)?[\s,.]*(?:by\s+)?"
        rf"([^\W\d_][^|·•,;.。©ⓒ()]{{1,59}}?)\s*(?:{follow}|[|·•,;.。]|$)",
        re.IGNORECASE,
    )


def strip_dateline(paragraph: str) -> tuple[str, tuple[str, ...]]:
    """A Chinese-language opening without 【...訊】（...報導）, and the reporter if the dateline names one for sure."""
    match = _dateline().match(paragraph)
    if match is None or not match.end() or match.end() == len(paragraph):
        return paragraph, ()
    reporter = _reporter().search(match["who"]) if match["who"] else None
    return paragraph[match.end() :], (reporter["name"],) if reporter else ()


def strip_editor(paragraph: str) -> str:
    """A closing without （編輯：name）and the filing date behind it."""
    return _editor()[0].sub("", paragraph)


def byline(line: str) -> str | None:
    """The writer, if the line is a byline and nothing else."""
    text = line.strip("[]()（）【】〔〕 ")
    match = next(filter(None, (pattern.match(text) for pattern in _bylines())), None)
    if match is None or len(line) > 80:
        return None
    # In Chinese a space parts names.
    name = re.sub("(?<=[\u4e00-\u9fff])\\s+(?=[\u4e00-\u9fff])", "、", match["name"].strip())
    # "By Monday afternoon" opens a sentence: a name has a capital at every word, where its script has capitals.
    words = [word for word in name.split() if len(word) > 3]
    return name if all(word[0].isupper() or not word[0].islower() for word in words) else None


def is_caption(line: str) -> bool:
    """The line ends or begins with a picture credit."""
    ends, starts, maker = _captions()
    return len(line) < 700 and bool(ends.search(line) or starts.match(line) or maker.search(line))


def is_furniture(line: str) -> bool:
    """The line is about the page or its makers, not about the news. Says nothing of menus and other headlines."""
    if len(line) > 600:
        return False
    short = len(line) <= 200
    return bool(
        _editor()[1].match(line)
        or _HASHTAGS.fullmatch(line)
        or (short and (_rights().search(line) or _related().match(line) or _sharing().match(line)))
        or (_MAIL.search(line) and len(_MAIL.sub("", line)) < 60)
        or byline(line)
    )


def is_appeal(line: str) -> bool:
    """The line asks its reader to subscribe, to follow or to click."""
    return len(line) <= 200 and (_appeal().match(line) is not None or is_notice(line))


@lru_cache(maxsize=4096)
def is_notice(line: str) -> bool:
    """The line is about the page's cookies, or what its readers may see for money: a dialog of the outlet's."""
    return _notice().search(line, 0, _OPENING) is not None


def is_for_members(line: str) -> bool:
    """The line says that the article is for those who pay."""
    return _members().search(line) is not None


def is_of_outlet(line: str) -> bool:
    """The line is the outlet's word to its reader: subscribe, get the app, accept cookies.

    A quotation may say the same: it is left alone.
    """
    if _QUOTED.match(line):
        return False
    short = len(line) <= 200 and _appeal().match(line) is not None
    return short or (len(line) <= _NOTICE and is_notice(line))


def says_where_first(line: str) -> bool:
    """The line says where a text was first published: "The post X appeared first on Y", in any language."""
    return len(line) <= 400 and _published_first().match(line) is not None


def is_label(line: str) -> bool:
    """The line is a few words behind the name of what it is: a source, a credit, tags, a newsletter."""
    return len(line) <= 120 and _label().match(line) is not None


def ends_article(line: str) -> bool:
    """The line is a heading over other articles and nothing more."""
    match = _related().match(line)
    return match is not None and not re.search(r"\w", line[match.end() :])


def rights_holder(line: str) -> str | None:
    """Who claims the rights in a footer line such as "© 2025 Example News. All rights reserved"; None where nobody."""
    match = _rights_holder().search(line)
    return match[1].strip() if match and not match[1].casefold().startswith(("all rights", "rights")) else None
