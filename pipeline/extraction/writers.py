"""Names of writers out of what pages put in their place: bylines, mail addresses, numbers, roles, outlets."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.extraction.credits import is_credit
from pipeline.extraction.plain import plain_text
from pipeline.extraction.said import said
from pipeline.language.facts import known
from pipeline.urls import web_url

_MAIL = re.compile(r"[<(]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)]?")
_WIKI = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]+)\]\]|\[([^\]]+)\]\([^)]*\)")
# Abbreviations, places and functions; a mail address has its name in them: "k.olde@paper.example (Karin Olde)".
_ASIDE = re.compile(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]")
_SPLIT = re.compile(r"\s*[;/|｜／、•·;,，،]\s*|\s+[-–—]\s+|\n")
_OWN_SITE = re.compile(
    r"[(（\[]\s*(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/?\s*[)）\]]\s*$", re.IGNORECASE
)
_DOT_IN_NAME = re.compile(r"(?<=[\u3400-\u9fff\u30a0-\u30ff])[·・](?=[\u3400-\u9fff\u30a0-\u30ff])")
_LOGIN = re.compile(r"[a-z]+(?:[-_.][a-z]+)+")
_HANDLE = re.compile(r"(?:^|\s)@[\w.]+")
_SITE = re.compile(r"\.\w{2,4}$")
# Of a name, what tells it from others: "The" and "van" do not.
_WORD = re.compile(r"[^\W\d_]{4,}")
_LONGEST = 60
_MOST_WORDS = 6
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_PARTICLES = 3  # letters of van, de, bin: small in a name


def writers(texts: Iterable[str], outlets: Iterable[str] = (), people: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in `texts`, once each and in order, without the words around them; () where there is none.

    Args:
        texts: what stands where names should: one name, a list of them in a line, a byline, a login.
        outlets: names that are the outlet's.
        people: full names that the page gives elsewhere, for those of whom it gives a login here.
    """
    own = {letters(outlet) for outlet in outlets}
    full = {letters(name): name for name in people if " " in name.strip()}
    found: dict[str, str] = {}
    for text in texts:
        for name in _names(text):
            key = letters(name)
            name = full.get(key, name)
            if _LOGIN.fullmatch(name):
                name = re.sub(r"[-_.]", " ", name).title()
            if key not in own and key not in found:
                found[key] = name
    return tuple(found.values())


def is_name(text: str) -> bool:
    """Nothing but what looks like the full name of one person: two words or more, each with a capital if it can."""
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > _LONGEST or re.search(r"[\d:!?\"“”„«»()…]|[^\W\d_]{2}\.$", text):
        return False
    long = [word for word in words if len(word) > _PARTICLES]
    return not any(word[0].islower() for word in (words[0], words[-1], *long))


def of_outlet(name: str, outlets: Iterable[str]) -> bool:
    """The name has a word of the outlet's: an account of the newsroom, as a rule."""
    own = {word for outlet in outlets for word in _WORD.findall(outlet.casefold())}
    return not own.isdisjoint(_WORD.findall(name.casefold()))


def is_author_label(text: str) -> bool:
    """Nothing but "author", in one or two forms: "Autorin/Autor"."""
    return _label().fullmatch(text) is not None


def led_names(line: str) -> tuple[str, ...]:
    """The writers of a line that says "by" or "text:" and then names them; () of any other line."""
    found: list[str] = []
    for part in re.split(r"\s*[|｜•]\s*", line):
        lead = _lead().match(part)
        names = writers([part]) if lead else ()
        if all(is_name(name) or _UNSPACED.search(name) for name in names) and len(part) <= 2 * _LONGEST:
            found += names
    return tuple(dict.fromkeys(found)) or _beside_desk(line)


def _beside_desk(line: str) -> tuple[str, ...]:
    """The names of a line that has nothing but them and the newsroom or a function: "Ana Moura - Da redação"."""
    # "Jeanne Roussel (avec AFP)"
    parts = [part.strip() for part in _SPLIT.split(re.sub(r"[()（）]", "|", line)) if part.strip()]
    names = [part for part in parts if is_name(part) and not _role().search(part)]
    rest = [part for part in parts if part not in names]
    if not 2 <= len(parts) <= 4 or not names or not rest or len(line) > _LONGEST:
        return ()
    return tuple(names) if all(_desk().fullmatch(part) or not _role().sub("", part) for part in rest) else ()


def letters(text: str) -> str:
    """What tells two spellings of one name apart."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _names(text: str) -> Iterator[str]:
    text = _before_credit(plain_text(_WIKI.sub(r"\1\2", html.unescape(text))))
    if web_url(text):
        return
    # 本报记者 王小明 李芳: in Chinese a space parts names.
    if (names := _reporters().match(text)) is not None:
        text = re.sub(r"\s+", "、", names["names"])
    mail = _MAIL.search(text)
    text = _MAIL.sub(" ", text)
    if mail and (inside := re.fullmatch(r"\s*[(（]([^()（）]+)[)）]\s*", text)):
        text = inside[1]
    # "Example News (www.example.org)" is an outlet.
    if _OWN_SITE.search(text):
        return
    text = _HANDLE.sub(" ", _ASIDE.sub("", text))
    text = _unled(text.strip())
    parts = [part for part in _SPLIT.split(_DOT_IN_NAME.sub("\0", text)) if part.strip()]
    whole = [part for piece in parts for part in _joined(piece)]
    # "paper.example, Frankfurt, Germany" is where an outlet is.
    several = any(len(part.split()) > 1 or _SITE.search(part) or part.casefold() in _places() for part in whole)
    for part in whole:
        if _credit().match(part):
            continue
        name = _bare(part.replace("\0", "·"))
        # Beside a full name, an address or a country one word is a place or an agency.
        alone = name and len(name.split()) == 1 and not _UNSPACED.search(name)
        # "Ruth Calder, Associated Press"
        alone = alone or (name and is_credit(name) and any(is_name(part) and not is_credit(part) for part in whole))
        if name and not (several and alone) and name.casefold() not in _places():
            yield name


def _joined(text: str) -> list[str]:
    """Parts of "A and B", where both are full names or both are not: José Ortega y Gasset is one."""
    parts = _and().split(text)
    if len({len(part.split()) > 1 for part in parts}) == 1:
        return [part for part in parts if part]
    return [text]


def _bare(text: str) -> str | None:
    text = " ".join(text.split()).strip(" ,.:;*|•-–—\"'“”„«»")
    for _ in range(2):
        bare = _role().sub("", _unled(text)).strip(" ,.:;-–—")
        # Mr Kim, reporter, has no other name in 김기자.
        text = text if len(bare) == 1 else bare
    if not text or re.search(r"\d|https?:|www\.", text) or _SITE.search(text):
        return None
    return text if len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS and not _desk().fullmatch(text) else None


def _unled(text: str) -> str:
    """Without "by" and the like; Di Maria and Von Trapp are names."""
    lead = _lead().match(text)
    if lead is None:
        return text
    rest = text[lead.end() :]
    return (
        rest
        if lead[0].rstrip().endswith((":", "：", "・", "／", "/")) or len(rest.split()) > 1 or rest.isupper()
        else text
    )


@cache
def _lead() -> re.Pattern[str]:
    """What stands before the names: by, text, author."""
    by = said(lambda pages: pages.by)
    labels = said(lambda pages: pages.author_labels)
    return re.compile(rf"^\W*(?:(?:{labels})\s*[:：・／/]\s*|(?:{by})(?:\s*[:：]\s*|\s+))", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    label = rf"(?:{said(lambda pages: pages.author_labels)})"
    return re.compile(rf"{label}(?:\s*[/|]\s*{label})?\s*[:：]?", re.IGNORECASE)


def _before_credit(text: str) -> str:
    """Without who made the picture, behind who wrote the text: 文・佐藤花子 写真・田中一郎."""
    match = _other_credit().search(text)
    return text[: match.start()] if match else text


@cache
def _other_credit() -> re.Pattern[str]:
    return re.compile(rf"(?<=\S)\s+(?:{said(lambda pages: pages.credits)})\s*[:：・／]", re.IGNORECASE)


@cache
def _reporters() -> re.Pattern[str]:
    titles = said(lambda pages: pages.reporters)
    return re.compile(
        rf"^\W*[\u4e00-\u9fff]{{0,2}}(?:{titles})\s+(?P<names>[\u4e00-\u9fff]{{2,3}}(?:\s+[\u4e00-\u9fff]{{2,3}})+)$"
    )


@cache
def _credit() -> re.Pattern[str]:
    """Before the name of who made the picture."""
    return re.compile(rf"^\W*(?:{said(lambda pages: pages.credits)})\s*[:：]", re.IGNORECASE)


@cache
def _role() -> re.Pattern[str]:
    """A function before a name or behind it."""
    roles = said(lambda pages: pages.roles)
    # Beside Han characters and Hangul without a space.
    return re.compile(
        rf"^(?:{roles})(?:\s*[:：]\s*|\s+|$|(?=[\u3400-\u9fff\uac00-\ud7a3]))"
        rf"|(?:^|\s+|(?<=[\u3400-\u9fff\uac00-\ud7a3]))(?:{roles})$",
        re.IGNORECASE,
    )


@cache
def _desk() -> re.Pattern[str]:
    """Who is nobody: the newsroom, the administrator of the site."""
    return re.compile(said(lambda pages: pages.desks), re.IGNORECASE)


@cache
def _and() -> re.Pattern[str]:
    """Between two names, in all languages: of the Unicode locale data."""
    from babel import Locale
    from babel.localedata import exists

    words = {"&"}
    for code in known():
        if exists(code):
            pattern = Locale.parse(code).list_patterns.get("standard", {}).get("2", "")
            words.add(pattern.replace("{0}", "").replace("{1}", "").strip())
    spaced = "|".join(sorted((re.escape(word) for word in words if word and not word.startswith(",")), reverse=True))
    return re.compile(rf"\s+(?:{spaced})\s+")


@cache
def _places() -> frozenset[str]:
    """Countries, and the cities that time zones are named for, in English: places of two words look like names."""
    from babel import Locale
    from babel.core import get_global

    cities = (zone.rsplit("/", 1)[-1].replace("_", " ") for zone in get_global("zone_territories"))
    return frozenset(name.casefold() for name in (*Locale("en").territories.values(), *cities))
