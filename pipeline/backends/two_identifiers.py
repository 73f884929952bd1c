"""Language identification with a second model, py3langid, where lid.176 is not sure: Zulu, Xhosa and others."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.backends import langid
from pipeline.errors import BackendError
from pipeline.language.codes import UNKNOWN, base, lid176, normalise

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier as Model

# Of 59 languages of FLORES-200 dev (sentences, the first six words of each, and eight sentences together) the second
# model, asked below the first threshold and believed from the second one, makes no right answer wrong. Where the first
# one names a language that the second lacks, the third threshold does: of 6,360 paragraphs of the Declaration of Human
# Rights in 114 languages it makes 20 right answers wrong and 960 wrong ones right.
_UNSURE = 0.85
_SURE = 0.8
_LOST = 0.35


def identity() -> str:
    """What `TwoIdentifiers.identity` is, without loading a model."""
    return f"{langid.identity()}, py3langid {importlib.metadata.version('py3langid')}"


class TwoIdentifiers:
    """A `LanguageIdentifier` that needs no download: lid.176, or py3langid where lid.176 is not sure and it is.

    Codes are those of lid.176, and of languages that it lacks those used inside. The second model is loaded with the
    first text of which the first one is not sure.

    Raises:
        BackendError: a model cannot be loaded.
    """

    def __init__(self) -> None:
        self.identity = identity()
        self._first = langid.FastTextIdentifier()
        self._model: Model | None = None

    def identify(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        return [
            (label, score) if score >= _UNSURE or label == UNKNOWN else self._weighed(text, label, score)
            for text, (label, score) in zip(texts, self._first.identify(texts), strict=True)
        ]

    def _weighed(self, text: str, label: str, score: float) -> tuple[str, float]:
        self._model = self._model or _load()
        if score >= _LOST and label not in self._model.labels:
            return label, score
        other, probability = self._model.classify(text)
        code = base(normalise(other))
        is_taken = probability >= _SURE and code != UNKNOWN
        return (lid176(code), round(min(1.0, float(probability)), 6)) if is_taken else (label, score)


def _load() -> Model:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except (OSError, ValueError) as error:
        raise BackendError(f"py3langid: its language model cannot be loaded: {error}") from None
