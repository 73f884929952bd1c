"""Logins of feeds as a user gives them: in the environment or a file of secrets, and never seen again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from tests.fetch.web import Web, serving

FEED = (
    "<rss version='2.0'><channel><title>Paid</title><item><title>New bridge</title><link>https://e.example/1</link>"
    "<description>"
    + "The mayor opened the new bridge on Monday morning. " * 50
    + "</description></item></channel></rss>"
)


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as server:
        server.answers["/feed"] = (200, {}, FEED.encode())
        yield server


def run(folder: Path, web: Web, logins: str = "", secrets: str = "") -> str:
    (folder / "c.toml").write_text(
        f"[translate]\nmodel = 'fake'\n[issue]\ndrafts = 'tell'\n[fetch]\nallow = ['{web.host}']\nhost_pause = 0\n"
        f"{logins}\n[publish]\nsecrets = '{secrets}'\n[run]\nout = '{folder}/out'\ncache = '{folder}/cache'\n"
    )
    result = CliRunner().invoke(app, ["run", f"{web.url}/feed", "-c", str(folder / "c.toml"), "--log", "json"])
    return result.output + repr(result.exception or "")


def test_a_login_from_a_file_of_secrets(tmp_path: Path, web: Web) -> None:
    secrets = tmp_path / "secrets"
    secrets.write_text("PAID_LOGIN='desk:s3cret77'\n")
    secrets.chmod(0o600)
    said = run(tmp_path, web, f"logins = {{ '{web.host}' = 'PAID_LOGIN' }}", str(secrets))
    assert (tmp_path / "out" / "digest.html").exists(), said
    assert web.asked[0][1]["authorization"].startswith("Basic ")
    secrets.unlink()
    assert "s3cret77" not in said + "".join(
        path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file()
    )


def test_a_file_that_others_may_read_is_none(tmp_path: Path, web: Web) -> None:
    secrets = tmp_path / "secrets"
    secrets.write_text("PAID_LOGIN='desk:s3cret77'\n")
    secrets.chmod(0o644)
    said = run(tmp_path, web, f"logins = {{ '{web.host}' = 'PAID_LOGIN' }}", str(secrets))
    assert "others may read or change it" in said
    assert web.asked == []


def test_a_secret_in_the_place_of_a_name_is_not_repeated(tmp_path: Path, web: Web) -> None:
    said = run(tmp_path, web, f"logins = {{ '{web.host}' = 'desk:s3cret77' }}")
    assert "fetch.logins" in said
    assert "s3cret77" not in said
    assert web.asked == []
