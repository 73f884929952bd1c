"""The configuration: one TOML file over built-in defaults, checked before anything runs.

Every section is a frozen model that refuses unknown keys. Fields marked `changes_output=False` say how to run, not
what to produce: they stay out of the cache key.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from pipeline.config.digest import Digest, DigestSection, Rule, clash, digests_of
from pipeline.config.issue import Format, IssueSection
from pipeline.config.publish import Publish
from pipeline.config.section import Positive, Section, Share, Variable, how
from pipeline.config.toml import checked, toml_values
from pipeline.errors import ConfigError
from pipeline.language.codes import with_wider

__all__ = [
    "Columns", "Config", "Detect", "Digest", "DigestSection", "Extract", "Format", "Ingest", "IssueSection", "Names",
    "Positive", "Publish", "Rule", "Run", "Section", "Share", "Summarise", "TagSection", "Translate", "clash",
    "digests_of", "how", "json_schema", "load", "to_toml", "with_model",
]  # fmt: skip


class Columns(Section):
    """Names of table columns; empty means: found by their usual names."""

    title: str = Field("", description="headline column")
    text: str = Field("", description="plain-text column")
    html: str = Field("", description="HTML column, used where there is no text")
    url: str = Field("", description="address column")
    published: str = Field("", description="date column")
    language: str = Field("", description="language code column")
    authors: str = Field("", description="author column")
    publisher: str = Field("", description="outlet column")


class Ingest(Section):
    """Where articles come from."""

    paths: tuple[str, ...] = how(("seeds",), "files, folders and tables to read when the command line names none")
    max_bytes: Positive = how(10_000_000, "a larger file is refused; for a compressed one, the size unpacked")
    columns: Columns = Field(Columns(), description="table columns, where their names are unusual")


class Fetch(Section):
    """Feeds and pages from the web."""

    contact: str = how("", "address or mail that servers are told as ours, as it is good manners")
    max_age_days: Positive = how(3, "when a feed is read for the first time, what is older is passed over")
    full_text: Literal["auto", "feed", "page"] = how(
        "auto",
        "`auto` fetches the page of an item that carries little text, `page` of every item, `feed` of none",
    )
    teaser_bytes: Positive = how(2000, "less text than this is little")
    look_again_days: Annotated[int, Field(ge=0)] = how(
        0,
        "pages of items up to so many days old are asked for changes at every run; 0 asks only where the feed has"
        " another text or time of change",
    )
    robots: bool = how(True, "leave pages alone that a site's robots.txt asks to leave alone")
    allow: tuple[str, ...] = how((), "hosts of an intranet, as `host` or `host:port`, that may be read, too")
    logins: dict[str, Variable] = how(
        {},
        "by host: variable of the environment with the login of a site, as `name:password`, `Bearer TOKEN` or"
        ' `Header: value`: `{ "feeds.example.org" = "WORLDBRIEF_EXAMPLE_LOGIN" }`',
    )
    threads: Positive = how(16, "requests at a time")
    per_host: Positive = how(2, "of them to one host")
    host_pause: Annotated[float, Field(ge=0)] = how(0.5, "seconds between two requests to one host")
    seconds: Annotated[float, Field(gt=0)] = how(30.0, "for one feed or page, redirects and all")
    keep_days: Positive = how(60, "how long what was fetched is kept")


class Sources(Section):
    """What is remembered of sources, by which one that breaks is seen."""

    keep_days: Annotated[int, Field(ge=14)] = how(90, "how long it is remembered what came of each source")


class Extract(Section):
    """The article in the page."""

    min_characters: Positive = Field(80, description="an article with less text is refused")
    max_characters: Positive = Field(200_000, description="an article with more text is refused")
    max_seconds: Annotated[float, Field(gt=0)] = how(8.0, "a document that takes more processor time to read fails")


class Detect(Section):
    """Language of the article."""

    threshold: Share = Field(0.5, description="below this confidence the language is `und`")


class Translate(Section):
    """Translation into English."""

    model: str = Field(
        "auto", description="`auto` routes each language to the best installed model; or one model's name"
    )
    models: dict[str, str] = Field({}, description='model by language, over `model`: `{ pt = "firefox-pt-en" }`')
    pivot: dict[str, tuple[str, str]] = how(
        {}, 'two models in a row, by language: `{ gl = ["opus-mt-gl-es", "firefox-es-en"] }`'
    )
    require_commercial: bool = how(False, "take only models whose licence allows commercial use")
    beam_size: Positive = Field(1, description="hypotheses kept while searching; 1 is greedy")
    beam_sizes: dict[str, Positive] = Field(
        {"ja": 2},
        description="by language, over `beam_size`; two translate Japanese better and take half as long again",
    )
    compute_type: str = Field(
        "auto",
        description="arithmetic of the engine, such as `int8`, `float32` or `bfloat16`; `auto` fits it to the machine",
    )
    retries: Annotated[int, Field(ge=0, le=3)] = Field(
        2,
        description="further tries for a sentence that fails its checks: the same model asked in another way, then the"
        " next best installed one",
    )
    min_confidence: Share = Field(
        0.5, description="a sentence is doubted where the probability that it is right is lower"
    )
    draft_below: Annotated[float, Field(ge=0, le=100)] = Field(
        15.0,
        description="articles are drafts where the model's BLEU score for their language is lower, or not known",
    )
    batch_tokens: Positive = how(4096, "source tokens a batch, padding included, times the beam size")
    threads: Annotated[int, Field(ge=0)] = how(0, "processor threads; 0 uses all cores")
    device: Literal["auto", "cpu", "cuda"] = how("auto", "where models run")

    def beam_size_of(self, language: str) -> int:
        """For a language (BCP 47 code): its own, that of a wider one (zh-Hant, then zh), or that of all."""
        sizes = self.beam_sizes
        return next((sizes[code] for code in with_wider(language) if code in sizes), self.beam_size)


class Names(Section):
    """Names and terms whose English is known."""

    glossaries: tuple[str, ...] = Field(
        (), description="CSV and TBX files of your own terms; where two know a word, the later file decides"
    )
    memory: bool = Field(
        False, description="names that articles of earlier issues give in brackets hold in later ones as well"
    )


class Summarise(Section):
    """Summary of the English text."""

    max_sentences: Positive = Field(3, description="sentences at most")
    max_words: Positive = Field(75, description="words at most")
    min_confidence: Share = Field(
        0.85, description="a sentence or headline is printed where the probability that it is right is at least this"
    )


class TagSection(Section):
    """Topics, names and keyphrases."""

    max_topics: Positive = Field(5, description="IPTC topics at most")
    max_keyphrases: Annotated[int, Field(ge=0)] = Field(8, description="keyphrases at most")


class Run(Section):
    """How a run works."""

    out: str = how("out", "folder for the results")
    cache: str = how(".worldbrief", "folder for the cache and the state database")
    models: str = how("", "folder for models; empty means the user's cache folder")
    overlay: str = how(
        "overlay.toml", "file of the editor's decisions; where none is named, the one beside the configuration file"
    )
    window: Positive = how(256, "articles worked on together")
    metrics: str = how(
        "", "file for the metrics of each run, for node_exporter's textfile collector, such as `worldbrief.prom`"
    )


class Config(Section):
    """Everything worldbrief can be told."""

    ingest: Ingest = Ingest()
    fetch: Fetch = Fetch()
    sources: Sources = Sources()
    extract: Extract = Extract()
    detect: Detect = Detect()
    translate: Translate = Translate()
    names: Names = Names()
    summarise: Summarise = Summarise()
    tag: TagSection = TagSection()
    issue: IssueSection = IssueSection()
    publish: Publish = Publish()
    run: Run = Run()
    digest: tuple[DigestSection, ...] = Field(
        (), description="several digests from one run, each a table `[[digest]]`; none: the one of `[issue]`"
    )

    def writing_to(self, digest: Digest) -> Config:
        """The configuration of a run that puts the results of a digest where that one has them."""
        folder = Path(digest.config.run.out)
        if not digest.name:
            return self.model_copy(update={"run": self.run.model_copy(update={"out": str(folder)})})
        own = {"out": folder.name}
        digests = [one.model_copy(update=own) if one.name == digest.name else one for one in self.digest]
        run = self.run.model_copy(update={"out": str(folder.parent)})
        return self.model_copy(update={"digest": tuple(digests), "run": run})


def with_model(config: Config, name: str | None) -> Config:
    """The configuration with one translation model for all languages; None leaves it as it is."""
    if name is None:
        return config
    return config.model_copy(update={"translate": config.translate.model_copy(update={"model": name, "models": {}})})


def load(path: Path | None) -> Config:
    """Read a TOML file over the defaults; None gives the defaults.

    Raises:
        ConfigError: with the file, the key and what is wrong; an unknown key names the nearest valid one.
    """
    if path is None:
        return Config()
    values = toml_values(path)
    run = values.get("run", {})
    if isinstance(run, dict):
        values["run"] = {"overlay": str(path.with_name(Run().overlay)), **run}
    config = checked(path, values, Config)
    if said := clash(config):
        raise ConfigError(f"{path}: digest: {said}")
    return config


def to_toml(config: Config) -> str:
    """The whole configuration as TOML, each key under its description; loading it again gives the same `config`."""
    return "\n".join(_section_toml(config, ())) + "\n"


def _section_toml(section: Section, path: tuple[str, ...]) -> list[str]:
    import tomli_w

    lines: list[str] = []
    nested: list[str] = []
    if path:
        lines += [f"# {(type(section).__doc__ or '').splitlines()[0]}", f"[{'.'.join(path)}]"]
    for name, value in section.model_dump().items():
        field = type(section).model_fields[name]
        child = getattr(section, name)
        if isinstance(child, Section):
            nested += ["", *_section_toml(child, (*path, name))]
        elif isinstance(child, tuple) and _holds_tables(field.annotation):
            nested += _tables_toml(child, name) if child else []
        elif isinstance(value, dict):
            pairs = ", ".join(f"{tomli_w.dumps({key: 0})[:-5]} = {_value_toml(item)}" for key, item in value.items())
            lines += [f"# {field.description}", f"{name} = {{ {pairs} }}" if pairs else f"{name} = {{}}"]
        else:
            lines += [f"# {field.description}", f"{name} = {_value_toml(value)}"]
    return lines + (nested if path or lines else nested[1:])


def _holds_tables(annotation: object) -> bool:
    kind = next(iter(get_args(annotation)), None)
    return isinstance(kind, type) and issubclass(kind, Section)


def _tables_toml(tables: tuple[Section, ...], name: str) -> list[str]:
    """Each with what it says itself: the rest is that of another section, and may change with it."""
    import tomli_w

    said = [table.model_dump(exclude_unset=True, mode="json") for table in tables]
    return ["", *tomli_w.dumps({name: said}).rstrip().splitlines()]


def _value_toml(value: object) -> str:
    """One line a value: arrays here are short."""
    import tomli_w

    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value_toml, value))}]"
    return tomli_w.dumps({"_": value}).strip().removeprefix("_ = ")


def json_schema() -> str:
    """The JSON schema of the configuration file, for editors."""
    return json.dumps(Config.model_json_schema(), indent=2, sort_keys=True)
