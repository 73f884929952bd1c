"""Sentences of an article that are in another language than the article: a quotation, an English summary below."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language import codes, scripts
from pipeline.text.sentences import split_sentences

# Words that make a text English; none is frequent in another language together with "the".
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|with|by|that|from|said|has|have|at|as|are|were|was|is|in|on|for|be|not|it|its|his|her|their"
    r"|this|will|would|which|who)\b",
    re.IGNORECASE,
)
_THE = re.compile(r"\bthe\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
# A shorter one is as likely a title or a list of names.
_FEWEST_WORDS = 6
# Shares of such words. On FLORES dev the first takes no sentence of 33 Latin-script languages for English, the second
# finds 87 % of the English ones and takes 0.2 % of the others.
_BESIDE_LATIN = 0.25
_BESIDE_OTHERS = 0.2
# What one language is written in beside its own script.
_SCRIPTS = {"Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Kana", "Hani"}}
# A name or a term in another script is no sentence.
_FEWEST_LETTERS = 6


def sentence_language(sentence: str, language: str) -> str:
    """The BCP 47 code of a sentence in an article in `language`; in doubt that of the article.

    English is told by its commonest words, other languages only by a script that the article's language does not use
    (Latin and Cyrillic belong to too many).
    """
    if language in ("en", codes.UNKNOWN):
        return language
    found = scripts.dominant(sentence)
    own = codes.script(language)
    if found == "Latn":
        return "en" if _is_english(sentence, beside_latin=own == "Latn") else language
    if found in _SCRIPTS.get(own, {own}) or found not in scripts.LANGUAGES:
        return language
    if sum(scripts.counts(sentence).values()) < 3 * _FEWEST_LETTERS:
        return language
    other = scripts.LANGUAGES[found][0]
    return f"zh-{scripts.chinese_script(sentence)}" if other == "zh" else other


def languages_in(paragraphs: Iterable[str], language: str) -> set[str]:
    """The languages of the sentences of an article; a paragraph is looked into only where its letters differ."""
    found = {language}
    for paragraph in paragraphs:
        if len(_scripts_of(paragraph)) > 1 or sentence_language(paragraph, language) != language:
            found |= {sentence_language(sentence, language) for sentence in split_sentences(paragraph, language)}
    return found


def _scripts_of(text: str) -> set[str]:
    return {found for found, weight in scripts.counts(text).items() if weight >= 3 * _FEWEST_LETTERS}


def _is_english(sentence: str, *, beside_latin: bool) -> bool:
    words = _WORD.findall(sentence)
    share = _BESIDE_LATIN if beside_latin else _BESIDE_OTHERS
    if len(words) < _FEWEST_WORDS or len(_ENGLISH.findall(sentence)) < share * len(words):
        return False
    # Relatives have some of the words: "is", "of" and "in" are Dutch, too.
    return not beside_latin or _THE.search(sentence) is not None
