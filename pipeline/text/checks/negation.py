"""Negations that a translation lost or made up.

Judged where word lists can tell: a clear negation in the source asks for any negative word in the English, a clear one
in the English for any in the source. Languages have the lists where these doubt at most 2 % of the human translations
of FLORES-200 dev (997 sentences each); see tests/benchmarks/gate.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.language.codes import base
from pipeline.language.facts import facts
from pipeline.language.wording import either
from pipeline.text.doubts import Doubt
from pipeline.text.judged import Judged

# Every way in which English may say it.
_ENGLISH_ANY = re.compile(
    r"n['’]t\b|\b(?:not|no|non|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|unable|hardly|barely|rarely"
    r"|seldom|scarcely|little|fewer|less|except\w*|unless|until|instead|rather than|other than"
    r"|fail\w*|lack\w*|refus\w*|den(?:y|ie[ds]|ying|ial)|avoid\w*|prevent\w*|stop\w*|ban(?:s|ned|ning)?|reject\w*|prohibit\w*"
    r"|forbid\w*|forbade|absen\w*|devoid|miss(?:ed|ing|es)|refrain\w*|oppos\w*|ceas\w*|halt\w*|despite|regardless|beyond"
    r"|exclud\w*|los[es]\w*|lost|far from|free (?:of|from)|against"
    r"|un(?!i(?:t|v|on|q|f)|der|til|cle|fortunate|usual)\w{3,}"
    # Adjectives, and what is made of them: inevitable, impossible, incorrect, irrelevant, illegal. In some that are as
    # frequent the letters are no prefix.
    r"|i[nmlr](?!portan|media|dica|stan|itia|vestig|timate|spect)\w{2,}(?:abl[ey]|ibl[ey]|bility|ect|ate|ete|ite|ant"
    r"|(?:ci|is?t|end)en(?:t|ce|cy)|cure)(?:ly)?|i[lr]\w{3,}a[lr](?:ly)?"
    r"|dis(?!c[uo]|tr|ta|pl|k|h|as|ease|abilit|order|tinct)\w{3,}|non-?\w{3,}|\w{3,}less(?:ly|ness)?)\b",
    re.IGNORECASE,
)
# Clear negations of a statement.
_ENGLISH_CLEAR = re.compile(
    r"(?:n['’]t|\b(?<!\bor )not|\bnever|\bcannot)\b"
    r"(?! (?:only|just|least|merely|simply|necessarily|far|to mention|until))"
    r"|\bno (?=[a-z])(?!longer|more|less|fewer|smaller|larger|sooner|matter|doubt|later|one\b.{0,20}but)"
    r"|\b(?:nobody|none|neither)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？؟]")


@dataclass(frozen=True, slots=True)
class _Patterns:
    clear: re.Pattern[str]
    idioms: re.Pattern[str]
    possible: re.Pattern[str]


@cache
def _patterns(code: str) -> _Patterns | None:
    """Of a language that tells how it negates."""
    said = facts(code).negation
    if not (said.clear or said.clear_words):
        return None
    return _Patterns(
        re.compile(either(said.clear, said.clear_words), re.IGNORECASE),
        re.compile(either(said.idioms, said.idioms_words), re.IGNORECASE),
        re.compile(either(said.possible, said.possible_words), re.IGNORECASE),
    )


def check_negation(judged: Judged) -> list[Doubt]:
    """A doubt "negation-changed" where one of source and English clearly negates and the other has no negative word.

    Empty for languages without a list and for questions, which ask the same with a negation and without one.
    """
    source, language, english = judged.source, judged.language, judged.english
    patterns = _patterns(base(language))
    if patterns is None or _QUESTION.search(source):
        return []
    found = None if patterns.idioms.search(source) else patterns.clear.search(source)
    if found and not _ENGLISH_ANY.search(english):
        return [Doubt("negation-changed", f"the source says “{found[0].strip()}”, the English negates nothing")]
    made = _ENGLISH_CLEAR.search(english)
    if made and not patterns.possible.search(source):
        return [Doubt("negation-changed", f"the English says “{made[0].strip()}”, the source negates nothing")]
    return []
