"""Points that end no sentence: those of ordinals, of short forms and inside compounds."""

from __future__ import annotations

import re

# What a sentence has, and a number or a line of dots has not.
LETTER = re.compile(r"[^\W\d_]")
# Whoever looks at what stands before a point need look no further back, in characters.
BEFORE = 32

# A number ("34.", "XIX."), a short form ("ds.", "tzw.", "pod.", "hr.") as the last word; a longer one ends a sentence
# even where a careless writer goes on with a small letter.
_SHORT = re.compile(r"(?:^|[\s(\[\"“„«'’/–-])(?:\d{1,4}|(?:[^\W\d_]{1,2}\.)*[^\W\d_]{1,4}|[IVXLC]{1,7})\.$")
_HYPHENATED = re.compile(r"-[^\W_]")
# Scripts whose prose ends no sentence with a point: in them it is that of a short form or of a figure.
_NO_POINTS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]\\.$")
# Scripts with a full stop of their own, where a short word with a point is a short form.
_OWN_STOP = re.compile("[।॥۔።։]")
_SHORT_WITHOUT_CASE = re.compile('(?:^|[\\s("“‘])[\u0530-\u058f\u0600-\u06ff\u0900-\u0dff\u1200-\u137f]{1,4}\\.$')
# Languages that write ordinals with a point and their nouns with a capital. "Es geschah in der 34. Die Fans tobten" is
# rarer than "in der 2. Liga", but where the next word opens sentences the point ends one.
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_BEFORE_ORDINAL = re.compile(
    r"(?:^|[\s(\"“„«–/])(?:d(?:er|ie|as|em|en|es)|[ai]m|zu[mr]|[vb](?:om|eim)|ins|ans|fürs|aufs|ab|bis|seit|je|jed\w{1,2}|"
    r"dies\w{1,2}|jen\w{1,2}|(?:mein|dein|sein|ihr|unser|euer|eur|ein|kein|welch|manch|solch)(?:e[rnsm]?|s)?|"
    r"de[rsmn]|dat|dëst|säi(?:n|r|m)?|hir(?:er|em|en)?)\s{1,3}\d{1,3}\.$",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"(?:D(?:er|ie|as|em|en|ort|ann|och|abei|aran|arum|afür|avon|amit|anach|a|ies\w{0,2}|enn|eshalb)|E[rs]|Sie|Wir|Ich|Ihr|Man|"
    r"Ein\w{0,2}|Kein\w{0,2}|Sein\w{0,2}|Und|Aber|Oder|So|Nun|Jetzt|Auch|Noch|Nur|In|Im|Am|An|Auf|Aus|Bei|Beim|Mit|Nach|"
    r"Von|Vom|Vor|Für|Zu|Zum|Zur|Um|Über|Unter|Durch|Seit|Bis|Ab|Als|Wenn|Weil|Wie|Was|Wer|Wo|Während|Zwar|Doch|Hier|"
    r"Heute|Gestern|Allerdings|Dennoch|Trotzdem|Zudem|Außerdem|Nachdem|Obwohl|Ob|De|Dat|Hie|Si|Et|Mä|An|Wéi)\b"
)


def runs_on(line: str, last: int, end: int, code: str) -> bool:
    """Whether the point before `last` ends no sentence, the text going on at `end`.

    A point does not end one before a hyphen ("K.-o.-Spiel"), before a small letter if a number or a short form has it
    ("34. hafta", "ds. misji"), before a German noun if it makes an ordinal ("in der 2. Liga"), and in Thai, Lao, Khmer
    and Burmese. `code` is the base language. Never raises.
    """
    left = line[max(0, last - BEFORE) : last]
    if not left.endswith("."):
        return False
    if last == end and _HYPHENATED.match(line, end):
        return True
    if _NO_POINTS.search(left):
        return True
    if _OWN_STOP.search(line) and _SHORT_WITHOUT_CASE.search(left):
        return True
    before = left[-2:-1]
    # Korean and others know no small letters, so one of another script after them says nothing.
    if line[end : end + 1].islower():
        return (before.isdigit() or before.lower() != before.upper()) and _SHORT.search(left) is not None
    return (
        code in _CAPITAL_NOUNS
        and line[end : end + 1].isupper()
        and _BEFORE_ORDINAL.search(left) is not None
        and _OPENER.match(line, end) is None
    )
