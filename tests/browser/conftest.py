from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.pages import Pages

HERE = Path(__file__).parent
# Set where all that these tests need has been installed: what is missing then is an error.
REQUIRED = "WORLDBRIEF_TEST_BROWSER_REQUIRED"
INSTALLED = HERE / "node_modules"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is in this folder is marked `browser`."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


def _missing(what: str) -> NoReturn:
    """Without what a developer need not have, nothing is looked at; where CI has installed it, that is an error."""
    if os.environ.get(REQUIRED):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.executable()
    if path is None:
        _missing(f"no Chromium: install the one of your distribution, or name one in {chromium.BROWSER}")
    with sync_playwright() as playwright:
        running = chromium.launch(playwright, path)
        yield running
        running.close()


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder of the npm packages: axe-core, the Nu validator, caniemail."""
    if not INSTALLED.is_dir():
        _missing("no npm packages: run `npm ci --ignore-scripts` in tests/browser")
    return INSTALLED


@pytest.fixture(scope="session")
def java() -> str:
    return shutil.which("java") or _missing("no java, which the Nu validator needs")


@pytest.fixture(scope="session")
def node() -> str:
    path = shutil.which("node") or _missing("no Node.js, which caniemail needs")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True, timeout=60).stdout
    # Distributions have older ones, and no other package of theirs to install.
    if int(version.removeprefix("v").partition(".")[0]) < 20:
        pytest.skip(f"Node.js {version.strip()}: caniemail needs 20 or later")
    return path


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return Pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def screenshots(pytestconfig: pytest.Config) -> Path | None:
    """The folder that pictures go to, where somebody wants to look at them."""
    folder = pytestconfig.getoption("--screenshots")
    if folder is None:
        return None
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    return path
