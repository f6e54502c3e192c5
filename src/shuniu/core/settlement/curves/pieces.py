"""Piecewise straight functions: constant + slope × x between bounds.

Rates, tiers, targets and caps all are such functions. In this form they can be evaluated fast over a million
lines, joined to in SQL, searched for the next step, and compared.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuniu.core.settlement.plan import ZERO

BELOW_ALL = Decimal("-Infinity")
ABOVE_ALL = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Piece:
    """From `start` on, the start itself included or not, until the next piece: C(x) = constant + slope × x."""

    start: Decimal
    constant: Decimal
    slope: Decimal
    included: bool = False

    def at(self, x: Decimal) -> Decimal:
        return self.constant + self.slope * x if self.slope else self.constant

    def holds(self, x: Decimal) -> bool:
        return x > self.start or (self.included and x == self.start)


class Pieces:
    """A function of one number by pieces in ascending order; the first one starts below every number."""

    __slots__ = ("_starts", "pieces")

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)
        # A start that is included sorts before one that is not, and x itself sorts between the two.
        self._starts = [(piece.start, 0 if piece.included else 2) for piece in self.pieces]

    def place(self, x: Decimal) -> int:
        return max(bisect_right(self._starts, (x, 1)) - 1, 0)

    def __call__(self, x: Decimal) -> Decimal:
        return self.pieces[self.place(x)].at(x)

    def walk(
        self, base: Decimal, amounts: Iterable[Decimal], rounded: Callable[[Decimal], Decimal]
    ) -> Iterator[tuple[Decimal, Decimal]]:
        """(base, rounded C(base)) after each amount. A piece is searched for only when the last one is left."""
        pieces, last = self.pieces, len(self.pieces) - 1
        low, high, constant, slope = ABOVE_ALL, BELOW_ALL, ZERO, ZERO
        for amount in amounts:
            base += amount
            if not low < base < high:
                place = self.place(base)
                piece = pieces[place]
                constant, slope, low = piece.constant, piece.slope, piece.start
                high = pieces[place + 1].start if place < last else ABOVE_ALL
            yield base, rounded(constant + slope * base)
