"""What is under way in the demo company today: real orders, made and moved by the domains' own actions."""

import io
import random
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from shuniu.app.demo.company import STORY_CUSTOMER, Company
from shuniu.flows import actions as flows
from shuniu.flows import queries as runs
from shuniu.foundation.access import Actor, ActorKind, system
from shuniu.foundation.files import actions as files
from shuniu.foundation.hub import Ref
from shuniu.org.queries import staff_card
from shuniu.work_orders import actions as work_orders
from shuniu.work_orders.contracts import Priority

ORDERS = 28
BY = system("demo")
_WISHES = (
    ("ac_install", "新空调到货，预约安装", Priority.NORMAL),
    ("ac_high_install", "新空调要装在外墙，没有平台", Priority.HIGH),
    ("complex_setup", "中央空调面板报错，需要调试", Priority.NORMAL),
    ("urgent_extra", "空调突然不制冷，家里有老人孩子", Priority.URGENT),
)


def load(made: Company, *, customers: list[int], units: dict[str, int], seed: int, now: datetime) -> None:
    """Orders of the last ten hours: some just offered, some accepted, some done and waiting for the customer."""
    chance = random.Random(seed + 2)  # noqa: S311 - the same day every time
    moments = sorted(now - timedelta(minutes=chance.uniform(3, 600)) for _ in range(ORDERS))
    # the story's own city stays free for whoever tries the demo
    elsewhere = [index for index, plan in enumerate(made.customers) if plan.city != STORY_CUSTOMER.city]
    for moment in moments:
        customer = chance.choice(elsewhere)
        plan = made.customers[customer]
        kind, title, priority = chance.choice(_WISHES)
        order = work_orders.create(
            kind_key=kind,
            title=title,
            unit_id=units[plan.unit],
            customer_id=customers[customer],
            priority=priority,
            floor=max(plan.floor, 3) if kind == "ac_high_install" else plan.floor,
            by=BY,
            now=moment,
        )
        _run_effects(moment + timedelta(seconds=1))
        _move(order.id, chance.random(), moment, now)


def _move(order_id: int, how_far: float, since: datetime, now: datetime) -> None:
    """A third waits for an answer, a third is on its way, the rest is done."""
    step = timedelta(minutes=min(25.0, (now - since) / timedelta(minutes=1) / 4))
    worker = _asked(order_id, since + timedelta(seconds=2))
    if how_far < 0.3 or worker is None:
        return
    at = since + step
    work_orders.accept(order_id=order_id, by=worker, now=at, key=f"demo-accept-{order_id}")
    _run_effects(at)
    if how_far < 0.65:
        return
    at += step
    work_orders.complete_visit(
        order_id=order_id, answers=_answers(worker, at), by=worker, now=at, key=f"demo-visit-{order_id}"
    )
    _run_effects(at)


def _run_effects(now: datetime) -> None:
    while flows.run_pending(now=now):
        pass


def _asked(order_id: int, now: datetime) -> Actor | None:
    """The field worker to whom the order is offered."""
    run = runs.run_of(Ref("work_order", order_id), now=now)
    open_steps = (
        [step for step in run.steps if step.node == "accept" and step.status == "open"] if run else []
    )
    ids = [work.staff_id for step in open_steps for work in step.works if work.staff_id is not None]
    if not ids:
        return None
    card = staff_card(ids[:1])[ids[0]]
    return Actor(kind=ActorKind.STAFF, name=card.name, staff_id=card.id)


def _answers(worker: Actor, now: datetime) -> dict[str, Any]:
    return {
        "photos": [_picture(worker, now, "室内机", "#dfe9f5"), _picture(worker, now, "室外机", "#e4efe2")],
        "location": {"lat": 30.506, "lng": 114.398, "accuracy": 15},
        "signature": _signature(worker, now),
        "note": "已试机，制冷正常",
    }


def _picture(by: Actor, now: datetime, name: str, colour: str) -> int:
    """A drawn stand-in for a photo: an air conditioner on a wall."""
    image = Image.new("RGB", (640, 480), colour)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((120, 140, 520, 260), 18, fill="#ffffff", outline="#8a97a8", width=4)
    for line in range(3):
        draw.line((150, 205 + 16 * line, 490, 205 + 16 * line), fill="#b6c0cc", width=4)
    return _stored(image, f"{name}.jpg", by, now)


def _signature(by: Actor, now: datetime) -> int:
    image = Image.new("RGB", (360, 140), "white")
    points = [(30 + 12 * n, 70 + (28 if n % 2 else -26) * (1 - n / 30)) for n in range(25)]
    ImageDraw.Draw(image).line(points, fill="#20304a", width=4, joint="curve")
    return _stored(image, "签名.jpg", by, now)


def _stored(image: Image.Image, name: str, by: Actor, now: datetime) -> int:
    stream = io.BytesIO()
    image.save(stream, "JPEG")
    stream.seek(0)
    return files.store(stream=stream, name=name, purpose="work_order", by=by, now=now).id
