"""The checks themselves: each finds what was planted for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import PHONE, opened
from tests.browser.test_look import violations

# Script, what stands in the page, and what it has to say of it.
PLANTED = {
    "wide": ("layout", "<p style='width: 400px'>wide</p>", "beyond the edge"),
    "page": ("layout", "<pre>" + "long " * 40 + "</pre>", "the page is"),
    "cut": ("layout", "<p style='height: 5px; overflow: hidden'>cut off by its box</p>", "text cut off"),
    "arabic": ("languages", "<p>The paper الأهرام said so.</p>", "Arab in lang=en"),
    "attribute": ("languages", "<p aria-label='газета'>x</p>", "Cyrl in lang=en"),
    "wrong": ("languages", "<p lang=ja dir=ltr>한국어</p>", "Hang in lang=ja"),
    "no-direction": ("languages", "<p lang=he>עברית</p>", "no dir"),
    "direction": ("languages", "<p lang=he dir=ltr>עברית</p>", "not rtl"),
    "glyph": ("glyphs", "<p>a \u2fe0 b</p>", "U+2fe0"),
}


def written(folder: Path, body: str) -> Path:
    path = folder / "page.html"
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Page</title>'
    path.write_text(f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return path


@pytest.mark.parametrize("planted", PLANTED)
def test_found(planted: str, browser: Browser, tmp_path: Path) -> None:
    script, body, said = PLANTED[planted]
    with opened(browser, written(tmp_path, body), PHONE) as seen:
        assert said in " ".join(seen.run(script))


def test_axe_finds_violations(browser: Browser, packages: Path, tmp_path: Path) -> None:
    body = "<main><h1>Page</h1><p style='color: #aaa; background: #fff'>pale</p><a href='#x'></a></main>"
    with opened(browser, written(tmp_path, body)) as seen:
        assert {one.split(":")[0] for one in violations(seen, packages)} == {"color-contrast", "link-name"}


def test_mishaps_are_seen(browser: Browser, tmp_path: Path) -> None:
    body = "<img src='https://nowhere.invalid/x.png'><script>alert(1); console.log('said'); nothing()</script>"
    with opened(browser, written(tmp_path, body)) as seen:
        told = {mishap.partition(":")[0] for mishap in seen.mishaps}
    assert told == {"request", "dialog", "console", "script"}
