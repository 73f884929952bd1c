"""What the cache has for the articles of a window at one stage: the same question for a run and for a plan."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from pipeline.article import Article, Document
from pipeline.errors import ArticleError, WorldbriefError
from pipeline.executor.batch import unforeseen
from pipeline.fingerprint import fingerprint
from pipeline.ingest import Unreadable
from pipeline.stages import Stage
from pipeline.store.cache import Store

# A window also closes at this many bytes of documents, whatever their number.
_WINDOW_BYTES: Final = 64_000_000


@dataclass(slots=True)
class LookedUp:
    """Articles of a window, by their places in it."""

    skipped: list[int] = field(default_factory=list)
    """The stage does not apply."""
    errors: dict[int, ArticleError] = field(default_factory=dict)
    """They cannot go on."""
    inputs: dict[int, tuple[str, Any]] = field(default_factory=dict)
    """The key of the result and what it is made from."""
    results: dict[str, Any] = field(default_factory=dict)
    """Those that the cache has, by key."""


def keys_of(stage: Stage[Any, Any], articles: Mapping[int, Article]) -> dict[int, str]:
    """The keys of the results of those articles that the stage applies to, and that it can read."""
    key_of = _key_of(stage)
    keys: dict[int, str] = {}
    for index, article in articles.items():
        with suppress(ArticleError):
            if (value := stage.read(article)) is not None:
                keys[index] = key_of(value)
    return keys


def look_up(
    stage: Stage[Any, Any],
    adapter: TypeAdapter[Any],
    articles: Mapping[int, Article],
    store: Store,
    of: Container[str] | None = None,
) -> LookedUp:
    """Read the articles as a stage does, and find the results there are.

    Args:
        of: keys that are looked for; None: all.
    """
    found = LookedUp()
    key_of = _key_of(stage)
    for index, article in articles.items():
        try:
            value = stage.read(article)
        except ArticleError as error:
            found.errors[index] = error
            continue
        except WorldbriefError:
            raise
        except Exception as error:
            found.errors[index] = unforeseen(stage, error)
            continue
        if value is None:
            found.skipped.append(index)
        else:
            found.inputs[index] = key_of(value), value
    wanted = [key for key, _ in found.inputs.values() if of is None or key in of]
    for key, text in store.get("results", wanted, kind_of(stage)).items():
        try:
            found.results[key] = adapter.validate_json(text)
        except ValidationError:
            # Written by a broken or foreign version: computed again rather than believed.
            continue
    return found


def _key_of(stage: Stage[Any, Any]) -> Callable[[Any], str]:
    """What gives the keys of a stage, whose settings are asked for once."""
    name, version, settings = stage.name, stage.version, stage.settings
    return lambda value: fingerprint([name, version, settings, stage.key(value)])


def kind_of(stage: Stage[Any, Any]) -> str:
    """What the cache calls the results of a stage, as its code is now."""
    return f"{stage.name}/{stage.version}"


def windows(items: Iterable[Document | Unreadable], size: int) -> Iterator[list[Document | Unreadable]]:
    """The documents in windows of bounded number and size."""
    window: list[Document | Unreadable] = []
    held = 0
    for item in items:
        window.append(item)
        held += len(item.data) if isinstance(item, Document) else 0
        if len(window) >= size or held >= _WINDOW_BYTES:
            yield window
            window, held = [], 0
    if window:
        yield window
