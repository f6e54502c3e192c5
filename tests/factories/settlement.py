"""A store with a field worker, the plan of the story in force, and completed work orders."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.factories.plans import HIGH_RISE, field_work_document

from shuniu.app import wiring
from shuniu.foundation import access
from shuniu.foundation.access import Actor, system
from shuniu.foundation.hub import Ref
from shuniu.org import actions as org
from shuniu.org.actions import NewStaff, NewUnit
from shuniu.org.contracts import UnitKind
from shuniu.org.queries import staff_card
from shuniu.settlement import actions
from shuniu.settlement.contracts import NewInput

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HOUSE = system("tests")
EARLY = datetime(2026, 1, 1, tzinfo=UTC)


UNITS = (
    NewUnit(code="HQ", name="悦居家电服务", kind=UnitKind.HQ),
    NewUnit(code="WHGG", name="武汉光谷店", kind=UnitKind.STORE, parent="HQ"),
    NewUnit(code="CDCX", name="成都春熙店", kind=UnitKind.STORE, parent="HQ"),
)
STAFF = (
    NewStaff(number="1", name="张师傅", unit="WHGG", username="zhang", roles=(("field_worker", "WHGG"),)),
    NewStaff(number="2", name="李师傅", unit="WHGG", username="li", roles=(("field_worker", "WHGG"),)),
    NewStaff(number="3", name="陈店长", unit="WHGG", username="chen", roles=(("store_manager", "WHGG"),)),
    NewStaff(number="4", name="赵店长", unit="CDCX", username="zhao", roles=(("store_manager", "CDCX"),)),
    NewStaff(number="5", name="钱会计", unit="HQ", username="qian", roles=(("finance", "HQ"),)),
    NewStaff(number="6", name="周会计", unit="HQ", username="zhou", roles=(("finance", "HQ"),)),
)


@dataclass(frozen=True)
class House:
    hq: int
    store: int
    sister: int
    worker: int
    other: int
    staff: dict[str, int]

    @property
    def zhang(self) -> Ref:
        return Ref("staff", self.worker)

    def actor(self, username: str) -> Actor:
        """The person behind a login, with what they may do."""
        found = actor_of_staff(self.staff[username])
        assert found is not None
        return found


def actor_of_staff(staff_id: int) -> Actor | None:
    user_id = staff_card([staff_id])[staff_id].user_id
    return None if user_id is None else access.actor_of_user(user_id)


def house(*, plan: bool = True) -> House:
    """HQ with two stores; 张师傅 and a colleague work at the first; the plan of the story is in force."""
    wiring.wire()
    org.ensure_shipped(zone="Asia/Shanghai", by=HOUSE, now=EARLY)
    loaded = org.load(units=UNITS, staff=STAFF, password="shuniu-demo", by=HOUSE, now=EARLY)
    if plan:
        publish()
    names = {person.username or "": loaded.staff[person.number] for person in STAFF}
    return House(
        hq=loaded.units["HQ"],
        store=loaded.units["WHGG"],
        sister=loaded.units["CDCX"],
        worker=names["zhang"],
        other=names["li"],
        staff=names,
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
    facts: dict[str, Any] | None = None,
    at: datetime = NOON,
    corrects: int | None = None,
    key: str = "",
) -> NewInput:
    return NewInput(
        measure="work_order.completed",
        source=Ref("work_order", order),
        at=at,
        unit_id=place.store,
        parties={"worker": Ref("staff", worker or place.worker)},
        facts=HIGH_RISE if facts is None else facts,
        corrects=corrects,
        key=key,
    )


def days(count: int) -> timedelta:
    return timedelta(days=count)
