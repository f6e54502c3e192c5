"""Reading facts: one query per relation, however many facts and subjects."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from shuniu.foundation.hub.contracts import Fact, FactRelation
from shuniu.foundation.hub.registries import registry


def read_facts(
    names: Iterable[str], subject_kind: str, ids: Sequence[int], now: datetime
) -> dict[int, dict[str, Any]]:
    """The values of those facts for each of the ids, null where a relation has no row. Raises UnknownFact."""
    by_relation: dict[str, list[Fact]] = defaultdict(list)
    relations: dict[str, FactRelation] = {}
    for name in dict.fromkeys(names):
        fact = registry.fact(subject_kind, name)
        by_relation[fact.relation.name].append(fact)
        relations[fact.relation.name] = fact.relation
    values: dict[int, dict[str, Any]] = {
        subject_id: {fact.name: None for facts in by_relation.values() for fact in facts}
        for subject_id in ids
    }
    if values:
        for relation_name, facts in by_relation.items():
            _read_relation(relations[relation_name], facts, list(values), now, values)
    return values


def _read_relation(
    relation: FactRelation,
    facts: Sequence[Fact],
    ids: list[int],
    now: datetime,
    values: dict[int, dict[str, Any]],
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(relation.sql, {"ids": ids, "now": now})
        places = {column.name: place for place, column in enumerate(cursor.description or ())}
        for row in cursor:
            values[row[places["id"]]].update({fact.name: row[places[fact.column]] for fact in facts})
