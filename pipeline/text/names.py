"""Names that an article itself gives in Latin letters, such as 范明正（Pham Minh Chinh）.

The text in brackets is the author's own romanisation: it holds for the whole article, also where the name stands
alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN_OR_KANA = r"\u3040-\u30ff\u3400-\u9fff々·・"
_HANGUL = r"\uac00-\ud7a3"
_LATIN = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f\u1e00-\u1eff0-9.,'’&\- ]{2,80}"
_PATTERN = re.compile(rf"([{_HAN_OR_KANA}]{{2,}}|[{_HANGUL}]{{2,}}(?: [{_HANGUL}]+)?|[」』”》\"])\s?[（(]({_LATIN})[)）]")
_QUOTED = re.compile(r"[「『“《\"]([^「『“《」』”》\"]{2,40})[」』”》\"]$")
# Beyond this the run before the bracket is a phrase, not a name.
_LONGEST_NAME = 12


def bound_names(texts: Sequence[str], language: str) -> tuple[tuple[str, str], ...]:
    """(name in the source, Latin form) pairs that the texts of one article give, in order of appearance.

    A name in quotation marks is taken whole. Any other is the longest run of characters before the bracket that
    stands elsewhere in the article too: where it appears only once its beginning cannot be told, and nothing needs
    binding. Only for scripts without Latin letters; other languages give ().
    """
    if not language.startswith(("zh", "ja", "ko", "yue")):
        return ()
    whole = "\n".join(texts)
    found: dict[str, str] = {}
    for match in _PATTERN.finditer(whole):
        latin = match[2].strip(" .,")
        quoted = _QUOTED.search(whole[: match.end(1)])
        name = quoted[1] if quoted else _name_before(match[1], whole)
        if name and not re.fullmatch(r"[A-Z0-9]{1,3}", latin):
            found.setdefault(name, latin)
    return tuple(found.items())


def _name_before(run: str, whole: str) -> str | None:
    run = run[-_LONGEST_NAME:]
    counts = {length: whole.count(run[-length:]) for length in range(2, len(run) + 1)}
    repeated = [length for length, count in counts.items() if count >= 2]
    if not repeated:
        return None
    # The name is as long as a run can be without becoming rarer than its shorter ending.
    longest = max(length for length in repeated if counts[length] == counts[min(repeated)])
    return run[-longest:]
