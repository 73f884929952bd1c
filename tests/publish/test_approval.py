"""What was approved, and what is sent."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, WorldbriefError
from pipeline.publish.approval import FILE, approve, check_approved, check_settled
from pipeline.publish.edition import read_edition
from tests.publish.desk import START, edition, write_issue

NOW = "a" * 64
"""Mark of what is decided."""


def test_what_was_approved_may_go_out(tmp_path: Path) -> None:
    approval = approve(edition(tmp_path), now=START, by="A. Editor\n\x1b[2J")
    assert check_approved(read_edition(tmp_path)) == approval
    assert approval.by == "A. Editor [2J"
    assert approval.approved == "2026-02-04T10:13:20+00:00"


def test_a_run_that_writes_the_same_again_changes_nothing(tmp_path: Path) -> None:
    approve(edition(tmp_path), now=START)
    write_issue(tmp_path)
    check_approved(read_edition(tmp_path))


def test_what_nobody_approved_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"not approved, nothing was sent.*approve 2026-02-04"):
        check_approved(edition(tmp_path))


def test_each_file_that_changed_is_named(tmp_path: Path) -> None:
    approve(edition(tmp_path), now=START)
    (tmp_path / "digest.html").write_text("changed", encoding="utf-8")
    (tmp_path / "feed.xml").unlink()
    with pytest.raises(ConfigError, match=r"digest\.html has changed, feed\.xml is gone; nothing was sent"):
        check_approved(read_edition(tmp_path))


def test_a_file_that_came_later_is_named(tmp_path: Path) -> None:
    write_issue(tmp_path)
    text = (tmp_path / "digest.txt").read_bytes()
    (tmp_path / "digest.txt").unlink()
    approve(read_edition(tmp_path), now=START)
    (tmp_path / "digest.txt").write_bytes(text)
    with pytest.raises(ConfigError, match=r"digest\.txt is new"):
        check_approved(read_edition(tmp_path))


def test_the_approval_of_another_issue_is_none(tmp_path: Path) -> None:
    approve(edition(tmp_path), now=START)
    with pytest.raises(ConfigError, match="approves issue '2026-02-04', and the folder holds 2026-02-05"):
        check_approved(edition(tmp_path, issue_id="2026-02-05"))


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"version": 2}', b'{"version": 1, "issue": "2026-02-04"}'])
def test_a_damaged_approval_is_none(damaged: bytes, tmp_path: Path) -> None:
    found = edition(tmp_path)
    (tmp_path / FILE).write_bytes(damaged)
    with pytest.raises(ConfigError, match=r"approval\.json: is damaged"):
        check_approved(found)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    found = edition(tmp_path)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WorldbriefError, match=r"approval\.json: cannot be written"):
            approve(found, now=START)
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    found = edition(tmp_path)
    (tmp_path / FILE).mkdir()
    with pytest.raises(WorldbriefError, match=r"approval\.json: cannot be written"):
        approve(found, now=START)


def test_decisions_without_a_place_are_shown_first(tmp_path: Path) -> None:
    found = edition(tmp_path)
    check_settled(found, NOW)
    report = {"issue": "2026-02-04", "overlay": [f"article {number}: is not in the issue" for number in range(7)]}
    (tmp_path / "report.json").write_text(json.dumps(report), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"article 0: .* and 2 more; mend the overlay"):
        check_settled(found, NOW)
    (tmp_path / "report.json").write_text(json.dumps({**report, "issue": "2026-02-03"}), encoding="utf-8")
    check_settled(found, NOW)


def test_what_was_decided_since_the_run_began_is_asked_for(tmp_path: Path) -> None:
    found = edition(tmp_path)
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"issue": "2026-02-04", "overlay": [], "decided": NOW}), encoding="utf-8")
    check_settled(found, NOW)
    with pytest.raises(ConfigError, match=r"decided something since issue 2026-02-04 was made.*run --again"):
        check_settled(found, "0" * 64)
    # Of a version that did not write it down.
    path.write_text(json.dumps({"issue": "2026-02-04", "overlay": []}), encoding="utf-8")
    check_settled(found, "0" * 64)
