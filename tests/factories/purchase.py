"""A flow with lanes, a countersign, an action and sub-flows, over customers; for everything that moves runs."""

from typing import Any

from tests.factories.flows import words
from tests.factories.work_orders import EARLY, HOUSE, MORNING, Shop

from shuniu.flows import actions, queries
from shuniu.flows.contracts import Moved, RunView, StepView
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref

KEY = "purchase"


def task(node: str, role: str, **rest: Any) -> dict[str, Any]:
    return {
        "type": "task",
        "id": node,
        "name": words(node),
        "people": {"by": "role", "role": role, "up": True},
        **rest,
    }


def edge(source: str, target: str, **rest: Any) -> dict[str, Any]:
    tail = "_".join(str(value) for value in rest.values())
    return {"id": f"{source}_{target}_{tail}".rstrip("_"), "source": source, "target": target, **rest}


def document(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], **rest: Any) -> dict[str, Any]:
    start = {"type": "start", "id": "start", "name": words("开始")}
    end = {"type": "end", "id": "end", "name": words("结束")}
    return {
        "format": 2,
        "name": words("采购"),
        "subject": "customer",
        "nodes": [start, *nodes, end],
        "edges": edges,
        **rest,
    }


PURCHASE = document(
    [
        task("apply", "agent", deadline={"amount": 60, "clock": "wall"}),
        {"type": "parallel", "id": "split", "name": words("并行")},
        {
            "type": "approval",
            "id": "heads",
            "name": words("会签"),
            "levels": [
                {
                    "mode": "all",
                    "people": {
                        "by": "several",
                        "rules": [
                            {"by": "role", "role": "store_manager"},
                            {"by": "role", "role": "region_manager"},
                        ],
                    },
                    "deadline": {"amount": 120, "clock": "wall"},
                }
            ],
            "on_reject": "return",
            "reject_to": "apply",
        },
        task("stock", "field_worker", must_claim=True),
        {"type": "join", "id": "meet", "name": words("汇合"), "mode": "all"},
        {
            "type": "action",
            "id": "pay",
            "name": words("打款"),
            "effect": "test.pay",
            "keeps": {"金额": "amount"},
            "undo": {"effect": "test.refund"},
        },
        task("receive", "agent"),
    ],
    [
        edge("start", "apply"),
        edge("apply", "split"),
        edge("split", "heads"),
        edge("split", "stock"),
        edge("heads", "meet", outcome="approved"),
        edge("heads", "end", outcome="rejected"),
        edge("stock", "meet"),
        edge("meet", "pay"),
        edge("pay", "receive"),
        edge("receive", "end"),
    ],
    facts={"金额": "number"},
)


def publish(content: dict[str, Any] = PURCHASE, key: str = KEY) -> int:
    return actions.publish(key=key, document=content, by=HOUSE, now=EARLY).id


def start(place: Shop, *, flow: str = KEY, key: str = "p1", by: Actor = HOUSE, **rest: Any) -> Moved:
    return actions.start(
        flow_key=flow,
        subject=Ref("customer", place.customer),
        customer_id=place.customer,
        unit_id=place.store,
        by=by,
        now=rest.pop("now", MORNING),
        key=key,
        **rest,
    )


def work(place: Shop, run_id: int, node: str, who: str) -> int:
    found = queries.work_at(run_id=run_id, node=node, staff_id=place.staff[who])
    assert found is not None
    return found


def answer(place: Shop, run_id: int, node: str, who: str, *, now: Any = MORNING, **rest: Any) -> Moved:
    """Somebody answers their work at a node."""
    key = rest.pop("key", f"{node}-{who}-{work(place, run_id, node, who)}")
    return actions.complete(
        work_id=work(place, run_id, node, who), by=place.actor(who), now=now, key=key, **rest
    )


def claimed(place: Shop, run_id: int, who: str = "zhang", *, key: str = "") -> Moved:
    """Somebody takes the stock check and does it."""
    number = work(place, run_id, "stock", who)
    given = {"by": place.actor(who), "now": MORNING}
    actions.claim(work_id=number, key=f"claim-{number}{key}", **given)
    return actions.complete(work_id=number, key=f"stock-{number}{key}", **given)


def see(run_id: int, *, now: Any = MORNING, actor: Actor | None = None) -> RunView:
    return queries.run(run_id, now=now, actor=actor)


def open_at(run_id: int, node: str, *, actor: Actor | None = None, now: Any = MORNING) -> StepView:
    found = see(run_id, actor=actor, now=now).open_at(node)
    assert found is not None
    return found


def nodes(run_id: int) -> list[str]:
    """Where the run stands."""
    return sorted(step.node for step in see(run_id).steps if step.status == "open")
