"""Credits of pictures, whatever the language: those who sell them are the same everywhere."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipeline.extraction.said import said

_AGENCY: Final = (
    r"AFP|Agence France-Presse|AP(?: Photo| Images)?|(?:The )?Associated Press|"
    r"Reuters|REUTERS|dpa(?:-[\w ]{3,20})?|DPA|EPA|EFE|ANSA|APA|TASS|ТАСС|РИА Новости|"
    r"Xinhua|新华社|時事|共同|ＡＰ|ロイター|연합뉴스|뉴시스|뉴스1|Yonhap|Kyodo|PTI|ANI|Belga|ANP|NTB|TT|Ritzau|Lehtikuva|PAP|ČTK|MTI|Keystone|"
    r"LaPresse|Imagoeconomica|"
    r"Europa Press|Getty(?: Images)?|GETTY|Imago|imago(?: images)?|IMAGO|picture[ -]alliance|Shutterstock|"
    r"iStock(?:photo)?|Alamy|Unsplash|Pexels|Pixabay|Depositphotos|Adobe Stock|Depo Photos|Anadolu|AA|Zuma|Bloomberg|"
    r"PA(?: Images| Wire| Media)?|Sipa|SIPA|Abaca|WireImage|Wikimedia(?: Commons)?|Midjourney"
)
# A photographer's name, what stands between two, and whatever the desk is called.
_WORD: Final = r"(?:[^\W\d_a-zа-я][\w.'’-]{0,30}|de|von|van|der|del|la|al|via|for)"
_BETWEEN: Final = r"(?:\s*[/,&]\s*|\s+-\s+|\s+)"
_SOLE = re.compile(rf"(?:{_WORD}{_BETWEEN}){{0,8}}(?:{_AGENCY})(?!\w)(?:{_BETWEEN}{_WORD}){{0,4}}")
_AT_THE_END = re.compile(
    rf"(?:[/／＝=]|\bvia|\bPhoto by [^/|]{{2,40}}[/|])\s*(?:{_AGENCY})(?:\s*(?:/|via)\s*(?:{_AGENCY}))*\s*[)）]?$"
    rf"|[.!?…”»\"]\s+(?:{_WORD}\s+){{1,5}}[(（](?:{_AGENCY})[^()]{{0,40}}[)）]$"
    rf"|[(（](?:{_AGENCY})(?:[ /][^()]{{2,40}})?[)）]$"
    rf"|[(（][^()]{{2,40}}/\s*(?:{_AGENCY})[^()]{{0,20}}[)）]$"
)
_SOURCE_MARK = re.compile(rf"[.!?…”»\"]\s*[(（](?:{_AGENCY})(?:\s*[/,]\s*(?:{_AGENCY}|\w{{2,6}}))*[)）]$")
_LONGEST = 80


def is_credit(line: str) -> bool:
    """Nothing but who made a picture and who sells it: "Kim Hong/Getty Images", "AP"."""
    return len(line) <= _LONGEST and _SOLE.fullmatch(line.strip("()（）[] .")) is not None


@cache
def _labelled() -> re.Pattern[str]:
    """ "Foto: Name Name" at the end of a caption, in any language."""
    labels = said(lambda pages: pages.credits)
    return re.compile(
        rf"\s[(\[]?(?i:{labels})\s*[:：]\s*(?:{_WORD}{_BETWEEN}){{0,6}}{_WORD}[)\]]?$"
        rf"|\s[(\[](?i:{labels})\s+(?:{_WORD}{_BETWEEN}){{0,6}}{_WORD}[)\]]\.?$"
        rf"|^(?i:{labels})\.\s+(?:{_WORD}{_BETWEEN}){{0,4}}{_WORD}$"
    )


def is_credited(line: str) -> bool:
    """The line ends with such a credit; an agency in brackets behind a sentence is the source of a text."""
    return _labelled().search(line) is not None or (
        _AT_THE_END.search(line) is not None and _SOURCE_MARK.search(line) is None
    )
