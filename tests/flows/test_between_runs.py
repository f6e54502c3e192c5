"""What reaches a run from outside it: events, sub-flows, another version."""

from datetime import timedelta
from json import loads

import pytest
from django.db import connection
from tests.factories import purchase
from tests.factories import work_orders as shops

from shuniu.customers import actions as customers
from shuniu.customers.actions import Changes
from shuniu.customers.contracts import Stage
from shuniu.flows import actions, queries
from shuniu.flows.contracts import CannotMigrate, RunNotFound
from shuniu.flows.models import FlowCommand, FlowRun, FlowTimer, FlowWait
from shuniu.foundation.hub import Event, Ref, registry

pytestmark = pytest.mark.django_db
NOW = shops.MORNING

PARENT = purchase.document(
    [
        {
            "type": "subflow",
            "id": "children",
            "name": {"zh": "逐个处理", "en": "each"},
            "flow": "child",
            "rows": "清单",
            "inputs": {"数量": "row.n"},
            "keeps": {"结果": "数量"},
        },
        purchase.task("check", "agent"),
    ],
    [
        purchase.edge("start", "children"),
        purchase.edge("children", "check"),
        purchase.edge("check", "end"),
    ],
    facts={"清单": "list", "数量": "number"},
)
CHILD = purchase.document(
    [purchase.task("do", "agent")],
    [purchase.edge("start", "do"), purchase.edge("do", "end")],
    facts={"数量": "number"},
)
WAITING = purchase.document(
    [
        {
            "type": "wait",
            "id": "hear",
            "name": {"zh": "等客户", "en": "hear"},
            "until": [
                {
                    "waits": "event",
                    "key": "stage",
                    "event": "customer.stage_changed",
                    "where": 'event.stage = "active"',
                    "facts": {"阶段": "stage"},
                },
                {"waits": "time", "key": "time", "amount": 3, "unit": "days", "clock": "wall"},
            ],
        },
        purchase.task("call", "agent"),
    ],
    [
        purchase.edge("start", "hear"),
        purchase.edge("hear", "call", outcome="time"),
        purchase.edge("hear", "end", outcome="stage"),
        purchase.edge("call", "end"),
    ],
)


@pytest.fixture
def place():
    return shops.shop()


def events(name):
    """What was published under a name, as the feed hands it over."""
    found = registry.subscribers["flows.events"]
    assert name in found.events
    rows = queries_of(name)
    return [
        Event(pk, NOW, name, Ref(kind, subject), unit, customer or None, "", data)
        for pk, kind, subject, unit, customer, data in rows
    ]


def queries_of(name):
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, subject_kind, subject_id, unit_id, customer_id, data from event where name = %s",
            [name],
        )
        return [(*row[:5], loads(row[5])) for row in cursor.fetchall()]


def stage(place, to):
    customers.update(customer_id=place.customer, changes=Changes(stage=to), by=place.actor("xiaoli"), now=NOW)


def test_a_change_of_the_customers_stage_is_heard_once(place):
    purchase.publish(WAITING, "waiting")
    run_id = purchase.start(place, flow="waiting").run_id
    stage(place, Stage.NEW)
    actions.deliver(events("customer.stage_changed"))
    assert purchase.nodes(run_id) == ["hear"]
    stage(place, Stage.ACTIVE)
    heard = events("customer.stage_changed")
    actions.deliver(heard)
    actions.deliver(heard)
    assert purchase.see(run_id).status == "ended"
    assert FlowRun.objects.get(pk=run_id).facts["阶段"] == "active"
    assert list(FlowWait.objects.values_list("status", flat=True)) == ["met"]
    assert FlowTimer.objects.get(run_id=run_id).status == "cancelled"


def test_a_suspended_run_hears_when_it_is_resumed(place):
    purchase.publish(WAITING, "waiting")
    run_id = purchase.start(place, flow="waiting").run_id
    given = {"run_id": run_id, "by": shops.HOUSE}
    actions.suspend(reason="盘点", now=NOW, key="s", **given)
    stage(place, Stage.ACTIVE)
    actions.deliver(events("customer.stage_changed"))
    shops.settle(NOW)
    assert purchase.nodes(run_id) == ["hear"]
    actions.resume(now=NOW, key="r", **given)
    shops.settle(NOW)
    assert purchase.see(run_id).status == "ended"


def test_the_time_of_a_wait_leads_the_other_way(place):
    purchase.publish(WAITING, "waiting")
    run_id = purchase.start(place, flow="waiting").run_id
    assert actions.fire_due(now=NOW + timedelta(days=3) - timedelta(minutes=1)) == 0
    assert actions.fire_due(now=NOW + timedelta(days=3)) == 1
    assert purchase.nodes(run_id) == ["call"]


@pytest.fixture
def family(place):
    purchase.publish(PARENT, "parent")
    purchase.publish(CHILD, "child")
    run_id = purchase.start(place, flow="parent", facts={"清单": [{"n": 4}, {"n": 9}]}).run_id
    shops.settle(NOW)
    return run_id, list(
        FlowRun.objects.filter(parent_step__run_id=run_id).order_by("pk").values_list("pk", flat=True)
    )


def test_a_sub_flow_runs_for_each_row_and_its_end_comes_back(place, family):
    run_id, children = family
    assert [FlowRun.objects.get(pk=child).facts["数量"] for child in children] == [4, 9]
    assert queries.run_of(Ref("customer", place.customer), now=NOW).id == run_id
    purchase.answer(place, children[0], "do", "xiaoli")
    shops.settle(NOW)
    assert purchase.nodes(run_id) == ["children"]
    purchase.answer(place, children[1], "do", "xiaoli")
    shops.settle(NOW)
    assert purchase.nodes(run_id) == ["check"]
    assert FlowRun.objects.get(pk=run_id).facts["结果"] == [4, 9]


def test_cancelling_the_parent_travels_to_its_sub_flows(family):
    run_id, children = family
    actions.stop(run_id=run_id, reason="不做了", by=shops.HOUSE, now=NOW, key="k")
    shops.settle(NOW)
    assert set(FlowRun.objects.filter(pk__in=children).values_list("status", flat=True)) == {"cancelled"}


def test_a_cancelled_sub_flow_leaves_an_incident_that_is_retried(family):
    run_id, children = family
    actions.stop(run_id=children[0], reason="重做", by=shops.HOUSE, now=NOW, key="k")
    shops.settle(NOW)
    step = purchase.open_at(run_id, "children")
    assert step.incident.zh == "子流程没有正常结束"
    actions.retry(step_id=step.id, by=shops.HOUSE, now=NOW, key="r")
    shops.settle(NOW)
    assert FlowRun.objects.filter(parent_step_id=step.id).count() == 3


def renamed(document, before, after):
    def name(value):
        return after if value == before else value

    return {
        **document,
        "nodes": [{**node, "id": name(node["id"])} for node in document["nodes"]],
        "edges": [
            {**edge, "source": name(edge["source"]), "target": name(edge["target"])}
            for edge in document["edges"]
        ],
    }


def test_running_runs_move_to_a_new_version_by_a_mapping(place):
    purchase.publish(CHILD, "child")
    first = purchase.start(place, flow="child", key="1").run_id
    second = purchase.start(place, flow="child", key="2").run_id
    version = purchase.publish(renamed(CHILD, "do", "perform"), "child")
    zhou = place.actor("zhou")
    seen = queries.migration_preview(version_id=version, mapping={}, actor=zhou)
    assert [(row.run_id, [stuck.code for stuck in row.stuck]) for row in seen.rows] == [
        (first, ["node_gone"]),
        (second, ["node_gone"]),
    ]
    given = {"version_id": version, "by": zhou, "now": NOW}
    with pytest.raises(CannotMigrate):
        actions.migrate_run(run_id=first, mapping={}, key="m", **given)
    assert actions.migrate_runs(run_ids=[first, second], mapping={"do": "perform"}, key="m", **given) == {}
    assert purchase.nodes(first) == ["perform"]
    purchase.answer(place, second, "perform", "xiaoli")
    assert purchase.see(second).status == "ended"
    assert FlowCommand.objects.filter(run_id=first, kinds=["migrate"]).count() == 1
    with pytest.raises(RunNotFound):
        actions.migrate_run(
            run_id=first, mapping={}, key="x", version_id=version, by=place.actor("he"), now=NOW
        )
