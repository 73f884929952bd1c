"""Which sources answer at all: asked of all at the same time, once a process, and given up together."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPException

from pipeline.models.children import run_child
from pipeline.models.entry import FirefoxService, Hub, Source, Wheel

BUDGET_SECONDS = 6.0
"""All sources together, however many do not answer."""
_PATIENCE_SECONDS = 3
_HUB = "https://huggingface.co"
_SERVER_ERROR = 500
# Said by what stands between us and the hub; any other status is the hub's own, and what it has is seen when asked.
_BARRED = (403, 407, 451)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source said. `problem` is empty where it answered; `languages` is what the Firefox service has."""

    problem: str = ""
    languages: frozenset[str] = frozenset()


_answers: dict[tuple[str, str], Answer] = {}


def probe(sources: Iterable[Source]) -> Callable[[Source], Answer]:
    """Ask all sources that were not asked before, for `BUDGET_SECONDS` at most; gives a look-up of the answers."""
    asked = {_key(source): source for source in sources}
    found: dict[tuple[str, str], Answer] = {}
    threads = []
    for key, source in asked.items():
        if key not in _answers:
            thread = threading.Thread(target=_ask, args=(source, key, found), name=f"probe {key}", daemon=True)
            thread.start()
            threads.append(thread)
    end = time.monotonic() + BUDGET_SECONDS
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    silent = Answer(f"did not answer within {BUDGET_SECONDS:.0f} s")
    for key in asked:
        _answers.setdefault(key, found.get(key, silent))
    return lambda source: _answers[_key(source)]


def name_of(source: Source) -> str:
    """How a source is called in a message."""
    match source:
        case FirefoxService():
            return "the Firefox model service"
        case Hub():
            return "the model hub"
        case Wheel():
            return "the package index"


def _key(source: Source) -> tuple[str, str]:
    match source:
        case FirefoxService():
            return source.kind, os.environ.get("FXTRANSLATE_RECORDS_URL", "")
        case Hub():
            return source.kind, _hub_url()
        case Wheel():
            settings = sorted(f"{key}={value}" for key, value in os.environ.items() if key.startswith("PIP_"))
            return source.kind, "\n".join(settings)


def _ask(source: Source, key: tuple[str, str], found: dict[tuple[str, str], Answer]) -> None:
    match source:
        case FirefoxService():
            found[key] = _firefox()
        case Hub():
            found[key] = _hub(_hub_url())
        case Wheel():
            found[key] = _index(source)


def _firefox() -> Answer:
    ended = run_child(["-m", "pipeline.models.remote", "pairs"], deadline=BUDGET_SECONDS)
    if ended.problem:
        late = ended.problem.startswith("did not answer")
        return Answer(ended.problem if late else f"could not be reached: {ended.problem}")
    return Answer(languages=frozenset(source for source, target in json.loads(ended.output) if target == "en"))


def _hub_url() -> str:
    return os.environ.get("HF_ENDPOINT") or _HUB


def _hub(url: str) -> Answer:
    if os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "true", "yes", "on"):
        return Answer("is switched off by HF_HUB_OFFLINE")
    request = urllib.request.Request(url, method="HEAD")
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS):
            return Answer()
    except urllib.error.HTTPError as error:
        with error:
            barred = error.code in _BARRED or error.code >= _SERVER_ERROR
            return Answer(f"answered {error.code} {error.reason}") if barred else Answer()
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return Answer(f"did not answer within {_PATIENCE_SECONDS} s")
        return Answer(f"could not be reached: {getattr(reason, 'strerror', None) or reason}")


def _index(source: Wheel) -> Answer:
    if importlib.util.find_spec("pip") is None:
        return Answer(f"needs pip, which {sys.executable} does not have; `python -m ensurepip` adds it")
    name = source.requirements[-1].partition("==")[0]
    # The user's own settings say where to look; only the patience is ours. Told to be verbose, pip says why an index
    # gave nothing; an index that answers without having the package is seen when the package is asked for.
    options = ["--retries", "0", "--timeout", str(_PATIENCE_SECONDS), "--disable-pip-version-check", "--no-input"]
    ended = run_child(["-m", "pip", "-vv", "index", "versions", *options, name], deadline=BUDGET_SECONDS)
    if ended.problem.startswith("did not answer"):
        return Answer(ended.problem)
    failures = re.findall(r"^Could not fetch URL \S+ (.*?)(?: - skipping)?$", ended.output, re.MULTILINE)
    if not failures or any("Client Error" in failure for failure in failures):
        return Answer()
    return Answer(f"could not be reached: {failures[0]}")
