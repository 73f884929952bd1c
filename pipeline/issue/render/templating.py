"""The Jinja2 environment of the HTML formats: escapes everything, knows the digest's wording."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.issue import wording
from pipeline.issue.issue import NOT_TOLD


@cache
def environment() -> Environment:
    """Templates of this package; every value is escaped, a misspelt name is an error."""
    result = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    result.globals.update(
        dateline=wording.dateline,
        extent=wording.extent,
        facts=wording.facts,
        colophon=wording.colophon,
        disclosure=wording.disclosure,
        model_name=wording.model_name,
        caution=wording.caution,
        editors_note=wording.editors_note,
        remedy=wording.remedy,
        listed_intro=wording.LISTED,
        not_told=NOT_TOLD,
    )
    result.filters["long_date"] = wording.long_date
    return result
