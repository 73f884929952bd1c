"""The looks in `configs/looks/`: whole, different from each other, light and dark, and readable."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from pipeline.config import IssueSection
from pipeline.issue.channels import Channels, channels_of
from pipeline.issue.render import FORMATS, check
from pipeline.issue.render.email import MAX_BYTES
from tests.docs.markdown import ROOT, Document, rows, ticked
from tests.issue.samples import SAMPLE, render
from tests.issue.test_formats import _luminance as luminance
from tests.issue.test_formats import many
from tests.issue.test_hostile import parts
from tests.issue.test_issue import issue_of

LOOKS = sorted(path.name for path in (ROOT / "configs" / "looks").iterdir())
ISSUE = issue_of(*SAMPLE, base_url="https://brief.example.org")
LEAST = {"high-contrast": 7.0}
"""Contrast of WCAG level AAA; elsewhere that of AA, 4.5."""


def channels(look: str) -> Channels:
    return channels_of(IssueSection(templates=str(ROOT / "configs" / "looks" / look)))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<style[^>]*>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).split())


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_says_the_same_in_every_format(look: str) -> None:
    check(channels(look))
    plain = channels_of(IssueSection())
    for name in FORMATS:
        if name not in ("html", "email"):
            assert render(ISSUE, name, channels(look)) == render(ISSUE, name, plain)
    assert text_of(render(ISSUE, "html", channels(look)).decode()) == text_of(render(ISSUE, "html", plain).decode())
    assert text_of(parts(ISSUE, channels(look))[2]) == text_of(parts(ISSUE, plain)[2])


def test_the_looks_differ() -> None:
    pages = {look: render(ISSUE, "html", channels(look)) for look in LOOKS}
    mails = {look: parts(ISSUE, channels(look))[2] for look in LOOKS}
    assert len(LOOKS) >= 3
    for one, other in combinations(LOOKS, 2):
        assert pages[one] != pages[other]
        assert mails[one] != mails[other]


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_is_readable_light_and_dark(look: str) -> None:
    style = (ROOT / "configs" / "looks" / look / "digest.css").read_text(encoding="utf-8")
    schemes = [
        dict(re.findall(r"--([a-z]+): #([0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    light, dark = schemes
    assert luminance(light["paper"]) > 0.5 > luminance(dark["paper"])
    for scheme in schemes:
        for text in ("ink", "quiet", "accent"):
            for ground in ("paper", "wash"):
                assert contrast(scheme[text], scheme[ground]) >= LEAST.get(look, 4.5), (text, ground)


@pytest.mark.parametrize("look", LOOKS)
def test_the_mail_is_readable_light_and_dark(look: str) -> None:
    folder = ROOT / "configs" / "looks" / look
    light, dark = ((folder / name).read_text(encoding="utf-8") for name in ("email.css", "email-dark.css"))
    for style in (light, dark):
        (ground,) = set(re.findall(r"\.page \{[^}]*?background-color: #([0-9a-f]{6})", style))
        colours = set(re.findall(r"(?:[{;] )color: #([0-9a-f]{6})", style)) - {ground}
        assert len(colours) >= 2
        for colour in colours:
            assert contrast(colour, ground) >= LEAST.get(look, 4.5), colour
    # Every colour of the light style is changed in the dark: none of its words stays dark on dark.
    kept = re.findall(r"<style[^>]*>(.*?)</style>", parts(ISSUE, channels(look))[2], re.DOTALL)
    assert "prefers-color-scheme: dark" in kept[-1]


@pytest.mark.parametrize("look", LOOKS)
def test_a_long_mail_stays_below_the_limit(look: str) -> None:
    assert MAX_BYTES * 0.9 < len(render(many(200), "email", channels(look))) <= MAX_BYTES


@pytest.mark.parametrize("look", LOOKS)
def test_paper_has_the_look_of_the_package(look: str) -> None:
    style = (ROOT / "configs" / "looks" / look / "digest.css").read_text(encoding="utf-8")
    own = re.sub(r"/\*.*?\*/", "", style.partition("%}")[2], flags=re.DOTALL)
    assert re.findall(r"^@media (?!screen)|^[^@\s}]", own, re.MULTILINE) == []


def test_the_looks_are_listed() -> None:
    listed = [ticked(cells[0])[0] for cells in rows(Document("configs/README.md").text, "look")]
    assert [Path(name).name for name in listed] == LOOKS
