"""武汉光谷店 with its people, a customer, the shipped flow, and orders on it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image

from shuniu.app import wiring
from shuniu.customers import actions as customers
from shuniu.flows import actions as flows
from shuniu.flows import queries as runs
from shuniu.flows.contracts import RunView
from shuniu.foundation import access
from shuniu.foundation.access import Actor, system
from shuniu.foundation.files import actions as files
from shuniu.foundation.text import Text
from shuniu.org import actions as org
from shuniu.org.actions import NewStaff, NewUnit
from shuniu.org.contracts import UnitKind
from shuniu.org.queries import staff_card
from shuniu.work_orders import actions
from shuniu.work_orders.contracts import OrderCard
from shuniu.work_orders.events import ref

EARLY = datetime(2026, 1, 1, tzinfo=UTC)
# a Friday, 10:00 in Wuhan
MORNING = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOUSE = system("tests")
MINUTE = timedelta(minutes=1)
SKILLS = ("空调安装", "高空作业")

UNITS = (
    NewUnit(code="HQ", name="悦居家电服务", kind=UnitKind.HQ),
    NewUnit(code="HZ", name="华中", kind=UnitKind.REGION, parent="HQ"),
    NewUnit(code="WHGG", name="武汉光谷店", kind=UnitKind.STORE, parent="HZ", city="武汉"),
    NewUnit(code="XN", name="西南", kind=UnitKind.REGION, parent="HQ"),
    NewUnit(code="CDCX", name="成都春熙店", kind=UnitKind.STORE, parent="XN", city="成都"),
)


def _worker(
    number: str,
    name: str,
    username: str,
    unit: str = "WHGG",
    city: str = "武汉",
    skills: Sequence[str] = SKILLS,
) -> NewStaff:
    return NewStaff(
        number=number, name=name, unit=unit, city=city, username=username, skills=tuple(skills), phone=f"1390711{number:0>4}",
        roles=(("field_worker", unit),),
    )  # fmt: skip


PEOPLE = (
    _worker("11", "张师傅", "zhang"),
    _worker("12", "王师傅", "wang"),
    _worker("13", "刘师傅", "liu", skills=("空调安装",)),
    _worker("14", "赵师傅", "zhao", unit="CDCX", city="成都"),
    NewStaff(number="21", name="小李", unit="WHGG", username="xiaoli", roles=(("agent", "WHGG"),)),
    NewStaff(number="22", name="陈店长", unit="WHGG", username="chen", roles=(("store_manager", "WHGG"),)),
    NewStaff(number="23", name="周经理", unit="HZ", username="zhou", roles=(("region_manager", "HZ"),)),
    NewStaff(number="24", name="孙运营", unit="HQ", username="sun", roles=(("hq_operator", "HQ"),)),
    NewStaff(number="25", name="何店长", unit="CDCX", username="he", roles=(("store_manager", "CDCX"),)),
    NewStaff(number="26", name="管理员", unit="HQ", username="admin", roles=(("admin", "HQ"),)),
)


@dataclass(frozen=True)
class Shop:
    """Ids by name, and actors by login."""

    hq: int
    region: int
    store: int
    sister: int
    customer: int
    staff: dict[str, int]
    kinds: dict[str, int] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        user_id = staff_card([self.staff[username]])[self.staff[username]].user_id
        found = access.actor_of_user(user_id or 0)
        assert found is not None
        return found


def shop() -> Shop:
    """The store, its sister in 成都, 王女士, and two kinds of order on the shipped flow."""
    wiring.wire()
    org.ensure_shipped(zone="Asia/Shanghai", by=HOUSE, now=EARLY)
    loaded = org.load(units=UNITS, staff=PEOPLE, password=None, by=HOUSE, now=EARLY)
    actions.publish_shipped(by=HOUSE, now=EARLY)
    names = {person.username or "": loaded.staff[person.number] for person in PEOPLE}
    kinds = {}
    for key, name, minutes, skills in (
        ("ac_high_install", "高空空调安装", 150, SKILLS),
        ("ac_install", "标准空调安装", 90, ("空调安装",)),
    ):
        kind = actions.create_kind(
            key=key, name=Text(zh=name, en=key), flow_key="ac_install", service_minutes=minutes, skills=skills,
            by=HOUSE, now=EARLY,
        )  # fmt: skip
        kinds[key] = kind.id
    customer = customers.create(
        name="王女士", unit_id=loaded.units["WHGG"], phone="13907110001", city="武汉", address="光谷大道 77 号 6 楼",
        by=HOUSE, now=EARLY,
    )  # fmt: skip
    return Shop(
        hq=loaded.units["HQ"],
        region=loaded.units["HZ"],
        store=loaded.units["WHGG"],
        sister=loaded.units["CDCX"],
        customer=customer.id,
        staff=names,
        kinds=kinds,
    )


def order(
    place: Shop, *, now: datetime = MORNING, kind: str = "ac_high_install", by: str = "xiaoli", **rest: Any
) -> OrderCard:
    """An order of 王女士, made by 小李; its flow waits for the dispatch effect."""
    given: dict[str, Any] = {
        "title": "新买的空调装在 6 楼", "unit_id": place.store, "customer_id": place.customer, "floor": 6,
    }  # fmt: skip
    return actions.create(kind_key=kind, by=place.actor(by), now=now, **{**given, **rest})


def offered(place: Shop, *, now: datetime = MORNING, **rest: Any) -> OrderCard:
    """An order that has been offered to a field worker."""
    made = order(place, now=now, **rest)
    settle(now)
    return made


def settle(now: datetime) -> None:
    """Run the outbox until nothing waits."""
    while flows.run_pending(now=now):
        pass


def run_of(order_id: int, now: datetime = MORNING) -> RunView:
    found = runs.run_of(ref(order_id), now=now)
    assert found is not None
    return found


def open_nodes(order_id: int, now: datetime = MORNING) -> list[str]:
    return [step.node for step in run_of(order_id, now).steps if step.status == "open"]


def picture(by: Actor, now: datetime = MORNING, colour: str = "navy") -> int:
    """A stored photo of the actor's."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, "JPEG")
    stream.seek(0)
    return files.store(stream=stream, name="photo.jpg", purpose="work_order", by=by, now=now).id


def visit_answers(by: Actor, now: datetime = MORNING) -> dict[str, Any]:
    """What a complete visit needs: two photos, the place, a signature."""
    return {
        "photos": [picture(by, now, "navy"), picture(by, now, "teal")],
        "location": {"lat": 30.49, "lng": 114.41, "accuracy": 12},
        "signature": picture(by, now, "black"),
        "note": "已试机",
    }


def completed(place: Shop, *, now: datetime = MORNING, **rest: Any) -> OrderCard:
    """An order whose visit is done; the customer is asked to confirm."""
    made = offered(place, now=now, **rest)
    worker = worker_of(place, made.id, now)
    actions.accept(order_id=made.id, by=worker, now=now, key=f"accept-{made.id}")
    actions.complete_visit(
        order_id=made.id, answers=visit_answers(worker, now), by=worker, now=now, key=f"done-{made.id}"
    )
    settle(now)
    return made


def worker_of(place: Shop, order_id: int, now: datetime = MORNING) -> Actor:
    """Whoever is asked on the order's open step."""
    step = next(step for step in run_of(order_id, now).steps if step.status == "open")
    staff_id = next(work.staff_id for work in step.works if work.status == "open")
    return place.actor(next(name for name, known in place.staff.items() if known == staff_id))
