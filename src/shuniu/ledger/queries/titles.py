"""Names and links for the opaque references of accounts and transactions, read in bulk from their owners."""

from collections import defaultdict
from collections.abc import Iterable

from shuniu.foundation.hub import SubjectCard, registry

NO_CARD = SubjectCard(title="")


def cards(refs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], SubjectCard]:
    """A card for every reference whose kind is registered and whose subject still exists."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, id_ in refs:
        if kind in registry.subjects:
            by_kind[kind].add(id_)
    return {
        (kind, id_): card
        for kind, ids in by_kind.items()
        for id_, card in registry.subject(kind).cards(sorted(ids)).items()
    }
