"""Names that an article itself gives in Latin letters: 范明正（Pham Minh Chinh）, Keith J. Krach（柯拉克）.

The text in brackets is the author's own romanisation: it holds for the whole article, also where the name stands
alone. The difficulty is where a name before a bracket begins. Each kind of script has its own evidence for that, and
where there is none, nothing is bound: a wrong binding would be repeated in every sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.text.romanise import likeness, plain

_HAN_OR_KANA = r"\u3040-\u30ff\u3400-\u9fff々·・"
_HANGUL = r"\uac00-\ud7a3"
_LATIN = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f\u1e00-\u1eff0-9.,'’&\- ]{2,80}"
_OPEN, _CLOSE = r"\s?[（(]", r"[)）]"
_CJK_THEN_LATIN = re.compile(
    rf"([{_HAN_OR_KANA}]{{2,}}|[{_HANGUL}]{{2,}}(?: [{_HANGUL}]+)?|[」』”》\"]){_OPEN}({_LATIN}){_CLOSE}"
)
_LATIN_THEN_CJK = re.compile(
    rf"(?<![A-Za-z])({_LATIN}?){_OPEN}"
    rf"([{_HAN_OR_KANA}]{{2,12}}|(?=[{_HANGUL}]{{2}}|[{_HANGUL}] )[{_HANGUL}]{{1,8}}(?: [{_HANGUL}]{{1,8}}){{0,3}})"
    rf"{_CLOSE}"
)
_QUOTED = re.compile(r"[「『“《\"]([^「『“《「」『』”》\"]{2,40})[」』”》\"]$")
# Offices and forms of address: a name begins after them.
_TITLES = re.compile(
    "总统|總統|主席|总理|總理|首相|部长|部長|大臣|外长|外長|防长|防長|国务卿|國務卿|次卿|助卿|卿|大使|代表|议员|議員"
    "|市长|市長|州长|州長|县长|縣長|院长|院長|书记|書記|书记长|發言人|发言人|教授|博士|记者|記者|执行长|執行長|总裁|總裁"
    "|董事长|董事長|会长|會長|主任|司令|将军|將軍|先生|女士|总干事|秘书长|秘書長|國王|国王|王储|王儲|教宗|大統領|社長|監督"
)
# Beyond this the run before the bracket is a phrase, not a name.
_LONGEST_NAME = 12

# Scripts other than Latin, Chinese, Japanese and Korean whose words are parted by spaces.
_SPACED_SCRIPTS = "\u0370-\u058f\u0590-\u06ff\u0750-\u077f\u0900-\u0dff\u10a0-\u10ff\u1f00-\u1fff"
_WORD = rf"[{_SPACED_SCRIPTS}\u0300-\u036f\-'’]+"
_WORDS_THEN_LATIN = re.compile(rf"({_WORD}(?:[ \u00a0]{_WORD}){{0,5}})[»”\"]?{_OPEN}({_LATIN}){_CLOSE}")
_LATIN_THEN_WORDS = re.compile(rf"(?<![A-Za-z])({_LATIN}?){_OPEN}({_WORD}(?: {_WORD}){{0,4}}){_CLOSE}")
_THAI_THEN_LATIN = re.compile(rf"([\u0e01-\u0e4e]{{3,}}(?: [\u0e01-\u0e4e]{{3,}})?){_OPEN}({_LATIN}){_CLOSE}")
# The words of a name must sound so much like those in the bracket, on the average and each.
_SOUNDS_ALIKE, _LEAST_ALIKE = 0.75, 0.6

# Vietnamese names institutions with a capitalised noun first; the bracket then has at least three words.
_VIETNAMESE = re.compile(
    r"(?:^|[^\w])((?:Hiệp hội|Tổng hội|Liên đoàn|Viện|Bộ|Hội nghị|Trung tâm|Công ty|Tập đoàn|Ủy ban|Cục|Đại học|Quỹ"
    r"|Tổ chức)"
    rf"(?: [\wÀ-ỹ&]+){{1,13}}?){_OPEN}([A-Z0-9][\w.,'&\- ]+){_CLOSE}"
)
_VIETNAMESE_QUOTED = re.compile(rf"[“\"]([^“”\"\n]{{4,80}})[”\"]{_OPEN}([A-Z0-9][\w.,'&\- ]+){_CLOSE}")


def bound_names(texts: Sequence[str], language: str) -> tuple[tuple[str, str], ...]:
    """(name in the source, Latin form) pairs that the texts of one article give, in order of appearance.

    Chinese, Japanese and Korean: what is in quotation marks, what follows an office such as 總理, or the longest run
    before the bracket that stands elsewhere in the article too. Scripts with spaces, and Thai: as many words as sound
    like those in the bracket. Vietnamese: institutions and what is in quotation marks. An abbreviation binds nothing
    but a name in quotation marks or in the reverse order. Other languages give ().
    """
    whole = "\n".join(texts)
    found: dict[str, str] = {}
    code = language.split("-")[0]
    if code in ("zh", "ja", "ko", "yue"):
        pairs = _cjk(whole)
    elif code == "vi":
        pairs = _vietnamese(whole)
    else:
        pairs = _by_sound(whole)
    for name, latin in pairs:
        latin = " ".join(latin.strip(" .,-").split())
        if name and len(latin) > 1 and not re.fullmatch(r"[A-Z0-9]{1,3}", latin):
            found.setdefault(name, latin)
    return tuple(found.items())


def _cjk(whole: str) -> Iterator[tuple[str | None, str]]:
    matches: list[tuple[int, str | None, str]] = []
    for match in _CJK_THEN_LATIN.finditer(whole):
        quoted = _QUOTED.search(whole[max(0, match.end(1) - 50) : match.end(1)])
        matches.append((match.start(), quoted[1] if quoted else _name_before(match[1], whole), match[2]))
    for match in _LATIN_THEN_CJK.finditer(whole):
        latin = match[1].strip()
        # AI（人工智慧） explains a word; it does not name anyone.
        if not latin.isupper() and latin[:1].isupper():
            matches.append((match.start(), match[2], latin))
    yield from ((name, latin) for _, name, latin in sorted(matches, key=lambda one: one[0]))


def _name_before(run: str, whole: str) -> str | None:
    katakana = re.search("(?<![ァ-ヺー・])[ァ-ヺ][ァ-ヺー・]+$", run)
    if katakana:
        return katakana[0]
    run = run[-_LONGEST_NAME:]
    after_title = _TITLES.split(run)[-1]
    if after_title != run:
        return after_title if len(after_title) >= 2 else None
    counts = {length: whole.count(run[-length:]) for length in range(2, len(run) + 1)}
    repeated = [length for length, count in counts.items() if count >= 2]
    if not repeated:
        return None
    # The name is as long as a run can be without becoming rarer than its shorter ending.
    longest = max(length for length in repeated if counts[length] == counts[min(repeated)])
    return run[-longest:]


def _by_sound(whole: str) -> Iterator[tuple[str | None, str]]:
    for match in _WORDS_THEN_LATIN.finditer(whole):
        yield _words_alike(match[1].split(), match[2]), match[2]
    for match in _LATIN_THEN_WORDS.finditer(whole):
        # A gloss in brackets is a name only where it sounds like what stands before it.
        name = _words_alike(match[2].split(), match[1])
        yield (name if name == match[2] else None), match[1]
    for match in _THAI_THEN_LATIN.finditer(whole):
        yield _thai_name(match[1], match[2]), match[2]


def _words_alike(words: list[str], latin: str) -> str | None:
    """The last of the words, as many as the Latin name has, where each sounds like its counterpart."""
    wanted = [word for word in latin.replace("-", " ").split() if len(word.strip(".")) > 1]
    for there in (wanted, latin.split()):
        here = words[-len(there) :]
        if len(here) != len(there):
            continue
        alike = [likeness(one, other) for one, other in zip(there, here, strict=True)]
        if min(alike) >= _LEAST_ALIKE and sum(alike) >= _SOUNDS_ALIKE * len(alike):
            return " ".join(here)
    return None


def _thai_name(run: str, latin: str) -> str | None:
    """The ending of the run that sounds most like the name; Thai marks no beginning of words."""
    starts = [start for start in range(len(run) - 2) if not _combines(run[start])]
    if not starts:
        return None
    best = max(starts, key=lambda start: (_whole_likeness(latin, run[start:]), -start))
    if _whole_likeness(latin, run[best:]) < _SOUNDS_ALIKE:
        return None
    # The letter that carries a vowel has no sound of its own.
    return run[best - 1 :] if latin[:1] in "AEIOU" and run[max(0, best - 1)] == "อ" else run[best:]


def _combines(character: str) -> bool:
    return "\u0e30" <= character <= "\u0e3a" or "\u0e45" <= character <= "\u0e4e" or character == " "


def _whole_likeness(latin: str, native: str) -> float:
    from rapidfuzz.distance import Indel

    from pipeline.text.romanise import fold

    return float(Indel.normalized_similarity(fold(latin), fold(native)))


def _vietnamese(whole: str) -> Iterator[tuple[str | None, str]]:
    matches = [*_VIETNAMESE_QUOTED.finditer(whole), *_VIETNAMESE.finditer(whole)]
    for match in sorted(matches, key=lambda one: one.start(1)):
        latin = match[2]
        # A place or a gloss in Vietnamese is no translation of the name.
        if len(latin.split()) >= 3 and latin.isascii() and plain(match[1]) != latin.lower():
            name = match[1]
            yield name, latin
