"""A flow of its own over customers, so that runs can be tried without work orders."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from tests.factories.work_orders import EARLY, HOUSE, MORNING, Shop

from shuniu.flows import actions, queries
from shuniu.flows.contracts import Moved, RunView
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Effect, Ref, registry
from shuniu.foundation.text import Text


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


REVIEW: dict[str, Any] = {
    "name": words("退款审批"),
    "subject": "customer",
    "forms": [
        {
            "key": "review",
            "name": words("审批"),
            "fields": [
                {"type": "money", "key": "amount", "name": words("金额"), "required": True, "fact": "金额"},
                {"type": "images", "key": "papers", "name": words("凭证"), "min_count": 1, "required": True},
            ],
        }
    ],
    "nodes": [
        {"type": "start", "id": "start", "name": words("开始")},
        {
            "type": "task",
            "id": "review",
            "name": words("审批"),
            "people": {"by": "role", "role": "store_manager"},
            "form": "review",
            "outcomes": [
                {"key": "passed", "name": words("通过")},
                {"key": "refused", "name": words("驳回"), "form": False, "reason": True},
            ],
            "deadline": {
                "amount": 60,
                "clock": "working",
                "reminders": [{"before": 10}, {"before": 30}],
                "escalation": {"to": {"by": "role", "role": "region_manager"}},
            },
        },
        {
            "type": "task",
            "id": "pay",
            "name": words("打款"),
            "people": {"by": "system", "effect": "test.pay"},
        },
        {"type": "end", "id": "end", "name": words("结束")},
    ],
    "edges": [
        {"id": "a", "source": "start", "target": "review"},
        {"id": "b", "source": "review", "target": "pay", "outcome": "passed"},
        {"id": "c", "source": "review", "target": "end", "outcome": "refused"},
        {"id": "d", "source": "pay", "target": "end"},
    ],
}


class NoParams(BaseModel):
    pass


@contextmanager
def effect(key: str, handle: Any) -> Iterator[None]:
    """An effect that exists for one test."""
    registry.register(effects=[Effect(key, Text(zh=key, en=key), NoParams, handle)])
    try:
        yield
    finally:
        del registry.effects[key]


def publish(document: dict[str, Any] = REVIEW, key: str = "review") -> int:
    return actions.publish(key=key, document=document, by=HOUSE, now=EARLY).id


def start(place: Shop, *, now: datetime = MORNING, key: str = "first", by: Actor = HOUSE) -> Moved:
    return actions.start(
        flow_key="review",
        subject=Ref("customer", place.customer),
        unit_id=place.store,
        by=by,
        now=now,
        key=key,
    )


def work_of(run_id: int, staff_id: int, node: str = "review") -> int:
    found = queries.work_at(run_id=run_id, node=node, staff_id=staff_id)
    assert found is not None
    return found


def see(run_id: int, now: datetime = MORNING) -> RunView:
    return queries.run(run_id, now=now)
