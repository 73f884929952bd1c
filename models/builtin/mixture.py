"""Which texts `pairs.py` reads how often and how it asks of them: the tables `pairs` and `sources` of `recipe.toml`."""

from __future__ import annotations

import dataclasses
import random
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

Origin = Literal["native", "english", "mixed", "unknown"]
"""In which language a text was first written: its own, English, some of it in each; or nobody says."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    language: str
    corpus: str
    source: str
    english: str
    line: int = -1
    """In NTREX: which of its English sentences."""

    @property
    def family(self) -> str:
        """The section of the recipe that its corpus belongs to."""
        return self.corpus.partition("_")[0]


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """A section `sources.NAME` of the recipe, for the corpora whose names begin with NAME up to an underscore."""

    kind: Literal["everyday", "free", "lines"]
    """Phrases; free translations, of which the product's gate leaves out what it doubts; lines in many languages."""
    origin: Origin
    weight: float = 1.0
    """How often a pair is read; of 0.5 every other one once."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mixture:
    seed: int = 1
    glosses: float = 0.0
    """Share of the pairs whose question tells what the product's dictionaries offer."""
    quotations: float = 0.0
    """Share of the pairs with one quotation of which only that is asked."""
    sources: dict[str, Source] = dataclasses.field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Mixture:
        """Raises:
        SystemExit: a weight or share that is none.
        """
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found = cls(**data["pairs"], sources={name: Source(**item) for name, item in data["sources"].items()})
        for name, value in (("glosses", found.glosses), ("quotations", found.quotations)):
            if not 0 <= value <= 1:
                raise SystemExit(f"{path}: {name} = {value} is no share")
        for name, source in found.sources.items():
            # All its lines are read in four languages already, and a fifth time they are known by heart.
            if not 0 <= source.weight <= (1 if source.kind == "lines" else 4):
                raise SystemExit(f"{path}: {name} cannot be read {source.weight} times")
        return found

    def source(self, pair: Pair) -> Source:
        """Raises:
        SystemExit: the recipe does not have it.
        """
        if pair.family not in self.sources:
            raise SystemExit(f"the recipe says nothing of the corpus {pair.corpus}: sources.{pair.family} is missing")
        return self.sources[pair.family]

    def chance(self, what: str, pair: Pair) -> float:
        """From 0 to below 1, the same for a pair whatever else is read."""
        return random.Random(f"{self.seed}\t{what}\t{pair.language}\t{pair.source}").random()

    def weighted(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Each pair as often as its source's weight says."""
        for pair in pairs:
            for _ in range(int(self.source(pair).weight + self.chance("weight", pair))):
                yield pair


_QUOTED = re.compile('"[^"]+"|“[^”]+”|「[^」]+」|«[^»]+»|„[^“”]+[“”]')


def quotation(pair: Pair) -> Pair | None:
    """What is quoted in a pair, in its marks, as it stands on a page by itself or before "he said"; None where source
    and English do not have just one quotation each, or that of the English does not begin a sentence."""
    sources, targets = (_QUOTED.findall(text) for text in (pair.source, pair.english))
    if len(sources) != 1 or len(targets) != 1 or not (targets[0][1].isupper() or targets[0][1].isdigit()):
        return None
    # Before "he said" a sentence ends with a comma.
    source = sources[0][:-1].rstrip(",，、 ") + sources[0][-1]
    return dataclasses.replace(pair, source=source, english=re.sub(r',(?="$)', ".", targets[0]))


def says(english: str, gloss: str) -> bool:
    """Whether an English text has the words of a gloss, the last one perhaps in the plural or another tense."""
    words = r"\s+".join(map(re.escape, gloss.casefold().split()))
    return re.search(rf"(?<!\w){words}(?:'?e?s|e?d|ing)?(?!\w)", english.casefold()) is not None


def told(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Of questions by language: how many tell glosses, how many those are, and how many the English has."""
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        glosses = row.get("glosses")
        if glosses:
            count = counts.setdefault(row["language"], {"questions": 0, "glosses": 0, "in the English": 0})
            count["questions"] += 1
            count["glosses"] += len(glosses)
            count["in the English"] += sum(says(row["target"], gloss) for _, gloss in glosses)
    return dict(sorted(counts.items()))
