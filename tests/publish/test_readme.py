"""The README of publishing names every target and the variables that its secrets are in."""

from __future__ import annotations

from pydantic import BaseModel

from pipeline.config import Publish
from pipeline.publish.load import TARGETS
from tests.docs.markdown import Document, rows, ticked

README = Document("pipeline/publish/README.md")
SERVICES = {"beehiiv", "buttondown", "ghost", "listmonk", "mailchimp", "slack"}


def test_services_are_listed_with_what_they_need() -> None:
    made, needed = README.section("## Services of newsletters").split("What to make there")
    assert {ticked(cells[0])[0] for cells in rows(made, "target")} == SERVICES
    assert set(TARGETS) >= SERVICES
    listed = {ticked(cells[0])[0]: ticked(cells[2]) for cells in rows(needed, "target")}
    assert set(listed) == SERVICES
    for name, words in listed.items():
        section: BaseModel = getattr(Publish(), name)
        variables = {value for key, value in section.model_dump().items() if key.endswith("_env")}
        assert variables <= set(words)
        assert {word for word in words if not word.startswith("WORLDBRIEF_")} <= set(type(section).model_fields)
