"""Every page on a phone and on a desktop, in light and in dark, looked at by a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import DESKTOP, DESKTOP_DARK, PHONE, VIEWS, Seen, View, opened
from tests.browser.issues import sample
from tests.browser.pages import NAMES, Pages
from tests.issue.samples import render
from tests.issue.test_looks import LOOKS, channels

# A long page has nothing that the short ones have not but its length; test_review.py looks at its page in all views.
# Both colours and both widths are in the two that are left.
_LOOKS = [
    (name, view)
    for name in NAMES
    for view in VIEWS
    if view in (PHONE, DESKTOP_DARK) or not ("hundred" in name or name.startswith("review-") or "." in name)
]


@pytest.mark.parametrize(("name", "view"), _LOOKS, ids=lambda value: str(value))
def test_page(name: str, view: View, browser: Browser, pages: Pages, packages: Path, screenshots: Path | None) -> None:
    with opened(browser, pages.file(name), view) as seen:
        if screenshots:
            seen.picture(screenshots / f"{name}-{view}.png")
        assert seen.run("layout") == []
        assert violations(seen, packages, _NOT_OF_A_MAIL if name.startswith("mail") else ()) == []
        assert seen.mishaps == []


@pytest.mark.parametrize("view", [PHONE, DESKTOP, DESKTOP_DARK], ids=str)
@pytest.mark.parametrize("look", LOOKS)
def test_looks_that_come_with_it(
    look: str, view: View, browser: Browser, packages: Path, tmp_path: Path, screenshots: Path | None
) -> None:
    path = tmp_path / "look.html"
    path.write_bytes(render(sample().issue(), "html", channels(look)))
    with opened(browser, path, view) as seen:
        if screenshots:
            seen.picture(screenshots / f"look-{look}-{view}.png")
        assert seen.run("layout") == []
        assert violations(seen, packages) == []
        assert seen.mishaps == []


# A mail is shown within the page of a mail program, whose landmarks these are.
_NOT_OF_A_MAIL = ("landmark-one-main", "region")


def violations(seen: Seen, packages: Path, without: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds wrong: the rules of WCAG 2.2 A and AA, and its best practices but those of `without`."""
    source = (packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    rules = {rule: {"enabled": False} for rule in without}
    found: list[dict[str, Any]] = seen.page.evaluate(
        f"(rules) => {{ {source}; return axe.run({{ rules }}).then((done) => done.violations) }}", rules
    )
    return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("name", NAMES)
def test_text(name: str, browser: Browser, pages: Pages) -> None:
    """Every foreign string says its language and direction, every letter has a glyph, nothing is there but text."""
    with opened(browser, pages.file(name), DESKTOP) as seen:
        # The page of review makes an article when it is opened.
        seen.page.evaluate("() => document.querySelectorAll('.card .open').forEach((closed) => closed.click())")
        assert seen.run("languages") == []
        assert seen.run("glyphs") == []
        scripts = 2 if name.startswith("review-") else 0
        assert seen.page.locator("script").count() == scripts
        assert seen.page.locator("iframe, object, embed, form, img, video, audio").count() == 0
        # Languages in Latin script are known by their words alone. Of a long mail the end is cut; the page of review
        # has sentences where an article has no headline.
        for item in pages.issue(name).items if name not in ("mail-hundred", "review-odd") else ():
            if item.original_headline:
                shown = seen.page.locator(f'[lang="{item.language}"][dir="{item.direction}"]')
                assert item.original_headline in shown.all_text_contents()


@pytest.mark.parametrize("view", [PHONE, DESKTOP], ids=str)
def test_keyboard(view: View, browser: Browser, pages: Pages) -> None:
    """Every link and fold is reached by the tab key, in view, with an outline of 2 px and contrast 3 (WCAG 1.4.11)."""
    with opened(browser, pages.file("digest-sample"), view) as seen:
        stops = seen.page.locator("a[href], summary, button, input, select, textarea").count()
        reached = []
        for _ in range(stops):
            seen.page.keyboard.press("Tab")
            reached.append(seen.run("focus"))
        assert len({stop["what"] for stop in reached if stop}) > stops / 2
        assert all(stop and stop["outline"] >= 2 and stop["contrast"] >= 3 and stop["inside"] for stop in reached), [
            stop for stop in reached if not (stop and stop["outline"] >= 2 and stop["contrast"] >= 3 and stop["inside"])
        ]
