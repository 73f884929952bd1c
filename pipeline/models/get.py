"""Get models: for each language the best that can be obtained and the one that compares, and those of every run.

The only code of worldbrief that fetches a model, and only ever called because the user asked.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import BackendError
from pipeline.models.convert import prepare
from pipeline.models.dictionaries import FORMAT, prepare_dictionary
from pipeline.models.entry import Adapter, CheckpointBackend, Entry, FirefoxService, Source, known_language
from pipeline.models.hub import recall
from pipeline.models.manifest import InstalledModel, content_digest, file_sha256
from pipeline.models.probe import Answer, name_of, probe
from pipeline.models.registry import Registry, location
from pipeline.models.sources import fetch, service_code
from pipeline.models.store import ModelStore, Workspace
from pipeline.models.watch import Downloads, folder_bytes, watching


@dataclass(frozen=True, slots=True, kw_only=True)
class GetReport:
    """What `get` did, as names of models and lines for the user."""

    installed: tuple[str, ...]
    """Got now."""
    present: tuple[str, ...]
    """Wanted and here already."""
    chosen: dict[str, str]
    """Language (as normalised) to the model that will translate it."""
    hints: tuple[str, ...]
    """Sources that failed without harm, one line each, with the better models they would have had."""
    errors: tuple[str, ...]
    """What could not be got at all, and the sources that failed, one line each; empty means success."""


def get(
    languages: Iterable[str],
    store: ModelStore,
    registry: Registry,
    progress: Downloads,
    names: Iterable[str] = (),
    *,
    commercial_only: bool = False,
    backend: CheckpointBackend | None = None,
    cuda: bool = False,
) -> GetReport:
    """Install the best obtainable model for each language and the one that compares its translations with their
    sources, each named model, and the supporting ones.

    What is installed and whole stays as it is; a named model is checked by content first. Sources that do not answer
    are given up together within `probe.BUDGET_SECONDS`. Safe to run twice at once, and to kill and run again.

    Args:
        languages: BCP 47 codes; English and `und` need no model. Models that are got only by name count where they
            are installed.
        names: entries of the registry to get whatever they are good for.
        commercial_only: languages get only models whose licence allows commercial use.
        backend: prepare checkpoints for this one instead of the registry's, those that it can run; one prepared
            otherwise is got again.
        cuda: whether models will run on a GPU, for which those of the processor's own engine are prepared otherwise.

    Raises:
        ConfigError: an unknown language code or model name.
    """

    def ours(entry: Entry) -> Entry:
        wanted = backend or ("ctranslate2" if cuda and entry.backend == "openvino" else None)
        able = entry.family == "instruct" or (entry.family and wanted != "openvino")
        return entry.model_copy(update={"backend": wanted}) if wanted and able else entry

    here = store.installed()
    wants = []
    codes = list(dict.fromkeys(map(known_language, languages)))
    for code in codes:
        candidates = [entry for entry in registry.candidates(code) if entry.commercial or not commercial_only]
        wants.append(_Want(code, tuple(ours(e) for e in candidates if e.name in here or not e.by_name)))
    books = {entry.name: entry for want in wants for entry in registry.dictionaries(want.label)}
    wants += [_Want(name, (ours(registry.named(name)),), named=True) for name in dict.fromkeys(names)]
    comparing = registry.comparing(codes, commercial_only=commercial_only)
    wants += [_Want(entry.name, (entry,)) for entry in (*comparing, *registry.supporting())]
    wants += [_Want(name, (entry,), is_optional=True) for name, entry in books.items()]
    run = _Run(store, progress, [want for want in wants if want.candidates], override=backend is not None)
    for want in run.wants:
        run.satisfy(want)
    return run.report()


@dataclass(slots=True)
class _Want:
    label: str
    candidates: tuple[Entry, ...]
    named: bool = False
    is_optional: bool = False
    """A run does without it, only not as well."""
    chosen: Entry | None = None


@dataclass(slots=True)
class _Trouble:
    """A source that failed in one way, and for which entries."""

    line: str
    entries: list[str] = field(default_factory=list)


class _Run:
    def __init__(self, store: ModelStore, progress: Downloads, wants: list[_Want], *, override: bool = False) -> None:
        self.wants = wants
        self._override = override
        self._store = store
        self._progress = progress
        self._here: dict[str, InstalledModel | None] = {}
        self._got: list[str] = []
        self._failed: set[str] = set()
        self._troubles: dict[str, _Trouble] = {}
        missing = [entry for want in wants for entry in self._before_the_first_here(want)]
        self._answer: Callable[[Source], Answer] = probe(source for entry in missing for source in entry.sources)

    def satisfy(self, want: _Want) -> None:
        for entry in want.candidates:
            if self._is_here(entry, want.named) or self._obtain(entry, want.named):
                want.chosen = entry
                return

    def report(self) -> GetReport:
        chosen = {want.label: want.chosen.name for want in self.wants if want.chosen}
        missing = [want for want in self.wants if want.chosen is None]
        lost = {entry.name for want in missing if not want.is_optional for entry in want.candidates}
        errors = [f"{want.label}: no model could be got" for want in missing if not want.is_optional]
        hints = [f"{want.label}: could not be got, translations do without it" for want in missing if want.is_optional]
        for trouble in self._troubles.values():
            line = f"{trouble.line} ({'; '.join(self._remarks(trouble.entries))})"
            (errors if lost.intersection(trouble.entries) else hints).append(line)
        return GetReport(
            installed=tuple(self._got),
            present=tuple(name for name in dict.fromkeys(chosen.values()) if name not in self._got),
            chosen={want.label: chosen[want.label] for want in self.wants if want.label in chosen and _routed(want)},
            hints=tuple(hints),
            errors=tuple(errors),
        )

    def _remarks(self, names: list[str]) -> Iterable[str]:
        """What it means that a source did not give these models: for each language the best that was missed."""
        told: set[str] = set()
        for want in self.wants:
            tried = [entry for entry in want.candidates if entry.name in names and not self._here.get(entry.name)]
            if want.chosen is None or not _routed(want):
                continue
            told |= {entry.name for entry in tried}
            if tried and tried[0].score(want.label)[0] > want.chosen.score(want.label)[0]:
                yield _comparison(want.label, tried[0], want.chosen)
        for name in dict.fromkeys(names):
            if self._here.get(name):
                yield f"{name} came from elsewhere"
            elif name not in told:
                yield name

    def _before_the_first_here(self, want: _Want) -> Iterable[Entry]:
        for entry in want.candidates:
            if self._is_here(entry, want.named):
                return
            yield entry

    def _is_here(self, entry: Entry, contents: bool) -> bool:
        if entry.name not in self._here:
            self._here[entry.name] = self._usable(entry, contents)
        return self._here[entry.name] is not None

    def _usable(self, entry: Entry, contents: bool = False) -> InstalledModel | None:
        model = self._store.usable(entry.name, contents=contents)
        if model is None or (self._override and model.backend != entry.backend):
            return None
        # Another version of worldbrief may come with another adapter, or read dictionaries of another form.
        is_older = entry.adapter is not None and model.sha256 != content_digest(_made_from(entry))
        is_older |= entry.task == "dictionary" and not model.identity.endswith(f"/{FORMAT}")
        return None if is_older else model

    def _obtain(self, entry: Entry, contents: bool) -> bool:
        if entry.name in self._failed:
            return False
        try:
            with self._store.installing(entry.name) as workspace:
                # A process we waited for may have been quicker.
                if not self._usable(entry, contents):
                    self._install(entry, workspace)
                    self._got.append(entry.name)
                self._here[entry.name] = self._usable(entry)
                return True
        except (BackendError, OSError) as error:
            self._failed.add(entry.name)
            if str(error):
                self._note(f"{entry.name}: {error}", entry)
            return False

    def _install(self, entry: Entry, workspace: Workspace) -> None:
        """Raises a BackendError without a message where the sources' own lines say it all."""
        files = workspace.downloads / "files"
        if (earlier := recall(entry, workspace.downloads, files)) is not None:
            self._room(entry, workspace)
            self._finish(entry, workspace, earlier.origin, earlier.commit)
            return
        for source in self._answering(entry):
            self._room(entry, workspace)
            try:
                with watching(workspace.downloads, self._progress, entry.name, entry.size):
                    commit = fetch(entry, source, self._answer(source).languages, workspace.downloads, files)
            except BackendError as error:
                self._note(f"{name_of(source)}: {error}", entry)
                continue
            self._finish(entry, workspace, _origin(source, commit), commit)
            return
        raise BackendError("")

    def _answering(self, entry: Entry) -> Iterable[Source]:
        for source in entry.sources:
            answer = self._answer(source)
            if answer.problem:
                self._note(f"{name_of(source)} {answer.problem}", entry)
            elif not isinstance(source, FirefoxService) or service_code(entry, answer.languages):
                yield source

    def _room(self, entry: Entry, workspace: Workspace) -> None:
        need = entry.disk_needed - folder_bytes(workspace.downloads)
        free = shutil.disk_usage(self._store.root).free
        if free < need:
            raise BackendError(
                f"needs {need / 1e9:.1f} GB of free disk in {self._store.root}, {free / 1e9:.1f} GB are free; "
                "run.models or WORLDBRIEF_MODELS names another folder"
            )

    def _finish(self, entry: Entry, workspace: Workspace, origin: str, commit: str = "") -> None:
        files = workspace.downloads / "files"
        if entry.task == "dictionary":
            with watching(workspace.staging, self._progress, f"{entry.name}: converting", None):
                prepare_dictionary(files, workspace.staging, entry.languages[0])
            workspace.commit(entry, source=origin, made_from=_made_from(entry), suffix=f"/{FORMAT}", revision=commit)
            return
        if entry.family is None:
            os.rmdir(workspace.staging)
            os.replace(files, workspace.staging)
            workspace.commit(entry, source=origin, revision=commit)
            return
        hashes = _made_from(entry) or [file_sha256(path) for path in files.rglob("*") if path.is_file()]
        adapter = _checked(entry.adapter) if entry.adapter else None
        with watching(workspace.staging, self._progress, f"{entry.name}: converting", None):
            suffix = prepare(files, workspace.staging, backend=entry.backend, family=entry.family, adapter=adapter)
        workspace.commit(entry, source=origin, made_from=hashes, suffix=suffix, revision=commit)

    def _note(self, line: str, entry: Entry) -> None:
        self._troubles.setdefault(line, _Trouble(line)).entries.append(entry.name)


def _made_from(entry: Entry) -> list[str]:
    """sha256 of what a model is converted from, as far as the registry pins it."""
    return [*entry.files.values(), *(entry.adapter.files.values() if entry.adapter else ())]


def _checked(adapter: Adapter) -> Path:
    """The folder of an adapter that comes with worldbrief.

    Raises:
        BackendError: a file in it is missing or altered.
    """
    folder = location().parent / adapter.folder
    for name, wanted in adapter.files.items():
        path = folder / name
        if not path.is_file() or file_sha256(path) != wanted:
            raise BackendError(f"{path} is not the file that belongs to it; install worldbrief again")
    return folder


def _comparison(language: str, better: Entry, chosen: Entry) -> str:
    score, known = better.score(language)
    if known == "assumed":
        return f"{language}: perhaps a better model than {chosen.name}"
    other, how = chosen.score(language)
    against = f"{chosen.name} has {other} {how}" if how != "assumed" else f"nobody has measured {chosen.name}"
    return f"{language}: a model with BLEU {score} {known}, where {against}"


def _routed(want: _Want) -> bool:
    """Whether it is a language that was asked for, not a model."""
    return not want.named and want.candidates[0].task == "translate"


def _origin(source: Source, commit: str) -> str:
    match source:
        case FirefoxService():
            return "Firefox model service"
        case _ if source.kind == "hub":
            return f"hub {source.repo}@{commit or source.revision}"
        case _:
            return f"wheel {source.requirements[0]}"
