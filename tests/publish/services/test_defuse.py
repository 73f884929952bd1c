"""No instruction of a template survives, and nothing else changes."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.issue.render.markdown import escape
from pipeline.publish.services import defuse

OPENERS = ("{{", "{%", "{#", "*|", "*%7C", "*%7c", "%%{", "@TrackLink")
_PIECES = (
    "{",
    "}",
    "%",
    "#",
    "*",
    "|",
    "7C",
    "7c",
    "@",
    "TrackLink",
    " ",
    "x",
    "&#123;",
    "https://",
    "\n",
    "<",
    "\u2060",
)
_TEXT = st.one_of(st.text(), st.lists(st.sampled_from(_PIECES)).map("".join))
_WORKS = pytest.mark.parametrize("work", [defuse.text, defuse.plain, defuse.address])


@_WORKS
@given(value=_TEXT)
def test_no_opener_is_left(work: object, value: str) -> None:
    assert callable(work)
    done = work(value, OPENERS)
    assert not any(opener in done for opener in OPENERS)
    # Neither after a service has taken it out of its markup once more than we do.
    twice = html.unescape(html.escape(done))
    assert not any(opener in twice for opener in OPENERS)


@given(value=_TEXT.filter(lambda text: "\u2060" not in text))
def test_text_reads_as_before(value: str) -> None:
    assert defuse.text(value, OPENERS).replace("\u2060", "") == value


@given(value=_TEXT)
def test_an_address_leads_where_it_led(value: str) -> None:
    assert unquote(defuse.address(value, OPENERS)) == unquote(value)


@_WORKS
@given(value=_TEXT)
def test_what_is_inert_stays_as_it_is(work: object, value: str) -> None:
    assert callable(work)
    done = work(value, OPENERS)
    assert work(done, OPENERS) == done
    assert work(value, ()) == value


@given(value=_TEXT)
def test_markdown_brings_no_opener_back(value: str) -> None:
    openers = ("{{", "{%", "{#")
    shown = MarkdownIt().render(defuse.plain(escape(value), openers))
    assert not re.search(r"\{[{%#]", html.unescape(re.sub(r"<[^>]*>", "\0", shown)))


def test_addresses_in_running_text_still_work() -> None:
    said = defuse.plain("see https://example.org/*%7CFNAME%7C* and *|FNAME|* and https://a.example@TrackLink", OPENERS)
    assert said == "see https://example.org/%2A%7CFNAME%7C* and *\u2060|FNAME|* and https://a.example%40TrackLink"
