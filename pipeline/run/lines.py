"""Plain lines in, English lines out: the translate stage without articles, for use in other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from pipeline.article import Article, Content, Document, Language
from pipeline.config import Config
from pipeline.errors import ArticleError, ConfigError
from pipeline.executor.memory import StoredMemory
from pipeline.language.codes import normalise
from pipeline.overlay.file import read
from pipeline.printable import escaped
from pipeline.run.installed import Models
from pipeline.run.plan import Parts, corrections, known_names, translate_stage
from pipeline.stages import Desk
from pipeline.store.cache import SqliteStore
from pipeline.text.hygiene import clean_line

# Lines that share batches; a reader at the other end of a pipe waits for so many.
_POOL = 512


def translate(lines: Iterable[str], language: str, config: Config, models: Models) -> Iterator[str]:
    """Yield one English line for each line, in order; a blank line becomes an empty one, English passes through.

    Raises:
        ConfigError: unknown language, no model for it, or the overlay is wrong.
        BackendError: the model is unusable.
    """
    code = normalise(language)
    if code == "und":
        raise ConfigError(f"--from {language}: no such language; use a code such as ko, vi or zh-Hant")
    with SqliteStore(Path(config.run.cache) / "cache.db") as store:
        overlay = read(Path(config.run.overlay))
        names = partial(known_names, config, overlay=overlay)
        stage = translate_stage(Parts(config=config, models=models, names=names, corrections=corrections(overlay)))
        desk = Desk(memory=StoredMemory(store))
        source = iter(lines)
        while pool := list(islice(source, _POOL)):
            document = Document(source="-", data=b"", media_type="text/plain")
            content = Content(title="", paragraphs=tuple(map(clean_line, pool)))
            article = Article(document=document, content=content, language=Language(code=code, score=1.0))
            try:
                value = stage.read(article)
            except ArticleError as error:
                raise ConfigError(error.message) from None
            if value is None:
                yield from map(escaped, pool)
                continue
            (result,) = stage.process([replace(value, is_article=False)], desk)
            if isinstance(result, ArticleError):
                raise ConfigError(result.message)
            # A model may break a line where the source has none.
            yield from (" ".join(paragraph.split()) for paragraph in result.paragraphs)
