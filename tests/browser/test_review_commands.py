"""The commands that the page of review has to copy do in a shell what its lines for the overlay say."""

from __future__ import annotations

import io
import shlex
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser

from pipeline.cli.app import main
from pipeline.overlay import file as overlay_file
from pipeline.overlay.overlay import Overlay
from pipeline.review import page as review
from tests.browser.chromium import opened
from tests.browser.test_review import go_to, overlay_lines, press
from tests.issue.samples import ENGLISH, KOREAN, SAMPLE, SWAHILI, TRADITIONAL, VIETNAMESE
from tests.review.folders import results_of

HEADLINE = "-- Taipei's “talks” \\ $(x) `y`"


def decisions(overlay: Overlay) -> dict[str, object]:
    """All that the overlay decides: a revision decides nothing, which the lines may say of what was taken back."""
    data = overlay.model_dump(exclude_defaults=True)
    for issue in data["issue"].values():
        edits = {article: {**edit, "revision": ""} for article, edit in issue["article"].items()}
        issue["article"] = {article: edit for article, edit in edits.items() if set(edit) > {"revision"}}
    return data


def test_each_does_what_it_says(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page_file = review.write(results_of(tmp_path / "out", *SAMPLE))
    with opened(browser, page_file) as seen:
        page = seen.page
        go_to(page, VIETNAMESE.id)
        press(page, "e", "Control+a")
        page.keyboard.type(HEADLINE)
        press(page, "Enter", "p")
        go_to(page, TRADITIONAL.id)
        press(page, "p")
        go_to(page, ENGLISH.id)
        press(page, "d")
        # Done and taken back.
        go_to(page, KOREAN.id)
        press(page, "d", "d")
        go_to(page, SWAHILI.id)
        press(page, "t")
        page.evaluate("document.activeElement.blur()")
        press(page, "n", "c", "n", "e")
        page.keyboard.type("-In my words: ")
        press(page, "Enter")
        page.get_by_text("The issue: note").click()
        page.locator("#issue-note").fill("Quiet day.")
        page.get_by_role("button", name="Save the note").click()
        lines = overlay_lines(page)
        page.get_by_role("button", name="Look").click()
        commands = page.locator("#commands").input_value().split("\n")
        assert seen.mishaps == []
    assert (len(lines.sentence), lines.of("2026-11-23").note) == (2, "Quiet day.")
    assert lines.of("2026-11-23").article[VIETNAMESE.id].headline == HEADLINE
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
    for command in commands:
        monkeypatch.setattr(sys, "argv", shlex.split(command))
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code, command
    written = overlay_file.read(tmp_path / "overlay.toml")
    assert decisions(written) == decisions(lines)
    assert written.of("2026-11-23").article[SWAHILI.id].revision == SWAHILI.revision
