"""`[[digest]]`: one of several digests that are made from one run, each for readers of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from pipeline.config.issue import IssueSection
from pipeline.config.publish import Publish
from pipeline.config.section import Language, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.config import Config

Part = TypeVar("Part", bound=Section)

# It names a folder, a part of addresses and a key in the memory of what was told.
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,38}[A-Za-z0-9])?")


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError("use letters and digits, with hyphens and underscores between them, 40 at most")
    return text


def _words(text: str) -> str:
    if not any(character.isalnum() for character in text):
        raise ValueError("has no letter and no digit, so it would be found everywhere or nowhere")
    return text


def _folder(text: str) -> str:
    # All that a run writes takes its place at once, which ends at the borders of its folder.
    return _name(text) if text else text


_Words = tuple[Annotated[str, AfterValidator(_words)], ...]


class Rule(Section):
    """Which articles are meant: those that have something of each key that is given."""

    languages: tuple[Language, ...] = Field(
        (), description="languages they are written in; `zh` is Chinese in both scripts"
    )
    topics: _Words = Field(
        (), description="IPTC Media Topics, by code or label; one of the top level has those below it, too"
    )
    places: _Words = Field(
        (), description="places, in English, that are named in the headline or more than once; or whose people are"
    )
    entities: _Words = Field((), description="persons, organisations and places that were tagged, in English")
    keywords: _Words = Field(
        (),
        description="words and phrases in the original or in its English; `*` at the end stands for any ending",
    )
    outlets: _Words = Field((), description="outlets, by the name that they give themselves or by their host")
    sources: _Words = Field((), description="files, table rows and feed items, by their `source` with `*` and `?`")

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not any(self.model_dump().values()):
            raise ValueError("names nothing; without rules every article is taken")
        return self


class DigestSection(IssueSection):
    """One digest of several; each key of `[issue]` that is given goes over the one there."""

    name: Annotated[str, AfterValidator(_name)] = Field(
        description="what it is called on the command line, and its folder"
    )
    out: Annotated[str, AfterValidator(_folder)] = Field(
        "", description="name of the folder for its results in `run.out`; empty: its own name"
    )
    take: tuple[Rule, ...] = Field((), description="an article that one of these means is taken; none: every article")
    leave: tuple[Rule, ...] = Field((), description="of these, what one of these means is left out")
    publish: Publish = Publish()
    """What is given goes over `[publish]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest with all that holds for it."""

    name: str
    """"" for the only one, which `[issue]` describes."""
    config: Config
    """With its own `[issue]`, `[publish]` and `run.out`, and without other digests."""
    take: tuple[Rule, ...] = ()
    leave: tuple[Rule, ...] = ()


def digests_of(config: Config) -> tuple[Digest, ...]:
    """The digests that a configuration describes, in its order: one or more.

    What lies at an address or in a folder of its own is not shared: where only `[issue]` and `[publish]` say
    `base_url` or the folder of the archive, a digest has what lies below it, under its name.
    """
    if not config.digest:
        return (Digest(name="", config=config),)
    return tuple(_digest(config, section) for section in config.digest)


def _digest(config: Config, section: DigestSection) -> Digest:
    given = section.model_fields_set
    own = {key: getattr(section, key) for key in IssueSection.model_fields if key in given}
    issue = config.issue.model_copy(
        update={"base_url": _below(config.issue.base_url, section.name), **own},
    )
    archive = config.publish.archive.model_copy(
        update={
            "folder": _folder_below(config.publish.archive.folder, section.name),
            "base_url": _below(config.publish.archive.base_url, section.name),
        }
    )
    publish = _over(config.publish.model_copy(update={"archive": archive}), section.publish)
    run = config.run.model_copy(update={"out": str(Path(config.run.out) / (section.out or section.name))})
    return Digest(
        name=section.name,
        config=config.model_copy(update={"issue": issue, "publish": publish, "run": run, "digest": ()}),
        take=section.take,
        leave=section.leave,
    )


def _below(address: str, name: str) -> str:
    return f"{address.rstrip('/')}/{name}" if address else ""


def _folder_below(folder: str, name: str) -> str:
    return str(Path(folder) / name) if folder else ""


def _over(base: Part, own: Part) -> Part:
    """`base` with what was given in `own`, section by section."""
    changes: dict[str, object] = {}
    for key in own.model_fields_set:
        value = getattr(own, key)
        changes[key] = _over(getattr(base, key), value) if isinstance(value, Section) else value
    return base.model_copy(update=changes)


def clash(config: Config) -> str:
    """What two digests would both write to or be known by, in words; "" where they keep apart."""
    digests = digests_of(config) if config.digest else ()
    shared = (
        ("are called", [digest.name.casefold() for digest in digests]),
        ("write to the folder", [digest.config.run.out.casefold() for digest in digests]),
        ("have the address (base_url)", [digest.config.issue.base_url.rstrip("/") for digest in digests]),
        (
            "have the archive (publish.archive.folder)",
            [_resolved(digest.config.publish.archive.folder) for digest in digests],
        ),
    )
    for what, values in shared:
        if twice := _twice(values):
            return f"two digests {what} {twice!r}; each needs its own"
    return ""


def _resolved(folder: str) -> str:
    return str(Path(folder).absolute().resolve()) if folder else ""


def _twice(values: Sequence[str]) -> str:
    seen: set[str] = set()
    for value in values:
        if value and value in seen:
            return value
        seen.add(value)
    return ""
