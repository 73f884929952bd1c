"""The folder of results: its files appear together, and one run at a time writes there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, WorldbriefError
from pipeline.issue import folder as folder_module
from pipeline.issue.folder import remove, settle, writing_to

ROOT = Path(__file__).parents[2]
NAMES = ("digest.html", "digest.md", "report.json", "later/digest.md")
WRITER = """
import os, signal, sys
from pathlib import Path
from pipeline.issue.folder import remove, writing_to
out, text, kill_at, step = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), 0
def dying(function):
    def act(*arguments, **options):
        global step
        if step == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        step += 1
        return function(*arguments, **options)
    return act
os.replace, os.unlink, Path.unlink = dying(os.replace), dying(os.unlink), dying(Path.unlink)
with writing_to(out) as folder:
    for name in sys.argv[4:]:
        path = folder.staging / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    remove(folder.staging / "old.txt")
    folder.commit()
"""


def write(out: Path, text: str, *, fails: bool = False) -> None:
    with writing_to(out) as folder:
        for name in NAMES:
            path = folder.staging / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        if fails:
            raise ZeroDivisionError
        folder.commit()


def texts(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): path.read_text()
        for path in out.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(out).parts)
    }


def test_all_of_it_is_there_afterwards(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "one")
    (out / "old.txt").write_text("old")
    (out / "own.txt").write_text("own")
    with writing_to(out) as folder:
        path = folder.staging / "digest.md"
        path.write_text("two")
        remove(folder.staging / "old.txt")
        assert texts(out)["digest.md"] == "one"
        assert (out / "old.txt").exists()
        folder.commit()
        assert folder.place(path) == out / "digest.md"
        assert folder.place(tmp_path / "elsewhere.md") == tmp_path / "elsewhere.md"
        assert texts(out) == {**dict.fromkeys(NAMES, "one"), "digest.md": "two", "own.txt": "own"}
    assert not (out / ".next").exists()


def test_what_is_not_committed_leaves_all_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "one")
    with pytest.raises(ZeroDivisionError):
        write(out, "two", fails=True)
    with writing_to(out) as folder:
        (folder.staging / "digest.md").write_text("three")
    assert texts(out) == dict.fromkeys(NAMES, "one")
    assert not (out / ".next").exists()


def test_a_run_that_writes_nothing_leaves_no_folder(tmp_path: Path) -> None:
    with writing_to(tmp_path / "out") as folder:
        folder.commit()
    assert list(tmp_path.iterdir()) == []


def killed(out: Path, at: int) -> int:
    command = [sys.executable, "-c", WRITER, str(out), "two", str(at), *NAMES]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


@pytest.mark.parametrize("at", [0, 1, 3, 6])
def test_killed_while_files_take_their_places(tmp_path: Path, at: int) -> None:
    check_kill(tmp_path / "out", at)


@pytest.mark.slow
def test_killed_at_every_step(tmp_path: Path) -> None:
    for at in range(40):
        if check_kill(tmp_path / str(at), at) == 0:
            break
    assert len(NAMES) < at < 40


def check_kill(out: Path, at: int) -> int:
    write(out, "one")
    (out / "old.txt").write_text("one")
    before = {**dict.fromkeys(NAMES, "one"), "old.txt": "one"}
    status = killed(out, at)
    assert status in (0, -signal.SIGKILL)
    settle(out)
    assert texts(out) in (before, dict.fromkeys(NAMES, "two"))
    # The list is renamed into its place first; from then on there is no way back.
    assert (texts(out) == before) == (at == 0 and status != 0)
    write(out, "three")
    assert {texts(out)[name] for name in NAMES} == {"three"}
    assert not (out / ".next").exists()
    return status


def test_a_digest_in_a_folder_below_is_settled_too(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "one")
    assert killed(out, 2) == -signal.SIGKILL
    settle(out / "later")
    assert texts(out) == dict.fromkeys(NAMES, "two")


def test_what_was_to_take_its_place_and_is_damaged_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "one")
    assert killed(out, 1) == -signal.SIGKILL
    left = [path for path in (out / ".next").rglob("*") if path.is_file() and path.suffix == ".md"]
    left[0].write_text("2wo")
    for act in (settle, lambda out: write(out, "three")):
        with pytest.raises(ConfigError, match="is damaged; remove the folder"):
            act(out)


def test_a_name_that_cannot_be_moved_is_said_and_healed_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write(out, "one")
    replace = os.replace

    def failing(source: Path, target: Path) -> None:
        if Path(target).name == "report.json":
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(WorldbriefError, match="not all results could be put in their places"):
        write(out, "two")
    with pytest.raises(ConfigError, match="its results are of two runs"):
        settle(out)
    monkeypatch.undo()
    settle(out)
    assert texts(out) == dict.fromkeys(NAMES, "two")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="mounts a small disk")
@pytest.mark.slow
@pytest.mark.parametrize("room", [3, 5, 7, 9])
def test_a_full_disk_leaves_the_results_of_one_run(tmp_path: Path, room: int) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        out = disk / "out"
        write(out, "one")
        (disk / "filler").write_bytes(b"x" * 4096 * room)
        with pytest.raises(OSError, match="No space"):
            write(out, "two" * 4000)
        assert texts(out) == dict.fromkeys(NAMES, "one")
        (disk / "filler").unlink()
        write(out, "two")
        assert texts(out) == dict.fromkeys(NAMES, "two")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


class TestTwoRuns:
    def test_the_second_waits_and_says_so(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        code = (
            "import sys, time; from pathlib import Path; from pipeline.issue.folder import writing_to\n"
            "with writing_to(Path(sys.argv[1])) as folder:\n"
            "    print('in', flush=True); time.sleep(0.7)\n"
            "    (folder.staging / 'digest.md').write_text('first'); folder.commit()\n"
        )
        with subprocess.Popen([sys.executable, "-c", code, str(out)], cwd=ROOT, stdout=subprocess.PIPE) as first:
            assert first.stdout is not None
            assert first.stdout.readline() == b"in\n"
            said: list[str] = []
            with writing_to(out, said.append) as folder:
                assert texts(out) == {"digest.md": "first"}
                (folder.staging / "digest.md").write_text("second")
                folder.commit()
        assert said == [f"another run is writing to {out}; waiting for it"]
        assert texts(out) == {"digest.md": "second"}

    def test_one_that_is_killed_lets_go(self, tmp_path: Path) -> None:
        write(tmp_path, "one")
        assert killed(tmp_path, 2) == -signal.SIGKILL
        said: list[str] = []
        with writing_to(tmp_path, said.append):
            assert {texts(tmp_path)[name] for name in NAMES} == {"two"}
        assert said == []

    def test_who_waits_can_be_ended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folder_module, "_PAUSE_SECONDS", 0.05)

        def ended() -> None:
            raise KeyboardInterrupt

        with writing_to(tmp_path), pytest.raises(KeyboardInterrupt), writing_to(tmp_path, waiting=ended):
            pass

    def test_it_waits_no_longer_than_an_hour(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folder_module, "_PAUSE_SECONDS", 0.05)
        monkeypatch.setattr(folder_module, "_PATIENCE_SECONDS", 0.1)
        with writing_to(tmp_path), pytest.raises(ConfigError, match="for an hour"), writing_to(tmp_path):
            pass

    def test_other_folders_do_not_wait(self, tmp_path: Path) -> None:
        with writing_to(tmp_path / "a") as one, writing_to(tmp_path / "b") as two:
            (one.staging / "x").write_text("a")
            (two.staging / "x").write_text("b")
            one.commit()
            two.commit()
        assert texts(tmp_path) == {"a/x": "a", "b/x": "b"}


@pytest.mark.parametrize("spoil", [lambda path: path.write_text(""), lambda path: path.symlink_to("/proc/nowhere")])
def test_a_folder_that_cannot_be_written_is_said_at_once(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    spoil(tmp_path / "out")
    with pytest.raises(ConfigError, match="results cannot be written there"), writing_to(tmp_path / "out"):
        pass


def test_the_list_says_what_belongs_together(tmp_path: Path) -> None:
    assert killed(tmp_path, 1) == -signal.SIGKILL
    names = json.loads((tmp_path / ".next" / ".list.json").read_text())
    assert set(names) == {*NAMES, "old.txt.gone"}
