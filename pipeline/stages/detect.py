"""Language of an article: every part of it votes, weighted by length."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline import config
from pipeline.article import Article, Language
from pipeline.backends import LanguageIdentifier
from pipeline.errors import ArticleError
from pipeline.language.codes import UNKNOWN, base, from_lid176, is_told, knows_lid176, normalise
from pipeline.language.codes import script as script_of
from pipeline.language.facts import facts
from pipeline.language.scripts import LANGUAGES, chinese_script, counts, dominant
from pipeline.stages import ALONE, Desk

_PIECE = 500  # characters
_FIRST = 20  # pieces from the beginning of an article
_SPREAD = 10  # pieces from the rest of a long one
_WHOLE = 3000  # characters of a script that are looked at as one

_BLIND = 0.5
"""Probability of a script's likeliest language where the model names one that is not written in it."""

# Scripts of one or a few languages, as language codes name them.
_OWN_SCRIPTS = frozenset(LANGUAGES) - {"Arab"} | {"Hans", "Hant", "Jpan"}

_LONG_KANJI = 60  # weight, 20 characters: Japanese of this length without one kana is Chinese
_MIXED = 0.15
"""Share of the letters at which a script's language may be that of a text with more Latin letters."""
_SOME = 0.2
"""Share of the winner's votes that the language which the source gives has at least, if the text is in it."""
_NEAR = 0.8
"""Share of the winner's votes at which the language the page claims is as good."""


@dataclass(frozen=True, slots=True)
class Passages:
    """What the language is told from.

    texts: a bounded sample: the beginning, and if the article is long, pieces spread over the rest.
    hint: the language the page claims, normalised; `und` if none.
    """

    texts: tuple[str, ...]
    hint: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class _Ballot:
    text: str
    script: str
    weight: int


class Detect:
    """A `Stage`.

    The confidence is the share of the text that votes for the language times the mean probability of these votes.
    A quotation or a header in another language is outvoted; a script that only one language uses overrules the model.

    Args:
        settings: the `[detect]` section.
        identifier: opens the model; called with the first batch, not before.
        identity: what `identifier().identity` will be, for the cache key.
    """

    name = "detect"
    version = 3
    output = Language

    def __init__(self, settings: config.Detect, identifier: Callable[[], LanguageIdentifier], identity: str) -> None:
        self._settings = settings
        self._open = identifier
        self._identity = identity
        self._identifier: LanguageIdentifier | None = None

    @property
    def settings(self) -> dict[str, object]:
        return {**self._settings.output_settings(), "identifier": self._identity}

    def read(self, article: Article) -> Passages | None:
        content = article.content
        if content is None:
            return None
        pieces = [
            text[start : start + _PIECE]
            for text in (content.title, *content.paragraphs)
            for start in range(0, len(text), _PIECE)
        ]
        rest = pieces[_FIRST:]
        spread = rest[:: max(1, -(-len(rest) // _SPREAD))]
        return Passages((*pieces[:_FIRST], *spread), normalise(content.language_hint or ""))

    def key(self, value: Passages) -> object:
        return dataclasses.asdict(value)

    def process(self, batch: Sequence[Passages], desk: Desk = ALONE) -> Sequence[Language | ArticleError]:
        if self._identifier is None:
            self._identifier = self._open()
        ballots = [_ballots(passages.texts) for passages in batch]
        answers = iter(self._identifier.identify([ballot.text for article in ballots for ballot in article]))
        return [
            self._decide(passages, [(ballot, *_vote(ballot, *next(answers))) for ballot in article])
            for passages, article in zip(batch, ballots, strict=True)
        ]

    def write(self, article: Article, output: Language) -> Article:
        return dataclasses.replace(article, language=output)

    def _decide(self, passages: Passages, votes: list[tuple[_Ballot, str, float]]) -> Language:
        total = sum(ballot.weight for ballot, _, _ in votes)
        support: dict[str, float] = {}
        for ballot, code, probability in votes:
            support[code] = support.get(code, 0.0) + ballot.weight * probability
        support.pop(UNKNOWN, None)
        if not support and not _possible(passages.hint, votes, support):
            return Language(code=UNKNOWN, score=0.0)
        code = max(sorted(support), key=lambda one: support[one], default=UNKNOWN)
        score = support.get(code, 0.0)
        family = {code, *_other_standards(code)}
        # A page in Latin script that calls itself Serbian seldom says that it is in Latin script.
        hint = "sr-Latn" if passages.hint == "sr" and "sr-Latn" in family else passages.hint.removesuffix("-Hans")
        hint = "zh" if hint in ("zh-Hant", "yue") else hint
        if all(ballot.script == "Hani" and ballot.weight <= _LONG_KANJI for ballot, _, _ in votes):
            family |= {"ja", "zh"}
        if hint in family or support.get(hint, 0.0) >= _NEAR * score:
            code = hint
        # The languages of Africa that one model alone tells have relatives that none tells: Swati is taken for Zulu.
        if not knows_lid176(code) and not is_told(hint) and _possible(hint, votes, support):
            code = hint
        # Votes for a close relative are votes against every other language.
        score = max(score, sum(support.get(one, 0.0) for one in family))
        score = round(min(1.0, score / total), 4)
        if score < self._settings.threshold:
            if not _possible(passages.hint, votes, support):
                return Language(code=UNKNOWN, score=score)
            code = hint
        if code == "zh":
            code = f"zh-{chinese_script(''.join(passages.texts), hint=script_of(passages.hint))}"
        return Language(code=code, score=score)


def _possible(hint: str, votes: list[tuple[_Ballot, str, float]], support: Mapping[str, float]) -> bool:
    """Whether the language that the source gives may be that of a text that the model cannot tell.

    English stands in the templates of pages in all languages, and the model would know it. Another language that it
    knows has some votes in its own texts; one that it does not know can have none.
    """
    if base(hint) in (UNKNOWN, "en"):
        return False
    if is_told(hint) and support.get(hint, 0.0) < _SOME * max(support.values(), default=0.0):
        return False
    weights: Counter[str] = Counter()
    for ballot, _, _ in votes:
        weights[ballot.script] += ballot.weight
    likeliest = max(sorted(weights), key=lambda one: weights[one], default="")
    languages = LANGUAGES.get(likeliest)
    return base(hint) in languages if languages else script_of(hint) == likeliest


def _other_standards(code: str) -> list[str]:
    """Those of the same language in the same script; the page knows better which one it means to write."""
    return [other for other in facts(code).identification.standards if script_of(other) == script_of(code)]


def _ballots(texts: Sequence[str]) -> list[_Ballot]:
    """One for each text with letters, and one for all texts of a script together, with as much weight as they have.

    A single headline is often too short to be told rightly, and all of them together hide what is foreign among them.
    """
    ballots = []
    for text in texts:
        script = dominant(text)
        if weight := counts(text).total():
            ballots.append(_Ballot(text, script, weight))
    for script in dict.fromkeys(ballot.script for ballot in ballots):
        same = [ballot for ballot in ballots if ballot.script == script]
        whole = " ".join(ballot.text for ballot in same)[:_WHOLE]
        ballots.append(_Ballot(whole, script, sum(ballot.weight for ballot in same)))
    return ballots


def _vote(ballot: _Ballot, label: str, probability: float) -> tuple[str, float]:
    """What the model says, where the script allows it."""
    code = from_lid176(label)
    if code in ("zh-Hans", "zh-Hant", "yue"):
        code = "zh"
    possible = LANGUAGES.get(ballot.script)
    if possible is None:
        mixed = counts(ballot.text)
        if any(code in codes and mixed[script] >= _MIXED * ballot.weight for script, codes in LANGUAGES.items()):
            # News of products and firms: the names are Latin, the sentence around them is not.
            return code, probability
        # Latin or Cyrillic, of which the model must not make Japanese or Thai.
        foreign = code == "zh" or script_of(code) in _OWN_SCRIPTS
        if code == "sr" and ballot.script == "Latn":
            code = "sr-Latn"
        elif code == "sr-Latn" and ballot.script == "Cyrl":
            code = "sr"
        return (UNKNOWN, 0.0) if foreign else (code, probability)
    if len(possible) == 1 or (code == "ja" and ballot.weight > _LONG_KANJI):
        return possible[0], 1.0
    return (code, probability) if code in possible else (possible[0], _BLIND)
