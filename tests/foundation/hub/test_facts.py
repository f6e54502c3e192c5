from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.hub import NOON, changed, only_registered

from shuniu.foundation.hub import Fact, FactRelation, read_facts
from shuniu.foundation.hub.errors import UnknownFact
from shuniu.foundation.text import Text

pytestmark = pytest.mark.django_db

SPENDING = FactRelation(
    name="thing.numbers",
    subject="thing",
    sql="""
    select subject_id as id, count(*) as times, sum((data ->> 'number')::numeric) as total
    from event where subject_kind = 'thing' and subject_id = any(%(ids)s) and at > %(now)s - interval '90 days'
    group by subject_id
    """,
)
LAST = FactRelation(
    name="thing.last",
    subject="thing",
    sql="select subject_id as id, max(at) as at from event where subject_id = any(%(ids)s) group by subject_id",
)


def fact(name: str, relation: FactRelation, column: str, kind: Any = "number") -> Fact:
    return Fact(
        name=name, subject="thing", type=kind, relation=relation, column=column, text=Text(name, name)
    )


FACTS = (
    fact("物品.次数", SPENDING, "times"),
    fact("物品.合计", SPENDING, "total"),
    fact("物品.最近", LAST, "at", "datetime"),
)


def test_ten_facts_of_two_relations_cost_two_queries(django_assert_num_queries: Any) -> None:
    with only_registered(facts=FACTS):
        changed(1001, number=5)
        changed(1001, number=7)
        changed(1002, number=1)
        with django_assert_num_queries(2):
            values = read_facts(["物品.次数", "物品.合计", "物品.最近"], "thing", [1001, 1002, 1003], NOON)
    assert values == {
        1001: {"物品.次数": 2, "物品.合计": Decimal(12), "物品.最近": NOON},
        1002: {"物品.次数": 1, "物品.合计": Decimal(1), "物品.最近": NOON},
        1003: {"物品.次数": None, "物品.合计": None, "物品.最近": None},
    }


def test_the_moment_is_an_argument() -> None:
    with only_registered(facts=FACTS):
        changed(1001, number=5)
        later = read_facts(["物品.次数"], "thing", [1001], NOON + timedelta(days=91))
    assert later == {1001: {"物品.次数": None}}


def test_no_subjects_no_query(django_assert_num_queries: Any) -> None:
    with only_registered(facts=FACTS), django_assert_num_queries(0):
        assert read_facts(["物品.次数"], "thing", [], NOON) == {}


def test_a_fact_of_another_kind_is_unknown() -> None:
    with only_registered(facts=FACTS), pytest.raises(UnknownFact):
        read_facts(["物品.次数"], "customer", [1], NOON)
