"""Bars on a terminal, plain lines elsewhere, tables that are whole."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from pipeline.cli import display
from pipeline.cli.display import (
    DownloadDisplay,
    RunDisplay,
    extraction_table,
    show,
    summary_table,
    translation_table,
)
from pipeline.evaluate.agreement import gate_figures
from pipeline.evaluate.extraction import ExtractionScores, PageScore
from pipeline.evaluate.translation import Speed, TranslationScores
from pipeline.report.report import RunReport


def console(*, terminal: bool) -> tuple[Console, io.StringIO]:
    file = io.StringIO()
    return Console(file=file, force_terminal=terminal, width=80 if not terminal else 120, color_system=None), file


def run(shown: RunDisplay) -> None:
    with shown:
        shown.found(4)
        shown.advance("extract", 3)
        shown.advance("extract", 1)
        shown.detail("translate", 7, 30)
        shown.advance("translate", 2)


class TestRun:
    def test_a_bar_for_each_stage_with_its_count(self) -> None:
        screen, file = console(terminal=True)
        run(RunDisplay(screen, ("extract", "translate")))
        lines = file.getvalue().splitlines()
        for stage, count in (("extract", "4/4"), ("translate", "2/4")):
            last = [line for line in lines if stage in line][-1]
            assert count in last

    def test_sentences_are_shown_while_a_stage_is_at_work(self) -> None:
        screen, file = console(terminal=True)
        with RunDisplay(screen, ("translate",)) as shown:
            shown.detail("translate", 7, 30)
        assert "7 of 30 sentences" in file.getvalue()

    def test_plain_lines_without_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(display, "_LINE_EVERY", 0)
        screen, file = console(terminal=False)
        run(RunDisplay(screen, ("extract", "translate")))
        assert file.getvalue().splitlines() == [
            "extract: 3 of 4 articles",
            "extract: 4 of 4 articles",
            "translate: 7 of 30 sentences",
            "translate: 2 of 4 articles",
        ]

    def test_a_short_run_fills_no_log(self) -> None:
        screen, file = console(terminal=False)
        run(RunDisplay(screen, ("extract", "translate")))
        assert file.getvalue() == ""

    def test_the_bars_end_with_the_run_that_fails(self) -> None:
        screen, _ = console(terminal=True)
        with pytest.raises(ValueError, match="x"), RunDisplay(screen, ("extract",)):
            raise ValueError("x")
        # A second one could not start while the first is alive.
        run(RunDisplay(screen, ("extract", "translate")))


class TestDownloads:
    def test_a_line_without_a_terminal(self) -> None:
        screen, file = console(terminal=False)
        shown = DownloadDisplay(screen)
        shown.start("model [x]", 1_117_320_768)
        shown.advance(1000)
        shown.done()
        assert file.getvalue() == "getting model [x] (1,117 MB)\n"

    @pytest.mark.parametrize("size", [1000, None])
    def test_a_bar_on_a_terminal(self, size: int | None) -> None:
        screen, file = console(terminal=True)
        shown = DownloadDisplay(screen)
        for name in ("first", "second"):
            shown.start(name, size)
            shown.advance(1000)
            shown.done()
        assert "first" in file.getvalue()
        assert "second" in file.getvalue()


class TestTables:
    def test_the_counts_of_a_run(self) -> None:
        report = RunReport(issue="x", started="")
        report.stage("extract").count("cached", 12)
        report.stage("translate").count("computed", 3)
        screen, file = console(terminal=False)
        show(screen, summary_table(report))
        assert [line.split() for line in file.getvalue().splitlines()] == [
            ["stage", "cached", "computed", "skipped", "refused", "failed", "seconds"],
            ["extract", "12", "0", "0", "0", "0", "0.0"],
            ["translate", "0", "3", "0", "0", "0", "0.0"],
        ]

    def test_names_are_whole_without_a_terminal(self) -> None:
        name = "a-very-long-name/" * 20 + "[page].html"
        page = PageScore(
            file=name,
            precision=1.0,
            recall=0.5,
            f1=0.667,
            titled=True,
            dated=None,
        )
        scores = ExtractionScores(precision=1.0, recall=0.5, f1=0.667, titles=1.0, dates=0.0, pages=(page,))
        screen, file = console(terminal=False)
        show(screen, extraction_table(scores, 5))
        assert file.getvalue().splitlines()[1].split()[0] == name
        assert "all 1" in file.getvalue().splitlines()[2]

    def test_shares_of_nothing_are_no_numbers(self) -> None:
        rows = [(50.0, ["loop"]), (50.0, [])]
        scores = TranslationScores(
            model="m@1",
            language="ko",
            bleu=12.34,
            bleu_signature="b",
            chrf=45.67,
            chrf_signature="c",
            sentences=3,
            retried=1 / 3,
            gate=gate_figures(rows),
            speed=Speed(computed=0, cached=3, model_seconds=0.0, wall_seconds=0.5),
            lines=(),
        )
        screen, file = console(terminal=False)
        show(screen, translation_table(scores))
        assert [" ".join(line.split()) for line in file.getvalue().splitlines()] == [
            "figure value how",
            "system m@1",
            "language Korean ko",
            "lines 0 3 sentences",
            "BLEU 12.3 b",
            "chrF 45.7 c",
            "doubted 50.0% of 2 lines",
            "loop 50.0%",
            "doubted below chrF 25 - of 0 lines",
            "doubted above chrF 60 - of 0 lines",
            "chrF of the doubted 50.0 mean of the lines",
            "chrF of the others 50.0 mean of the lines",
            "tried again 33.3% of the sentences",
            "from the cache 3 of 3 sentences",
        ]


def test_models_may_be_got_while_a_run_is_shown() -> None:
    screen, file = console(terminal=True)
    with RunDisplay(screen, ("extract",)) as shown:
        shown.found(1)
        downloads = DownloadDisplay(screen)
        downloads.start("model", 1000)
        downloads.advance(1000)
        downloads.done()
        shown.advance("extract", 1)
    assert "model" in file.getvalue()
    assert "1/1" in file.getvalue()
