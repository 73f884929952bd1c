"""The kinds of doubt: as many in the table as the code knows."""

from __future__ import annotations

import re
from typing import get_args

from pipeline.text.doubts import DoubtKind
from tests.docs.markdown import ROOT, Document, rows, ticked


def warnings_in_code() -> set[str]:
    """Kinds of warnings that are no doubt about a sentence."""
    calls = re.compile(r'TranslationWarning\(\s*kind="([\w-]+)"')
    return {kind for path in (ROOT / "pipeline").rglob("*.py") for kind in calls.findall(path.read_text("utf-8"))}


def test_kinds_of_warnings() -> None:
    section = Document("pipeline/translation/README.md").section("## What the checks see")
    table = [kind for cells in rows(section, "warning") for kind in ticked(cells[0])]
    assert set(table) == {*get_args(DoubtKind), *warnings_in_code()}
