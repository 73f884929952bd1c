"""How well the extract stage finds the article in saved pages whose article is known."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipeline.article import Content, Metadata
from pipeline.config import Config
from pipeline.errors import ArticleError, ConfigError
from pipeline.stages.extract import Extract, ExtractInput

_IDEOGRAPH = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_TOKEN = re.compile(f"{_IDEOGRAPH}|(?:(?!{_IDEOGRAPH})\\w)+")
_QUOTES = str.maketrans("‘’‚‛“”„‟«»", '\'\'\'\'""""""')


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """One page. Shares are in 0..1; `dated` is None where no date is known; `error` is why nothing came out."""

    file: str
    precision: float
    recall: float
    f1: float
    titled: bool
    dated: bool | None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionScores:
    """Averages over pages, each page counting alike, and the pages, the worst first."""

    precision: float
    recall: float
    f1: float
    titles: float
    dates: float
    pages: tuple[PageScore, ...]


def evaluate(directory: Path) -> ExtractionScores:
    """Run the extract stage on the pages in `directory` and compare with its `gold.jsonl`.

    A line of `gold.jsonl` is an object with `file` (HTML, perhaps gzipped), `title`, `body` (list of paragraphs) and
    where known `url` and `published` (ISO date). Text is compared as a bag of tokens (NFKC, lower case, ideographs and
    kana one by one), titles without case, spacing and the shape of quotes, dates by day. A page that fails counts 0.

    Raises:
        ConfigError: the folder has no readable `gold.jsonl`, a line of it is none, or a page cannot be read.
    """
    gold = directory / "gold.jsonl"
    try:
        lines = gold.read_text(encoding="utf-8").split("\n")
        rows = [_row(json.loads(line)) for line in lines if line.strip()]
    except OSError as error:
        raise ConfigError(f"{gold}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise ConfigError(f"{gold}: is no list of pages: {error}") from None
    if not rows:
        raise ConfigError(f"{gold}: names no page")
    stage = Extract(Config().extract)
    pages = sorted((_score(stage, directory, row) for row in rows), key=lambda page: (page.f1, page.file))
    dated = [page.dated for page in pages if page.dated is not None]
    return ExtractionScores(
        precision=sum(page.precision for page in pages) / len(pages),
        recall=sum(page.recall for page in pages) / len(pages),
        f1=sum(page.f1 for page in pages) / len(pages),
        titles=sum(page.titled for page in pages) / len(pages),
        dates=sum(dated) / len(dated) if dated else 0.0,
        pages=tuple(pages),
    )


def token_f1(text: str, expected: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the tokens of `text` against those of `expected`."""
    found, gold = _tokens(text), _tokens(expected)
    common = (found & gold).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / found.total(), common / gold.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def same_title(title: str, expected: str) -> bool:
    """Whether two titles differ at most in case, spacing, width and the shape of their quotes."""
    return _plain(title) == _plain(expected)


def _row(row: object) -> dict[str, object]:
    if not isinstance(row, dict) or (lacking := [key for key in ("file", "title", "body") if key not in row]):
        raise ValueError(f"a line lacks {', '.join(lacking)}" if isinstance(row, dict) else "a line is no object")
    return row


def _page(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _score(stage: Extract, directory: Path, row: dict[str, object]) -> PageScore:
    file, title, published = str(row["file"]), str(row["title"]), row.get("published")
    body = row["body"]
    expected = "\n".join(map(str, body)) if isinstance(body, list) else str(body)
    url = row.get("url")
    value = ExtractInput(
        sha256="",
        media_type="text/html",
        metadata=Metadata(url=str(url) if url else None),
        data=_page(directory / file),
    )
    result = stage.process([value])[0]
    error = f"{result.kind}: {result.message}" if isinstance(result, ArticleError) else None
    content = Content(title="", paragraphs=()) if isinstance(result, ArticleError) else result
    precision, recall, f1 = token_f1("\n".join(content.paragraphs), expected)
    return PageScore(
        file=file,
        precision=precision,
        recall=recall,
        f1=f1,
        titled=same_title(content.title, title),
        dated=(content.published or "")[:10] == str(published)[:10] if published else None,
        error=error,
    )


def _tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(unicodedata.normalize("NFKC", text).lower()))


def _plain(title: str) -> str:
    text = unicodedata.normalize("NFKC", title).translate(_QUOTES).casefold()
    return "".join(
        character for character in text if not character.isspace() and unicodedata.category(character) != "Cf"
    )
