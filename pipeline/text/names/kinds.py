"""What a name in Latin letters most likely names."""

from __future__ import annotations

import re

from pipeline.text.names.term_index import Kind

_ORGANISATION = re.compile(
    r"\b(?:Ministry|Council|Committee|Agency|Institute|Association|Federation|University|Party|Bank|Inc|Corp|Ltd|Co"
    r"|Company|Group|Union|Foundation|Center|Centre|Office|Department|Bureau|Organi[sz]ation|Dialogue|Forum|Summit"
    r"|Alliance|League|Court|Museum|Technolog\w+|Systems|Conference|Partnership|Program(?:me)?|Project|Fund)\b|&"
)


def kind_of(english: str) -> Kind:
    """What a name in Latin letters most likely names."""
    words = english.split()
    if len(words) > 4 or english.isupper() or _ORGANISATION.search(english):
        return "organisation"
    return "person" if all(word[:1].isupper() or not word.isalpha() for word in words) else "term"
