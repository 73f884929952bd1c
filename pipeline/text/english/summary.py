"""Extractive summaries: whole sentences of the article, chosen by their embeddings and by how they read.

Nothing here writes a word. A sentence is taken as it is; one that is longer than the summary may be is cut at a clause,
and then an ellipsis says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.text.english.shorten import ONE_LINE, cut, cut_at_clause, cut_words, one_line

Vectors = NDArray[np.float32]

# What makes a sentence worth taking. In news the first sentence is hard to beat (Nenkova 2005), so its place weighs
# about as much as its meaning. Weighed by eye on invented and translated news, not fitted.
_CENTRE, _TITLE, _PLACE, _LONG = 0.40, 0.25, 0.35, 0.15
# Maximal marginal relevance (Carbonell and Goldstein 1998): how much a sentence loses by repeating a chosen one.
_REPEAT = 0.35
_SAME = 0.92
_TOO_LONG = 40
# A third sentence must be worth this share of the first: less says something beside the point.
_FAINT = 0.3
_FEWEST_WORDS = 5

_DANGLING = re.compile(
    r"""[\"'“‘(]*(?:
      he|she|they|it|his|her|their|its|him|them|this|that|these|those|such|here|there|then|and|but|or|so|yet|nor|also
      |however|meanwhile|moreover|furthermore|therefore|thus|besides|instead|otherwise|nevertheless|nonetheless|still
      |accordingly|consequently|similarly|likewise|additionally|afterwards?|later|earlier|finally|in\ addition
      |in\ particular|in\ turn|in\ response|in\ contrast|as\ a\ result|as\ such|for\ example|for\ instance
      |(?:in|at|on|during|through|with|by|after|under|for|from)\ (?:this|that|these|those|such)
      |on\ the\ other\ hand|at\ the\ same\ time|at\ that\ time|after\ that|after\ this
      |because\ of\ this|by\ contrast|to\ this\ end|of\ these|of\ them|both|the\ (?:two|three|four)\ \w+
      |the\ (?:former|latter|same|other)|the\ above|according\ to\ (?:him|her|them)|another|others|one\ of\ them
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BYLINE = re.compile(
    r"(?:reported|written|edited|translated|compiled|photographed) by\b|by [A-Z][\w.-]+ [A-Z][\w.-]+$"
    r"|(?:photo|photos|image|picture|source|sources|editor|reporter|translator|video|caption|tags?|copyright)\s*[:：/|]"
    r"|©|\(c\) |all rights reserved|read more|listen here|listen to|see also|click |follow us|subscribe|sign up"
    r"|share (?:this|on)|related (?:news|articles?|stories)\b|photo (?:by|courtesy)"
    r"|\S+ (?:reporter|correspondent)\s*[:/|]",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:\(?\d{1,2}[.)]|[IVX]+\.|[-•*▪■●▲△○◆·>#])\s")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\S")
_ENDS = re.compile(r"[.!…][\"'”’)\]]*$")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")


@dataclass(frozen=True, slots=True)
class Extract:
    """`text` is "" where the article holds nothing to quote; `one_line` then is the title, if there is one.

    `best` is the sentence that says most of what the article is about, whole. `quotes` are the sentences of `text`, in
    order: the index of each and how it reads there.
    """

    text: str
    one_line: str
    best: str = ""
    quotes: tuple[tuple[int, str], ...] = ()


def extract(
    title: str,
    sentences: Sequence[str],
    title_vector: Vectors | None,
    vectors: Vectors,
    max_sentences: int,
    max_words: int,
) -> Extract:
    """Summarise an article by its own sentences.

    Args:
        title: "" where there is none to be trusted.
        sentences: in the order of the article. A blank one stands for a sentence that must not be quoted; it keeps
            its neighbours apart.
        title_vector: unit vector of the title, None without one.
        vectors: unit vectors of the sentences, one a row.
        max_sentences, max_words: at most so many in `text`.
    """
    chosen = choose(sentences, title_vector, vectors, max_sentences, max_words, title)
    if not chosen:
        return Extract("", cut(title, ONE_LINE))
    in_order = sorted(chosen)
    whole = [" ".join(sentences[index].split()) for index in in_order]
    texts = [_fitted(text, max_words) or cut_words(text, max_words) for text in whole]
    standing = [index for index in chosen if not points_back(sentences[index])] or chosen[:1]
    return Extract(
        " ".join(texts),
        one_line([" ".join(sentences[index].split()) for index in standing], title),
        " ".join(sentences[standing[0]].split()),
        tuple(zip(in_order, texts, strict=True)),
    )


def choose(
    sentences: Sequence[str],
    title_vector: Vectors | None,
    vectors: Vectors,
    max_sentences: int,
    max_words: int,
    title: str = "",
) -> list[int]:
    """Indices of the chosen sentences, best first.

    A sentence that points back ("He", "However", "The two sides") is taken only after the whole of the one before it,
    unless all of them do. A sentence longer than `max_words` counts as what is left of it when it is cut at a clause: a
    lead of eighty words still says what the article is about. One without such a place is taken only if all are so, and
    then alone.
    """
    pool = _pool(sentences, title)
    if not pool:
        return []
    sizes = {index: len(_fitted(sentences[index], max_words).split()) for index in pool}
    fitting = [index for index in pool if sizes[index]]
    if not fitting:
        standing = [index for index in pool if not points_back(sentences[index])] or pool
        return [min(standing, key=lambda index: len(sentences[index].split()))]
    whole = {index for index in fitting if sizes[index] == len(sentences[index].split())}
    worth = _worth(sizes, fitting, title_vector, vectors)
    chosen: list[int] = []
    words = 0
    while len(chosen) < max_sentences:
        open_ = [
            index
            for index in fitting
            if index not in chosen
            and words + sizes[index] <= max_words
            and (not points_back(sentences[index]) or (index - 1 in chosen and index - 1 in whole))
            and all(float(vectors[index] @ vectors[other]) < _SAME for other in chosen)
        ]
        if not open_ and not chosen:
            open_ = fitting
        if not open_:
            break
        best = max(open_, key=lambda index: (worth[index] - _repeats(index, chosen, vectors), -index))
        if len(chosen) > 1 and worth[best] - _repeats(best, chosen, vectors) < _FAINT * worth[chosen[0]]:
            break
        chosen.append(best)
        words += sizes[best]
    return chosen


def _fitted(sentence: str, max_words: int) -> str:
    """The sentence, cut at a clause if it has more than `max_words`; "" where it has no such place."""
    if len(sentence.split()) <= max_words:
        return sentence
    # The shorter cut leaves room for another sentence.
    return cut_at_clause(sentence, min(_TOO_LONG, max_words)) or cut_at_clause(sentence, max_words)


def points_back(sentence: str) -> bool:
    """Whether a sentence opens with a word that only the sentence before explains."""
    return _DANGLING.match(sentence.strip()) is not None


def is_prose(sentence: str) -> bool:
    """Whether a sentence is one that a summary may quote: complete, no heading, byline or bare quote."""
    text = sentence.strip()
    return (
        _may_stand(text)
        and _ENDS.search(text) is not None
        and len(text.split()) >= _FEWEST_WORDS
        and (text[0].isupper() or text[0].isdigit() or text[0] in "\"“‘'$€£¥₩")
        and not (text.endswith(("...", "…")) and len(text.split()) < 2 * _FEWEST_WORDS)
    )


def _may_stand(text: str) -> bool:
    if not any(character.isalpha() for character in text) or text.rstrip("\"'”’)").endswith(("?", ":", "？")):
        return False
    if _BYLINE.match(text) or _LISTED.match(text) or _ADDRESS.search(text):
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    # A quotation needs a speaker, and a heading in capitals is no sentence.
    return len(_QUOTED.sub(" ", text).split()) >= 3 and not text.isupper()


def _pool(sentences: Sequence[str], title: str) -> list[int]:
    """What may be quoted: good prose, or, where the article has none, lines that at least are no furniture."""
    heading = _plain(title)
    alive = [index for index, text in enumerate(sentences) if text.strip() and _plain(text) != heading]
    prose = [index for index in alive if is_prose(sentences[index])]
    return prose or [index for index in alive if _may_stand(sentences[index].strip())]


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _worth(
    sizes: Mapping[int, int], pool: Sequence[int], title_vector: Vectors | None, vectors: Vectors
) -> dict[int, float]:
    centre = vectors[list(pool)].mean(axis=0)
    length = float(np.linalg.norm(centre))
    centre = centre / length if length > 0 else centre
    worth = {}
    for rank, index in enumerate(pool):
        place = 1 / (1 + rank / 2)
        near_title = float(vectors[index] @ title_vector) if title_vector is not None else 0.0
        excess = max(0, sizes[index] - _TOO_LONG) / _TOO_LONG
        near_centre = float(vectors[index] @ centre)
        worth[index] = _CENTRE * near_centre + _TITLE * near_title + _PLACE * place - _LONG * min(1.0, excess)
    return worth


def _repeats(index: int, chosen: Sequence[int], vectors: Vectors) -> float:
    return _REPEAT * max((float(vectors[index] @ vectors[other]) for other in chosen), default=0.0)
