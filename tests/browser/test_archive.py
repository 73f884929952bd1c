"""The archive as readers have it: opened from a disk, without a server, with and without its script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.publish.archive.archive import target
from pipeline.publish.journal import FILE, SqliteJournal
from tests.browser.chromium import VIEWS, Seen, View, opened
from tests.browser.test_look import violations
from tests.browser.test_validity import nu
from tests.issue.samples import SAMPLE, article
from tests.publish.desk import Clock, edited, edition, settings

# They come first in their issue, as nothing is told there.
_LISTED = article("ar.html", language="ar", title="سوق التمور في البصرة", english="Date market in Basra", summary=None)
_HOSTILE = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    made = target(
        settings(archive={"folder": str(folder / "site"), "base_url": "https://example.org"}), Clock().means()
    )
    with SqliteJournal(folder / FILE) as journal:
        for issue_id, articles in (
            ("2025-12-31", (_LISTED,)),
            ("2026-02-04", SAMPLE),
            ("2026-02-05", (edited(SAMPLE[-1], _HOSTILE),)),
        ):
            made.publish(edition(folder / "out", *articles, issue_id=issue_id), journal)
    return folder / "site"


def _mishaps(seen: Seen, site: Path) -> list[str]:
    """What happened beyond loading files of the archive."""
    return [mishap for mishap in seen.mishaps if not mishap.startswith(f"request: {site.as_uri()}/")]


@contextmanager
def _searched(browser: Browser, site: Path, words: str, view: View = VIEWS[0]) -> Iterator[Seen]:
    with opened(browser, site / "index.html", view) as seen:
        seen.page.get_by_label("Search all issues").fill(words)
        expect(seen.page.get_by_role("status")).not_to_be_empty()
        yield seen


def _found(page: Page) -> list[str]:
    return page.locator("#results a").all_text_contents()


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_index(view: View, browser: Browser, site: Path, packages: Path, screenshots: Path | None) -> None:
    with _searched(browser, site, "a", view) as seen:
        if screenshots:
            seen.picture(screenshots / f"archive-{view}.png")
        assert seen.run("layout") == []
        assert seen.run("languages") == []
        assert seen.run("glyphs") == []
        assert _mishaps(seen, site) == []
        # It fetches the style sheet, which the page itself may not; so it comes last.
        assert violations(seen, packages) == []


def test_valid(java: str, packages: Path, site: Path) -> None:
    # On a disk the validator takes no file for one of the page's own; browsers do.
    not_of_a_disk = "Resource violates Content Security Policy"
    assert [said for said in nu(java, packages, site / "index.html") if not_of_a_disk not in said] == []
    assert nu(java, packages, "--css", site / "archive.css") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("البصرة سوق", 1), ("EGYPT cyprus", 1), ("no such word anywhere", 0), ("onerror", 1), ("((((", 0)],
)
def test_search(words: str, found: int, browser: Browser, site: Path) -> None:
    with _searched(browser, site, words) as seen:
        said = {0: "No articles", 1: "1 article"}[found]
        expect(seen.page.get_by_role("status")).to_have_text(said)
        assert len(_found(seen.page)) == found
        assert _mishaps(seen, site) == []


def test_what_is_found_leads_to_the_article(browser: Browser, site: Path) -> None:
    with _searched(browser, site, "البصرة") as seen:
        link = seen.page.locator("#results a")
        assert (link.get_attribute("lang"), link.get_attribute("dir")) == ("ar", "rtl")
        link.click()
        seen.page.wait_for_url("**/2025-12-31/index.html#a-*")
        assert seen.page.locator(":target").count() == 1


def test_the_newest_comes_first_and_nothing_is_left_of_the_search_before(browser: Browser, site: Path) -> None:
    with _searched(browser, site, "a") as seen:
        dates = seen.page.locator("#results p").all_text_contents()
        assert [text[-10:] for text in dates] == sorted((text[-10:] for text in dates), reverse=True)
        seen.page.get_by_label("Search all issues").fill("")
        expect(seen.page.get_by_role("status")).to_be_empty()
        assert _found(seen.page) == []


def test_an_index_that_is_gone_is_said(browser: Browser, site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    (copy / "search-2025.js").unlink()
    with _searched(browser, copy, "a") as seen:
        expect(seen.page.get_by_role("status")).to_contain_text("1 of 2 years could not be loaded")


def test_without_script_it_is_a_list(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        assert page.locator("section a").count() == 3
        assert not page.locator("form").is_visible()
        page.locator("section a").first.click()
        assert page.url.endswith("/2026-02-05/index.html")
    finally:
        context.close()
