"""The README of the project: short, and true."""

from __future__ import annotations

import re
import struct

from pipeline.cli.app import NOTHING_NEW
from pipeline.cli.operation import INTERRUPTED, TERMINATED
from pipeline.config import Config
from pipeline.errors import ConfigError, WorldbriefError
from pipeline.issue.render import FORMATS
from pipeline.language.codes import english_name
from pipeline.models import registry
from pipeline.run.plan import STAGES
from tests.docs.markdown import ROOT, Document, ticked

README = Document("README.md")
# Read in two minutes; what needs more room stands beside its code.
MOST_BYTES = 10_000


def test_it_is_short() -> None:
    assert len(README.text.encode()) <= MOST_BYTES


def test_the_line_that_ci_runs() -> None:
    assert len(re.findall(r"^python3 -m venv .+ && [^&\n]*pytest$", README.text, re.MULTILINE)) == 1


def test_the_picture() -> None:
    (target,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README.text)
    data = (ROOT / target).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) < 250_000
    width, height = struct.unpack(">II", data[16:24])
    assert 600 <= width <= 1800
    assert height <= 2 * width


def test_a_paragraph_for_each_stage() -> None:
    words = re.findall(r"^\*\*(\w+)\*\*", README.section("## How it works"), re.MULTILINE)
    assert [word.lower() for word in words] == [*STAGES, "issue"]


def test_files_and_exit_statuses() -> None:
    text = README.section("## What comes out")
    files = {name for name in ticked(text) if "." in name}
    assert files == {file for file, _ in FORMATS.values()} | {"articles.jsonl", "report.json", "review.html"}
    statuses = [0, WorldbriefError.exit_code, ConfigError.exit_code, NOTHING_NEW, INTERRUPTED, TERMINATED]
    assert [int(number) for number in re.findall(r"(?:status: |; )(\d+) ", text)] == statuses


def test_languages_of_the_built_in_translator() -> None:
    entry = registry.load().find("worldbrief-qwen2.5-1.5b")
    assert entry is not None
    text = " ".join(README.section("## Limits").split())
    assert f"measured for {len(entry.measured)};" in text
    least = Config().translate.draft_below
    weak = sorted(english_name(code) for code, bleu in entry.measured.items() if bleu < least)
    assert f"{', '.join(weak[:-1])} and {weak[-1]} are too weak" in text
