"""Paragraphs that are no prose: they are not sent to a model, which would make a sentence of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from pipeline.extraction.furniture import is_appeal, is_caption, is_furniture, is_label
from pipeline.text.prose import ends_sentence, is_prose, unpunctuated, weight
from pipeline.text.protect import protected

# A line is short that has no more words than this, or weighs no more where there are no blanks between words: a name
# or a tag; a sub-headline of four words tells something.
_FEW_WORDS = 3
_LITTLE = 24
_SHOUTED = 40
# What may stand beside the writer's name: "Von", "Berlin", "記者", "기자", an agency.
_WORDS_BESIDE_NAME = 3
_BESIDE_NAME = 20
# A caption is a sentence or two and a credit. What is longer is a paragraph that ends in one.
_CAPTION = 300
_BRACKETS = "[]()（）【】<>＜＞〈〉《》{} "
# $$ARTICLEAD$$, {{ad}}, ##photo##, <!-- -->: left over from the system that made the page.
_PLACEHOLDER = re.compile(r"^(?P<mark>[$%{\[<#|@&]{2,}|<!--).{0,80}?(?:[$%}\]>#|@&]{2,}|-->)$")
_WORD = re.compile(r"\w+(?:[-'’./&]\w+)*")
_HASHTAG = re.compile(r"[@#]\w+")
_LEADS_ON = re.compile("[:：,;，、；][\"'”’»」]*$")


def apart(paragraphs: Sequence[str], authors: Collection[str] = ()) -> frozenset[int]:
    """Indices of the paragraphs that are no prose: bylines, credits, captions, links, tags, calls to subscribe.

    A kind is told from the line itself or, where that does not tell, from the article: a line of a few words without a
    sentence end is none of its sentences if most of its paragraphs end as sentences do. Blank paragraphs are none of
    these. An article that were nothing else is taken for prose.

    Args:
        authors: names of the writers, as the metadata have them.
    """
    lines = {number: paragraph.strip() for number, paragraph in enumerate(paragraphs) if paragraph.strip()}
    found = frozenset(number for number, line in lines.items() if _is_no_prose(line, authors)) | _scraps(lines)
    return found if len(found) < len(lines) else frozenset()


def _scraps(lines: Mapping[int, str]) -> frozenset[int]:
    """Lines of a few words in an article of sentences: all of them, or where it has lists too those above its text."""
    # one short line beside one sentence may be anything
    if sum(map(is_prose, lines.values())) < 2 or unpunctuated(" ".join(lines.values())):
        return frozenset()
    ended = [number for number, line in lines.items() if ends_sentence(line)]
    last = max(lines)
    if 2 * len(ended) <= len(lines):
        last = min(ended, default=-1)
    return frozenset(number for number, line in lines.items() if number <= last and _is_scrap(line))


def _is_no_prose(line: str, authors: Collection[str]) -> bool:
    bare = line.strip(_BRACKETS)
    return (
        not any(character.isalpha() for character in line)
        or _PLACEHOLDER.match(line) is not None
        or is_furniture(line)
        or is_furniture(bare)
        or is_appeal(bare)
        or (is_label(line) and not ends_sentence(line))
        or (len(line) <= _CAPTION and is_caption(line))
        or _is_address(line)
        or _is_name(line, authors)
        or _is_shouted(line)
    )


def _is_address(line: str) -> bool:
    """Nothing but addresses, @names and hashtags, and a word or two that introduces them."""
    spans = [*protected(line), *_HASHTAG.findall(line)]
    rest = line
    for span in sorted(spans, key=len, reverse=True):
        rest = rest.replace(span, " ")
    links = any("://" in span or "@" in span or "#" in span or span.startswith("www.") for span in spans)
    return links and len(_WORD.findall(rest)) < _FEW_WORDS and weight(rest.strip()) <= _LITTLE


def _is_name(line: str, authors: Collection[str]) -> bool:
    """A writer's name, alone or with a word."""
    if ends_sentence(line):
        return False
    rest = line.casefold()
    for author in sorted(authors, key=len, reverse=True):
        name = author.strip().casefold()
        if len(name) > 1:
            rest = rest.replace(name, " ")
    changed = rest != line.casefold()
    return changed and len(_WORD.findall(rest)) <= _WORDS_BESIDE_NAME and weight(" ".join(rest.split())) <= _BESIDE_NAME


def _is_shouted(line: str) -> bool:
    """A few words in capitals: who writes, from where, which section."""
    return line.isupper() and not ends_sentence(line) and _is_short(line, _SHOUTED)


def _is_scrap(line: str) -> bool:
    """A few words that are no sentence and lead to none."""
    if ends_sentence(line) or _LEADS_ON.search(line):
        return False
    return _is_short(line, _LITTLE)


def _is_short(line: str, most: int) -> bool:
    return len(_WORD.findall(line)) <= _FEW_WORDS and weight(line) <= most
