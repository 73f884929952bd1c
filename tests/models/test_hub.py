"""Checkpoints from a hub that the test plays: listed, verified, gone on with, prepared."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pipeline.errors import BackendError
from pipeline.models import get as get_module
from pipeline.models.entry import Hub
from pipeline.models.get import GetReport, get
from pipeline.models.hub import Stated, select
from pipeline.models.store import ModelStore
from tests.doubles import Silent
from tests.models.conftest import copied, entry, registry_of, sha256

OLD, NEW = "a" * 40, "b" * 40
WEIGHTS = b"weights " * 3_000_000  # more than the library reads at a time
REPO = "someone/opus-mt-ko-en"


def checkpoint(revision: str = "main") -> str:
    more = f"""
family = "marian"
checkpoint = ["*.json", "*.spm", "model.safetensors | pytorch_model.bin"]
published = {{ ko = 20.6 }}
[[model.sources]]
kind = "hub"
repo = "someone/opus-mt-{{language}}-en"
revision = "{revision}"
"""
    return entry("opus-mt-{language}-en", more, backend="transformers", language="ko")


@dataclass
class FakeHub:
    """The part of the hub's API that is asked: model info, and files with ranges."""

    commits: dict[str, dict[str, bytes]]
    branch: str = OLD
    lfs: frozenset[str] = frozenset({"model.safetensors", "pytorch_model.bin"})
    served: dict[str, bytes] = field(default_factory=dict)
    """Files that are sent with other content than is stated."""
    break_off: dict[str, int] = field(default_factory=dict)
    """Files whose connection breaks, once each, after so many bytes."""
    hang: dict[str, int] = field(default_factory=dict)
    """Files whose connection goes silent, once each, after so many bytes."""
    hanging: threading.Event = field(default_factory=threading.Event)
    free: threading.Event = field(default_factory=threading.Event)
    ranges: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def commit(self, revision: str) -> str:
        return self.branch if revision == "main" else revision

    def info(self, revision: str) -> dict[str, object] | None:
        files = self.commits.get(self.commit(revision))
        if files is None:
            return None
        siblings = []
        for name, data in files.items():
            blob = hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()
            sibling: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": blob}
            if name in self.lfs:
                sibling["lfs"] = {"sha256": sha256(data), "size": len(data), "pointerSize": 134}
            siblings.append(sibling)
        return {"id": REPO, "modelId": REPO, "sha": self.commit(revision), "siblings": siblings}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: FakeHub

    def do_HEAD(self) -> None:
        self._answer(send=False)

    def do_GET(self) -> None:
        self._answer(send=True)

    def _answer(self, *, send: bool) -> None:
        path = urlsplit(self.path).path
        self.hub.asked.append(f"{self.command} {path}")
        if path.startswith(f"/api/models/{REPO}/revision/"):
            info = self.hub.info(path.rpartition("/")[2])
            self._send(None if info is None else json.dumps(info).encode(), "application/json", send=send)
            return
        revision, _, name = path.removeprefix(f"/{REPO}/resolve/").partition("/")
        stated = self.hub.commits.get(self.hub.commit(revision), {}).get(name)
        self._send(
            None if stated is None else self.hub.served.get(name, stated),
            "application/octet-stream",
            send=send,
            name=name,
            commit=self.hub.commit(revision),
        )

    def _send(self, data: bytes | None, kind: str, *, send: bool, name: str = "", commit: str = "") -> None:
        if data is None:
            self.send_response(404)
            self.send_header("X-Error-Code", "RevisionNotFound" if not name else "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = 0
        if send and (wanted := self.headers.get("Range")):
            self.hub.ranges.append(f"{name} {wanted}")
            start = int(wanted.removeprefix("bytes=").partition("-")[0])
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        if commit:
            self.send_header("ETag", f'"{sha256(data)}"')
            self.send_header("X-Repo-Commit", commit)
        self.end_headers()
        if not send:
            return
        if (quiet := self.hub.hang.pop(name, None)) is not None:
            self.wfile.write(data[start:quiet])
            self.hub.hanging.set()
            self.hub.free.wait(60)
            self.close_connection = True
            return
        end = self.hub.break_off.pop(name, None)
        self.wfile.write(data[start:] if end is None else data[start:end])
        if end is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    files = {
        "README.md": b"# a model",
        "config.json": b'{"model_type": "marian"}',
        "vocab.json": b"{}",
        "source.spm": b"source",
        "target.spm": b"target",
        "pytorch_model.bin": WEIGHTS,
        "onnx/config.json": b"of another engine",
    }
    Handler.hub = FakeHub(
        {OLD: files, NEW: {**files, "vocab.json": b'{"new": 1}', "pytorch_model.bin": WEIGHTS + b"!"}}
    )
    monkeypatch.setattr(get_module, "prepare", copied)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        yield Handler.hub
        server.shutdown()
        thread.join()


@pytest.fixture
def get_korean(store: ModelStore) -> Callable[..., GetReport]:
    return lambda revision="main", **how: get(["ko"], store, registry_of(checkpoint(revision)), Silent(), **how)


def test_a_checkpoint_is_got_at_the_commit_of_its_branch(
    hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport]
) -> None:
    report = get_korean()
    assert (report.installed, report.errors, report.hints) == (("opus-mt-ko-en",), (), ())
    model = store.open("opus-mt-ko-en")
    assert model.source == f"hub {REPO}@{OLD}"
    assert (model.revision, model.target, model.family) == (OLD, "en", "marian")
    assert sorted(model.files) == ["config.json", "pytorch_model.bin", "source.spm", "target.spm", "vocab.json"]
    assert model.identity.endswith("/transformers-marian")
    model.check(contents=True)
    assert not list((store.root / ".downloads").iterdir())
    # The branch moves on; what is installed stays what it is.
    hub.branch = NEW
    assert get_korean().present == ("opus-mt-ko-en",)
    assert store.open("opus-mt-ko-en").revision == OLD


def test_the_identity_is_of_the_content(hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport]) -> None:
    get_korean()
    first = store.open("opus-mt-ko-en").identity
    hub.branch = NEW
    store.remove("opus-mt-ko-en")
    get_korean()
    assert store.open("opus-mt-ko-en").identity != first
    assert store.open("opus-mt-ko-en").revision == NEW


def test_a_pinned_commit_is_asked_for(hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport]) -> None:
    assert get_korean(NEW).installed == ("opus-mt-ko-en",)
    assert store.open("opus-mt-ko-en").revision == NEW
    assert not any("main" in line for line in hub.asked)


def test_a_commit_that_is_not_there_is_told(hub: FakeHub, get_korean: Callable[..., GetReport]) -> None:
    report = get_korean("c" * 40)
    assert report.errors[0] == "ko: no model could be got"
    assert "the model hub: someone/opus-mt-ko-en: " in report.errors[1]
    assert "c" * 40 in report.errors[1] or "404" in report.errors[1]


@pytest.mark.parametrize(("name", "what"), [("pytorch_model.bin", "sha256"), ("config.json", "git hash")])
def test_an_altered_file_is_refused_and_not_kept(
    hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport], name: str, what: str
) -> None:
    hub.served = {name: b"altered"}
    report = get_korean()
    assert f"{name} has {what} " in report.errors[1]
    assert store.installed() == {}
    hub.served = {}
    assert get_korean().installed == ("opus-mt-ko-en",)


def test_an_interrupted_download_is_gone_on_with(
    hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport]
) -> None:
    hub.break_off = {"pytorch_model.bin": 15_000_000}
    assert get_korean().installed == ("opus-mt-ko-en",)  # the library itself goes on
    (asked,) = hub.ranges
    assert 0 < int(asked.removeprefix("pytorch_model.bin bytes=").rstrip("-")) <= 15_000_000
    assert (store.open("opus-mt-ko-en").path / "pytorch_model.bin").read_bytes() == WEIGHTS


def test_after_a_kill_the_download_goes_on(
    hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport]
) -> None:
    hub.hang = {"pytorch_model.bin": 15_000_000}
    code = f"""
import pathlib
from pipeline.models import get as get_module
from pipeline.models.store import ModelStore
from tests.doubles import Silent
from tests.models.conftest import copied, registry_of
from tests.models.test_hub import checkpoint
get_module.prepare = copied
get_module.get(["ko"], ModelStore(pathlib.Path({str(store.root)!r})), registry_of(checkpoint()), Silent())
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2]) as process:
        assert hub.hanging.wait(120)
        time.sleep(0.5)  # what was sent is on its way to the disk
        process.kill()
    hub.free.set()
    assert store.installed() == {}
    assert get_korean().installed == ("opus-mt-ko-en",)
    (asked,) = hub.ranges
    assert int(asked.removeprefix("pytorch_model.bin bytes=").rstrip("-")) > 0
    store.open("opus-mt-ko-en").check(contents=True)


def test_what_is_here_is_not_fetched_twice_even_after_the_branch_moved(
    hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport]
) -> None:
    hub.served = {"vocab.json": b"altered"}  # the last in order: the others are complete
    assert get_korean().errors
    hub.served, hub.branch = {}, NEW
    hub.asked.clear()
    assert get_korean().installed == ("opus-mt-ko-en",)
    fetched = {line.rpartition("/")[2] for line in hub.asked if line.startswith("GET /someone")}
    assert fetched == {"pytorch_model.bin", "vocab.json"}  # what is new in the commit
    assert store.open("opus-mt-ko-en").revision == NEW
    assert (store.open("opus-mt-ko-en").path / "vocab.json").read_bytes() == b'{"new": 1}'


def test_a_failed_conversion_needs_no_hub_the_next_time(
    hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise BackendError("out of memory")

    with monkeypatch.context() as patch:
        patch.setattr(get_module, "prepare", fail)
        assert any("opus-mt-ko-en: out of memory" in line for line in get_korean().errors)
    hub.commits = {}
    assert get_korean().installed == ("opus-mt-ko-en",)
    assert store.open("opus-mt-ko-en").source == f"hub {REPO}@{OLD}"
    assert store.open("opus-mt-ko-en").revision == OLD


def test_another_backend_can_be_asked_for(
    hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport]
) -> None:
    get_korean()
    assert store.open("opus-mt-ko-en").backend == "transformers"
    assert get_korean(backend="ctranslate2").installed == ("opus-mt-ko-en",)
    model = store.open("opus-mt-ko-en")
    assert (model.backend, model.identity.partition("/")[2]) == ("ctranslate2", "ctranslate2-int8")
    assert get_korean(backend="ctranslate2").present == ("opus-mt-ko-en",)
    assert get_korean().present == ("opus-mt-ko-en",)  # the manifest decides


def test_safetensors_are_preferred(hub: FakeHub, store: ModelStore, get_korean: Callable[..., GetReport]) -> None:
    hub.commits[OLD]["model.safetensors"] = b"safe"
    get_korean()
    assert "model.safetensors" in store.open("opus-mt-ko-en").files
    assert "pytorch_model.bin" not in store.open("opus-mt-ko-en").files


def test_a_repository_without_weights_is_told(hub: FakeHub, get_korean: Callable[..., GetReport]) -> None:
    del hub.commits[OLD]["pytorch_model.bin"]
    report = get_korean()
    assert "has no model.safetensors or pytorch_model.bin at main" in report.errors[1]


@pytest.mark.parametrize("name", ["../a.json", "/etc/a.json"])
def test_a_name_outside_the_folder_is_refused(name: str) -> None:
    source = Hub(kind="hub", repo="a/b")
    with pytest.raises(BackendError, match="no name for a file"):
        select([name], {name: Stated(blob="0" * 40)}, source)


def test_a_file_without_a_hash_is_refused() -> None:
    with pytest.raises(BackendError, match=r"does not state the hash of a\.json"):
        select(["*.json"], {"a.json": Stated()}, Hub(kind="hub", repo="a/b"))


def test_models_got_only_by_name_are_left_until_they_are_named(hub: FakeHub, store: ModelStore) -> None:
    shy = registry_of(checkpoint().replace("commercial = true", "commercial = false\nby_name = true"))
    assert get(["ko"], store, shy, Silent()).installed == ()
    assert get([], store, shy, Silent(), ["opus-mt-ko-en"]).installed == ("opus-mt-ko-en",)
    assert get(["ko"], store, shy, Silent()).chosen == {"ko": "opus-mt-ko-en"}
    assert get(["ko"], store, shy, Silent(), commercial_only=True).chosen == {}
