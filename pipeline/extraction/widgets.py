"""Parts of a page that are called by a name in their class or id: captions, share bars, pitches, consent dialogs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from pipeline.extraction.furniture import ends_article, is_appeal, is_caption, is_furniture, is_notice
from pipeline.text.prose import ends_sentence, is_prose, unpunctuated, weight

INLINE = frozenset((
    "a", "abbr", "b", "bdi", "cite", "em", "font", "i", "mark", "q", "ruby", "s", "small", "span", "strong", "sub",
    "sup", "u",
))  # fmt: skip
_PARTS = ("p", "li", "blockquote", "dd", "td", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "figcaption")
_BLOCK = frozenset((*_PARTS, "ul", "ol", "table", "article", "aside", "dl", "figure", "main", "header", "footer"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
SMALL, SHARE = 1500.0, 0.4
"""What is taken out for its name, its tag or role, or because it is hidden, is shorter than an article: its weight at
most, and its share of the page's."""
# What an id that is made of a heading's words has more of.
_SLUG = 4


def _names(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])")


_PICTURE = _names(
    r"captions?|picinfo|photo-?(?:credit|caption)|wp-caption-text|image-?(?:credit|caption|source)|img-?desc|"
    r"(?:media|video|img)-?(?:info|caption|description|heading)|pie(?:-?(?:de-?)?foto)?|epigrafe|leyenda|legend[ae]?|"
    r"didascalia|bild-?(?:unterschrift|text|info)|(?:foto-?)?bijschrift|foto-?(?:te[kx]st|info|autor|credit)|popisek"
)
_PAID = _names(r"paywall\w*|regwall|metered|premium\w*|subscriber-?(?:only|content)|paid-?content|piano")
_PITCH = _names(
    r"poll|quiz|survey|umfrage|newsletter|subscri\w*|paywall|regwall|metered|sign-?up|share\w*|sharing|social\w*|"
    r"follow-?us|advert\w*|promo\w*|sponsor\w*|outbrain|taboola|print-?only|app-?(?:banner|promo|download)"
)
_LINKS = _names(
    r"related|recommend\w*|more-?(?:articles?|news|stories)|read-?(?:more|also|next)|see-?also|"
    r"most-?(?:read|popular)|trending|teasers?-?list|breadcrumbs?|toolbar|tags?|tag-?list|label-?items"
)
_MAKERS = _names(r"bylines?|author-?(?:bio|info|box|profile)|autor(?:en)?")
_BOX = _names(r"info-?box|fact-?box|fakten-?box|faktaruta")
_RIGHTS = _names(r"copyright|disclaimer")
_COMMENTS = _names(
    r"comments?|disqus|kommentar(?:e|er|en|ar|it)?|comentarios?|commentaires?|commenti|reacties|komentar(?:ze|e|i|ji)|"
    r"yorum(?:lar)?|kommentit|komentare"
)
_CONSENT = _names(r"cookie\w*|consent\w*|gdpr|ccpa|privacy-?(?:modal|banner|dialog|notice|layer|center)")
# Makers of consent dialogs: their names are those of products and stand for nothing else.
_CONSENT_MAKER = _names(
    r"onetrust\w*|ot-sdk\w*|didomi\w*|usercentrics\w*|uc-(?:main|root|banner|center)\w*|sp-message\w*|qc-cmp\w*|"
    r"cybotcookiebot\w*|cybot-?cookiebot\w*|cookiebot\w*|cmp(?:box|wrapper|lz)\w*|iubenda\w*|truste\w*|trustarc\w*|fc-consent\w*|"
    r"borlabs\w*|klaro|cky-\w+|cookieyes\w*|axeptio\w*|tarteaucitron\w*|evidon\w*|osano\w*|termly\w*"
)
_UNSEEN = _names(r"screen-?reader\w*|sr-only|visually-?hidden|offscreen|skip-?link|print-?only")
# No sentence has fewer characters, in any script.
_SHORTEST = 10
# A paragraph of a script that marks no sentence's end.
_UNENDED = 60.0
_CLICKS = ("form", "button", "input", "select", "textarea")


def spaced_text(node: HtmlElement) -> str:
    """The text in an element, spaces made one."""
    return " ".join(str(node.text_content()).split())


def is_hidden(node: HtmlElement) -> bool:
    """The reader does not see it, unless it is what a paying reader sees."""
    hidden = (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(node.get("style") or ""))
    )
    return hidden and not (_PAID.search(_called(node)) and (sentences(node) or is_prose(spaced_text(node))))


def leaves(node: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Elements without another block in them, and their texts, in document order."""
    for part in (node, *node.iter(*_PARTS)):
        if any(isinstance(child.tag, str) and child.tag in _BLOCK for child in part):
            continue
        text = spaced_text(part)
        if len(text) >= _SHORTEST:
            yield part, text


def sentences(node: HtmlElement) -> list[str]:
    """The texts in an element that read as prose, in any script; links to elsewhere are none."""
    found: list[str] = []
    for part, text in leaves(node):
        size = weight(text)
        if is_prose(text) or (size >= 25 and ends_sentence(text)) or (size >= _UNENDED and unpunctuated(text)):
            linked = sum(len(spaced_text(link)) for link in part.iter("a"))
            if linked < 0.8 * len(text) and (not found or found[-1] != text):
                found.append(text)
    return found


def is_widget(node: HtmlElement, total: float, whole: Callable[[], int]) -> bool:
    """An element is a widget by its name and, where it has prose, by its content as well.

    Args:
        total: weight of the page's text.
        whole: how many pieces of prose the page has.
    """
    if not _is_named(f"{node.get('class') or ''} {node.get('id') or ''}"):
        return False
    called = _called(node)
    if _CONSENT_MAKER.search(called):
        return True
    named = [bears_out for pattern, bears_out in _WIDGETS if pattern.search(called)]
    if not named:
        return False
    text = spaced_text(node)
    prose = sentences(node)
    if not prose:
        return weight(text) <= min(SMALL, SHARE * total)
    if weight(text) > SHARE * total and len(prose) >= whole():
        return False
    return any(bears_out(node, text, prose) for bears_out in named)


def disarm(node: HtmlElement) -> None:
    """Take the names of widgets, and what hides it, off an element that was judged to be text: others go by them."""
    if not node.keys():
        return
    for attribute in ("class", "id"):
        names = node.get(attribute) or ""
        if names and _is_named(names):
            # A reference to a control character can be read from an attribute, and not written to one.
            kept = [name for name in names.split() if name.isprintable() and not _is_named(name)]
            node.set(attribute, " ".join(kept))
    for attribute in ("hidden", "aria-hidden"):
        if node.get(attribute) is not None:
            del node.attrib[attribute]
    if _HIDDEN.search(node.get("style") or ""):
        node.attrib.pop("style")


def _called(node: HtmlElement) -> str:
    identity = node.get("id") or ""
    # A heading's words make its id, a story's words that of its element.
    if len(re.split(r"[-_]+", identity)) > _SLUG:
        identity = ""
    return _plain(f"{node.get('class') or ''} {identity}")


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    """The same few names are on most of a page's elements."""
    return _ANY.search(_plain(names)) is not None


def _plain(names: str) -> str:
    return _CAMEL.sub("-", names).lower().replace("_", "-")


def _little(text: str, prose: list[str]) -> bool:
    return weight(text) <= SMALL and len(prose) <= 3


def _at_picture(node: HtmlElement, text: str, prose: list[str]) -> bool:
    if not _little(text, prose):
        return False
    if is_caption(text) or _pictures(node):
        return True
    previous = node.getprevious()
    if (
        previous is not None
        and isinstance(previous.tag, str)
        and (previous.tag in ("img", "picture") or _pictures(previous))
    ):
        return True
    # Element by element outwards, as long as there is no other text.
    for parent in node.iterancestors():
        if weight(spaced_text(parent)) > 1.5 * weight(text):
            return False
        if _pictures(parent):
            return True
    return False


def _pictures(node: HtmlElement) -> bool:
    return any(True for _ in node.iter("img", "picture", "video", "svg", "iframe", "audio"))


def _pitches(node: HtmlElement, text: str, prose: list[str]) -> bool:
    if not _little(text, prose):
        return False
    if any(is_appeal(line) or is_notice(line) for line in (text, *prose)):
        return True
    clicks = any(True for _ in node.iter(*_CLICKS)) or any(
        weight(spaced_text(link)) >= 0.15 * weight(text) for link in node.iter("a")
    )
    return clicks and not _PAID.search(_called(node))


def _leads_away(node: HtmlElement, text: str, prose: list[str]) -> bool:
    links = [spaced_text(link) for link in node.iter("a")]
    if ends_article(text[:200]) or sum(map(len, links)) >= 0.3 * len(text):
        return True
    first = next(
        (spaced_text(part) for part in node.iter("h2", "h3", "h4", "h5", "strong", "span", "p") if spaced_text(part)),
        "",
    )
    return ends_article(first) or len([link for link in links if len(link) > 12]) >= len(prose)


def _names_makers(node: HtmlElement, text: str, prose: list[str]) -> bool:
    return _little(text, prose) and (_pictures(node) or node.find(".//a") is not None)


def _boxed(node: HtmlElement, text: str, prose: list[str]) -> bool:
    headed = any(True for _ in node.iter("h2", "h3", "h4", "h5", "h6", "strong"))
    return weight(text) <= SMALL and headed


def _claims_rights(node: HtmlElement, text: str, prose: list[str]) -> bool:
    return _little(text, prose) and is_furniture(text[:600])


def _comments(node: HtmlElement, text: str, prose: list[str]) -> bool:
    return any(True for _ in node.iter(*_CLICKS)) or any(
        _COMMENTS.search(_called(part)) for part in node.iterdescendants() if isinstance(part.tag, str)
    )


def _asks_consent(node: HtmlElement, text: str, prose: list[str]) -> bool:
    return any(True for _ in node.iter("button", "input")) or is_notice(text[:2000])


def _unseen(node: HtmlElement, text: str, prose: list[str]) -> bool:
    return _little(text, prose)


_WIDGETS: tuple[tuple[re.Pattern[str], Callable[[HtmlElement, str, list[str]], bool]], ...] = (
    (_PICTURE, _at_picture),
    (_PITCH, _pitches),
    (_LINKS, _leads_away),
    (_MAKERS, _names_makers),
    (_BOX, _boxed),
    (_RIGHTS, _claims_rights),
    (_COMMENTS, _comments),
    (_CONSENT, _asks_consent),
    (_UNSEEN, _unseen),
)

_ANY = re.compile("|".join(pattern.pattern for pattern in (_CONSENT_MAKER, *(pattern for pattern, _ in _WIDGETS))))
