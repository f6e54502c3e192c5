"""Many runs at once mean what they mean one by one: the same steps, effects, limits, news, whatever the facts."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import purchase
from tests.factories import work_orders as shops

from shuniu.flows import actions
from shuniu.flows.actions import NewRun
from shuniu.flows.models import FlowRun
from shuniu.foundation.hub import Ref

pytestmark = pytest.mark.django_db
NOW = shops.MORNING
NIGHT = NOW + timedelta(days=2)

AUTOMATED = purchase.document(
    [
        {
            "type": "milestone",
            "id": "begun",
            "name": purchase.words("开始"),
            "text": purchase.words("已开始"),
        },
        {"type": "branch", "id": "big", "name": purchase.words("金额")},
        {
            "type": "action",
            "id": "tag",
            "name": purchase.words("打标签"),
            "effect": "test.tag",
            "inputs": {"amount": "金额"},
            "awaited": False,
        },
        {"type": "parallel", "id": "split", "name": purchase.words("并行")},
        {
            "type": "notify",
            "id": "tell",
            "name": purchase.words("通知"),
            "text": purchase.words("请关注"),
        },
        {
            "type": "wait",
            "id": "cool",
            "name": purchase.words("等一天"),
            "until": [{"waits": "time", "amount": 1, "unit": "days", "clock": "wall"}],
        },
        {"type": "join", "id": "meet", "name": purchase.words("汇合"), "mode": "all"},
        purchase.task("call", "agent", deadline={"amount": 60, "reminders": [{"before": 10}]}),
    ],
    [
        purchase.edge("start", "begun"),
        purchase.edge("begun", "big"),
        purchase.edge("big", "tag", condition="金额 > 100"),
        purchase.edge("big", "split", default=True),
        purchase.edge("tag", "split"),
        purchase.edge("split", "tell"),
        purchase.edge("split", "cool"),
        purchase.edge("tell", "meet"),
        purchase.edge("cool", "meet"),
        purchase.edge("meet", "call"),
        purchase.edge("call", "end"),
    ],
    facts={"金额": "number"},
)
TABLES = {
    "flow_run": "status, facts, memo, visits_made, rev, ended_at, remove_after, started_at",
    "flow_step": """visit, node, kind, origin, edge, via, status, outcome, answers, works_made, effects_made, opened_at,
        closed_at, closed_by, due_at, warn_at, provisional, working_seconds, memo, level, form, ending, party, joined""",
    "flow_work": "number, party, staff_id, role, seat, status, outcome, opened_at, closed_at",
    "flow_timer": "rung, clock, budget_seconds, budget_days, before_seconds, running_since, fire_at, status, fired_at",
    "flow_effect": "number, effect, params, awaited, status, next_at",
    "flow_command": "rev, kinds, content",
}


ROWS = """
select split_part(x.begun, ':', 2), {columns}
from (select t.*, r.start_key as begun from {table} t join flow_run r on r.id = t.{of_run}) x
where x.begun like %s order by 1, 2, 3, 4
"""
EVENTS = """
select split_part(r.start_key, ':', 2), e.name, e.data - 'run_id' - 'step_id' from event e
join flow_run r on r.id = (e.data->>'run_id')::bigint where r.start_key like %s order by 1, e.id
"""


def left(prefix):
    """All that runs of one way left behind, without ids."""
    found = {}
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            of_run = "id" if table == "flow_run" else "run_id"
            cursor.execute(ROWS.format(columns=columns, table=table, of_run=of_run), [f"{prefix}:%"])
            found[table] = cursor.fetchall()
        cursor.execute(EVENTS, [f"{prefix}:%"])
        found["event"] = cursor.fetchall()
    return found


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(amounts=st.lists(st.integers(0, 200), min_size=1, max_size=4), number=st.uuids())
def test_many_at_once_leave_what_one_by_one_leaves(place, amounts, number):
    given = [(place_in, {"金额": amount}) for place_in, amount in enumerate(amounts)]
    for place_in, facts in given:
        purchase.start(place, flow="auto", key=f"one{number}:{place_in}", facts=facts)
        while actions.fire_due(now=NIGHT, batch=1):
            pass
    wanted = [
        NewRun(
            subject=Ref("customer", place.customer),
            customer_id=place.customer,
            unit_id=place.store,
            facts=facts,
            key=f"all{number}:{place_in}",
        )
        for place_in, facts in given
    ]
    assert actions.start_many(flow_key="auto", runs=wanted, by=shops.HOUSE, now=NOW) == len(wanted)
    while actions.fire_due(now=NIGHT):
        pass
    assert left(f"all{number}") == left(f"one{number}")


@pytest.fixture
def place():
    found = shops.shop()
    purchase.publish(AUTOMATED, "auto")
    return found


def test_a_key_begins_one_run_however_often_it_is_sent(place):
    runs = [
        NewRun(subject=Ref("customer", place.customer), unit_id=place.store, facts={"金额": 1}, key=f"k:{n}")
        for n in range(3)
    ]
    given = {"flow_key": "auto", "by": shops.HOUSE, "now": NOW}
    assert actions.start_many(runs=runs[:2], **given) == 2
    assert actions.start_many(runs=[*runs, runs[2]], **given) == 1
    assert FlowRun.objects.count() == 3
