"""What a run over hostile input leaves, in a real browser: nothing runs, loads, opens or is an element of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import opened
from tests.browser.pages import html_of
from tests.hostile_run import Left, run

PAGES = ("digest.html", "mail.html", "review.html")

# Elements that the pages have for themselves, by the page.
_ELEMENTS = {
    "digest.html": "html head meta title link style body a header h1 h2 h3 p time span bdi nav ul li main aside article"
    " div strong details summary code footer",
    "mail.html": "html head meta title style body div h1 h2 h3 p span a code",
    "review.html": "html head meta title style body a header h1 h2 h3 p time span bdi ul ol li main aside section"
    " article div strong details summary code script noscript button select option label input fieldset legend textarea"
    " datalist",
}


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    made = run(tmp_path_factory.mktemp("hostile"))
    (made.folder / "mail.html").write_text(html_of((made.folder / "digest.eml").read_bytes()), encoding="utf-8")
    return made


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_live(name: str, left: Left, browser: Browser, screenshots: Path | None) -> None:
    with opened(browser, left.folder / name) as seen:
        # Opened as a user's press opens it, without waiting for each to come into view.
        seen.page.evaluate("() => [...document.querySelectorAll('.card .open')].slice(0, 60).forEach((x) => x.click())")
        seen.page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        if screenshots:
            seen.picture(screenshots / f"hostile-{name}.png")
        elements = set(seen.page.evaluate("() => [...document.querySelectorAll('*')].map((x) => x.localName)"))
        assert elements <= set(_ELEMENTS[name].split())
        attributes = seen.page.evaluate(
            "() => [...document.querySelectorAll('*')].flatMap((x) => [...x.attributes].map((a) => a.name))"
        )
        assert not [attribute for attribute in attributes if attribute.startswith(("on", "src", "action"))]
        links = seen.page.evaluate("() => [...document.links].map((link) => link.protocol)")
        assert set(links) <= {"http:", "https:", "file:"}
        # Text beside text: whoever moves over all of it sets nothing off.
        seen.page.keyboard.press("End")
        assert seen.mishaps == []
        assert seen.page.evaluate("() => window.pwned === undefined && document.title.includes('pwned()')")
