"""People, organisations and places in English text, with a spaCy model read from a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.backends import EntityType
from pipeline.errors import BackendError

# OntoNotes labels; the others (dates, sums, nationalities, works of art, ...) are not names of actors or places.
_TYPES: Final[dict[str, EntityType]] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_BATCH = 64


class SpacyEntities:
    """Implements `EntityRecogniser` with a spaCy pipeline such as en_core_web_sm.

    Args:
        path: folder of the pipeline, the one with config.cfg.
        identity: name of the model for the cache key.

    Raises:
        BackendError: the folder holds no pipeline that can be loaded, or none with a recogniser.
    """

    def __init__(self, path: Path, identity: str) -> None:
        import spacy

        self.identity = identity
        try:
            # In en_core_web_sm the recogniser has a token encoder of its own; it needs no other component. One that
            # listens to the shared encoder needs that one too.
            self._pipeline: Any = spacy.load(
                path, exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
            )
        except (OSError, ValueError) as error:
            raise BackendError(f"{identity}: the model in {path} cannot be loaded: {error}") from error
        if "ner" not in self._pipeline.pipe_names:
            raise BackendError(f"{identity}: the model in {path} recognises no names")
        if "tok2vec" in self._pipeline.pipe_names and not self._pipeline.get_pipe("tok2vec").listening_components:
            self._pipeline.remove_pipe("tok2vec")

    def recognise(self, texts: Sequence[str]) -> list[list[tuple[str, EntityType]]]:
        """Names in each text with their types, in order of appearance, as written there."""
        documents = self._pipeline.pipe(texts, batch_size=_BATCH)
        return [
            [(span.text, _TYPES[span.label_]) for span in document.ents if span.label_ in _TYPES]
            for document in documents
        ]
