"""Text to tokens and back: what every family of encoder-decoder models has in common, and its errors."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from pipeline.backends import Segment
from pipeline.errors import BackendError
from pipeline.language import codes
from pipeline.language.codes import LanguageError

END: Final = "</s>"
UNKNOWN: Final = "<unk>"
# No sentence has so many tokens; where a checkpoint names no limit of its own.
_LONGEST: Final = 512


@dataclass(frozen=True, slots=True)
class Encoded:
    """One segment in tokens: what the encoder reads, what the decoder must begin with, and whether text was cut off
    because it is longer than the model can read."""

    source: list[str]
    prefix: list[str]
    is_cut: bool


class Codec(ABC):
    """Text to tokens and back for one checkpoint.

    Args:
        folder: holds the tokenizer files as the checkpoint was published with them.
        identity: the model's, for messages.

    Raises:
        BackendError: a file is missing or not what it should be.
    """

    files: ClassVar[tuple[str, ...]]
    """The files it needs; `tokenizer_config.json` is read where there is one."""

    def __init__(self, folder: Path, identity: str) -> None:
        for name in self.files:
            if not (folder / name).is_file():
                raise unusable(folder, identity, f"{name} is missing")
        self.identity = identity
        try:
            path = folder / "tokenizer_config.json"
            settings: dict[str, Any] = json.loads(path.read_bytes()) if path.is_file() else {}
            self.limit = min(int(settings.get("model_max_length") or _LONGEST), self._longest)
            self.vocabulary = self._load(folder, settings)
        except BackendError:
            raise
        except Exception as error:  # the tokenizer libraries raise bare ones
            raise unusable(folder, identity, str(error)) from error

    _longest: ClassVar[int] = _LONGEST
    vocabulary: Mapping[str, int]
    """Token -> its number in the checkpoint; both ways one to one."""

    @property
    def control(self) -> frozenset[str]:
        """Tokens that are no text: they may not be written, but for the end and the prefix."""
        return frozenset({"<s>", UNKNOWN, "<pad>", "<mask>", *self._language_tokens()}) & self.vocabulary.keys()

    def encode(self, segments: Sequence[Segment]) -> list[Encoded]:
        """Raises:
        LanguageError: the model does not know a segment's language.
        """
        tags = [self._tags(segment) for segment in segments]
        pieces = self._pieces([self._text(segment) for segment in segments])
        return [self._encoded(before, prefix, part) for (before, prefix), part in zip(tags, pieces, strict=True)]

    def _encoded(self, before: list[str], prefix: list[str], pieces: list[str]) -> Encoded:
        room = self.limit - len(before) - 1
        return Encoded([*before, *pieces[:room], END], prefix, len(pieces) > room)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text with what goes around it, as far as the model reads it."""
        return [min(len(pieces) + 2, self.limit) for pieces in self._pieces([clean(text) for text in texts])]

    @abstractmethod
    def decode(self, tokens: Sequence[str]) -> str:
        """Text of target tokens without the prefix and the end."""

    @abstractmethod
    def _load(self, folder: Path, settings: Mapping[str, Any]) -> Mapping[str, int]:
        """Read the files; the vocabulary."""

    @abstractmethod
    def _pieces(self, texts: Sequence[str]) -> list[list[str]]: ...

    @abstractmethod
    def _tags(self, segment: Segment) -> tuple[list[str], list[str]]:
        """Language tokens before the source, and those that the target begins with."""

    @abstractmethod
    def _language_tokens(self) -> Iterable[str]: ...

    def _text(self, segment: Segment) -> str:
        return clean(segment.text)

    def _no(self, code: str, what: str) -> LanguageError:
        name = self.identity.partition("@")[0]
        return LanguageError(f"{name} does not {what} {codes.english_name(code)} ({code})")


def unusable(folder: Path, identity: str, detail: str) -> BackendError:
    """The error for a model folder that cannot be used, with the command that repairs it."""
    name = identity.partition("@")[0]
    words = " ".join(detail.split())[:300]
    return BackendError(f"{folder}: the model cannot be loaded: {words}; `worldbrief models get {name}` gets it again")


def clean(text: str) -> str:
    """Half a surrogate pair, which no tokenizer can take, becomes a question mark."""
    return text.encode("utf-8", "replace").decode()
