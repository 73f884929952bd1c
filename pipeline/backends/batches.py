"""What every engine does with a batch: by target language, in parts where memory is short, up to a length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.backends import Hypothesis, Segment
from pipeline.errors import BackendError

T = TypeVar("T")
R = TypeVar("R")


class Backoff:
    """Runs a batch whole where it fits; after an out-of-memory error halves it, and keeps the smaller size for later.

    The size of a batch is its items times the longest of them, in tokens: what padding makes of it in memory.

    Args:
        identity: the model's, for messages.
        is_exhausted: whether an error of the engine means that memory ran out.
        release: gives back what the failed try still holds.
    """

    def __init__(
        self, identity: str, is_exhausted: Callable[[Exception], bool], release: Callable[[], object] = lambda: None
    ) -> None:
        self._identity = identity
        self._is_exhausted = is_exhausted
        self._release = release
        self.most: int | None = None
        """Tokens, padding included, that are known to be the most that fits; None until memory ran out once."""

    def run(self, items: Sequence[T], sizes: Sequence[int], work: Callable[[Sequence[T]], list[R]]) -> list[R]:
        """`work` on all items, in order.

        Raises:
            BackendError: there is not enough memory for a single item, or the engine failed in another way.
        """
        results: list[R] = []
        start = 0
        while start < len(items):
            end = self._end(sizes, start)
            try:
                results += work(items[start:end])
            except Exception as error:
                if not self._is_exhausted(error):
                    raise BackendError(f"{self._identity}: the engine failed: {error}") from error
                if end - start == 1:
                    raise BackendError(
                        f"{self._identity}: memory ran out on one sentence of {sizes[start]} tokens; "
                        "translate.device, translate.beam_size and a smaller model are what can help"
                    ) from error
                self.most = max(sizes[start:end]) * (end - start) // 2
            else:
                start = end
                continue
            # Outside the handler: the error's traceback holds the tensors of the failed try.
            self._release()
        return results

    def _end(self, sizes: Sequence[int], start: int) -> int:
        """Where a batch that begins at `start` ends; it has at least one item."""
        if self.most is None:
            return len(sizes)
        longest, end = sizes[start], start + 1
        while end < len(sizes) and max(longest, sizes[end]) * (end + 1 - start) <= self.most:
            longest = max(longest, sizes[end])
            end += 1
        return end


def by_target(
    segments: Sequence[Segment], translate: Callable[[str, Sequence[Segment]], list[Hypothesis]]
) -> list[Hypothesis]:
    """Hypotheses in the order of the segments, each target language translated in a batch of its own."""
    places: dict[str, list[int]] = {}
    for place, segment in enumerate(segments):
        places.setdefault(segment.target_language, []).append(place)
    found: dict[int, Hypothesis] = {}
    for target, chosen in places.items():
        found.update(zip(chosen, translate(target, [segments[place] for place in chosen]), strict=True))
    return [found[place] for place in range(len(segments))]


# English needs at most about 2.2 tokens for a source token on FLORES dev (Thai and Hindi need fewer than 1); what
# runs beyond three is a loop, and cutting it early is what keeps a loop from holding up its whole batch.
_TOKENS_OUT_PER_IN = 3.0
_TOKENS_OUT_MORE = 24


def output_limit(source_tokens: int, most: int) -> int:
    """Tokens that a translation may have."""
    return min(int(_TOKENS_OUT_PER_IN * source_tokens) + _TOKENS_OUT_MORE, most)
