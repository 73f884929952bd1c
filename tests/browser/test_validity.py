"""The pages with their style sheets by the Nu validator; the mail by what mail programs support, and its headers."""

from __future__ import annotations

import email
import email.policy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import HERE
from tests.browser.pages import NAMES, Pages

_JAR = Path("vnu-jar", "build", "dist", "vnu.jar")


def nu(java: str, packages: Path, *arguments: str | Path) -> list[str]:
    """What the Nu validator says, errors and warnings."""
    command = [java, "-jar", packages / _JAR, "--format", "json", "--stdout", "--exit-zero-always", *arguments]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True, timeout=120)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"] if done.stdout.startswith("{") else []
    return [f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']}" for one in messages]


# What it says that is no error, and why.
_KNOWN = {
    "“mso-hide”": "a property of Outlook's, which has no other way to hide the preview of a mail",
    "Content Security Policy": "it does not compare the hashes of the page of review; a browser does, and runs it",
}


def test_pages_are_valid(java: str, packages: Path, pages: Pages) -> None:
    said = nu(java, packages, *map(pages.file, NAMES))
    assert [one for one in said if not any(known in one for known in _KNOWN)] == []


def test_the_validator_finds_errors(java: str, packages: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!doctype html><html lang=en><title>x</title><style>p { colour: red }</style><p><img src=x></p></section>"
    )
    said = " ".join(nu(java, packages, page))
    assert "colour" in said
    assert "alt" in said
    assert "section" in said


# Mail programs by the names that caniemail has for them.
PROGRAMS = ("apple-mail.*", "gmail.*", "outlook.*", "yahoo.*", "samsung-email.*", "thunderbird.*", "protonmail.*")
# What some of them leave out, and why the mail is as well read without it.
DISPENSABLE = {
    "@media": "the mail stays light where there is no dark mode by rule",
    "<body> element": "its style stands on the first element in it, too",
    "<style> element": "all rules but those for dark mode stand at the elements",
    **{
        f"{selector} selector": "of the rules for dark mode alone: the mail stays light"
        for selector in ("Attribute", "Class", "Type")
    },
    "Descendant combinator": "of the rules for dark mode alone: the mail stays light",
    "text-decoration": "links are underlined without it, too",
    "opacity": "of the preview line, which is hidden by other means as well",
    "aria-label attribute": "the title is the first heading",
    "role attribute": "a screen reader reads the same text in the same order",
    "overflow": "of the preview line alone, which is not shown anyway",
    "height property": "of the preview line alone, which is not shown anyway",
    "transform": "no such rule: text-transform is taken for it",
    "word-break": "a Korean headline then breaks within words",
    "display:none": "of the preview line: it then is the first line of the mail",
}


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("mail")])
def test_mail_programs_support_what_the_mail_needs(name: str, node: str, packages: Path, pages: Pages) -> None:
    command = [node, str(HERE / "mail.mjs"), str(pages.file(name)), *PROGRAMS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = json.loads(done.stdout)
    assert found["warnings"]  # Outlook has always something to object to; none at all means that nothing was read
    assert {f"{one['title']} in {one['client']}" for one in found["errors"] if one["title"] not in DISPENSABLE} == set()


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("mail")])
def test_headers_come_back_as_they_went(name: str, pages: Pages) -> None:
    sent = pages.mail(name)
    message = email.message_from_bytes(sent, policy=email.policy.SMTP)
    assert not message.defects
    again = email.message_from_bytes(message.as_bytes(), policy=email.policy.SMTP)
    assert [(header, str(value)) for header, value in again.items()] == [
        (header, str(value)) for header, value in message.items()
    ]
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    assert b"\n" not in sent.replace(b"\r\n", b"")
