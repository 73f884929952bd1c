"""What of an article is printed: in the words of its translation, as far as these may be told, or in an editor's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.article import Quote, Sentence, Summary, Translation
from pipeline.issue.plain import line
from pipeline.overlay.overlay import Edit
from pipeline.text.english.headline import as_headline
from pipeline.text.english.shorten import LEAD, ONE_LINE, cut

Edited = Literal["headline", "summary"]
"""What an editor can write in place of the machine."""
BY_EDITOR = "editor"
"""The method of a summary that an editor wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sentence of the original, and what the summary quotes of its translation."""

    original: str
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """As `Item` has them; `headline` is "" where nothing may be told."""

    headline: str
    summary: str
    one_line: str
    method: str
    sources: tuple[Source, ...]
    edited: tuple[Edited, ...]
    printed: int
    corrected: int
    quoted: int
    lead: int
    length: int
    news: str
    """What is new in an update, without what is the headline; "" for nothing, or where an editor wrote the summary."""


def words_of(summary: Summary | None, english: Translation, edit: Edit) -> Words:
    """The words of an item.

    Args:
        summary: what may be told of the translation, or of the English article; None where nothing may.
        english: the translation, or the article itself with model "".
        edit: what an editor wrote goes before it.
    """
    news = summary.news if summary else ()
    quotes = summary.quotes if summary else ()
    if news:
        # What is new comes first, and of the rest no more than what says what it is about.
        quotes = (*news, *[quote for quote in quotes if quote not in news][:1])
    texts = [line(quote.text, 2000) for quote in quotes]
    own_headline, own_summary = line(edit.headline, 300), line(edit.summary, 2000)
    translated = line(summary.headline, 300) if summary else ""
    from_quote = not translated and bool(texts)
    if from_quote:
        translated = as_headline(cut(texts[0], ONE_LINE))
    headline = own_headline or translated
    edited: list[Edited] = ["headline"] if own_headline else []
    if own_summary and not headline:
        from pipeline.text.sentences import split_sentences

        headline = as_headline(cut(split_sentences(own_summary, "en")[0], ONE_LINE))
        edited.append("headline")
    # Read one after the other, the headline and the summary would say the same twice.
    printed_texts = [own_summary] if own_summary else texts[len(news) :]
    body = " ".join(text for text in printed_texts if as_headline(text) != headline)
    fresh = "" if own_summary else " ".join(text for text in texts[: len(news)] if as_headline(text) != headline)
    quoted = [quote.sentence for quote, text in zip(quotes, texts, strict=True) if as_headline(text) != headline]
    if own_summary:
        quoted = []
        edited += ["summary"] if body else []
        # Of what was quoted there is left what the headline is made of.
        quotes = quotes[:1] if from_quote and not own_headline else ()
        method, one_line = BY_EDITOR if body else "", cut(own_summary, ONE_LINE)
    else:
        method = line(summary.method, 80) if summary and texts else ""
        one_line = line(summary.one_line, 300) if summary else ""
        if news:
            one_line = cut(texts[0], ONE_LINE)
    printed = {quote.sentence for quote in quotes} if english.model else set()
    if translated and not own_headline and not from_quote:
        printed |= {place for place, sentence in enumerate(english.sentences) if sentence.paragraph < 0}
    return Words(
        headline=headline,
        summary=line(body, 2000),
        one_line=one_line,
        method=method,
        sources=_sources(quotes, english),
        edited=tuple(edited),
        printed=len(printed),
        corrected=sum(english.sentences[place].corrected for place in printed),
        quoted=len(set(quoted)) if english.model else len(quoted),
        lead=_lead(english) if quoted and not news else 0,
        length=_length(english) if quoted else 0,
        news=line(fresh, 2000),
    )


def _prose(english: Translation) -> list[Sentence]:
    return [sentence for sentence in english.sentences if sentence.paragraph >= 0 and not sentence.is_apart]


def _lead(english: Translation) -> int:
    """How many sentences at the beginning of the article a summary may quote; 0 where it may quote all."""
    prose = _prose(english)
    judged = any(sentence.confidence is not None for sentence in prose)
    return LEAD if judged and len(prose) > LEAD else 0


def _length(english: Translation) -> int:
    """Sentences of the article, its headline and lines that are no prose aside."""
    if english.model:
        return len(_prose(english))
    from pipeline.text.sentences import split_sentences

    return sum(len(split_sentences(paragraph, "en")) for paragraph in english.paragraphs)


def _sources(quotes: Sequence[Quote], english: Translation) -> tuple[Source, ...]:
    """The originals of what is quoted; one that became several sentences stands once, with those that are quoted."""
    found: dict[int, list[str]] = {}
    for quote in quotes if english.model else ():
        found.setdefault(quote.sentence, []).append(line(quote.text, 2000))
    return tuple(
        Source(original=line(english.sentences[index].source, 2000), english=" ".join(texts))
        for index, texts in found.items()
    )
