"""Secrets planted in every place that has some, and servers that repeat all they hear: none is found anywhere after."""

from __future__ import annotations

import base64
import io
import json
import socketserver
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from pipeline.cli.app import main
from pipeline.publish import deliver
from tests.publish.desk import Reply, Request, serving

TEXT = "Ponte aberta\n\n" + "A cidade abriu a nova ponte na segunda-feira. O prefeito agradeceu aos moradores. " * 3
# Each as its service has them; what follows c4n4ry is its own.
SECRETS = {
    "WORLDBRIEF_SMTP_PASSWORD": "c4n4ry 5mtp&p4ss",
    "WORLDBRIEF_WEBHOOK_SECRET": "c4n4ry-hook-secret-0123456789",
    "WORLDBRIEF_LISTMONK_TOKEN": "c4n4ryListmonkToken",
    "WORLDBRIEF_BUTTONDOWN_KEY": "c4n4ry-buttondown-key",
    "WORLDBRIEF_GHOST_KEY": "c4n4ry0123456789abcdef00:" + "ab12" * 16,
    "WORLDBRIEF_MAILCHIMP_KEY": "c4n4rymailchimp-us7",
    "WORLDBRIEF_BEEHIIV_KEY": "c4n4ry-beehiiv-key",
    "WORLDBRIEF_SLACK_TOKEN": "xoxb-c4n4ry-slack",
}
CANARIES = [*SECRETS.values(), "ab12" * 16, "/c4n4ry/hook/path", "c4n4ry-in-an-address"]
CONFIG = """
[translate]
model = "fake"
[fetch]
allow = ["{host}"]
[run]
metrics = "desk.prom"
[publish]
require_approval = false
targets = ["smtp", "webhook", "listmonk", "buttondown", "ghost", "mailchimp", "beehiiv", "slack"]
{secrets}
[publish.smtp]
host = "127.0.0.1"
port = {smtp}
security = "none"
username = "desk"
recipients = "readers.txt"
[publish.webhook]
url_env = "MY_HOOK"
attempts = 1
[publish.listmonk]
url = "http://{host}"
username = "desk"
lists = [1]
[publish.buttondown]
url = "http://{host}"
[publish.ghost]
url = "http://{host}"
[publish.mailchimp]
url = "http://{host}"
audience = "a"
reply_to = "a@example.org"
[publish.beehiiv]
url = "http://{host}"
publication = "pub_1"
[publish.slack]
url = "http://{host}"
channel = "C0123456789"
"""


def spellings(secret: str) -> set[bytes]:
    """A secret as it is, and as requests spell it."""
    plain = secret.encode()
    users = [plain, b"\0desk\0" + plain, b"desk:" + plain, b"worldbrief:" + plain, b"key:" + plain]
    encoded = {base64.b64encode(text) for text in users}
    return {plain, quote(secret).encode(), json.dumps(secret)[1:-1].encode(), *encoded}


def echo(status: int) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        said = [request.path, *request.headers.values(), request.body[:200].decode("utf-8", "replace")]
        token = request.headers.get("authorization", "").partition(" ")[2]
        with suppress(ValueError):
            said.append(base64.b64decode(token, validate=True).decode())
        return Reply(status, json.dumps({"error": said}).encode())

    return answer


@contextmanager
def echoing_mail_server() -> Iterator[int]:
    """Asks for a login, and repeats it where it refuses it."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 hello\r\n")
            while line := self.rfile.readline():
                if line.upper().startswith(b"EHLO"):
                    self.wfile.write(b"250-hello\r\n250 AUTH PLAIN LOGIN\r\n")
                elif line.upper().startswith(b"QUIT"):
                    self.wfile.write(b"221 bye\r\n")
                else:
                    told = base64.b64decode(line.split()[-1] + b"==").decode("utf-8", "replace").replace("\0", " ")
                    self.wfile.write(b"535 no such login: " + line.strip() + b" " + told.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


class Desk:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.said = ""

    def __call__(self, *arguments: str) -> int:
        self._monkeypatch.setattr(sys, "argv", ["worldbrief", *arguments])
        self._monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
        with pytest.raises(SystemExit) as ended:
            main()
        self.said += "".join(self._capsys.readouterr())
        return int(ended.value.code or 0)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORLDBRIEF_MODELS", str(tmp_path / "models"))
    Path("news.txt").write_text(TEXT, encoding="utf-8")
    Path("readers.txt").write_text("a@example.org\n", encoding="utf-8")
    return Desk(monkeypatch, capsys)


def found(folder: Path, said: str) -> list[str]:
    """Where a secret stands: in files, databases also as their tables have it, and in what was said."""
    places = {"standard output and error": said.encode("utf-8", "replace")}
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "secrets.env":
            places[str(path.relative_to(folder))] = path.read_bytes()
            if path.suffix == ".db":
                with sqlite3.connect(path) as database:
                    places[f"{path.name} as text"] = "\n".join(database.iterdump()).encode("utf-8", "replace")
                database.close()
    return [
        f"{place}: {secret}"
        for place, data in places.items()
        for secret in CANARIES
        if any(spelling in data for spelling in spellings(secret))
    ]


@pytest.mark.parametrize(
    ("status", "source"),
    [
        (401, "file"),
        # These are asked again after a pause.
        *(pytest.param(status, "environment", marks=pytest.mark.slow) for status in (200, 401, 500)),
    ],
)
def test_no_secret_is_found_after_a_run_and_its_publishing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, source: str
) -> None:
    with serving(echo(status)) as server, echoing_mail_server() as port:
        host = server.url.removeprefix("http://")
        secrets = {**SECRETS, "MY_HOOK": f"{server.url}/c4n4ry/hook/path"}
        setting = ""
        if source == "file":
            setting = 'secrets = "secrets.env"'
            Path("secrets.env").write_text("".join(f"{name}='{value}'\n" for name, value in secrets.items()))
            Path("secrets.env").chmod(0o600)
        else:
            for name, value in secrets.items():
                monkeypatch.setenv(name, value)
        Path("worldbrief.toml").write_text(CONFIG.format(host=host, smtp=port, secrets=setting), encoding="utf-8")
        feeds = f"http://u:c4n4ry-in-an-address@{host}/feed"
        Path("feeds.opml").write_text(f'<opml><body><outline xmlUrl="{feeds}"/></body></opml>', encoding="utf-8")
        log = ("--log", "json") if source == "file" else ()
        desk("run", "news.txt", *log)
        Path("feeds.opml").unlink()
        assert Path("out/digest.html").is_file()
        desk("publish", "--dry-run")
        assert desk("publish", *log) in (0, 1)
        desk("publish")
        desk("publish", "--test", "b@example.org")
        desk("config", "show")
        desk("sources")
        assert len(server.requests) >= 7
        asked = b"".join(
            value.encode() for request in server.requests for value in (request.path, *request.headers.values())
        )
    # They were really used.
    assert SECRETS["WORLDBRIEF_BUTTONDOWN_KEY"].encode() in asked
    assert b"/c4n4ry/hook/path" in asked
    assert "535" in desk.said or "login" in desk.said
    assert found(tmp_path, desk.said) == []


def test_a_fault_of_ours_shows_none(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that nobody foresaw, with a secret in its text, is told without it."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    Path("worldbrief.toml").write_text(CONFIG.format(host="127.0.0.1:9", smtp=9, secrets=""), encoding="utf-8")
    desk("run", "news.txt")

    def fail(*_: object) -> None:
        raise RuntimeError(f"Authorization: Bearer {SECRETS['WORLDBRIEF_SLACK_TOKEN']}")

    monkeypatch.setattr(deliver, "deliver", fail)
    assert desk("publish", "--log", "json") == 1
    assert '"event": "crashed"' in desk.said
    assert desk("publish") == 1
    assert "Traceback" in desk.said
    assert desk.said.count("Bearer ***") == 3
    assert found(tmp_path, desk.said) == []


@pytest.mark.parametrize("where", ["command", "settings", "list"])
def test_a_password_in_an_address_is_refused_and_not_repeated(desk: Desk, tmp_path: Path, where: str) -> None:
    feed = "https://u:c4n4ry-in-an-address@news.invalid/feed"
    settings = f'[ingest]\npaths = ["{feed}"]\n' if where == "settings" else ""
    Path("worldbrief.toml").write_text(f'[translate]\nmodel = "fake"\n{settings}', encoding="utf-8")
    Path("feeds.opml").write_text(f'<opml><body><outline xmlUrl="{feed}"/></body></opml>', encoding="utf-8")
    code = desk("run", *{"command": [feed], "settings": [], "list": ["feeds.opml"]}[where], "--log", "json")
    assert code in (1, 2)
    # In a list it is left out: the login of a feed has a place of its own.
    assert ("//news.invalid/feed" if where == "list" else "***@news.invalid/feed") in desk.said
    Path("feeds.opml").unlink()
    Path("worldbrief.toml").unlink()
    assert found(tmp_path, desk.said) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    secret = SECRETS["WORLDBRIEF_SMTP_PASSWORD"]
    (tmp_path / "a").write_bytes(base64.b64encode(f"\0desk\0{secret}".encode()))
    database = sqlite3.connect(tmp_path / "b.db")
    database.execute("CREATE TABLE t (x)")
    database.execute("INSERT INTO t VALUES (?)", (secret,))
    database.commit()
    database.close()
    assert len(found(tmp_path, f"said {secret}")) == 4
