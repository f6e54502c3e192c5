"""Which kinds of subject are searched; filled by app/wiring.py."""

from collections.abc import Iterable

from shuniu.foundation.search.contracts import SearchKind

_kinds: dict[str, SearchKind] = {}


def register_kinds(kinds: Iterable[SearchKind]) -> None:
    """Make kinds searchable, in the order in which their results are shown."""
    for kind in kinds:
        if _kinds.setdefault(kind.kind, kind) is not kind:
            raise ValueError(f"search kind {kind.kind} is declared twice")


def all_kinds() -> tuple[SearchKind, ...]:
    """Every searchable kind."""
    return tuple(_kinds.values())
