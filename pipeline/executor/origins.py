"""What the last result of each document was made from, part by part, so that a plan can say why it is made anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from pydantic import TypeAdapter, ValidationError

from pipeline.fingerprint import canonical_json, fingerprint
from pipeline.stages import Stage
from pipeline.store.cache import Store
from pipeline.store.quarantine import Entry

_TABLE = "origins"
_DIGITS = 8

Kind = Literal["new", "text", "model", "option", "version", "names", "refused", "failed", "lost", "forced"]
"""new: never done before. text: another text, date or language. names: another glossary, memory of names or decision of
an editor. refused, failed: so it ended the last time, with this very input. lost: made before of the same, and not in
the cache any more. forced: asked for."""

_MODELS: Final = frozenset({"embedder", "entities", "recogniser", "identifier", "confidence"})
"""Settings of a stage that are identities of models; the others are options."""
_INPUT: Final[Mapping[str, Kind]] = {
    "models": "model", "encoders": "model", "dictionaries": "model", "bleu": "model", "score_offsets": "model",
    "beam_sizes": "option", "terms": "names", "corrections": "names",
}  # fmt: skip
"""Parts of an input that are no text."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a result is to be made: a kind, and which settings or parts of the input differ."""

    kind: Kind
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Digests of the parts that a key is made of."""

    version: int
    settings: dict[str, str] = field(default_factory=dict)
    input: dict[str, str] = field(default_factory=dict)


_ADAPTER: Final = TypeAdapter(Origin)


def origin_of(stage: Stage[Any, Any], value: Any) -> Origin:
    """What a stage makes of `value` from: the result, or an error in its place."""
    parts = stage.key(value)
    return Origin(
        version=stage.version,
        settings=_digests(stage.settings),
        input=_digests(parts if isinstance(parts, Mapping) else {"": parts}),
    )


def remember(store: Store, stage: str, origins: Mapping[str, Origin]) -> None:
    """Keep the origins of the last results of a stage, by the sources of their documents."""
    store.put(_TABLE, {_key(stage, source): canonical_json(asdict(origin)) for source, origin in origins.items()})


def recall(store: Store, stage: str, sources: Sequence[str]) -> dict[str, Origin]:
    """Those that are known, by source."""
    keys = {_key(stage, source): source for source in sources}
    found: dict[str, Origin] = {}
    for key, text in store.get(_TABLE, list(keys)).items():
        try:
            found[keys[key]] = _ADAPTER.validate_python(json.loads(text))
        except (ValueError, ValidationError):  # of another version: as if there were none
            continue
    return found


def why(before: Origin | None, now: Origin, entry: Entry | None = None) -> tuple[Reason, ...]:
    """Why what was made from `before` does not serve `now`; `entry` is what the quarantine knows of the same."""
    if entry is not None:
        return (Reason("refused" if entry.status == "refused" else "failed", (entry.kind,)),)
    if before is None:
        return (Reason("new"),)
    names: dict[Kind, list[str]] = {}
    changed = list(_changed(before.input, now.input))
    text = [name for name in changed if name not in _INPUT]
    if before.version != now.version:
        names["version"] = [f"{before.version} to {now.version}"]
    for name in _changed(before.settings, now.settings):
        names.setdefault("model" if name in _MODELS else "option", []).append(name)
    # Another text has other terms and languages, too: they are not told beside it.
    for name in text or changed:
        names.setdefault(_INPUT.get(name, "text"), []).append(name)
    if not names:
        return (Reason("lost"),)
    return tuple(Reason(kind, tuple(name for name in named if name)) for kind, named in sorted(names.items()))


def _key(stage: str, source: str) -> str:
    return fingerprint([stage, source])


def _digests(parts: Mapping[str, Any]) -> dict[str, str]:
    return {name: fingerprint(value)[:_DIGITS] for name, value in parts.items()}


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
