"""Putting a number together from digits, number words and scales, whatever the language.

A scale multiplies what stands before it and is smaller: 2 nghìn tỷ, 1조 2천억, 1億5千萬, "two hundred fifty thousand"
and lakh crore all follow this one rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """A word that multiplies: 百, thousand, 억, crore."""

    factor: Decimal


def compose(parts: Sequence[Decimal | Scale]) -> Decimal | None:
    """Value of a sequence of numbers and scales; None where it does not make one number (`三 四`, `億 萬 兆`)."""
    stack: list[tuple[Decimal, Decimal]] = []  # (value, scale it counts in), scales falling
    chained = Decimal(1)
    for part in parts:
        if isinstance(part, Decimal):
            if stack and stack[-1][1] == 1:
                previous = stack[-1][0]
                if not (part < (20 if previous in (60, 80) else 10) and previous % 10 == 0 and 10 <= previous < 100):
                    return None
                stack[-1] = (previous + part, Decimal(1))
                chained = Decimal(1)
                continue
            if stack and part >= stack[-1][1]:
                return None
            stack.append((part, Decimal(1)))
            chained = Decimal(1)
            continue
        counted: list[Decimal] = []
        while stack and stack[-1][1] < part.factor:
            counted.append(stack.pop()[0])
        if stack and stack[-1][1] == part.factor:
            return None
        # the 萬 of 3萬億 counts on in 億, so that 6,000億 may still follow
        chained *= part.factor
        # A hundred is one hundred, but 0 million none.
        stack.append(((sum(counted, Decimal(0)) if counted else Decimal(1)) * part.factor, chained))
    return sum((value for value, _ in stack), Decimal(0)) if stack else None


def scales_last(parts: Sequence[Decimal | Scale]) -> list[int]:
    """Indices of `parts`, of a language with scales before their numbers, in the order that `compose` reads.

    elfu 5 mia 3 comes as 5 elfu 3 mia, milioni mia 3 as 3 mia milioni, elfu 20 na 5 as 20 5 elfu: after a scale a
    number is as long as it can be. A scale without one stays where it is.
    """
    order: list[int] = []
    at = 0
    while at < len(parts):
        end = _multiplied(parts, at) if isinstance(parts[at], Scale) else at + 1
        if isinstance(parts[at], Scale):
            order += [at + 1 + inner for inner in scales_last(parts[at + 1 : end])]
        order.append(at)
        at = end
    return order


def _multiplied(parts: Sequence[Decimal | Scale], at: int) -> int:
    """Where the number ends that the scale at this index multiplies."""
    scale, end = parts[at], at + 1
    assert isinstance(scale, Scale)
    if end == len(parts):
        return end
    first = parts[end]
    if isinstance(first, Scale):
        if first.factor >= scale.factor:
            return end
        return _tens_and_units(parts, _multiplied(parts, end))
    # mia na hamsini is a hundred and fifty: nobody counts ten hundreds.
    return end if scale.factor == 100 and first >= 10 else _tens_and_units(parts, end)


def _tens_and_units(parts: Sequence[Decimal | Scale], at: int) -> int:
    """Where a figure, or tens and the units after them, end; the same index where none begin."""
    ahead = parts[at : at + 2]
    if not ahead or isinstance(ahead[0], Scale):
        return at
    tens = 10 <= ahead[0] < 100 and ahead[0] % 10 == 0
    return at + (2 if tens and len(ahead) > 1 and not isinstance(ahead[1], Scale) and ahead[1] < 10 else 1)
