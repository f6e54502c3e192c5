"""What the index takes in and gives back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuniu.foundation.access import Actor
from shuniu.foundation.hub.contracts import Ref


@dataclass(frozen=True, slots=True)
class SearchDoc:
    """How a subject is found: by its title (also by pinyin and initials), by other words, by phone numbers in clear.

    Phones are stored as keyed hashes and last four digits only. `at` breaks ties, latest first.
    """

    subject: Ref
    title: str
    at: datetime
    unit_id: int | None = None
    owner_id: int | None = None
    words: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchKind:
    """Declares that a kind of subject is searched.

    `visible` gives the SQL condition on `d.unit_id`, `d.owner_id` and `d.subject_id` for what the actor may find,
    with its parameters. `documents` yields all documents anew, for re-indexing.
    """

    kind: str
    visible: Callable[[Actor], tuple[str, list[Any]]]
    documents: Callable[[], Iterable[SearchDoc]] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: str
    id: int
    title: str
    subtitle: str
    link: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """What was found of one kind, called `name`; `more` when there is more than shown."""

    kind: str
    name: str
    items: list[Hit]
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search, kind after kind."""

    q: str
    groups: list[HitGroup]
