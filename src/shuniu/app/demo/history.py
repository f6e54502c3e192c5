"""Past work orders of the demo company, six months of them, with the moments of every stage. Pure."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shuniu.app.demo.company import Company, CustomerPlan, StaffPlan

ORDERS = 5_000
DAYS = 180
FREE_BEFORE = timedelta(days=8)
_ZONE = ZoneInfo("Asia/Shanghai")

# what is asked for, and how often; the keys are those of the shipped kinds of work order
KINDS = (("ac_install", 46), ("ac_high_install", 24), ("complex_setup", 12), ("urgent_extra", 18))
# people write when they are home: an evening and a weekend hill
_HOURS = (0, 0, 0, 0, 0, 0, 1, 3, 6, 10, 11, 8, 6, 7, 9, 10, 9, 8, 9, 11, 10, 6, 3, 1)
_WEEKDAYS = (8, 8, 7, 7, 9, 14, 13)


@dataclass(frozen=True, slots=True)
class PastOrder:
    """One order that is over. ``customer`` and ``worker`` are indexes into the company; all moments are aware.

    Weekend orders take some 15 minutes longer until somebody accepts them: a pattern the boards can find.
    """

    kind: str
    customer: int
    worker: int
    floor: int
    heat: bool
    created_at: datetime
    dispatched_at: datetime
    accepted_at: datetime
    completed_at: datetime
    confirmed_at: datetime
    rated_at: datetime | None
    closed_at: datetime
    rating: int | None
    comment: str


_COMMENTS = {
    5: ("师傅很准时，装得很整齐", "服务很好，讲解清楚", "干活利落，打扫干净"),
    4: ("不错，就是来得稍晚", "整体满意"),
    3: ("一般", "预约时间改了一次"),
    2: ("等太久了", "沟通不太顺畅"),
    1: ("第二天漏水，又来了一趟",),
}


def make(company: Company, *, seed: int, now: datetime) -> list[PastOrder]:
    """The orders, oldest first; every one is closed before ``now``."""
    chance = random.Random(seed + 1)  # noqa: S311 - the same orders every time
    workers: dict[str, list[int]] = {}
    for index, person in enumerate(company.staff):
        if person.role == "field_worker":
            workers.setdefault(person.city, []).append(index)
    customers = [i for i, customer in enumerate(company.customers) if customer.city in workers]
    orders: list[PastOrder] = []
    while len(orders) < ORDERS:
        order = _order(chance, company.customers, chance.choice(customers), company.staff, workers, now)
        if order.closed_at < now:
            orders.append(order)
    return sorted(orders, key=lambda order: order.created_at)


def _order(
    chance: random.Random,
    customers: tuple[CustomerPlan, ...],
    customer: int,
    staff: tuple[StaffPlan, ...],
    workers: dict[str, list[int]],
    now: datetime,
) -> PastOrder:
    created = _moment(chance, now)
    weekend = created.astimezone(_ZONE).weekday() >= 5
    dispatched = created + timedelta(seconds=chance.uniform(0.4, 1.8))
    accepted = dispatched + timedelta(minutes=chance.lognormvariate(2.3, 0.6) + (15 if weekend else 0))
    completed = accepted + timedelta(hours=chance.lognormvariate(2.9, 0.5))
    confirmed = completed + timedelta(minutes=chance.lognormvariate(2.5, 1.2))
    confirmed = min(confirmed, completed + timedelta(hours=72))
    rating = chance.choices((5, 4, 3, 2, 1, None), weights=(58, 20, 6, 3, 2, 11))[0]
    rated = confirmed + timedelta(minutes=chance.uniform(1, 600)) if rating else None
    local = created.astimezone(_ZONE)
    kind = chance.choices([key for key, _ in KINDS], weights=[weight for _, weight in KINDS])[0]
    floor = customers[customer].floor
    return PastOrder(
        kind=kind,
        customer=customer,
        worker=_worker(chance, workers[customers[customer].city], staff, fresh=now - created < FREE_BEFORE),
        floor=max(floor, 3) if kind == "ac_high_install" else floor,
        heat=local.month in (6, 7, 8, 9) and chance.random() < 0.5,
        created_at=created,
        dispatched_at=dispatched,
        accepted_at=accepted,
        completed_at=completed,
        confirmed_at=confirmed,
        rated_at=rated,
        closed_at=(rated or confirmed + timedelta(hours=24)) + timedelta(seconds=1),
        rating=rating,
        comment=chance.choice(_COMMENTS[rating]) if rating and chance.random() < 0.5 else "",
    )


def _worker(chance: random.Random, of_city: list[int], staff: tuple[StaffPlan, ...], *, fresh: bool) -> int:
    """Anybody of the city; lately not the demo's own field worker, so that the story's order finds him free."""
    return chance.choice([index for index in of_city if not (fresh and staff[index].login)])


def _moment(chance: random.Random, now: datetime) -> datetime:
    """A local moment of the last six months, by weekday and hour, of yesterday at the latest."""
    local_now = now.astimezone(_ZONE)
    while True:
        day = local_now - timedelta(days=chance.randint(1, DAYS))
        if chance.random() * max(_WEEKDAYS) > _WEEKDAYS[day.weekday()]:
            continue
        hour = chance.choices(range(24), weights=_HOURS)[0]
        return day.replace(
            hour=hour, minute=chance.randint(0, 59), second=chance.randint(0, 59), microsecond=0
        ).astimezone(now.tzinfo)
