#!/usr/bin/env python3
"""Parallel text made into what the built-in translator is trained and scored on: the questions that the product asks.

    python models/builtin/pairs.py --data TRAINING --dev FLORES --model BASE --recogniser NER \
        --dictionaries FOLDER --out FOLDER

TRAINING holds `open.tsv` (language, corpus, source, English) and `ntrex-first1000.tsv` (NTREX code, source, English).
FLORES holds `dev.LANGUAGE.txt`, line by line the same sentences. Written are `train.jsonl`, in the order of training;
`asked.jsonl`, questions whose answers `prefer.py` will compare; `held.jsonl`, NTREX lines whose English no training
example has; `dev.jsonl`; `plain.jsonl`, the same questions without glosses; `foreign.json`, the tokens that the product
does not let the model write; and `pairs.json` with counts and hashes.

The source text passes through the product's own normalisation of numbers and dates, names are given as the product
gives them, and a pair is left out where the product's own checks doubt the English. Of a share of the questions the
model is also told what the product would tell it from its dictionaries, whether or not the English has it in these
words: it must learn when to leave a gloss. `recipe.toml` has the share, and how often each source is read.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from mixture import Mixture, Pair, quotation, told
from opencc import OpenCC

from pipeline.backends import Hypothesis, Segment
from pipeline.backends.codec import clean
from pipeline.backends.entities import SpacyEntities
from pipeline.backends.foreign import is_foreign
from pipeline.backends.prompts import Prompter, prompt
from pipeline.backends.terms import hold_foreign
from pipeline.dictionaries import Dictionary, carried
from pipeline.dictionaries.compact import SUFFIX
from pipeline.language.scripts import chinese_script
from pipeline.text.checks.all import doubts_of_text
from pipeline.text.checks.lengths import length_deviation
from pipeline.text.judged import Judged
from pipeline.text.names.lexicon import lexicon
from pipeline.text.names.term_index import Term
from pipeline.text.names.terms import article_terms, sentence_terms
from pipeline.text.names.titles import with_titles
from pipeline.text.normalise import normalise_sentence
from pipeline.text.protect import protected
from pipeline.translation.gate import Gate
from pipeline.translation.lexicon import Lexicon
from pipeline.translation.units import Unit

# NTREX code -> the product's.
NTREX = {
    "zho-CN": "zh-Hans", "zho-TW": "zh-Hant", "jpn": "ja", "kor": "ko", "vie": "vi",
    "yue": "yue", "deu": "de", "fra": "fr", "spa": "es", "por-BR": "pt", "rus": "ru", "arb": "ar", "hin": "hi",
    "ind": "id", "tha": "th", "tur": "tr", "pol": "pl", "ukr": "uk", "ita": "it", "fas": "fa",
}  # fmt: skip
MAIN = ("zh-Hans", "zh-Hant", "ja", "ko", "vi")
DEV = {"zh-Hans": 997, "zh-Hant": 200, "ja": 997, "ko": 997, "vi": 997} | dict.fromkeys(
    ("de", "fr", "es", "pt", "ru", "ar", "hi", "id", "th", "tr", "pl", "uk"), 200
)
HELD_EVERY = 20
# Shorter ones are everyday phrases, which teach little; they are only read joined to others.
ALONE = 40
SHORTEST, LONGEST = 12, 500
EVERYDAY = 9_000
"""Phrases of a language, so that they do not outweigh the news."""
NEIGHBOURS = 20
TRADITIONAL = 0.2
ASKED_REST, ASKED_CORPUS, ASKED_LENGTH = 250, 700, 70
"""Questions to ask: of a language that is not a main one, of a corpus of everyday or free text in a language, and how
long their English is at least."""
LATER_ATTEMPT = 0.2
OTHER_NAME = 0.5


def read_open(path: Path) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        language, corpus, source, english = line.split("\t")
        if language == "zh":
            language = f"zh-{chinese_script(source)}"
        yield Pair(language, corpus, source, english)


def read_ntrex(path: Path) -> Iterator[Pair]:
    lines: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        code, source, english = line.split("\t")
        number = lines.setdefault(english, len(lines))
        if code in NTREX:
            yield Pair(NTREX[code], "ntrex", source, english, number)


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": "", "˝": '"', "´": "'"})
_MOJIBAKE = re.compile(r"[¡¯±¨¦¤¸×]|[ÃÂ][\x80-\xbf]|\ufffd")


def tidied(pair: Pair) -> Pair:
    english = " ".join(pair.english.translate(_PLAIN).split())
    english = re.sub(r" ([,.;:?!])(?=\s|$)", r"\1", english)
    return dataclasses.replace(pair, english=english, source=" ".join(pair.source.split()))


def is_faithful(pair: Pair) -> bool:
    """Whether the English says what the source says, as far as the product's checks can tell."""
    if not SHORTEST <= len(pair.english) <= LONGEST or len(pair.source) > LONGEST:
        return False
    if (
        _MOJIBAKE.search(pair.english)
        or _MOJIBAKE.search(pair.source)
        or not (pair.english[0].isalnum() or pair.english[0] in "\"'$£€([-#@")
    ):
        return False
    # A translator into the other direction began or ended elsewhere, or notes of speech.
    if pair.english[:1].islower():
        return False
    return not doubts_of_text(Judged(pair.source, pair.language, pair.english))


def is_close(pair: Pair) -> bool:
    """Whether a free translation is about as long as one of its source usually is."""
    return abs(length_deviation(pair.source, pair.language, pair.english)) <= 1.5


def with_known_names(pairs: Sequence[Pair], recogniser: SpacyEntities) -> list[Pair]:
    """Those whose English has no name that the product's gate misses in the source."""
    gate = Gate(lambda: recogniser)
    made = []
    for pair in pairs:
        terms = sentence_terms(article_terms([pair.source], pair.language), pair.source)
        segment = Segment(pair.source, pair.language)
        made.append(
            Unit(
                paragraph=0, source=pair.source, separator="", segment=segment, terms=terms, persons=(),
                published=None, context="", key="",
            )
        )  # fmt: skip
    judged = gate.judge(made, [Hypothesis(pair.english) for pair in pairs])
    return [pair for pair, doubts in zip(pairs, judged, strict=True) if not doubts]


def documents_of(pairs: Sequence[Pair], secret: Iterable[str]) -> set[int]:
    """Places of the pairs near one that shares eight words in a row with the development set: TICO-19 and FLORES-200
    both drew on Wikinews, so the rest of such an article may be in the test set."""
    hidden = {words for text in secret for words in _runs(text)}
    found: set[int] = set()
    for number, pair in enumerate(pairs):
        if not hidden.isdisjoint(_runs(pair.english)):
            found.update(range(number - NEIGHBOURS, number + NEIGHBOURS + 1))
    return found


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return zip(*(words[start:] for start in range(8)), strict=False)


def is_headline(pair: Pair) -> bool:
    """Whether a line of news has no full stop; one that only its translator gave one is no headline."""
    if pair.family not in ("ntrex", "park") or len(pair.english) >= 120:
        return False
    return pair.english[-1] not in ".,:;?!\"')" and pair.source[-1] not in ".,:;。．，：；．।؟።"


class Asker:
    """Makes questions of pairs.

    Args:
        rng: chooses attempts, and names to be obeyed that are not those of the pair.
        mixture: how many questions tell glosses.
        words: the dictionaries they are from.
    """

    def __init__(self, rng: random.Random, mixture: Mixture | None = None, words: Lexicon | None = None) -> None:
        self._rng = rng
        self._mixture = mixture or Mixture()
        self._words = words or Lexicon()
        self._people = sorted(
            {
                term.english
                for language in ("ko", "zh", "ja", "vi")
                for term in lexicon(language).entries
                if term.kind == "person" and re.fullmatch(r"[A-Z][a-z]+(?:[ -][A-Za-z][a-z]+){1,2}", term.english)
            }
        )

    def example(self, pair: Pair, *, is_dev: bool = False, is_told: bool | None = None) -> dict[str, Any]:
        """A question, the answer, and the glosses that the question tells, if any.

        Args:
            is_dev: asked as the product asks, with every name and gloss that it would tell.
            is_told: whether to tell glosses; None for what `is_dev` or the mixture says.
        """
        english = pair.english
        terms = sentence_terms(article_terms([pair.source], pair.language), pair.source)
        hints: list[tuple[str, str]] = []
        for term in terms:
            if not term.hint:
                continue
            wanted = term.english
            if not is_dev:
                wanted, english = self._wanted(term, english)
                if not wanted:
                    continue
            hints.append((term.source, wanted))
        spans = tuple((span, span) for span in protected(pair.source))
        if is_told is None:
            is_told = is_dev or self._mixture.chance("glosses", pair) < self._mixture.glosses
        segment = Segment(
            text=normalise_sentence(pair.source, pair.language),
            source_language=pair.language,
            terms=(*hints, *spans),
            glosses=self._glosses(pair, terms, spans) if is_told else (),
            is_title=is_headline(pair) and not is_dev,
        )
        attempt = 0
        if hints and not is_dev and self._rng.random() < LATER_ATTEMPT:
            attempt = 1
        marked = hold_foreign(segment)
        row: dict[str, Any] = {
            "language": pair.language,
            "corpus": pair.corpus,
            "prompt": clean(prompt(marked.segment.text, marked.segment, attempt)),
            "target": english,
        }
        if segment.glosses and attempt == 0:
            row["glosses"] = segment.glosses
        return row

    def _glosses(
        self, pair: Pair, terms: Sequence[Term], spans: Sequence[tuple[str, str]]
    ) -> tuple[tuple[str, str], ...]:
        """What the product would tell. A name that this question does not tell, as its English has another, is none
        of them either: the product would have told it as a name."""
        names = with_titles([term for term in terms if term.hint], pair.source, pair.language)
        return self._words.offers(pair.source, pair.language, [form for form, _ in (*names, *spans)])

    def _wanted(self, term: Term, english: str) -> tuple[str, str]:
        """What the question asks for and an answer that obeys; nothing where the English calls it something else."""
        found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(term.english)}(?!\w)", english)]
        if not found:
            return "", english
        if term.kind == "person" and self._rng.random() < OTHER_NAME:
            # A model that knows the name of the pair learns nothing by being told.
            other = self._rng.choice(self._people)
            for start, end in reversed(found):
                english = english[:start] + other + english[end:]
            return other, english
        return term.english, english


def joined(pairs: Sequence[Pair]) -> Pair:
    first = pairs[0]
    space = "" if first.language in ("zh-Hans", "zh-Hant", "yue", "ja") else " "
    return Pair(
        first.language, first.corpus, space.join(pair.source for pair in pairs), " ".join(p.english for p in pairs)
    )


def grouped(pairs: Sequence[Pair], rng: random.Random) -> Iterator[Pair]:
    """Pairs of one language, the long ones often alone, the short ones a few together as a paragraph."""
    waiting: list[Pair] = []
    wanted = rng.randint(2, 4)
    for pair in pairs:
        if len(pair.english) >= ALONE and rng.random() < 0.75:
            yield pair
            continue
        if pair.english[-1] not in ".?!\"'":
            continue
        waiting.append(pair)
        if len(waiting) == wanted:
            yield joined(waiting)
            waiting, wanted = [], rng.randint(2, 4)


def choose_everyday(pairs: Iterable[Pair], rng: random.Random) -> Iterator[Pair]:
    """Each English sentence once, in the language that has fewest; then joined, language by language."""
    by_language: dict[str, list[Pair]] = collections.defaultdict(list)
    for pair in pairs:
        by_language[pair.language].append(pair)
    taken: set[str] = set()
    for _, part in sorted(by_language.items(), key=lambda item: len(item[1])):
        rng.shuffle(part)
        fresh = []
        for pair in part:
            if pair.english not in taken:
                taken.add(pair.english)
                fresh.append(pair)
        # The longest, in random order again.
        fresh = sorted(fresh, key=lambda pair: -len(pair.english))[:EVERYDAY]
        rng.shuffle(fresh)
        yield from grouped(fresh, rng)


def choose_ntrex(pairs: Iterable[Pair], rng: random.Random) -> Iterator[Pair]:
    """Each English line in four languages only: alone in two main ones, in a paragraph in a third, in one of the rest.

    All languages have the same thousand lines. A model that reads one of them in each language soon knows it by heart
    and no longer translates: at thirteen visits the loss on other text was above that of the untrained model.
    """
    by_line: dict[int, dict[str, Pair]] = collections.defaultdict(dict)
    for one in pairs:
        by_line[one.line][one.language] = one
    rest = [code for code in NTREX.values() if code not in MAIN]
    paragraph: list[Pair] = []
    wanted, block = rng.randint(2, 3), 0
    for number, line in enumerate(sorted(by_line)):
        found = by_line[line]
        together = MAIN[block % len(MAIN)]
        first, second, *_ = (code for code in MAIN[number % 5 :] + MAIN[: number % 5] if code != together)
        for language in (first, second, rest[number % len(rest)]):
            if language in found:
                yield found[language]
        pair = found.get(together)
        follows = not paragraph or (pair is not None and pair.line == paragraph[-1].line + 1)
        if pair is not None and not is_headline(pair) and follows:
            paragraph.append(pair)
        else:
            wanted = len(paragraph)
        if paragraph and len(paragraph) >= wanted:
            yield joined(paragraph)
            paragraph, wanted, block = [], rng.randint(2, 3), block + 1


def choose_asked(everyday: Iterable[Pair], news: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """News in the main languages, some in each of the rest, and the longest of the other texts, in random order.

    The English is not learnt here, only compared with, so that a line may come in many languages."""
    rest: dict[tuple[str, str], list[Pair]] = collections.defaultdict(list)
    for pair in everyday:
        if len(pair.english) >= ASKED_LENGTH:
            rest[pair.language, pair.family].append(pair)
    for pair in news:
        if pair.language not in MAIN:
            rest[pair.language, pair.corpus].append(pair)
    asked = [pair for pair in news if pair.language in MAIN]
    for (_, corpus), part in rest.items():
        most = ASKED_REST if corpus == "ntrex" else ASKED_CORPUS
        asked += rng.sample(part, min(most, len(part)))
    rng.shuffle(asked)
    return asked


def with_quotations(pairs: Iterable[Pair], mixture: Mixture) -> Iterator[Pair]:
    """Some of them cut to what they quote, where that is a faithful pair by itself."""
    for pair in pairs:
        part = quotation(pair) if mixture.chance("quotation", pair) < mixture.quotations else None
        yield part if part and is_faithful(part) and is_close(part) else pair


def in_order(everyday: Iterable[Pair], news: Iterable[Pair], rng: random.Random) -> list[Pair]:
    """Shuffled, news rather towards the end: what comes last decides the style."""
    to_traditional = OpenCC("s2twp")
    placed = [(rng.random(), pair) for pair in everyday] + [(rng.random() ** 0.5, pair) for pair in news]
    placed.sort(key=lambda item: item[0])
    chosen = [pair for _, pair in placed]
    for place, pair in enumerate(chosen):
        if pair.language == "zh-Hans" and pair.corpus != "ntrex" and rng.random() < TRADITIONAL:
            chosen[place] = dataclasses.replace(pair, language="zh-Hant", source=to_traditional.convert(pair.source))
    return [pair for pair in chosen if len(pair.english) <= LONGEST]


def read_dev(folder: Path) -> Iterator[Pair]:
    to_traditional = OpenCC("s2tw")
    english = (folder / "dev.en.txt").read_text(encoding="utf-8").splitlines()
    for language, most in DEV.items():
        lines = (folder / f"dev.{language.split('-')[0]}.txt").read_text(encoding="utf-8").splitlines()
        if len(lines) != len(english):
            raise SystemExit(f"{folder}: dev.{language} has {len(lines)} lines, dev.en {len(english)}")
        for number, (source, target) in enumerate(zip(lines[:most], english, strict=False)):
            text = to_traditional.convert(source) if language == "zh-Hant" else source
            yield Pair(language, "flores200-dev", text, target, number)


def write(path: Path, examples: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The number of examples, their hash and the glosses told, by language."""
    rows = list(examples)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path.write_bytes(text)
    return {"examples": len(rows), "sha256": hashlib.sha256(text).hexdigest(), "glosses": told(rows)}


def dictionaries(mixture: Mixture, folders: Sequence[Path]) -> Lexicon:
    """Those of these folders, before those that come with worldbrief.

    Raises:
        SystemExit: there are none, and the recipe has glosses told.
    """
    places = [*folders, *filter(None, [carried()])]
    if mixture.glosses and not any(file for path in places for file in path.glob(f"*{SUFFIX}")):
        raise SystemExit("no dictionary to tell glosses from: give --dictionaries, or set glosses = 0 in the recipe")
    return Lexicon(lambda language: Dictionary.open(language, *places))


def foreign_tokens(model: Path) -> list[int]:
    prompter = Prompter(model, model.name)
    numbers = prompter.vocabulary
    return sorted(numbers[token] for token, text in prompter.spelled() if is_foreign(text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with open.tsv and ntrex-first1000.tsv")
    parser.add_argument("--dev", type=Path, required=True, help="folder with dev.LANGUAGE.txt of FLORES-200")
    parser.add_argument("--model", type=Path, required=True, help="the installed base, for its tokens")
    parser.add_argument("--recogniser", type=Path, required=True, help="the installed en_core_web_sm")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dictionaries", type=Path, nargs="*", default=[], help="folders with LANGUAGE.dict.xz")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.toml"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    mixture = Mixture.read(options.recipe)
    words = dictionaries(mixture, options.dictionaries)
    rng = random.Random(mixture.seed)

    everything = [tidied(pair) for pair in read_open(options.data / "open.tsv")]
    shared = documents_of(everything, [pair.english for pair in read_dev(options.dev)])
    kept = sorted(
        {pair for number, pair in enumerate(everything) if number not in shared and is_faithful(pair)},
        key=dataclasses.astuple,
    )
    recogniser = SpacyEntities(options.recogniser, options.recogniser.name)
    # Free translations: what they add or leave out must not be learnt.
    by_kind: dict[str, list[Pair]] = collections.defaultdict(list)
    for pair in kept:
        by_kind[mixture.source(pair).kind].append(pair)
    free = with_known_names([pair for pair in by_kind["free"] if is_close(pair)], recogniser)
    everyday = [*by_kind["everyday"], *free]
    ntrex = [tidied(pair) for pair in read_ntrex(options.data / "ntrex-first1000.tsv")]
    held = [pair for pair in ntrex if pair.line % HELD_EVERY == 0 and pair.language in MAIN]
    news = [pair for pair in ntrex if pair.line % HELD_EVERY and is_faithful(pair)]

    dev = list(read_dev(options.dev))

    asked = choose_asked(everyday, news, random.Random(mixture.seed))
    asker = Asker(rng, mixture, words)
    report: dict[str, object] = {
        "recipe": dataclasses.asdict(mixture),
        "read": dict(collections.Counter(f"{pair.language} {pair.corpus}" for pair in (*everything, *ntrex))),
        "near the development set": len(shared),
        "kept": dict(collections.Counter(f"{pair.language} {pair.corpus}" for pair in (*everyday, *news))),
    }
    order = in_order(
        mixture.weighted(choose_everyday(by_kind["everyday"], rng)),
        mixture.weighted((*free, *choose_ntrex(news, rng))),
        rng,
    )
    order = list(with_quotations(order, mixture))
    report["origin"] = dict(collections.Counter(mixture.source(pair).origin for pair in order))
    for name, examples in (
        ("train", (asker.example(pair) for pair in order)),
        ("asked", map(Asker(random.Random(mixture.seed), mixture, words).example, asked)),
        ("held", (asker.example(pair, is_dev=True) for pair in held)),
        ("dev", (asker.example(pair, is_dev=True) for pair in dev)),
        ("plain", (asker.example(pair, is_dev=True, is_told=False) for pair in dev)),
    ):
        report[name] = write(options.out / f"{name}.jsonl", examples)
    foreign = json.dumps(foreign_tokens(options.model))
    (options.out / "foreign.json").write_text(foreign, encoding="utf-8")
    (options.out / "pairs.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
