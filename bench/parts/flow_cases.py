"""Flows, people and rows for the benchmark of flows, for all of its processes."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from pydantic import BaseModel

from shuniu.app import wiring
from shuniu.customers import actions as customers
from shuniu.flows import actions
from shuniu.flows.actions import NewRun
from shuniu.flows.models import FlowWork
from shuniu.foundation.access import Actor, ActorKind, system
from shuniu.foundation.hub import Effect, Ref, registry
from shuniu.foundation.text import Text
from shuniu.org import actions as org
from shuniu.org.actions import NewStaff, NewUnit
from shuniu.org.contracts import UnitKind
from shuniu.org.queries import staff_card, units_by_code

HOUSE = system("bench")
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ROLES = ("agent", "store_manager", "field_worker")
Json = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """One store, one person per role, one customer."""

    unit: int
    customer: int
    people: dict[str, Actor]


def words(text: str) -> Json:
    return {"zh": text, "en": text}


def task(node: str, role: str = "agent", **rest: Any) -> Json:
    return {
        "type": "task", "id": node, "name": words(node), "people": {"by": "role", "role": role}, "quiet": True, **rest,
    }  # fmt: skip


def plain(kind: str, node: str, **rest: Any) -> Json:
    return {"type": kind, "id": node, "name": words(node), **rest}


def document(nodes: Sequence[Json], ways: Sequence[tuple[str, str, Json]], **facts: str) -> Json:
    return {
        "format": 2,
        "name": words("流程"),
        "subject": "customer",
        "facts": facts,
        "nodes": [plain("start", "start"), *nodes, plain("end", "end")],
        "edges": [
            {"id": f"{source}_{target}_{place}", "source": source, "target": target, **rest}
            for place, (source, target, rest) in enumerate(ways)
        ],
    }


def line(*nodes: str) -> list[tuple[str, str, Json]]:
    return [(one, other, {}) for one, other in pairwise(nodes)]


FIVE = document(
    [task("one"), plain("branch", "big"), task("two"), plain("parallel", "split"), task("three"), task("four"),
     plain("join", "meet", mode="all"), task("five")],
    [*line("start", "one", "big"), ("big", "two", {"condition": "金额 > 10"}), ("big", "split", {"default": True}),
     *line("two", "split", "three", "meet"), *line("split", "four", "meet"), *line("meet", "five", "end")],
    金额="number",
)  # fmt: skip
AUTOMATED = document(
    [plain("milestone", "begun", text=words("已开始")), plain("branch", "big"),
     plain("action", "tag", effect="bench.nothing", awaited=False),
     plain("milestone", "small", text=words("小额")), plain("parallel", "split"),
     plain("wait", "cool", until=[{"waits": "time", "amount": 1, "unit": "days", "clock": "wall"}]),
     plain("milestone", "told", text=words("已通知")), plain("join", "meet", mode="all"),
     plain("milestone", "done", text=words("已完成"))],
    [*line("start", "begun", "big"), ("big", "tag", {"condition": "金额 > 100"}), ("big", "small", {"default": True}),
     *line("tag", "split"), *line("small", "split", "cool", "meet"), *line("split", "told", "meet", "done", "end")],
    金额="number",
)  # fmt: skip
LIMITED = document(
    [task("call", deadline={"amount": 60, "unit": "days", "clock": "wall", "reminders": [{"before": 10}, {"before": 30}]})],
    line("start", "call", "end"),
)  # fmt: skip
RACED = document(
    [task("apply"), plain("parallel", "split"),
     plain("approval", "heads", levels=[{"mode": "all", "people": {"by": "several", "rules": [
         {"by": "role", "role": "agent"}, {"by": "role", "role": "store_manager"}]}}], quiet=True, on_reject="return",
         reject_to="apply"),
     task("stock", "field_worker"), plain("join", "meet", mode="all"), task("receive")],
    [*line("start", "apply", "split", "heads"), ("heads", "meet", {"outcome": "approved"}),
     ("heads", "end", {"outcome": "rejected"}), *line("split", "stock", "meet", "receive", "end")],
)  # fmt: skip


def house() -> Place:
    """The store with its people, and the flows published."""
    _wire()
    org.ensure_shipped(zone="Asia/Shanghai", by=HOUSE, now=NOW)
    org.load(
        units=(
            NewUnit(code="HQ", name="总部", kind=UnitKind.HQ),
            NewUnit(code="S1", name="一店", kind=UnitKind.STORE, parent="HQ"),
        ),
        staff=tuple(
            NewStaff(number=str(n), name=role, unit="S1", username=role, roles=((role, "S1"),))
            for n, role in enumerate(ROLES)
        ),
        password=None,
        by=HOUSE,
        now=NOW,
    )
    unit = units_by_code(["S1"])["S1"].id
    customers.create(name="王女士", unit_id=unit, phone="13907110001", by=HOUSE, now=NOW)
    chain = [f"t{n}" for n in range(1, 161)]
    flows = {
        "five": FIVE,
        "automated": AUTOMATED,
        "limited": LIMITED,
        "raced": RACED,
        "long": document([task(node) for node in chain], line("start", *chain, "end")),
        "loop": document([task("write"), task("check")], line("start", "write", "check", "end")),
    }
    for key, content in flows.items():
        actions.publish(key=key, document=content, by=HOUSE, now=NOW)
    return found()


def _wire() -> None:
    wiring.wire()
    if "bench.nothing" not in registry.effects:
        nothing = Effect("bench.nothing", Text("什么也不做", "Nothing"), BaseModel, lambda **_: None)
        registry.register(effects=[nothing])


def found() -> Place:
    """The store as another process sees it."""
    _wire()
    with connection.cursor() as cursor:
        cursor.execute("select id, number from org_staff where number is not null order by number")
        staff = {ROLES[int(number)]: pk for pk, number in cursor.fetchall()}
        cursor.execute("select min(id) from customer")
        (customer,) = cursor.fetchone()
    cards = staff_card(staff.values())
    people = {
        role: Actor(
            ActorKind.STAFF,
            user_id=cards[pk].user_id,
            staff_id=pk,
            customer_id=None,
            name=role,
            locale="zh-CN",
        )
        for role, pk in staff.items()
    }
    return Place(units_by_code(["S1"])["S1"].id, customer, people)


def begin(place: Place, flow: str, key: str, **facts: Any) -> int:
    return actions.start(
        flow_key=flow, subject=Ref("customer", place.customer), unit_id=place.unit, facts=facts, by=HOUSE, now=NOW,
        key=key,
    ).run_id  # fmt: skip


def open_work(run_id: int) -> int | None:
    works = FlowWork.objects.filter(run_id=run_id, status="open").order_by("id")
    return works.values_list("id", flat=True).first()


def rate_of_steps(place: Place, runs: int, prefix: str) -> float:
    """Human steps a second, the start of each run included; looking up one's work is not."""
    by = place.people["agent"]
    spent, done = 0.0, 0
    for number in range(runs):
        began = time.perf_counter()
        run_id = begin(place, "five", f"{prefix}:{number}", 金额=20)
        spent += time.perf_counter() - began
        while (work := open_work(run_id)) is not None:
            began = time.perf_counter()
            actions.complete(work_id=work, by=by, now=NOW, key=f"k{work}")
            spent += time.perf_counter() - began
            done += 1
    assert done == runs * 5
    return done / spent


def long_run(place: Place, tasks: int, key: str) -> list[float]:
    """Seconds each step took."""
    run_id = begin(place, "long", key)
    took = []
    for number in range(tasks):
        work = open_work(run_id)
        assert work is not None
        began = time.perf_counter()
        actions.complete(work_id=work, by=place.people["agent"], now=NOW, key=f"l{number}")
        took.append(time.perf_counter() - began)
    return took


def returned_run(place: Place, returns: int) -> tuple[list[float], list[float]]:
    """Seconds a step took in the first rounds, and after so many returns."""
    by = place.people["agent"]
    run_id = begin(place, "loop", f"loop{returns}")
    took = []
    for number in range(returns + 20):
        work = open_work(run_id)
        assert work is not None
        began = time.perf_counter()
        actions.complete(work_id=work, by=by, now=NOW, key=f"w{number}")
        took.append(time.perf_counter() - began)
        work = open_work(run_id)
        assert work is not None
        actions.send_back(work_id=work, to="write", reason="再改", by=by, now=NOW, key=f"b{number}")
    return took[3:18], took[-15:]


def new_runs(place: Place, count: int, prefix: str) -> list[NewRun]:
    return [
        NewRun(
            subject=Ref("customer", place.customer), unit_id=place.unit, facts={"金额": number % 200},
            key=f"{prefix}:{number}",
        )
        for number in range(count)
    ]  # fmt: skip


SPREAD = """
update flow_timer t set fire_at = %s + make_interval(secs => (n.place - 1) / %s::float)
from (select t.id, row_number() over (order by t.id) as place from flow_timer t
    join flow_run r on r.id = t.run_id and r.start_key like 'armed%%'
    where t.rung = 'due' and t.status = 'armed' limit %s) n where t.id = n.id
"""
OF_ARMED = "from flow_timer t join flow_run r on r.id = t.run_id and r.start_key like 'armed%%' where t.status = 'fired'"
FIRED = "select count(*) " + OF_ARMED
LATENESS = "select extract(epoch from t.fired_at - t.fire_at) " + OF_ARMED  # noqa: S608 - a constant


def spread(count: int, rate: float, first: datetime) -> None:
    _do(SPREAD, [first, rate, count])


def burst(count: int, at: datetime) -> None:
    _do(SPREAD, [at, 1e12, count])


def fired() -> int:
    return int(_ask(FIRED, [])[0][0])


def lateness() -> list[float]:
    rows = _ask(LATENESS, [])
    return [float(late) for (late,) in rows]


def outage(place: Place) -> tuple[int, int]:
    """All rungs of some steps came while nobody looked: how many are told, of how many steps."""
    count = 50
    actions.start_many(flow_key="limited", runs=new_runs(place, count, "outage"), by=HOUSE, now=NOW)
    while actions.fire_due(now=NOW + timedelta(days=61)):
        pass
    told = _ask(
        """select count(*) from flow_timer t join flow_run r on r.id = t.run_id and r.start_key like 'outage%%'
        where t.status = 'fired'""",
        [],
    )
    return int(told[0][0]), count


UNSOUND = (
    """select count(*) from (select s.run_id, s.node, s.edge from flow_step s join flow_run r on r.id = s.run_id
    where s.status = 'open' and r.start_key like 'race%%' group by 1, 2, 3 having count(*) > 1) x""",
    "select count(*) from flow_step s join flow_run r on r.id = s.run_id where s.status = 'open' and r.ended_at is not null",
    """select count(*) from flow_work w join flow_step s on s.id = w.step_id
    where w.status = 'open' and s.status <> 'open'""",
    """select count(*) from (select r.id from flow_run r join flow_command c on c.run_id = r.id
    where r.start_key like 'race%%' group by r.id, r.rev having count(*) <> r.rev or max(c.rev) <> r.rev) x""",
)


def unsound() -> int:
    """Steps of raced runs that are open twice, left open in a run that is over, works without a step, lost commands."""
    return sum(int(_ask(sql, [])[0][0]) for sql in UNSOUND)


FLOOR_RUN = """
insert into flow_run (version_id, subject_kind, subject_id, unit_id, status, facts, visits_made, rev, start_key, start_hash,
    started_by, started_at)
select current_id, 'customer', %s, %s, 'running', '{}', 1, 1, %s, '', 'system:bench', %s from flow_definition
where key = 'long' returning id
"""
FLOOR_STEP = """
insert into flow_step (run_id, visit, node, kind, edge, via, status, outcome, answers, works_made, effects_made, opened_at,
    closed_by, provisional) values (%s, %s, %s, 'task', '', %s, 'open', '', '{}', 1, 0, %s, '', false) returning id
"""
FLOOR_WORK = """
insert into flow_work (run_id, step_id, number, party, staff_id, role, position, status, outcome, comment, opened_at)
values (%s, %s, 1, 'staff', %s, 'asked', 0, 'open', '', '', %s) returning id
"""
FLOOR_EVENT = """
insert into event (at, name, subject_kind, subject_id, unit_id, customer_id, by, data)
values (%s, 'flow.step_closed', 'customer', %s, %s, 0, %s, %s) returning id
"""


def floor_runs(place: Place, runs: int, turn: int) -> list[tuple[int, int, int]]:
    """Runs with their first step and work, for SQL written by hand."""
    found = []
    with transaction.atomic():
        for number in range(runs):
            ((run_id,),) = _ask(FLOOR_RUN, [place.customer, place.unit, f"floor{turn}:{number}", NOW])
            ((step_id,),) = _ask(FLOOR_STEP, [run_id, 1, "t1", "{}", NOW])
            staff_id = place.people["agent"].staff_id
            ((work_id,),) = _ask(FLOOR_WORK, [run_id, step_id, staff_id, NOW])
            found.append((run_id, step_id, work_id))
    return found


def floor_step(place: Place, run_id: int, step_id: int, work_id: int, number: int) -> tuple[int, int]:
    """One human step, each row by its own statement, as one would write it without an engine."""
    by = place.people["agent"]
    data = json.dumps({"run_id": run_id, "step_id": step_id, "node": f"t{number}", "outcome": "done"})
    _ask("select status, facts from flow_run where id = %s for no key update", [run_id])
    _ask("select status from flow_work where id = %s", [work_id])
    _do(
        """insert into flow_command (run_id, rev, key, kinds, content, content_hash, by, at)
        values (%s, %s, %s, %s, %s, %s, %s, %s)""",
        [run_id, number + 1, f"k{work_id}", ["complete"], data, b"x" * 32, by.key, NOW],
    )
    _do(
        "update flow_work set status = 'done', outcome = 'done', closed_at = %s where id = %s", [NOW, work_id]
    )
    _do(
        """update flow_step set status = 'closed', outcome = 'done', closed_at = %s, closed_by = %s, working_seconds = 0
        where id = %s""",
        [NOW, by.key, step_id],
    )
    via = json.dumps({f"t{n}": n for n in range(1, number + 1)})
    ((next_step,),) = _ask(FLOOR_STEP, [run_id, number + 1, f"t{number + 1}", via, NOW])
    ((next_work,),) = _ask(FLOOR_WORK, [run_id, next_step, by.staff_id, NOW])
    _do(
        "update flow_run set rev = %s, visits_made = %s, facts = %s where id = %s",
        [number + 1, number + 1, data, run_id],
    )
    ((event_id,),) = _ask(FLOOR_EVENT, [NOW, place.customer, place.unit, by.key, data])
    _do(
        "insert into event_pending (event_id, at, customer_id, name) values (%s, %s, 0, 'flow.step_closed')",
        [event_id, NOW],
    )
    _do(
        """insert into audit_entry (at, by, by_name, action, subject_kind, subject_id, unit_id, after, sensitive, request_id)
        values (%s, %s, 'agent', 'flow.complete', 'customer', %s, %s, %s, false, '')""",
        [NOW, by.key, place.customer, place.unit, data],
    )
    return next_step, next_work


def _ask(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _do(sql: str, params: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
