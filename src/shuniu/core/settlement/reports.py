"""Sums people look at: postings drilled down by where everybody stood that day, and rankings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from shuniu.core.settlement.plan import ZERO

UNASSIGNED = "__unassigned__"


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody stands, from a day on and before another."""

    person: str
    store: str
    since: date | None
    until: date | None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Rollup:
    """收益穿透: each posting counted once at every level."""

    region: dict[str, Decimal]
    store: dict[str, Decimal]
    person: dict[str, Decimal]
    total: Decimal


def rollup(
    postings: Iterable[tuple[str, date, Decimal]], posts: Sequence[Post], regions: Mapping[str, str]
) -> Rollup:
    """(person, day, amount) summed by region, store and person; who is unknown is shown as such, never left out."""
    by_region: dict[str, Decimal] = {}
    by_store: dict[str, Decimal] = {}
    by_person: dict[str, Decimal] = {}
    total = ZERO
    known = {post.person for post in posts}
    for person, day, amount in postings:
        post = next((post for post in posts if post.person == person and post.holds(day)), None)
        store = UNASSIGNED if post is None else post.store
        who = person if person in known else UNASSIGNED
        for sums, key in ((by_region, regions.get(store, UNASSIGNED)), (by_store, store), (by_person, who)):
            sums[key] = sums.get(key, ZERO) + amount
        total += amount
    return Rollup(by_region, by_store, by_person, total)


def ranking(
    rows: Iterable[tuple[str, Decimal]],
    *,
    order: Literal["desc", "asc"] = "desc",
    ties: Literal["competition", "dense"] = "competition",
) -> list[tuple[str, int, Decimal]]:
    """(id, rank, amount): equal amounts share a rank and stand by id; after a tie of two comes the third place."""
    sign = -1 if order == "desc" else 1
    ordered = sorted(rows, key=lambda row: (sign * row[1], row[0]))
    found: list[tuple[str, int, Decimal]] = []
    for position, (key, amount) in enumerate(ordered, start=1):
        rank = position
        if found:
            _, last, before = found[-1]
            rank = last if before == amount else (position if ties == "competition" else last + 1)
        found.append((key, rank, amount))
    return found
