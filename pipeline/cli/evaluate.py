"""The `worldbrief evaluate` commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline import config
from pipeline.cli.console import ConfigOption, err, load_config, out

evaluate_app = typer.Typer(help="Measure quality against reference data.", no_args_is_help=True)


@evaluate_app.command("translation")
def evaluate_translation(
    language: Annotated[str, typer.Option("--language", "-l", help="Language of the source, such as ko or zh-Hant.")],
    source: Annotated[Path, typer.Option(help="Sentences to translate, one a line.")],
    reference: Annotated[Path, typer.Option(help="Their English, line by line.")],
    config_file: ConfigOption = None,
    model: Annotated[str | None, typer.Option(help="Name of the model; default: the one a run would take.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many of the first lines.")] = None,
    out_file: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write each line with its score as JSONL.")
    ] = None,
    against: Annotated[Path | None, typer.Option(help="Compare with what an earlier --out wrote.")] = None,
) -> None:
    """Score translation against references: BLEU, chrF, the checks, speed."""
    from pipeline.cli.display import RunDisplay, comparison_table, show, translation_table
    from pipeline.evaluate import translation
    from pipeline.evaluate.compare import compare, read_lines, write_lines
    from pipeline.evaluate.parallel import read_parallel
    from pipeline.run.installed import Models
    from pipeline.store.cache import SqliteStore

    settings = config.with_model(load_config(config_file), model)
    text = read_parallel(source, reference, limit)
    earlier = read_lines(against) if against else None
    with SqliteStore(Path(settings.run.cache) / "cache.db") as store, RunDisplay(err, ("translate",)) as display:
        scores = translation.evaluate(
            text.pairs, language, settings, Models(settings, None), store, display.sentences("translate")
        )
    if out_file:
        write_lines(out_file, scores.lines)
    show(out, translation_table(scores))
    if text.left_out:
        lines = "1 line" if text.left_out == 1 else f"{text.left_out} lines"
        err.print(f"{lines} left out: no text on one side or both")
    if earlier is not None:
        show(out, comparison_table(compare(earlier, scores.lines)))


@evaluate_app.command("models")
def evaluate_models(
    data: Annotated[Path, typer.Option(help="Folder with dev.en.txt and dev.LANG.txt for each language, as FLORES.")],
    config_file: ConfigOption = None,
    languages: Annotated[
        list[str] | None, typer.Option("--language", "-l", help="Only this language; may be given several times.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Only so many of the first lines.")] = 300,
    write: Annotated[
        bool, typer.Option("--write", help="Put the scores into models/registry.toml and the README beside it.")
    ] = False,
) -> None:
    """Measure the installed translation models, each on all its languages."""
    from pipeline.cli.display import RunDisplay, measured_line, measured_table, show
    from pipeline.evaluate.measure import measure
    from pipeline.evaluate.record import write as write_scores
    from pipeline.models import registry
    from pipeline.store.cache import SqliteStore

    settings = load_config(config_file)
    found = []
    with SqliteStore(Path(settings.run.cache) / "cache.db") as store, RunDisplay(err, ("translate",)) as display:
        progress = display.sentences("translate")
        for one in measure(data, settings, store, languages=languages or (), limit=limit, progress=progress):
            err.print(measured_line(one), markup=False)
            found.append(one)
    show(out, measured_table(found))
    if write:
        place = registry.location()
        write_scores(found, place, place.parent / "README.md")


@evaluate_app.command("extraction")
def evaluate_extraction(
    folder: Annotated[Path, typer.Argument(help="Folder with gold.jsonl and the pages it names.")],
    worst: Annotated[int, typer.Option(help="Show so many of the worst pages.")] = 10,
) -> None:
    """Score article extraction on saved pages."""
    from pipeline.cli.display import extraction_table, show
    from pipeline.evaluate.extraction import evaluate

    show(out, extraction_table(evaluate(folder), worst))


@evaluate_app.command("tags")
def evaluate_tags(
    folder: Annotated[Path, typer.Argument(help="Folder with sib200_eng_Latn.tsv, the English file of SIB-200.")],
    config_file: ConfigOption = None,
    calibrate: Annotated[
        bool,
        typer.Option("--calibrate", help="Print pipeline/topics/calibration.toml for the installed model instead."),
    ] = False,
) -> None:
    """Score the topics that articles get, with the installed embedding model."""
    from pipeline.cli.display import show, tags_table
    from pipeline.evaluate import tags
    from pipeline.run.installed import Models

    identity, load = Models(load_config(config_file), None).embedder()
    if calibrate:
        out.print(tags.as_toml(tags.calibrate(folder, load())), markup=False, end="")
    else:
        show(out, tags_table(tags.evaluate(folder, load()), identity))
