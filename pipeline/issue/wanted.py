"""Which articles one of several digests takes, by what is known of them: the rules of `[[digest]]`.

An article is judged as soon as something is known that decides, so that none is translated for nobody, and for good
when it is through all stages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from urllib.parse import urlsplit

from pipeline.article import Article, Content
from pipeline.config import Digest, Rule
from pipeline.issue.item import outlet_of, topics_of
from pipeline.issue.plain import address
from pipeline.language.codes import UNKNOWN, with_wider

# Raised where the rules come to mean something else: what they passed over is then looked at again.
_VERSION = 1
# Scripts whose words are not parted by spaces, or take endings without one: there a word is looked for in words.
_WITHIN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Reading:
    """An article as rules look at it; each reading of it is made once for all digests.

    Args:
        article: as far as it came; None where the document could not be read.
        source: where it came from; "": as the article says.
        finished: it is through all stages; else it may still get a language, an English text and tags.
    """

    def __init__(self, article: Article | None, *, source: str = "", finished: bool) -> None:
        self.article = article
        self.source = source or (article.source if article else "")
        self.finished = finished

    @property
    def content(self) -> Content | None:
        return self.article.content if self.article else None

    @property
    def language(self) -> str:
        """BCP 47 code; "" where it is not known."""
        return self.article.language.code if self.article and self.article.language else ""

    @cached_property
    def words(self) -> str:
        """All its text, the original and the English."""
        content, english = self.content, self.article.translation if self.article else None
        original = (content.kicker or "", content.title, *content.paragraphs) if content else ()
        return folded("\n".join((*original, *((english.title, *english.paragraphs) if english else ()))))

    @cached_property
    def outlet(self) -> tuple[str, str]:
        """Its outlet and its host, "" where it has none."""
        url = address(self.article.url if self.article else None)
        host = (urlsplit(url).hostname or "").casefold()
        return folded(outlet_of(self.content, url)), host

    @cached_property
    def readings(self) -> tuple[tuple[str, str, str], ...]:
        """(headline, text, language) of the original and of the English."""
        content, english = self.content, self.article.translation if self.article else None
        found = [(content.title, "\n".join(content.paragraphs), self.language or UNKNOWN)] if content else []
        if english is not None:
            found.append((english.title, "\n".join(english.paragraphs), "en"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Condition:
    """One key of a rule.

    known: whether it can be told of an article by now.
    holds: whether the article has what the key names.
    """

    known: Callable[[Reading], bool]
    holds: Callable[[Reading], bool]

    def judge(self, seen: Reading) -> bool | None:
        return self.holds(seen) if seen.finished or self.known(seen) else None


class Wanted:
    """What a digest takes.

    Args:
        digest: with its rules.
        topics: the codes that a code or label stands for.
        tell_drafts: whether the digest tells drafts: it relies on more of their topics.
    """

    def __init__(self, digest: Digest, topics: Callable[[str], Collection[str]]) -> None:
        tell_drafts = digest.config.issue.drafts == "tell"
        self._take = [_conditions(rule, topics, tell_drafts) for rule in digest.take]
        self._leave = [_conditions(rule, topics, tell_drafts) for rule in digest.leave]
        rules = [[rule.model_dump(mode="json") for rule in part] for part in (digest.take, digest.leave)]
        self.said: object = [_VERSION, tell_drafts, *rules] if any(rules) else None
        """All that the judgement depends on beside the article, as JSON data; None where every article is taken."""

    def judge(self, seen: Reading) -> bool | None:
        """Whether the digest takes an article; None where that is not known yet."""
        taken = _any(_all(rule, seen) for rule in self._take) if self._take else True
        left = _any(_all(rule, seen) for rule in self._leave)
        if taken is False or left is True:
            return False
        return None if taken is None or left is None else True


def folded(text: str) -> str:
    """A text in which words are found however they are written: small letters, one form of each."""
    return unicodedata.normalize("NFKC", text).casefold()


def _conditions(rule: Rule, topics: Callable[[str], Collection[str]], tell_drafts: bool) -> tuple[_Condition, ...]:
    made: list[_Condition] = []
    if rule.sources:
        made.append(_Condition(_from_the_start, _by_source(rule.sources)))
    if rule.outlets:
        made.append(_Condition(_once_read, _by_outlet(rule.outlets)))
    if rule.languages:
        made.append(_Condition(_once_detected, _by_language(rule.languages)))
    if rule.topics:
        codes = frozenset(code for topic in rule.topics for code in topics(topic))
        made.append(_Condition(_at_the_end, lambda seen: not codes.isdisjoint(_topics(seen, tell_drafts))))
    if rule.entities:
        made.append(_Condition(_at_the_end, _by_entity(rule.entities)))
    if rule.keywords:
        made.append(_Condition(_at_the_end, _by_keyword(rule.keywords)))
    if rule.places:
        made.append(_Condition(_at_the_end, _by_place(rule.places)))
    return tuple(made)


def _from_the_start(seen: Reading) -> bool:
    return True


def _once_read(seen: Reading) -> bool:
    return seen.content is not None


def _once_detected(seen: Reading) -> bool:
    return bool(seen.language)


def _at_the_end(seen: Reading) -> bool:
    return False


def _topics(seen: Reading, tell_drafts: bool) -> tuple[str, ...]:
    return topics_of(seen.article, tell_drafts=tell_drafts) if seen.article else ()


def _by_source(patterns: Iterable[str]) -> Callable[[Reading], bool]:
    wanted = tuple(patterns)
    return lambda seen: any(fnmatchcase(seen.source, pattern) for pattern in wanted)


def _by_outlet(outlets: Iterable[str]) -> Callable[[Reading], bool]:
    wanted = [folded(outlet).strip() for outlet in outlets]

    def holds(seen: Reading) -> bool:
        name, host = seen.outlet
        return any(one in (name, host) or host.endswith(f".{one}") for one in wanted)

    return holds


def _by_language(languages: Iterable[str]) -> Callable[[Reading], bool]:
    wanted = frozenset(languages)
    return lambda seen: not wanted.isdisjoint(with_wider(seen.language))


def _by_entity(names: Iterable[str]) -> Callable[[Reading], bool]:
    pattern = _any_of(names)

    def holds(seen: Reading) -> bool:
        tags = seen.article.tags if seen.article else None
        return tags is not None and any(pattern.search(folded(entity.text)) for entity in tags.entities)

    return holds


def _by_keyword(keywords: Iterable[str]) -> Callable[[Reading], bool]:
    pattern = _any_of(keywords)
    return lambda seen: pattern.search(seen.words) is not None


def _by_place(places: Iterable[str]) -> Callable[[Reading], bool]:
    from pipeline.text.names.places import times_in

    wanted = tuple(places)

    def holds(seen: Reading) -> bool:
        return any(
            times_in(place, headline, language) or times_in(place, text, language) > 1
            for headline, text, language in seen.readings
            for place in wanted
        )

    return holds


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_phrase, phrases)))


def _phrase(phrase: str) -> str:
    """Whole words of a phrase, the last with any ending where it ends in `*`."""
    words = folded(phrase).split()
    is_begun = words[-1].endswith("*")
    pattern = r"\s+".join(re.escape(word) for word in (*words[:-1], words[-1].rstrip("*")) if word)
    first, last = words[0][0], words[-1].rstrip("*")[-1:] or " "
    before = "" if _WITHIN.match(first) or not first.isalnum() else r"(?<!\w)"
    after = "" if is_begun or _WITHIN.match(last) or not last.isalnum() else r"(?!\w)"
    return f"{before}{pattern}{after}"


def _all(conditions: Iterable[_Condition], seen: Reading) -> bool | None:
    """Whether all hold; those that are known first come first, and the first that does not ends it."""
    answer: bool | None = True
    for condition in conditions:
        found = condition.judge(seen)
        if found is False:
            return False
        answer = None if found is None else answer
    return answer


def _any(answers: Iterable[bool | None]) -> bool | None:
    answer: bool | None = False
    for found in answers:
        if found:
            return True
        answer = None if found is None else answer
    return answer
