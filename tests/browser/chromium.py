"""A real browser: Chromium of the distribution, without network, and how a page in it is looked at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Dialog, FloatRect, Page, Playwright

# Says which browser to take, where the one on the PATH is not the one to test with.
BROWSER = "WORLDBRIEF_TEST_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",  # containers give it 64 MB
)
# A picture of a phone has twice as many pixels, and may have at most 16,384 on a side; there it fails now and then.
_MOST_HEIGHT = 6000
# What a browser leaves out until it comes into view. A policy of the page forbids a style element, not this.
_ALL_DRAWN = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
}"""
_SCRIPTS = Path(__file__).with_name("scripts")

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class View:
    """A window and what its user likes."""

    width: int
    height: int
    scheme: Scheme
    phone: bool = False

    def __str__(self) -> str:
        return f"{'phone' if self.phone else 'desktop'}-{self.scheme}"


# 360 px is the narrowest width that phones in use have.
PHONE, PHONE_DARK = View(360, 780, "light", phone=True), View(360, 780, "dark", phone=True)
DESKTOP, DESKTOP_DARK = View(1280, 900, "light"), View(1280, 900, "dark")
VIEWS = (PHONE, PHONE_DARK, DESKTOP, DESKTOP_DARK)


@dataclass
class Seen:
    """A page that is open, and what happened in it that should not."""

    page: Page
    mishaps: list[str] = field(default_factory=list)
    """Requests beyond the file, dialogs, messages of the console, errors of scripts, further windows."""

    def run(self, script: str) -> Any:
        """What the function in `scripts/` returns in the page."""
        return self.page.evaluate((_SCRIPTS / f"{script}.js").read_text(encoding="utf-8"))

    def note(self, kind: str, what: str) -> None:
        """Remember a mishap."""
        self.mishaps.append(f"{kind}: {what}")

    def dismiss(self, dialog: Dialog) -> None:
        """Remember a dialog, and close it: the page waits for that."""
        self.note("dialog", dialog.message)
        dialog.dismiss()

    def picture(self, path: Path) -> None:
        """A picture of the page, of as much of it as a browser can draw at once."""
        wide, high = self.page.evaluate(
            "() => [document.documentElement.clientWidth, document.documentElement.scrollHeight]"
        )
        clip: FloatRect = {"x": 0, "y": 0, "width": wide, "height": min(high, _MOST_HEIGHT)}
        self.page.evaluate(_ALL_DRAWN)
        self.page.screenshot(path=path, full_page=True, clip=clip)
        self.page.evaluate("() => { document.adoptedStyleSheets = []; }")


def executable() -> str | None:
    """The browser's path; None where there is none."""
    named = os.environ.get(BROWSER)
    return shutil.which(named) if named else next((path for name in _NAMES if (path := shutil.which(name))), None)


def launch(playwright: Playwright, path: str) -> Browser:
    """The browser, headless."""
    return playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))


@contextmanager
def opened(browser: Browser, file: Path, view: View = DESKTOP) -> Iterator[Seen]:
    """The file opened as a user opens it, from the file system."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme=view.scheme,
        is_mobile=view.phone,
        has_touch=view.phone,
        device_scale_factor=2 if view.phone else 1,
        locale="en-GB",
        timezone_id="UTC",
    )
    address = file.as_uri()
    try:
        page = context.new_page()
        page.set_default_timeout(10_000)
        seen = Seen(page)
        # Listeners come first: what happens while the page loads counts, too.
        context.on("request", lambda one: seen.note("request", one.url) if one.url != address else None)
        context.on("page", lambda one: seen.note("window", one.url))
        page.on("console", lambda one: seen.note("console", one.text))
        page.on("pageerror", lambda one: seen.note("script", str(one)))
        page.on("dialog", seen.dismiss)
        page.goto(address)
        yield seen
    finally:
        context.close()
