"""Batches of sentences through the models, and once more another way what the gate holds something against.

The unit of work is the batch: it is planned from the sentences alone, whatever is known of them already, and what the
model made of it goes to the translation memory in one transaction. So a run that was killed plans the same batches
again, the retries too, and comes to the same text. (The engines' low-precision arithmetic depends on what shares a
batch.)
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from pipeline.backends import ATTEMPTS, Decoding, Hypothesis, Segment, Translator
from pipeline.config import Translate
from pipeline.errors import BackendError
from pipeline.fingerprint import canonical_json, fingerprint
from pipeline.text.dates.english import in_english
from pipeline.text.dates.repair import repair_dates
from pipeline.text.doubts import TOLD, Doubt
from pipeline.text.tidy import tidy, without_echo
from pipeline.translation.confidence import Signals, confidence
from pipeline.translation.evidence import Evidence, Pair
from pipeline.translation.gate import Gate
from pipeline.translation.memory import Memory
from pipeline.translation.units import Unit

# A batch holds at most so many hypotheses. CTranslate2 makes the weights ready anew for every token of a batch: with it
# the built-in translator was 1.5 times as quick with 64 as with 16, and 1.1 times as with 32; 128 took 1.8 GB more for
# 1.05. OpenVINO has as many under way.
_BATCH_HYPOTHESES = 64
_REMEMBERED = TypeAdapter(Hypothesis)


@dataclass(frozen=True, slots=True)
class Try:
    """What one model made of `unit`, and what the gate holds against it."""

    unit: Unit
    hypothesis: Hypothesis
    doubts: list[Doubt]
    model: str
    signals: Signals | None = None
    """None where there was nothing to judge."""
    attempts: int = 1
    """All that were made for the unit, this one or a worse one being the last."""

    @property
    def confidence(self) -> float:
        """Probability that it says what its source says."""
        return 1.0 if self.signals is None else confidence(self.signals)


@dataclass(frozen=True, slots=True)
class _Ask:
    """One way to ask: which model, the how-manieth attempt of that model it is, and the beam size of the first."""

    model: str
    attempt: int
    beam_size: int


@dataclass(frozen=True, slots=True)
class _Known:
    """Of the units of one ask, by their keys: under which key the memory has or will have each, and what it has."""

    keys: Mapping[str, str]
    found: dict[str, Hypothesis]


def schedule(models: Sequence[str], retries: int, beam_size: int = 1) -> list[_Ask]:
    """The first try and the retries: the best model, the same one another way, then the next model."""
    asks = [_Ask(model, attempt, beam_size) for model in models for attempt in range(ATTEMPTS)]
    return asks[: retries + 1]


def reachable(models: Sequence[str], retries: int) -> tuple[str, ...]:
    """Those of the models (best first) that may be asked at all."""
    return tuple(dict.fromkeys(ask.model for ask in schedule(models, retries)))


def _keep_better(best: dict[str, Try], found: Try) -> None:
    """Put a try in the place of the one before if it is better; either way it counts as an attempt."""
    key = found.unit.key
    if key in best and found.confidence <= best[key].confidence:
        found = replace(best[key], attempts=found.attempts)
    best[key] = found


class Attempts:
    """Translates units with as many tries as the settings allow.

    Args:
        settings: the `[translate]` section.
        gate: says what holds against each hypothesis.
        evidence: gathers what else is known of it.
        memory: where hypotheses are kept.
        translator: opens a model by its identity; asked for it when there is work.
        score_offset: what is added to the scores of a model before they are judged.
        progress: told (sentences done, sentences in all) after each batch.
        clock, worked: see `pipeline.stages.Desk`. A retry counts to the model that its sentence went to first.
    """

    def __init__(
        self,
        settings: Translate,
        gate: Gate,
        evidence: Evidence,
        memory: Memory,
        translator: Callable[[str], Translator],
        score_offset: Callable[[str], float],
        progress: Callable[[int, int], None],
        clock: Callable[[], float] = time.monotonic,
        worked: Callable[[str, int, float], None] = lambda model, sentences, seconds: None,
    ) -> None:
        self._settings = settings
        self._gate = gate
        self._evidence = evidence
        self._memory = memory
        self._translator = translator
        self._score_offset = score_offset
        self._progress = progress
        self._clock = clock
        self._worked = worked

    def best(self, units: Iterable[tuple[Unit, Sequence[str]]]) -> dict[str, Try]:
        """The best try for each key of the units; each comes with the models for it, best first.

        Raises:
            BackendError: a model is unusable.
        """
        settings = self._settings
        asks = {
            unit.key: (unit, schedule(models, settings.retries, settings.beam_size_of(unit.language)))
            for unit, models in units
        }
        best: dict[str, Try] = {}
        pending = list(asks)
        done, total = 0, len(pending)
        for number in range(settings.retries + 1):
            pending = [key for key in pending if number < len(asks[key][1])]
            if not pending:
                break
            total = done + len(pending)
            self._progress(done, total)
            groups: dict[_Ask, list[Unit]] = {}
            for key in pending:
                unit, planned = asks[key]
                groups.setdefault(planned[number], []).append(unit)
            for ask in sorted(groups, key=lambda ask: (ask.model, ask.attempt, ask.beam_size)):
                segments = {
                    unit.key: segment_for(unit, ask.attempt, best[unit.key].doubts if unit.key in best else ())
                    for unit in groups[ask]
                }
                known = self._known(groups[ask], segments, ask)
                began = self._clock()
                for found in self._tries(groups[ask], segments, ask, known, done, total):
                    _keep_better(best, replace(found, attempts=number + 1))
                done += len(groups[ask])
                asked = [unit.key for unit in groups[ask] if unit.key not in known.found]
                models = [asks[key][1][0].model for key in asked] or [""] * len(groups[ask])
                self._tell(models, number == 0, self._clock() - began)
            pending = [key for key in pending if best[key].doubts]
        return best

    def _tell(self, models: Sequence[str], is_first: bool, seconds: float) -> None:
        for model, sentences in Counter(models).items():
            self._worked(model, sentences if is_first else 0, seconds * sentences / len(models))

    def judged(self, units: Sequence[Unit], hypotheses: Sequence[Hypothesis], models: Sequence[str]) -> list[Try]:
        """What is to be thought of hypotheses that the models (one for each) gave for the units."""
        if not units:
            return []
        held = self._gate.judge(units, hypotheses)
        signals = self._evidence.signals(
            [self._pair(*one) for one in zip(units, hypotheses, held, models, strict=True)]
        )
        return [Try(*one) for one in zip(units, hypotheses, held, models, signals, strict=True)]

    def _pair(self, unit: Unit, hypothesis: Hypothesis, doubts: Sequence[Doubt], model: str) -> Pair:
        offset, score, weakest = self._score_offset(model), hypothesis.score, hypothesis.weakest
        return Pair(
            source=unit.source,
            language=unit.language,
            english=hypothesis.text,
            is_title=unit.is_title,
            names=[term.english for term in unit.terms],
            doubts=[doubt.kind for doubt in doubts],
            score=None if score is None else score + offset,
            weakest=None if weakest is None else weakest + offset,
        )

    def _tries(
        self, units: list[Unit], segments: Mapping[str, Segment], ask: _Ask, known: _Known, done: int, total: int
    ) -> Iterator[Try]:
        """The tries of one ask, batch by batch."""
        by_key = {unit.key: unit for unit in units}
        for results in self._ask(units, segments, ask, known):
            asked, hypotheses = [by_key[key] for key in results], list(results.values())
            yield from self.judged(asked, hypotheses, [ask.model] * len(asked))
            done += len(results)
            self._progress(done, total)

    def _known(self, units: Sequence[Unit], segments: Mapping[str, Segment], ask: _Ask) -> _Known:
        keys = {unit.key: _memory_key(ask, unit, segments[unit.key]) for unit in units}
        stored = self._memory.get(list(keys.values()))
        found = {key: _read(stored[name]) for key, name in keys.items() if name in stored}
        return _Known(keys, {key: hypothesis for key, hypothesis in found.items() if hypothesis is not None})

    def _ask(
        self, units: list[Unit], segments: Mapping[str, Segment], ask: _Ask, remembered: _Known
    ) -> Iterator[dict[str, Hypothesis]]:
        """Hypotheses by key, batch by batch, from the memory or from the model; none where it has but one answer.

        The engine, which needs no Python, is at the next batch while the caller looks at this one.
        """
        keys, known = remembered.keys, remembered.found
        if len(known) == len(units):
            yield known
            return
        translator = self._translator(ask.model)
        able = [unit for unit in units if translator.attempts(unit.segment) > ask.attempt]
        decoding = decoding_for(ask.attempt, ask.beam_size)
        under_way: deque[tuple[list[Unit], list[Unit], Future[list[Hypothesis]] | None]] = deque()

        def finished() -> dict[str, Hypothesis]:
            planned, missing, answer = under_way.popleft()
            results = {unit.key: known[unit.key] for unit in planned if unit.key in known}
            if answer:
                hypotheses = cleaned(missing, answer.result(), translator)
                new = {unit.key: hypothesis for unit, hypothesis in zip(missing, hypotheses, strict=True)}
                self._memory.put({keys[key]: canonical_json(value) for key, value in new.items()})
                results.update(new)
            return results

        engine = ThreadPoolExecutor(1, "engine")
        try:
            for planned in self._plan(able, segments, translator, decoding):
                missing = [unit for unit in planned if unit.key not in known]
                asked = [segments[unit.key] for unit in missing]
                answer = engine.submit(translator.translate, asked, decoding) if asked else None
                under_way.append((planned, missing, answer))
                if len(under_way) > 1:
                    yield finished()
            while under_way:
                yield finished()
        finally:
            engine.shutdown(cancel_futures=True)

    def _plan(
        self, units: list[Unit], segments: Mapping[str, Segment], translator: Translator, decoding: Decoding
    ) -> Iterator[list[Unit]]:
        """Batches of similar length within the token budget; longest first, so that memory runs out early if at all."""
        most_tokens = self._settings.batch_tokens // decoding.beam_size
        most = max(1, _BATCH_HYPOTHESES // decoding.beam_size)
        sizes = translator.count_tokens([segments[unit.key] for unit in units], decoding.attempt)
        ordered = sorted(zip(sizes, units, strict=True), key=lambda pair: (-pair[0], pair[1].segment.text, pair[1].key))
        planned: list[Unit] = []
        longest = 0
        for size, unit in ordered:
            longest = max(longest, size)
            full = longest * (len(planned) + 1) > most_tokens or len(planned) >= most
            if planned and full:
                yield planned
                planned, longest = [], size
            planned.append(unit)
        if planned:
            yield planned


def first_asked(unit: Unit, models: Sequence[str], settings: Translate) -> tuple[str, str]:
    """The model (of those for its language, best first) that a unit goes to first, and the key of what that makes of it
    in the memory."""
    ask = schedule(models, settings.retries, settings.beam_size_of(unit.language))[0]
    return ask.model, _memory_key(ask, unit, segment_for(unit, ask.attempt, ()))


def _memory_key(ask: _Ask, unit: Unit, segment: Segment) -> str:
    return fingerprint([ask.model, ask.beam_size, ask.attempt, unit.key, *_changed(unit, segment)])


def decoding_for(attempt: int, beam_size: int) -> Decoding:
    """How an attempt searches; the later ones with two hypotheses at least, `beam_size` being that of the first."""
    # A loop is the one failure that a penalty cures; on a first try it would cost quality elsewhere.
    return Decoding(
        beam_size=beam_size if attempt == 0 else max(beam_size, 2),
        repetition_penalty=1.0 if attempt == 0 else 1.05,
        attempt=attempt,
    )


def segment_for(unit: Unit, attempt: int, doubts: Collection[Doubt]) -> Segment:
    """What is asked: the sentence as it is, or, once a date, a number or a name has gone wrong, with all that is known
    of it in English: its dates, and the terms that a model is trusted with at first, such as countries.

    Of 44 sentences of FLORES-200 dev (zh, ja, ko, vi) with a date or number that the built-in model lost or changed,
    asked once more as they are 31 had one wrong again, so 11, and 3.4 points of chrF more. Of 48 that had lost a name
    30, and so 8. Sentences doubted for something else lose by it. See tests/benchmarks/retries.py.

    Args:
        doubts: what is held against the best try so far.
    """
    if attempt == 0 or not {doubt.kind for doubt in doubts} & TOLD:
        return unit.segment
    known = dict.fromkeys([*unit.segment.terms, *((term.source, term.english) for term in unit.terms)])
    return replace(unit.segment, text=in_english(unit.segment.text, unit.language), terms=tuple(known))


def _changed(unit: Unit, segment: Segment) -> tuple[str, ...]:
    return (fingerprint(segment),) if segment != unit.segment else ()


def cleaned(units: Sequence[Unit], hypotheses: Sequence[Hypothesis], translator: Translator) -> list[Hypothesis]:
    """What a model made of the units, without what it says of itself, and with no more of a date than the source has.

    Raises:
        BackendError: it is not one for each unit.
    """
    if len(hypotheses) != len(units):
        raise BackendError(f"{translator.identity}: {len(hypotheses)} results for {len(units)} sentences")
    return [
        replace(found, text=repair_dates(without_echo(tidy(found.text, unit.segment.text)), unit.source, unit.language))
        for unit, found in zip(units, hypotheses, strict=True)
    ]


def _read(text: str) -> Hypothesis | None:
    """None where a broken or foreign version wrote it: asked for again rather than believed."""
    try:
        return _REMEMBERED.validate_json(text, strict=True)
    except ValidationError:
        return None
