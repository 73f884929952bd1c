"""The kinds of bad input: as many in the table as the code makes."""

from __future__ import annotations

import ast

from tests.docs.markdown import ROOT, Document, rows, ticked


def kinds_in_code() -> set[tuple[str, str, str]]:
    """(kind, status, stage) of every error that the source makes under a fixed name."""
    found = set()
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        parts = path.relative_to(ROOT / "pipeline").with_suffix("").parts
        stage = {"ingest": "ingest", "extraction": "extract", "stages": parts[-1]}.get(parts[0], "any")
        if parts == ("run", "routes"):
            stage = "translate"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = {"ArticleError": 0, "Refused": 0, "unreadable": 1}.get(node.func.id)
            if place is None or not isinstance(node.args[place], ast.Constant):
                continue
            kind = node.args[place]
            assert isinstance(kind, ast.Constant)
            found.add((str(kind.value), "refused" if node.func.id == "Refused" else "failed", stage))
    return found


def test_kinds_of_bad_input() -> None:
    text = Document("pipeline/ingest/README.md").text
    table = {(ticked(cells[0])[0], cells[1], cells[2]) for cells in rows(text, "kind")}
    assert table == kinds_in_code()
