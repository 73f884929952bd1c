"""What a later text of an article says that its earlier ones did not, told from traces of their sentences.

The earlier texts are not kept. Of each sentence there is a trace of eight bytes: one number for its words in their
order and one for its words in any. By the first a sentence is known again whatever its marks and its case; by the
second, and the letters of the later sentence, a slip of the pen that was mended is told from a word that was changed.

Not news: what stood there before, in whatever order; a comma, a quotation mark, a capital; a line that is no more than
a time, a count or a label; one letter mended in a word that is no name; another headline over the same text. News: any
other sentence, and so a number, a name or a word that was corrected.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.text.prose import weight

# Sentences of one text; what is behind them is not looked at.
_MOST = 1000
_TRACE = struct.Struct("<II")
_ALL = 0xFFFF_FFFF
# Where sentences end, whatever the language, and phrases of those that have no mark for it (Thai, Lao, Khmer).
_ENDS = re.compile(
    r"(?<=[.!?…])[\"'”’»)\]]*(?=\s)|(?<=[。！？；।॥։۔؟።])[\"'”’»）」』)\]]*|\n"
    r"|(?<=[\u0e00-\u0eff\u1780-\u17ff])\s+(?=[\u0e00-\u0eff\u1780-\u17ff])"
)
_CLOSED = re.compile(r"[.!?…。！？।॥։۔؟።][\"'”’»）」』)\]\s]*$")
_MARKS = (
    r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a51"
    r"\u0abc-\u0acd\u0b3c-\u0b57\u0bbe-\u0bcd\u0c3e-\u0c56\u0cbc-\u0cd6\u0d3e-\u0d57\u0dca-\u0ddf\u0e31\u0e34-\u0e3a"
    r"\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3"
)
# A number is one word with the marks inside it, and a currency or a sign before it is said with it.
_WORD = re.compile(
    rf"\d+(?:[.,:/٫٬’-]\d+)*|(?:[^\W\d_][{_MARKS}]*)+(?:['’](?:[^\W\d_][{_MARKS}]*)+)?|[%‰$€£¥₩₹₽₪₺₫฿]|(?<!\w)[-−](?=\d)"
)
_TIME = re.compile(r"(?<!\d)\d{1,2}\s?[:.h時시点點]\s?\d{2}(?!\d)|(?<!\d)\d{4}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
# Letters that a line has beside a time, at most; words of one that is a label and no sentence, and how long it is.
_STAMP, _LABEL, _SHORT = 40, 3, 30.0
# Where more sentences are others, more than slips was mended.
_MENDED = 40
# A sentence that is long comes to translators in parts; shorter ones may be a part of any.
_PART = 15
# In a shorter word one letter makes another word: now, not.
_WHOLE_WORD = 6


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: tuple[str, ...]
    """As they are written."""
    is_headline: bool = False

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(word.casefold() for word in self.words)

    @property
    def trace(self) -> tuple[int, int]:
        plain = self.plain
        # A comma stands between two words also where a script has no blanks; two numbers stay two.
        ordered = "".join(f"\0{word}" if word[0].isdigit() else word for word in plain)
        return _number(ordered), sum(map(_number, plain)) & _ALL


def traces(title: str, paragraphs: Sequence[str]) -> bytes:
    """What is kept of a text: eight bytes a sentence, at most a thousand sentences."""
    return b"".join(_TRACE.pack(*sentence.trace) for sentence in _read(title, paragraphs))


def what_is_new(title: str, paragraphs: Sequence[str], before: Iterable[bytes]) -> frozenset[str]:
    """What is new in a text; empty where nothing is.

    Args:
        before: the traces of its earlier texts.

    Returns:
        The words of each new sentence, as `is_new` asks for them.
    """
    texts = [list(_TRACE.iter_unpack(kept[: len(kept) - len(kept) % _TRACE.size])) for kept in before]
    exact = {ordered for text in texts for ordered, _ in text}
    loose = {words for text in texts for _, words in text}
    two = {(first + second) & _ALL for text in texts for (_, first), (_, second) in pairwise(text)}
    read = _read(title, paragraphs)
    old = {index for index, sentence in enumerate(read) if sentence.trace[0] in exact or sentence.trace[1] in two}
    # A full stop that became a comma makes one sentence of two, and the other way round.
    for index, (first, second) in enumerate(pairwise(read)):
        if not old & {index, index + 1} and (first.trace[1] + second.trace[1]) & _ALL in loose:
            old |= {index, index + 1}
    fresh = [sentence for index, sentence in enumerate(read) if index not in old]
    letters = sorted({letter for sentence in fresh for word in sentence.plain for letter in word if letter.isalpha()})
    if len(fresh) <= _MENDED:
        fresh = [sentence for sentence in fresh if not _is_mended(sentence, loose, letters)]
    if all(sentence.is_headline for sentence in fresh):
        # The text has not changed, so a headline is news only where it has a figure that the text has not.
        told = {word for paragraph in paragraphs for word in _words(paragraph)}
        fresh = [one for one in fresh if any(word[0].isdigit() and word not in told for word in one.words)]
    return frozenset(" ".join(sentence.plain) for sentence in fresh)


def is_new(text: str, fresh: frozenset[str]) -> bool:
    """Whether a sentence, or a part of one, has something of what is new."""
    if any(" ".join(_Sentence(words).plain) in fresh for words in map(_words, _ENDS.split(text))):
        return True
    part = " ".join(_Sentence(_words(text)).plain)
    return len(part) >= _PART and any(part in sentence for sentence in fresh)


def _read(title: str, paragraphs: Sequence[str]) -> list[_Sentence]:
    found = [_Sentence(words, is_headline=True)] if (words := _words(title)) else []
    for paragraph in paragraphs:
        if not _is_label(paragraph):
            found += [_Sentence(words) for words in map(_words, _ENDS.split(paragraph)) if words]
        if len(found) >= _MOST:
            break
    return found[:_MOST]


def _is_label(paragraph: str) -> bool:
    """Whether a line is a time, a count or a label, and so changes without news."""
    if _CLOSED.search(paragraph) or len(paragraph) > 2 * _STAMP:
        return False
    if len(_words(paragraph)) <= _LABEL and weight(paragraph) <= _SHORT:
        return True
    letters = sum(character.isalpha() for character in paragraph)
    return letters <= _STAMP and _TIME.search(paragraph) is not None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).replace("\u2019", "'")))


def _is_mended(sentence: _Sentence, loose: set[int], letters: Sequence[str]) -> bool:
    """Whether it differs from an earlier sentence by one letter of one word, and that word is no name.

    Only letters with a case tell a name from another word; of others a change counts.
    """
    whole = sentence.trace[1]
    for word, plain in zip(sentence.words, sentence.plain, strict=True):
        if len(word) < _WHOLE_WORD or word != plain or word == word.upper() or not word.isalpha():
            continue
        rest = whole - _number(plain)
        if any((rest + _number(other)) & _ALL in loose for other in _one_letter_off(plain, letters)):
            return True
    return False


def _one_letter_off(word: str, letters: Sequence[str]) -> Iterable[str]:
    """The words that one slip makes of a word: a letter more, less, another, or two that changed places."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _number(word: str) -> int:
    return zlib.crc32(word.encode())
