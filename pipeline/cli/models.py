"""The `worldbrief models` commands."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import ConfigOption, err, load_config, out
from pipeline.errors import BackendError, ConfigError

models_app = typer.Typer(help="Get, list, check, carry and remove models.", no_args_is_help=True)


class Engine(StrEnum):
    """What a checkpoint can be prepared for."""

    ctranslate2 = "ctranslate2"
    openvino = "openvino"
    transformers = "transformers"


@models_app.command("get")
def models_get(
    wanted: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LANG|NAME]...", help="Languages, such as ko zh-Hant, or names of models."),
    ] = None,
    mirror: Annotated[
        Path | None, typer.Option("--from", help="Folder that `models export` wrote; no network is used then.")
    ] = None,
    backend: Annotated[
        Engine | None, typer.Option(help="Prepare checkpoints for this engine, not the one of the registry.")
    ] = None,
    config_file: ConfigOption = None,
) -> None:
    """Get the best obtainable model for each language, and the models that every run uses."""
    from pipeline.cli.display import DownloadDisplay
    from pipeline.run.installed import Models

    models = Models(load_config(config_file), DownloadDisplay(err))
    report = models.get(wanted or [], mirror=mirror, backend=backend.value if backend else None)
    for line in report.hints:
        err.print(f"hint: {line}", markup=False)
    for name in report.installed:
        model = models.store.open(name)
        out.print(f"installed {name} from {model.source}", markup=False)
        if not model.commercial:
            err.print(f"hint: {name} is for non-commercial use only ({model.licence})", markup=False)
    for name in report.present:
        out.print(f"already here: {name}", markup=False)
    for line in report.errors:
        err.print(f"worldbrief: {line}", markup=False)
    if report.errors:
        raise typer.Exit(1)


@models_app.command("list")
def models_list(
    language: Annotated[
        str | None, typer.Argument(metavar="[LANG]", help="Only the models for this language, the best first.")
    ] = None,
    config_file: ConfigOption = None,
) -> None:
    """List the models there are, or those for a language with the one that a run would use now."""
    from pipeline.cli.display import show
    from pipeline.cli.tables import candidates_table, is_narrow, models_table
    from pipeline.language.codes import english_name
    from pipeline.models.entry import known_language
    from pipeline.run.installed import Models

    models = Models(load_config(config_file), None)
    if language is None:
        problems = models.by_language.problems
        show(out, models_table(models.registry, models.store.installed(), problems, narrow=is_narrow(out)))
        return
    code = known_language(language)
    candidates = models.by_language.explain(code)
    if not candidates:
        out.print(f"{english_name(code)} needs no translation" if code == "en" else "no model for it", markup=False)
        return
    show(out, candidates_table(code, candidates, models.store.installed(), narrow=is_narrow(out)))
    used = next((candidate.choice.names for candidate in candidates if candidate.remark.startswith("used")), None)
    verdict = (
        f"is translated by {' and '.join(used)}" if used else f"cannot be translated: worldbrief models get {code}"
    )
    out.print(f"{english_name(code)} {verdict}", markup=False)


@models_app.command("export")
def models_export(
    folder: Annotated[Path, typer.Argument(help="Folder to write to; made where there is none.")],
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Default: all installed.")] = None,
    config_file: ConfigOption = None,
) -> None:
    """Write installed models to a folder, from which `models get --from` installs them on another machine."""
    from pipeline.cli.display import DownloadDisplay
    from pipeline.models.mirror import export
    from pipeline.run.installed import Models

    models = Models(load_config(config_file), None)
    installed = models.store.installed()
    chosen = _installed(names, list(installed))
    if not chosen:
        raise ConfigError("no models are installed; `worldbrief models get` gets some")
    new = export([installed[name] for name in chosen], folder, DownloadDisplay(err))
    for name in chosen:
        out.print(f"{'exported' if name in new else 'already there:'} {name}", markup=False)


@models_app.command("check")
def models_check(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Default: all installed.")] = None,
    config_file: ConfigOption = None,
) -> None:
    """Compare every file of installed models with the sha256 it had when it was installed."""
    from pipeline.run.installed import Models

    store = Models(load_config(config_file), None).store
    installed, unreadable = store.installed(), store.unreadable()
    damaged = False
    for name in _installed(names, sorted([*installed, *unreadable])):
        try:
            if name in unreadable:
                raise BackendError(unreadable[name])
            installed[name].check(contents=True)
            out.print(f"whole: {name}, {len(installed[name].files)} files", markup=False)
        except BackendError as error:
            damaged = True
            out.print(f"damaged: {error}", markup=False)
    if damaged:
        raise typer.Exit(1)


@models_app.command("remove")
def models_remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names of installed models.")],
    config_file: ConfigOption = None,
) -> None:
    """Remove installed models from the disk."""
    from pipeline.run.installed import Models

    store = Models(load_config(config_file), None).store
    for name in _installed(names, sorted([*store.installed(), *store.unreadable()])):
        out.print(f"removed {name}: {store.remove(name) / 1e6:,.1f} MB are free again", markup=False)


def _installed(names: list[str] | None, known: list[str]) -> list[str]:
    """The names asked for, once each; all known ones where none are.

    Raises:
        ConfigError: one is not known.
    """
    from pipeline.models.entry import nearest

    for name in names or ():
        if name not in known:
            raise ConfigError(f"no model {name!r} is installed; {nearest(name, known)}")
    return list(dict.fromkeys(names)) if names else known
