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
