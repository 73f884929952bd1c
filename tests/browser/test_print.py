"""The pages on paper: A4 by the browser's own printing, read back from the PDF."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import DESKTOP, opened
from tests.browser.pages import NAMES, Pages

_MM = 72 / 25.4
_SIDE = 12 * _MM
"""No printer prints to the edge; the pages ask for more than this at each side."""
_DIGESTS = [name for name in NAMES if name.startswith("digest")]


@pytest.fixture(scope="module", params=_DIGESTS)
def printed(
    request: pytest.FixtureRequest,
    browser: Browser,
    pages: Pages,
    screenshots: Path | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Any]:
    """Name of the page, and the PDF that a reader who likes dark pages prints."""
    name = request.param
    path = (screenshots or tmp_path_factory.mktemp("print")) / f"{name}.pdf"
    with opened(browser, pages.file(name), DESKTOP) as seen:
        seen.page.pdf(path=path, format="A4", prefer_css_page_size=True)
    return name, pdfium.PdfDocument(path)


def _flat(text: str) -> str:
    """Without what the line breaks of the PDF may add: spaces, hyphens."""
    return re.sub(r"[\s\u00ad\ufffe\x02-]+", "", text)


def test_nothing_is_cut(printed: tuple[str, Any]) -> None:
    """Every letter lies within the margins: none beyond an edge, no line half on one page and half on the next."""
    _, document = printed
    for number, page in enumerate(document, start=1):
        width, height = page.get_size()
        text = page.get_textpage()
        for place in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(place)
            if right - left < 0.01 or top - bottom < 0.01:  # spaces
                continue
            inside = left >= _SIDE and right <= width - _SIDE and bottom >= 5 * _MM and top <= height - 10 * _MM
            assert inside, (number, place, text.get_text_range(place, 20))


def test_everything_is_printed(printed: tuple[str, Any], pages: Pages) -> None:
    name, document = printed
    text = _flat("".join(page.get_textpage().get_text_range() for page in document))
    for item in pages.issue(name).items:
        # How a PDF holds other scripts is not how they are written.
        for wanted in (item.headline, item.summary, item.url):
            if wanted.isascii():
                assert _flat(wanted) in text


def test_no_heading_is_left_at_the_foot_of_a_page(printed: tuple[str, Any], pages: Pages) -> None:
    name, document = printed
    titles = {_flat(section.title).upper() for section in pages.issue(name).sections if section.title}
    headlines = {_flat(item.headline).upper() for item in pages.issue(name).items}
    for page in document:
        # Its number, at the foot, is no line of the text.
        lines = [line for line in page.get_textpage().get_text_range().splitlines() if line and not line.isdigit()]
        assert _flat(lines[-1]).upper() not in titles | headlines
