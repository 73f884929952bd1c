"""Secrets: where they come from, and that they are nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.config import Publish, load
from pipeline.errors import ConfigError
from pipeline.publish.means import Means
from pipeline.publish.secrets import environment, known

CANARY = "c4n4ry-Tweet!77"


def file(folder: Path, text: str, mode: int = 0o600) -> Publish:
    path = folder / "secrets.env"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return Publish(secrets=str(path))


def test_lines_of_the_file_and_the_environment_over_them(tmp_path: Path) -> None:
    settings = file(tmp_path, "# for mail\n\nA_B=plain\nexport C_D='with # and \"quotes\"'\nE_F=$A_B\r\nG_H=\n")
    assert environment(settings, {"A_B": "outer", "X": "y"}) == {
        "A_B": "outer", "C_D": 'with # and "quotes"', "E_F": "$A_B", "G_H": "", "X": "y",
    }  # fmt: skip
    assert environment(Publish(), {"X": "y"}) == {"X": "y"}


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o602, 0o604, 0o610, 0o777])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    settings = file(tmp_path, f"A_B={CANARY}\n", mode)
    with pytest.raises(ConfigError, match=rf"secrets\.env: others may read or change it \(mode {mode:04o}\)") as raised:
        environment(settings, {})
    assert CANARY not in str(raised.value)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = file(tmp_path, "A_B=x\n")
    owner = os.stat(settings.secrets).st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    if owner == 0:
        assert environment(settings, {}) == {"A_B": "x"}  # root may read all anyway
        os.chown(settings.secrets, 4711, -1)
    with pytest.raises(ConfigError, match="belongs to another user"):
        environment(settings, {})


@pytest.mark.parametrize(
    ("text", "line"), [(f"A_B=x\n{CANARY}\n", 2), (f"a_b={CANARY}\n", 1), (f"A_B='{CANARY}\n", 1), (f"= {CANARY}", 1)]
)
def test_a_wrong_line_is_named_and_not_shown(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(ConfigError, match=rf"line {line}: is not NAME=value") as raised:
        environment(file(tmp_path, text), {})
    assert CANARY not in str(raised.value)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for place, why in ((tmp_path / "none", "cannot be read"), (tmp_path, "is no file")):
        with pytest.raises(ConfigError, match=why):
            environment(Publish(secrets=str(place)), {})
    (tmp_path / "bytes").write_bytes(b"A_B=\xff\n")
    (tmp_path / "bytes").chmod(0o600)
    with pytest.raises(ConfigError, match="is not UTF-8"):
        environment(Publish(secrets=str(tmp_path / "bytes")), {})


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(ConfigError, match="is no file"):
        environment(Publish(secrets=str(tmp_path / "pipe")), {})


def test_what_the_settings_name_is_known() -> None:
    held = {"WORLDBRIEF_SMTP_PASSWORD": "abc", "WORLDBRIEF_GHOST_KEY": " abcdef ", "HOME": "/home"}
    assert known(Publish(), held) == ["abcdef", "abc"]


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("smtp", "password"), ("smtp", "password_env"), ("webhook", "secret_env"), ("webhook", "secret"),
        ("slack", "token_env"), ("slack", "webhook_env"), ("slack", "webhook"), ("ghost", "key_env"),
        ("mailchimp", "key_env"), ("beehiiv", "key_env"), ("buttondown", "key_env"), ("listmonk", "token_env"),
        ("ghost", "api_key"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("secret", [CANARY, "hunter2", "xoxb-1-2-abc", "https://hooks.example/T0/B0/x", "AKIA99X1"])
def test_a_secret_among_the_settings_is_refused_and_not_repeated(
    tmp_path: Path, section: str, key: str, secret: str
) -> None:
    path = tmp_path / "w.toml"
    path.write_text(f'[publish.{section}]\n{key} = "{secret}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"publish\.{section}\.{key}: .*a secret is never a setting") as raised:
        load(path)
    assert secret not in str(raised.value)


def test_a_secret_with_a_line_break_goes_into_no_header() -> None:
    with pytest.raises(ConfigError, match="control character") as raised:
        Means(environment={"A_B": f"{CANARY}\nX-Evil: 1"}).secret("publish.ghost.key_env", "A_B")
    assert CANARY not in str(raised.value)
