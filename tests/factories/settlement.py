"""The organisation of the story with the story's plan in force, and completed work orders."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.factories import org
from tests.factories.org import SignedIn
from tests.factories.plans import HIGH_RISE, field_work_document

from shuniu.foundation.access import Actor, system
from shuniu.foundation.hub import Ref
from shuniu.settlement import actions
from shuniu.settlement.contracts import NewInput

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HOUSE = system("tests")
EARLY = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class House:
    """武汉光谷店 (store) with 张师傅 (worker) and a colleague (other); 武汉汉口店 (sister)."""

    org: org.House
    hq: int
    store: int
    sister: int
    worker: int
    other: int

    def actor(self, login: str) -> Actor:
        return self.org.actor(login)

    def client(self, login: str) -> SignedIn:
        return org.client_of(self.org.staff[login])


def house(*, plan: bool = True) -> House:
    made = org.house()
    colleague = org.person("李师傅", unit_id=made.units["WHGG"], role="field_worker", username="lishifu")
    if plan:
        publish()
    return House(
        org=made,
        hq=made.units["HQ"],
        store=made.units["WHGG"],
        sister=made.units["WHHK"],
        worker=made.staff["zhang"],
        other=colleague.id,
    )


def publish(document: dict[str, Any] | None = None, **scope: Any) -> int:
    return actions.publish_plan(
        document=document or field_work_document(),
        effective_from=scope.pop("effective_from", EARLY),
        by=HOUSE,
        now=NOON,
        **scope,
    )


def completed(
    place: House,
    order: int,
    *,
    worker: int | None = None,
    unit: int | None = None,
    facts: dict[str, Any] | None = None,
    at: datetime = NOON,
    corrects: int | None = None,
    key: str = "",
) -> NewInput:
    return NewInput(
        measure="work_order.completed",
        source=Ref("work_order", order),
        at=at,
        unit_id=unit or place.store,
        parties={"worker": Ref("staff", worker or place.worker)},
        facts=HIGH_RISE if facts is None else facts,
        corrects=corrects,
        key=key,
    )


def days(count: int) -> timedelta:
    return timedelta(days=count)
