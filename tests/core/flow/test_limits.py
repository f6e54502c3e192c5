"""Limits 时限 by the working calendar: reminders, escalations, timeouts, and standing still for the customer."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.core.flow.playing import Play, draw

from shuniu.core.calendar import Hours, WorkingCalendar, parse_hours
from shuniu.core.flow.commands import FireTimer, Hold, Resume, Suspend, Unhold
from shuniu.core.flow.effects import CallWanted, TimerFired
from shuniu.core.flow.errors import RunIsSuspended, StepNotOpen

ZONE = ZoneInfo("Asia/Shanghai")
DAY, CLOSED = parse_hours([["09:00", "12:00"], ["13:00", "18:00"]]), Hours()
NATIONAL_DAY = {date(2026, 10, day): CLOSED for day in range(1, 8)} | {date(2026, 9, 27): DAY}
OFFICE = WorkingCalendar(zone=ZONE, week=(DAY, DAY, DAY, DAY, DAY, CLOSED, CLOSED), exceptions=NATIONAL_DAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def limited(now: str, deadline: dict[str, Any], **more: Any) -> Play:
    drawn = draw(
        {"s": "start", "a": {"type": "task", "deadline": deadline, **more}, "late": "task", "e": "end"},
        "s>a", "a>e", "late>e", *([("a>late", {"on": "timeout"})] if "timeout" not in deadline else []),
    )  # fmt: skip
    return Play(drawn, now=at(now), calendar=OFFICE)


def due(play: Play, rung: str = "due") -> str:
    fires = play.run.timers[2, rung].fire_at(OFFICE)
    return "stands still" if fires is None else fires.astimezone(ZONE).isoformat(" ")[:16]


@pytest.mark.parametrize(("now", "amount", "unit", "expected"), [
    ("2026-01-05 11:00", 2, "hours", "2026-01-05 14:00"),
    ("2026-01-09 17:00", 2, "hours", "2026-01-12 10:00"),
    ("2026-01-09 15:00", 2, "days", "2026-01-13 15:00"),
    ("2026-09-25 15:00", 1, "days", "2026-09-27 15:00"),
    ("2026-09-30 17:30", 60, "minutes", "2026-10-08 09:30"),
])  # fmt: skip
def test_working_time_knows_lunch_weekends_holidays_and_make_up_days(now, amount, unit, expected):
    assert due(limited(now, {"amount": amount, "unit": unit})) == expected


def test_wall_time_runs_through_the_night():
    assert (
        due(limited("2026-01-09 17:00", {"amount": 2, "unit": "days", "clock": "wall"})) == "2026-01-11 17:00"
    )


def test_waiting_for_the_customer_stops_the_clock():
    play = limited("2026-01-05 09:00", {"amount": 4, "unit": "hours", "reminders": [{"before": 30}]})
    assert (due(play), due(play, "before_30")) == ("2026-01-05 14:00", "2026-01-05 13:30")
    play.store.advance(timedelta(hours=1))
    play.do(Hold(visit=2, party="staff:1", reason="等客户补照片"))
    assert due(play) == due(play, "before_30") == "stands still"
    play.store.advance(timedelta(days=2))
    assert play.open == ["a"]
    play.do(Unhold(visit=2, party="staff:1"))
    assert (due(play), due(play, "before_30")) == ("2026-01-07 14:00", "2026-01-07 13:30")


def test_a_limit_stands_still_while_another_step_asks_the_customer():
    limit = {"amount": 8, "unit": "hours", "pauses_for_customer": True}
    drawn = draw(
        {
            "s": "start", "split": "parallel", "a": {"type": "task", "deadline": limit},
            "ask": {"type": "task", "people": {"by": "customer"}}, "e": "end", "f": "end",
        },
        "s>split", "split>a", "split>ask", "a>e", "ask>f", deadline=limit,
    )  # fmt: skip
    play = Play(drawn, now=at("2026-01-05 09:00"), calendar=OFFICE)
    visit = play.at("a").visit
    assert {ledger.running_since for ledger in play.run.timers.values()} == {None}
    play.store.advance(timedelta(days=1))
    play.done("ask", by="customer")
    fires = {key: ledger.fire_at(OFFICE) for key, ledger in play.run.timers.items()}
    assert fires == {(visit, "due"): at("2026-01-06 18:00"), (0, "due"): at("2026-01-06 18:00")}


def test_a_suspended_run_moves_no_clock_and_refuses_people():
    play = limited("2026-01-05 09:00", {"amount": 1, "unit": "hours"})
    play.do(Suspend(reason="客户出国"))
    play.store.advance(timedelta(days=30))
    with pytest.raises(RunIsSuspended):
        play.done("a")
    play.do(Resume())
    assert due(play) == "2026-02-04 10:00"


def test_rungs_fire_once_in_order_and_the_timeout_takes_its_path():
    deadline = {
        "amount": 60,
        "reminders": [{"before": 10}, {"before": 30, "call": {"effect": "sms.send", "params": {"n": 1}}}],
        "escalation": {"to": {"by": "role", "role": "manager"}},
    }
    play = limited("2026-01-05 09:00", deadline)
    play.store.advance(timedelta(hours=1))
    said = [(e.effect, e.params.get("reason")) for e in play.run.effects if isinstance(e, CallWanted)][1:-1]
    assert said == [("sms.send", None), ("flow.notice", "reminder"), ("flow.notice", "overdue")]
    assert [e.rung for e in play.run.effects if isinstance(e, TimerFired)] == [
        "before_30",
        "before_10",
        "due",
    ]
    assert play.open == ["late"]


def test_a_timeout_may_answer_the_step():
    play = limited("2026-01-05 09:00", {"amount": 60, "timeout": "done"})
    play.store.advance(timedelta(hours=1))
    assert play.status == "ended"


def test_escalations_come_at_their_own_time_and_may_hand_the_step_over():
    deadline = {
        "amount": 60,
        "escalations": [
            {"after": 30, "to": {"by": "person", "staff_ids": [7]}, "hand_over": True},
            {"after": 90, "to": {"by": "person", "staff_ids": [8]}},
        ],
    }
    drawn = draw({"s": "start", "a": {"type": "task", "deadline": deadline}, "e": "end"}, "s>a", "a>e")
    play = Play(drawn, now=at("2026-01-05 09:00"), calendar=OFFICE)
    play.store.advance(timedelta(minutes=90))
    assert [work.party.key for work in play.at("a").works] == ["staff:7"]
    assert sorted(play.run.timers) == [(2, "after_90")]
    with pytest.raises(StepNotOpen):
        play.do(FireTimer(visit=2, rung="due"))


def test_a_path_beside_leaves_the_step_open():
    drawn = draw(
        {
            "s": "start", "a": {"type": "task", "deadline": {"amount": 3, "unit": "days"}},
            "coupon": {"type": "action", "effect": "coupon.give", "awaited": False}, "e": "end", "f": "end",
        },
        "s>a", "a>e", ("a>coupon", {"on": "timeout", "beside": True}), "coupon>f",
    )  # fmt: skip
    play = Play(drawn, now=at("2026-01-05 09:00"), calendar=OFFICE)
    play.store.advance(timedelta(days=3))
    assert (play.open, play.times("coupon")) == (["a"], 1)


SILENT = {"type": "wait", "until": [
    {"waits": "event", "key": "replied", "event": "customer.replied"},
    {"waits": "time", "key": "silent", "amount": 3, "clock": "wall"},
]}  # fmt: skip


def test_a_customer_silent_for_three_days_gets_a_coupon():
    drawn = draw(
        {"s": "start", "w": SILENT, "coupon": {"type": "action", "effect": "coupon.give"}, "e": "end"},
        "s>w", ("w>e", {"outcome": "replied"}), ("w>coupon", {"outcome": "silent"}), "coupon>e",
    )  # fmt: skip
    play = Play(drawn, now=at("2026-01-05 09:00"), calendar=OFFICE)
    play.store.advance(timedelta(days=3, minutes=-1))
    assert play.open == ["w"]
    play.store.advance(timedelta(minutes=1))
    assert [e.effect for e in play.run.effects if isinstance(e, CallWanted)] == ["coupon.give"]
    assert Play(drawn, now=at("2026-01-05 09:00"), calendar=OFFICE).hear("customer.replied").status == "ended"


def test_a_date_is_its_first_minute_and_the_units_setting_replaces_an_amount():
    wait = {"type": "wait", "until": [{"waits": "date", "date": 'date(到期) - duration("P1D")'}]}
    drawn = draw({"s": "start", "w": wait, "e": "end"}, "s>w", "w>e", facts={"到期": "date"})
    play = Play(drawn, {"到期": "2026-03-10"}, now=at("2026-01-05 09:00"), calendar=OFFICE)
    assert play.run.timers[2, "wait_date"].fire_at(OFFICE) == at("2026-03-09 00:00")
    assert Play(drawn, now=at("2026-01-05 09:00"), calendar=OFFICE).at("w").incident is not None
    own = draw(
        {"s": "start", "a": {"type": "task", "deadline": {"amount": 5, "setting": "x"}}, "e": "end"},
        "s>a",
        "a>e",
    )
    varied = Play(own, now=at("2026-01-05 09:00"), calendar=OFFICE, settings={"x": 60})
    assert due(varied) == "2026-01-05 10:00"


def test_a_contract_unsigned_at_its_limit_goes_to_the_owners_supervisor():
    limit = {
        "amount": 2,
        "unit": "days",
        "escalation": {"to": {"by": "supervisor", "of": "负责人"}, "hand_over": True},
    }
    people = {"by": "assignee", "fact": "负责人"}
    drawn = draw(
        {"s": "start", "sign": {"type": "task", "people": people, "deadline": limit}, "e": "end"},
        "s>sign", "sign>e", facts={"负责人": "number"},
    )  # fmt: skip

    def find(run: Any, _visit: int, rule: Any) -> tuple[str, ...]:
        return ("staff:90",) if rule.by == "supervisor" else (f"staff:{run.state.facts['负责人']}",)

    play = Play(drawn, {"负责人": 5}, now=at("2026-01-08 10:00"), calendar=OFFICE, find=find)
    play.store.advance(timedelta(days=4, minutes=-1))
    assert [work.party.key for work in play.at("sign").works] == ["staff:5"]
    play.store.advance(timedelta(minutes=1))
    assert [work.party.key for work in play.at("sign").works] == ["staff:90"]
    assert play.done("sign", by="staff:90").status == "ended"


def test_a_trial_not_renewed_for_three_days_reminds_the_teacher():
    renew = {"type": "wait", "until": [
        {"waits": "event", "key": "renewed", "event": "customer.stage_changed", "where": 'event.stage = "续费"'},
        {"waits": "time", "key": "not_yet", "amount": 3, "clock": "wall"},
    ]}  # fmt: skip
    call = {"type": "task", "people": {"by": "assignee", "fact": "班主任"}}
    drawn = draw(
        {"s": "start", "w": renew, "call": call, "e": "end"},
        "s>w", ("w>e", {"outcome": "renewed"}), ("w>call", {"outcome": "not_yet"}), "call>w", facts={"班主任": "number"},
    )  # fmt: skip
    play = Play(drawn, {"班主任": 4}, now=at("2026-01-05 09:00"), calendar=OFFICE)
    play.hear("customer.stage_changed", data={"stage": "签约"})
    play.store.advance(timedelta(days=3))
    assert [work.party.key for work in play.at("call").works] == ["staff:4"]
    play.done("call", by="staff:4").hear("customer.stage_changed", data={"stage": "续费"})
    assert play.status == "ended"
