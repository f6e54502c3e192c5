"""Who is sent: city, then skills, then free capacity over the last three working days, then whose turn it is.

Everyone in the city is weighed in one statement, and everyone's figures are kept with the offer.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection

from shuniu.core.calendar import WorkingCalendar
from shuniu.foundation.text import Text
from shuniu.org import queries as org
from shuniu.org.contracts import StaffCard
from shuniu.work_orders.contracts import Candidate
from shuniu.work_orders.models import WorkOrder

DAYS = 3
ROSTERED_AT_LEAST = 1

# Booked: the service minutes of orders accepted since the window of the worker's own calendar began.
WEIGH = """
select w.staff_id, w.eligible, coalesce(b.minutes, 0) as booked, w.rostered,
    round(1 - coalesce(b.minutes, 0)::numeric / w.rostered, 4) as free, o.last_offered_at,
    case when w.eligible and coalesce(b.minutes, 0) < w.rostered then row_number() over (
        partition by w.eligible and coalesce(b.minutes, 0) < w.rostered
        order by round(1 - coalesce(b.minutes, 0)::numeric / w.rostered, 4) desc, o.last_offered_at nulls first, w.staff_id
    ) end as rank
from unnest(%s::bigint[], %s::bool[], %s::int[], %s::timestamptz[]) as w(staff_id, eligible, rostered, since)
left join lateral (
    select sum(k.service_minutes) as minutes from work_order x join work_order_kind k on k.id = x.kind_id
    where x.worker_id = w.staff_id and x.accepted_at >= w.since and x.status <> 'cancelled'
) b on true
left join lateral (
    select max(offered_at) as last_offered_at from work_order_offer where staff_id = w.staff_id
) o on true
order by rank nulls last, w.staff_id
"""


def weigh(order: WorkOrder, *, already: Mapping[int, Text], now: datetime) -> list[Candidate]:
    """Everyone in the order's city, best first; `already` says who is out and why (asked before, chosen by hand)."""
    people = org.field_workers(city=order.city)
    skilled = set(order.kind.skills)
    windows = _windows({person.unit_id for person in people}, now)
    why: dict[int, Text] = {}
    for person in people:
        lacking = sorted(skilled - set(person.skills))
        if person.id in already:
            why[person.id] = already[person.id]
        elif lacking:
            why[person.id] = Text(
                zh=f"缺少技能：{'、'.join(lacking)}", en=f"Lacks the skill: {', '.join(lacking)}"
            )
    parameters: list[list[Any]] = [
        [person.id for person in people],
        [person.id not in why for person in people],
        [windows[person.unit_id][1] for person in people],
        [windows[person.unit_id][0] for person in people],
    ]
    with connection.cursor() as cursor:
        cursor.execute(WEIGH, parameters)
        rows = cursor.fetchall()
    by_id = {person.id: person for person in people}
    return [_candidate(by_id[row[0]], row, why) for row in rows]


def _windows(unit_ids: set[int], now: datetime) -> dict[int, tuple[datetime, int]]:
    """For each unit: when its last three working days began, and how many minutes are rostered in them."""
    return {unit_id: window(calendar, now) for unit_id, calendar in org.calendars(sorted(unit_ids)).items()}


def window(calendar: WorkingCalendar, now: datetime) -> tuple[datetime, int]:
    """The last three working days, today included when it is one: their first midnight and their working minutes."""
    day = now.astimezone(calendar.zone).date()
    found: list[int] = []
    # A year without three working days is no calendar; the bound only keeps a mistake from looping.
    for _ in range(366):
        minutes = calendar.hours_on(day).minutes
        if minutes:
            found.append(minutes)
        if len(found) == DAYS:
            break
        day -= timedelta(days=1)
    since = datetime.combine(day, time(), tzinfo=calendar.zone).astimezone(UTC)
    return since, max(sum(found), ROSTERED_AT_LEAST)


def _candidate(person: StaffCard, row: Sequence[object], why: Mapping[int, Text]) -> Candidate:
    _, _, booked, rostered, free, last_offered_at, rank = row
    share = float(free)  # type: ignore[arg-type]
    word = (
        Text(zh="", en="")
        if rank is not None or person.id in why
        else Text(zh="已排满，", en="fully booked: ")
    )
    chosen = Text(
        zh=f"{word.zh}空闲率 {share:.0%}（近三个工作日已约 {booked} / {rostered} 分钟）",
        en=f"{word.en}{share:.0%} free ({booked} of {rostered} minutes booked in the last three working days)",
    )
    return Candidate(
        staff_id=person.id,
        name=person.name,
        unit_name=person.unit_name,
        booked_minutes=int(booked),  # type: ignore[call-overload]
        rostered_minutes=int(rostered),  # type: ignore[call-overload]
        free=share,
        last_offered_at=last_offered_at,  # type: ignore[arg-type]
        rank=int(rank) if rank is not None else None,  # type: ignore[call-overload]
        why=why.get(person.id, chosen),
    )
