"""The folder of results read back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, NothingToSend
from pipeline.issue import render
from pipeline.publish.edition import FILES, read_edition
from tests.issue.samples import CHANNELS, ENGLISH, SAMPLE
from tests.publish.desk import ISSUE, edited, edition, issue_of, write_issue


def test_the_issue_comes_back_as_it_was_written(tmp_path: Path) -> None:
    found = edition(tmp_path)
    assert found.issue == issue_of()
    assert set(found.files) == set(FILES)
    for name in render.FORMATS:
        assert render.render(found.issue, name, CHANNELS) == render.render(issue_of(), name, CHANNELS)


def test_the_same_issue_has_the_same_hash_and_another_another(tmp_path: Path) -> None:
    first, second = edition(tmp_path / "a"), edition(tmp_path / "b")
    assert first.sha256 == second.sha256
    assert edition(tmp_path / "c", issue_id="2026-02-05").sha256 != first.sha256
    assert (
        edition(tmp_path / "d", edited(ENGLISH, "Another headline")).sha256 != edition(tmp_path / "e", ENGLISH).sha256
    )


def test_a_file_that_moves_its_content_to_another_name_changes_the_hash(tmp_path: Path) -> None:
    before = edition(tmp_path)
    text, markdown = before.files["digest.txt"], before.files["digest.md"]
    (tmp_path / "digest.txt").write_bytes(markdown)
    (tmp_path / "digest.md").write_bytes(text)
    assert read_edition(tmp_path).sha256 != before.sha256


def test_pages_of_the_house_are_no_part_of_it(tmp_path: Path) -> None:
    write_issue(tmp_path)
    before = read_edition(tmp_path)
    for name in ("report.json", "articles.jsonl", "approval.json", "review.html"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert read_edition(tmp_path) == before


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "no issue to publish"),
        (b"", "not JSON"),
        (b'{"schema": "worldbrief-issue/1", "id": "2026', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "does not say what it is"),
        (b'{"schema": "worldbrief-issue/99"}', "says it is 'worldbrief-issue/99'"),
        (b'{"schema": "worldbrief-issue/1"}', "Field required"),
    ],
)
def test_what_is_no_issue_is_named(data: bytes | None, said: str, tmp_path: Path) -> None:
    write_issue(tmp_path)
    path = tmp_path / "issue.json"
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    with pytest.raises(ConfigError) as error:
        read_edition(tmp_path)
    assert str(path) in str(error.value)
    assert said in str(error.value)
    assert "worldbrief run" in str(error.value)
    assert len(str(error.value)) < 600


def test_a_wrong_key_is_named(tmp_path: Path) -> None:
    write_issue(tmp_path)
    path = tmp_path / "issue.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["sections"][0]["items"][0]["told"] = "yes"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sections\.0\.items\.0\.told"):
        read_edition(tmp_path)


@pytest.mark.parametrize("name", ["../../etc", "a/b", "", "x" * 65])
def test_a_name_that_would_lead_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    write_issue(tmp_path)
    path = tmp_path / "issue.json"
    path.write_text(path.read_text(encoding="utf-8").replace(f'"id": "{ISSUE}"', f'"id": "{name}"'), encoding="utf-8")
    with pytest.raises(ConfigError, match="issue name"):
        read_edition(tmp_path)


def test_an_empty_issue_is_none(tmp_path: Path) -> None:
    write_issue(tmp_path)
    path = tmp_path / "issue.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["sections"] = []
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(NothingToSend, match="nothing new came"):
        read_edition(tmp_path)


def test_all_samples_are_in_it(tmp_path: Path) -> None:
    assert edition(tmp_path).issue.count == len(SAMPLE)


def test_no_file_of_an_earlier_issue_goes_out_with_it(tmp_path: Path) -> None:
    write_issue(tmp_path)
    render.write(issue_of(issue_id="2026-02-05"), tmp_path, replace(CHANNELS, formats=("json", "html")))
    assert set(read_edition(tmp_path).files) == {"issue.json", "digest.html"}
