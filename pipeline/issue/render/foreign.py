"""Names and words in other scripts within an English text: marked with their language, for fonts and screen readers."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from pipeline.language import codes, scripts

_LETTERS = scripts.other_than_latin()
# Words of a name belong together, with what little stands between them: a space, a hyphen, a full stop and a space.
_RUN = re.compile(rf"[{_LETTERS}]+(?:[^\w]{{1,3}}[{_LETTERS}]+)*")
# By the script of a language, those of its letters.
_WRITTEN_IN = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Kana"), "Hang": ("Hang", "Hani")}
# Scripts that one language alone is written in.
_LANGUAGES = {"Kana": "ja", "Hang": "ko"}
_SPAN = Markup('<span lang="{}" dir="{}">{}</span>')
_RIGHT_TO_LEFT = ("Arab", "Hebr", "Thaa", "Nkoo")


def foreign(text: str, language: str = codes.UNKNOWN) -> Markup:
    """The text escaped, each run of letters outside Latin script in a `span` with `lang` and `dir`.

    Args:
        language: what the article is written in: the language of a run in its script. Of a run in another script only
            the script is said (`und-Arab`, as BCP 47 has it).
    """
    parts, end = [], 0
    for run in _RUN.finditer(text):
        tongue, direction = _tongue(run[0], language)
        if not tongue:
            continue
        parts += [escape(text[end : run.start()]), _SPAN.format(tongue, direction, run[0])]
        end = run.end()
    return Markup("").join([*parts, escape(text[end:])])


@lru_cache(maxsize=4_096)
def _tongue(run: str, language: str) -> tuple[str, str]:
    """Language and direction; both empty where the run has no letter, as full-width digits have not."""
    script = scripts.dominant(run)
    if script == "Zyyy":
        return "", ""
    own = codes.script(language)
    tongue = language if script in _WRITTEN_IN.get(own, (own,)) else _LANGUAGES.get(script, f"und-{script}")
    return tongue, "rtl" if script in _RIGHT_TO_LEFT else "ltr"
