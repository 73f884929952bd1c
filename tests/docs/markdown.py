"""What a README says: its sections, tables, commands and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Folders of the repository; what else lies in a checkout (environments, results) is not ours.
_FOLDERS = ("configs", "models", "pipeline", "seeds", "tests")


def documents() -> list[Path]:
    """Every Markdown file of ours: no articles that tests read, no packages that are installed among them."""
    found = [path for folder in _FOLDERS for path in (ROOT / folder).rglob("*.md")]
    return sorted([ROOT / "README.md", *(path for path in found if not {"golden", "node_modules"} & {*path.parts})])


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


class Document:
    """One file, by its path from the root."""

    def __init__(self, path: str) -> None:
        self.path = ROOT / path
        self.text = self.path.read_text(encoding="utf-8")

    def section(self, title: str) -> str:
        """The text under a heading, up to the next heading of its level or above."""
        level = title.split(" ")[0]
        _, found, rest = self.text.partition(f"\n{title}\n")
        assert found, f"{self.path} has no section {title!r}"
        return re.split(rf"^#{{2,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]

    def headings(self) -> list[str]:
        return re.findall(r"^#+ (.+)$", _without_blocks(self.text), re.MULTILINE)

    def links(self) -> list[str]:
        """Targets of links and pictures."""
        return re.findall(r"\]\(([^)\s]+)\)", _without_blocks(self.text))

    def generated(self, name: str, table: str, *, update: bool) -> str:
        """What stands between the comments of a name, after `table` has been written there if that is asked."""
        block = re.compile(rf"(<!-- {name}: .*? -->\n)(.*?)(<!-- /{name} -->)", re.DOTALL)
        text = self.path.read_text(encoding="utf-8")
        if update:
            text = block.sub(lambda match: match[1] + table + match[3], text)
            self.path.write_text(text, encoding="utf-8")
        found = block.search(text)
        assert found is not None, f"{self.path} has no block {name!r}"
        return found[2]

    def commands(self) -> list[str]:
        """Every `worldbrief` command line, in blocks and in running text."""
        blocks = re.findall(r"^```sh\n(.*?)^```", self.text, re.DOTALL | re.MULTILINE)
        lines = [part for block in blocks for line in block.splitlines() for part in re.split(r" && | \| ", line)]
        spans = re.findall(r"`([^`]+)`", _without_blocks(self.text))
        lines += [re.sub(r"\s+", " ", span.replace("\\|", "|")) for span in spans]
        lines = [line.strip().removeprefix(".venv/bin/") for line in lines]
        return [line for line in lines if line.startswith("worldbrief ")]


def rows(text: str, first: str) -> list[list[str]]:
    """The cells of the table whose first heading is `first`."""
    _, found, rest = text.partition(f"| {first} |")
    assert found, f"no table that begins with {first!r}"
    return list(_cells(rest.split("\n")[2:]))


def _cells(lines: list[str]) -> Iterator[list[str]]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def ticked(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def anchor(heading: str) -> str:
    """The fragment by which a heading is linked, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _without_blocks(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
