from pathlib import Path

import pytest

from pipeline.backends.entities import SpacyEntities
from pipeline.errors import BackendError
from tests.installed import model_folder


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="cannot be loaded"):
        SpacyEntities(tmp_path / "none", "spacy")


def test_a_pipeline_without_a_recogniser(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(BackendError, match="recognises no names"):
        SpacyEntities(tmp_path, "spacy")


@pytest.mark.slow
def test_people_organisations_and_places(pytestconfig: pytest.Config) -> None:
    recogniser = SpacyEntities(model_folder(pytestconfig, "en_core_web_sm"), "spacy")
    found = recogniser.recognise(
        [
            "Angela Merkel met executives of Siemens in Berlin on Monday.",
            "",
            "Three Germans won 2 million euros.",
        ]
    )
    assert found == [[("Angela Merkel", "person"), ("Siemens", "organisation"), ("Berlin", "place")], [], []]
