"""Keyphrases: runs of content words that stand for the article, by how often they come and what they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_LONGEST = 4
# Candidates that are embedded: the best by frequency and place. More cost time and change little.
_CANDIDATES = 40
_IN_TITLE = 2.0
# As in MMR (Carbonell and Goldstein 1998), for phrases: Bennani-Smires et al. 2018, https://arxiv.org/abs/1801.04470.
_REPEAT = 0.6
_MOSTLY = 0.6
# Below this share of the best score a phrase says little of the article.
_FLOOR = 0.35
_POSSESSIVE = re.compile(r"['’‘`]s$")
_WORD = re.compile(r"[^\W_](?:[\w'’&.-]*[^\W_])?")
_BREAK = re.compile(r"[^\w\s'’&.-]|(?<=\w)[.](?=\s|$)|\s[-–—]\s")
# Words of the closed classes, numbers, and the commonest of all.
_CLOSED = """
    a about above according across after again against ago all almost along already also although always am among
    amid an and another any anyone anything are around as at away back be became because become been before began
    behind being below between beyond billion both but by came can cannot come could day days did do does doing done
    down due during each eight either else end enough even ever every everyone few first five for former four from
    full further gave get give given go going got had half has have having he held her here hers herself him himself
    his how however hundred hundreds if in including into is it its itself just keep kept km know known last late
    later least less like made main make making many may me mean meanwhile might million month months more moreover
    most mr mrs ms much must my near need never new next nine no none nor not now of off often on once one only onto
    or other others our out over own part per percent put quite rather really s said same saw say saying says second
    see seen set seven several she should show since six so some someone something still such take taken ten than
    that the their theirs them themselves then there therefore these they thing things third this those though
    thousand thousands three through thus time times to today together told tomorrow too took toward towards
    trillion two under until up upon us use used using very via want was way we week weeks well went were what when
    where whether which while who whole whom whose why will with within without would year years yesterday yet you
    your eleven twelve thirteen fourteen fifteen sixteen eighteen twenty thirty forty fifty sixty seventy eighty
    ninety dozen dozens cent o'clock
"""
_ADJECTIVES = "good bad big small large long short high low old young close able available"
# Verbs: what English news (151 articles of CLIFF) and FLORES-200 dev use as one at least two times in three, and all
# that they use so nine times in ten and eight times or more, as spaCy's en_core_web_sm tags them. "Plan", "vote" and
# "work" are nouns there.
_VERBS = """
    according added allows announced appear ask asked avoid based becomes begin believe believed believes break
    brought build builds built called caught celebrate celebrates claimed closes comes consider continue described
    develop drew emphasised emphasized enjoy ensure expect expected explained feel fell felt find flee found gets
    gone grew heard held help helps hold holds improve include includes join learn led left let live lost makes meet
    met needs noted opens paid play pointed provide ran read remain remains remember reported requires rose runs
    send sends sent shown sign sold speak spent spoke spoken start starts stated stolen stood stop stops stressed
    takes tells thanked think try understand urged wants warned watch welcomed wins won wrote
"""
_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december
"""
_STOP = frozenset(" ".join((_CLOSED, _ADJECTIVES, _VERBS, _CALENDAR)).split())


@dataclass(slots=True)
class Candidate:
    """A phrase that could be a keyphrase; `weight` counts how often it comes, more in the title."""

    first: int
    weight: float = 0.0
    surfaces: Counter[str] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """The phrase as the text mostly writes it."""
        return self.surfaces.most_common(1)[0][0]


def candidates(title: str, sentences: Sequence[str]) -> list[Candidate]:
    """Runs of one to four content words of the sentences, the weightiest first, 40 at most.

    The title makes phrases weightier but gives none of its own: in a headline, verbs look like nouns.
    """
    found: dict[str, Candidate] = {}
    for phrase in _phrases(sentences or [title]):
        candidate = found.setdefault(phrase.casefold(), Candidate(len(found)))
        candidate.weight += 1
        candidate.surfaces[phrase] += 1
    for phrase in dict.fromkeys(phrase.casefold() for phrase in _phrases([title])):
        if phrase in found:
            found[phrase].weight += _IN_TITLE
    repeated = {key: candidate.weight for key, candidate in found.items() if " " in key and candidate.weight >= 2}
    kept = [
        candidate
        for key, candidate in found.items()
        if _is_telling(key, candidate) and not _is_part(key, candidate, repeated)
    ]
    # A longer phrase says more than its words, as far as it comes back as a whole.
    kept.sort(key=lambda candidate: (-candidate.weight * (1 + 0.3 * candidate.text.count(" ")), candidate.first))
    return kept[:_CANDIDATES]


def rank(found: Sequence[Candidate], vectors: Vectors, document: Vectors, limit: int) -> list[tuple[str, float]]:
    """At most `limit` phrases with a score in 0..1, each as written in the text; diverse, so not sorted by score.

    Args:
        vectors: unit vectors of the candidates, one a row.
        document: unit vector of the article.
    """
    if not found:
        return []
    heaviest = max(candidate.weight for candidate in found)
    closeness = np.clip(vectors @ document, 0.0, 1.0)
    worth = [float(near) * (0.5 + 0.5 * one.weight / heaviest) for near, one in zip(closeness, found, strict=True)]
    likeness = vectors @ vectors.T
    left = [index for index, score in enumerate(worth) if score > _FLOOR * max(worth)]
    chosen: list[int] = []
    while left and len(chosen) < limit:
        repeats = {index: float(likeness[index, chosen].max()) if chosen else 0.0 for index in left}
        best = max(left, key=lambda index: (worth[index] * (1 - _REPEAT * repeats[index]), -found[index].first))
        chosen.append(best)
        left = [index for index in left if not _overlap(found[index].text, found[best].text)]
    return [(found[index].text, worth[index]) for index in chosen]


def _phrases(sentences: Sequence[str]) -> Iterator[str]:
    for sentence in sentences:
        for run in _runs(sentence):
            for size in range(1, min(_LONGEST, len(run)) + 1):
                for start in range(len(run) - size + 1):
                    yield " ".join(run[start : start + size])


def _is_telling(key: str, candidate: Candidate) -> bool:
    """A single word must be said twice: alone, once, it rarely stands for an article."""
    letters = sum(character.isalpha() for character in key)
    return letters >= 4 and 2 * letters > len(key) and (" " in key or candidate.weight >= 2)


def _is_part(key: str, candidate: Candidate, repeated: Mapping[str, float]) -> bool:
    """Whether a phrase mostly comes inside one longer phrase that comes again: "Rovers" in "Portmere Rovers"."""
    return any(
        weight >= _MOSTLY * candidate.weight and len(longer) > len(key) and f" {key} " in f" {longer} "
        for longer, weight in repeated.items()
    )


def _runs(sentence: str) -> list[list[str]]:
    """Content words that stand side by side, between stop words, adverbs, verbs, numbers and punctuation.

    A word in -ed is taken for a verb unless it opens a run: "the restored monastery", but "shells destroyed".
    """
    runs: list[list[str]] = []
    for piece in _BREAK.split(sentence):
        run: list[str] = []
        for word in _WORD.findall(piece):
            word = _POSSESSIVE.sub("", word)
            plain = word.casefold()
            verb = bool(run) and len(plain) > 4 and plain.endswith("ed") and word.islower()
            if verb or plain in _STOP or plain.endswith("ly") or not any(map(str.isalpha, word)):
                runs.append(run)
                run = []
            else:
                run.append(word)
        runs.append(run)
    return [run for run in runs if run]


def _overlap(phrase: str, other: str) -> bool:
    """Whether one of two phrases is the other with words left out, or its plural."""
    words, others = _stems(phrase), _stems(other)
    return words <= others or others <= words


def _stems(phrase: str) -> set[str]:
    words = phrase.casefold().split()
    return {word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in words}
