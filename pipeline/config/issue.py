"""`[issue]`: the digest, its formats and their settings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pipeline.config.section import Positive, Section

Format = Literal[
    "html", "markdown", "text", "email", "json", "atom", "jsonfeed", "rss", "csv", "parquet", "post"
]  # fmt: skip
"""The formats of the digest; `pipeline.issue.render.FORMATS` has their files."""


class IssueSection(Section):
    """The digest."""

    title: str = Field("World Brief", description="name of the digest")
    max_items: Positive = Field(100, description="items at most; the newest are kept")
    max_age_days: Annotated[int, Field(ge=0)] = Field(
        0,
        description="leave out what was published longer before the date of the issue; 0: nothing; what has no date is"
        " taken in",
    )
    drafts: Literal["list", "tell", "drop"] = Field(
        "list",
        description="articles that are not translated well enough: `list` prints their original headline and link,"
        " `tell` tells them like the others, with a mark, `drop` leaves them out and counts them",
    )
    label: str = Field(
        "{made}; not checked by a person",
        description="what each article, and the issue, says of who made it; `{made}` becomes what is true of it:"
        " machine-translated, machine-summarised or both; empty says nothing",
    )
    label_edited: str = Field(
        "{made}; seen by an editor",
        description="the same of an article of which an editor wrote something, corrected all that is printed, or"
        " decided that it is told",
    )
    thin_below: Annotated[int, Field(ge=0)] = Field(
        3, description="an issue that tells fewer articles says that it is thin"
    )
    quiet: Literal["skip", "write"] = Field(
        "skip",
        description="where nothing new came: `skip` writes nothing, `write` an issue that says so, feeds excepted",
    )
    silent_sources: bool = Field(
        False, description="name at the foot the outlets that are usually in an issue and have nothing new in this one"
    )
    source_alarms: bool = Field(
        False,
        description="say at the foot which sources are probably broken: for a digest that only the desk reads;"
        " `review.html`, the report and the terminal always do",
    )
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = Field(
        ("html", "markdown", "text", "email", "json", "atom", "jsonfeed", "rss", "csv"),
        description="formats of the digest; `parquet` and `post` (Markdown for Hugo, Jekyll and Eleventy) are there,"
        " too",
    )
    templates: str = Field(
        "",
        description="folder with templates of your own, which go over those of the same name in the package",
    )
    base_url: str = Field("", description="address the issue is published under; feeds then link to it")
    email_from: str = Field("World Brief <worldbrief@localhost>", description="From: of digest.eml")
    email_to: str = Field("", description="To: of digest.eml; empty leaves it out")
    unsubscribe: str = Field(
        "",
        description="how a reader leaves the list: https and mailto: addresses with spaces between them, for"
        " List-Unsubscribe and the foot of digest.eml",
    )
    list_id: str = Field(
        "",
        description="List-Id: of digest.eml, such as `brief.example.org`; empty makes it of title and sender",
    )
