"""The examples for systemd and cron: what their own readers say of them."""

from __future__ import annotations

import datetime
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from cronsim import CronSim

from pipeline.cli.app import NOTHING_NEW
from pipeline.cli.operation import TERMINATED
from pipeline.config import load
from tests.docs.commands import COMMANDS
from tests.docs.markdown import Document, rows, ticked

FOLDER = Path(__file__).parents[2] / "configs" / "unattended"
SERVICE, TIMER, CRON = (FOLDER / f"worldbrief.{kind}" for kind in ("service", "timer", "cron"))
BIN = "/opt/worldbrief/bin/worldbrief"
ANALYZE = shutil.which("systemd-analyze")
with_systemd = pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze, which reads units, is not installed")


def unit(path: Path) -> dict[str, list[str]]:
    """`Section.Key` to its values."""
    found: dict[str, list[str]] = defaultdict(list)
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            section = match[1]
        elif line and not line.startswith("#"):
            key, equals, value = line.partition("=")
            assert equals
            assert re.fullmatch(r"[A-Z]\w+", key), line
            found[f"{section}.{key}"].append(value)
    return found


def check_command(words: list[str]) -> None:
    """A command of worldbrief, with options that it has."""
    assert words[0] == BIN
    known = {option for parameter in COMMANDS[(words[1],)].params for option in parameter.opts}
    assert {word for word in words[2:] if word.startswith("-")} <= known
    assert words[words.index("--config") + 1] == "/etc/worldbrief/worldbrief.toml"


@with_systemd
@pytest.mark.parametrize("path", [SERVICE, TIMER], ids=lambda path: path.name)
def test_systemd_reads_the_units(path: Path, tmp_path: Path) -> None:
    for file in (SERVICE, TIMER):
        # The program need not be installed here.
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8").replace(BIN, sys.executable))
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", str(tmp_path / path.name)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    assert (done.returncode, done.stderr) == (0, "")


@with_systemd
def test_the_service_may_do_little(tmp_path: Path) -> None:
    """systemd's own mark for what a service could do to the machine: 10 is everything, below 2.5 is called safe."""
    done = subprocess.run(
        [str(ANALYZE), "security", "--offline=true", "--threshold=25", "--no-pager", str(SERVICE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:]


def test_what_the_service_starts_there_is() -> None:
    found = unit(SERVICE)
    assert found["Service.Type"] == ["oneshot"]
    run, publish = map(shlex.split, found["Service.ExecStart"])
    check_command(run)
    check_command(publish)
    assert (run[1], publish[1]) == ("run", "publish")
    assert "--accept-failures" in run
    assert {*map(int, found["Service.SuccessExitStatus"][0].split())} == {NOTHING_NEW, TERMINATED}


def test_every_morning_and_also_after_a_night_without_power() -> None:
    found = unit(TIMER)
    assert found["Timer.Persistent"] == ["true"]
    assert found["Install.WantedBy"] == ["timers.target"]
    (when,) = found["Timer.OnCalendar"]
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:00", when)


def test_cron_reads_its_lines() -> None:
    """As crontab(5) has it: settings, then five fields, a user and a command in which % would end it."""
    settings, lines = {}, []
    for line in CRON.read_text(encoding="utf-8").splitlines():
        if re.match(r"\w+=", line):
            name, _, value = line.partition("=")
            settings[name] = value
        elif line and not line.startswith("#"):
            lines.append(line)
    assert set(settings) == {"SHELL", "PATH", "MAILTO"}
    assert CRON.read_bytes().endswith(b"\n")
    (line,) = lines
    *when, user, command = line.split(maxsplit=6)
    start = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    times = CronSim(" ".join(when), start)
    assert [next(times).isoformat() for _ in range(2)] == ["2026-11-23T05:30:00+00:00", "2026-11-24T05:30:00+00:00"]
    assert user == "worldbrief"
    assert "%" not in command
    (shared,) = re.findall(rf'{re.escape(BIN)} "\$@" ([^;]+);', command)
    steps = re.findall(r"(?<=[;&] )step ([^;&]+)", command)
    assert [step.split()[0] for step in steps] == ["run", "publish"]
    for step in steps:
        check_command(shlex.split(f"{BIN} {step} {shared}"))


@pytest.mark.parametrize(
    ("run", "publish", "said"),
    [(0, 0, False), (3, 3, False), (3, 0, False), (1, 0, True), (2, 0, True), (0, 1, True), (143, 0, True)],
)
def test_cron_speaks_only_if_no_digest_went_out(tmp_path: Path, run: int, publish: int, said: bool) -> None:
    program = tmp_path / "worldbrief"
    program.write_text(
        f'#!/bin/sh\necho "{{}}" >&2\necho out/digest.html\n[ "$1" = run ] && exit {run}\nexit {publish}\n'
    )
    program.chmod(0o755)
    line = CRON.read_text(encoding="utf-8").splitlines()[-1]
    command = line.split(maxsplit=6)[6].replace(BIN, str(program)).replace("/var/lib/worldbrief", str(tmp_path))
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert bool(done.stdout) == said
    assert done.stderr == ""
    # Nothing but events is in the log.
    assert set((tmp_path / "worldbrief.log").read_text().splitlines()) == {"{}"}
    if said:
        assert done.stdout.startswith("No digest today")


def test_the_settings_are_read() -> None:
    config = load(FOLDER / "worldbrief.toml")
    assert config.publish.targets == ("smtp",)
    assert config.issue.unsubscribe
    places = (config.run.out, config.run.cache, config.run.models, config.run.overlay, config.run.metrics)
    writable = (f"/var/lib/{unit(SERVICE)['Service.StateDirectory'][0]}", "/var/lib/prometheus/node-exporter")
    assert all(place.startswith(writable) for place in places)
    assert unit(SERVICE)["Service.ReadWritePaths"] == [f"-{writable[1]}"]


def test_the_files_are_listed() -> None:
    readme = Document("configs/unattended/README.md")
    listed = {name for cells in rows(readme.text, "file") for name in ticked(cells[0])}
    assert listed == {path.name for path in FOLDER.iterdir()} - {"README.md"}
