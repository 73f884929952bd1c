"""The English side of an article as the last two stages read it: title, sentences, and which are in doubt."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pipeline.article import Article, Sentence
from pipeline.text.prose import ends_sentence
from pipeline.text.sentences import split_sentences
from pipeline.text.updates import is_new

# An embedding of more would change neither the summary nor the topics of a news article, only the time it takes.
_SENTENCES = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class English:
    """Title and the first 80 sentences of the body, in order, without lines that are no prose.

    `doubtful` are indices of sentences not to be quoted: the checks hold something against them, or they are
    sub-headlines. For the title see `title_doubtful`. `origins` says for each sentence which one of the translation it
    is, or is a part of; `confidences` how probable it is that this one says what its source says, () where nobody
    judged. Both are empty where the article is English.
    """

    title: str
    sentences: tuple[str, ...]
    origins: tuple[int, ...] = ()
    confidences: tuple[float, ...] = ()
    doubtful: tuple[int, ...] = ()
    title_doubtful: bool = False
    title_confidence: float = 1.0
    fresh: tuple[int, ...] = ()
    """Indices of the sentences that an earlier issue did not have, of an update."""

    def key(self, *, fresh: bool = False) -> object:
        """For the cache; `fresh`: whether it counts which sentences are new."""
        said = asdict(self)
        if not (fresh and self.fresh):
            del said["fresh"]
        return said


def read_english(article: Article) -> English | None:
    """What an article says in English; None where it has no English text."""
    english = article.english
    if english is None:
        return None
    if not english.sentences:
        split = [sentence for paragraph in english.paragraphs for sentence in split_sentences(paragraph, "en")]
        fresh = tuple(index for index, text in enumerate(split[:_SENTENCES]) if is_new(text, article.news))
        return English(title=english.title, sentences=tuple(split[:_SENTENCES]), fresh=fresh)
    body = [
        (index, sentence)
        for index, sentence in enumerate(english.sentences)
        if sentence.paragraph >= 0 and not sentence.is_apart
    ]
    # Where sentences end as sentences do, one that does not is a sub-headline. (Thai ends none.)
    ended = [ends_sentence(sentence.source) for _, sentence in body]
    punctuated = sum(ended) > len(ended) / 2
    # One sentence of Chinese often becomes several of English; what holds against it holds against each of them.
    parts = [
        (part, index, bool(sentence.doubts) or (punctuated and not is_ended))
        for (index, sentence), is_ended in zip(body, ended, strict=True)
        for part in split_sentences(sentence.text, "en")
    ][:_SENTENCES]
    new = {index for index, sentence in body if article.news and is_new(sentence.source, article.news)}
    is_judged = any(sentence.confidence is not None for _, sentence in body)
    return English(
        title=english.title,
        sentences=tuple(text for text, _, _ in parts),
        origins=tuple(index for _, index, _ in parts),
        confidences=tuple(_sure(english.sentences[index]) for _, index, _ in parts) if is_judged else (),
        doubtful=tuple(number for number, (_, _, is_doubtful) in enumerate(parts) if is_doubtful),
        title_doubtful=any(sentence.doubts for sentence in english.sentences if sentence.paragraph < 0),
        title_confidence=min(
            (_sure(sentence) for sentence in english.sentences if sentence.paragraph < 0), default=1.0
        ),
        fresh=tuple(number for number, (_, index, _) in enumerate(parts) if index in new),
    )


def _sure(sentence: Sentence) -> float:
    return 1.0 if sentence.confidence is None else sentence.confidence
