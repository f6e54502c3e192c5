"""What one who is asked may do besides answering: claim, hand on, send back, hold."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from shuniu.core.flow import commands as c
from shuniu.flows.actions.complete import complete
from shuniu.flows.contracts import Moved, NotOnPath
from shuniu.flows.runs import history
from shuniu.flows.runs.access import at_work, colleagues, run_of_work
from shuniu.flows.runs.moving import execute, observe
from shuniu.flows.runs.state import LockedRun
from shuniu.foundation.access import Actor

REASON_MAX = 500


def claim(*, work_id: int, by: Actor, now: datetime, key: str) -> Moved:
    """Take a step that several are asked on; the others are put aside."""
    return _do("claim", work_id, by, now, key, lambda _, at: c.Claim(**at))


def release(*, work_id: int, by: Actor, now: datetime, key: str) -> Moved:
    """Give a claimed step back; the others are asked again."""
    return _do("release", work_id, by, now, key, lambda _, at: c.Release(**at))


def approve(
    *, work_id: int, by: Actor, now: datetime, key: str, answers: Mapping[str, Any] | None = None
) -> Moved:
    """Vote yes at an approval."""
    return complete(work_id=work_id, outcome="approved", answers=answers, by=by, now=now, key=key)


def reject(
    *, work_id: int, reason: str, by: Actor, now: datetime, key: str, answers: Mapping[str, Any] | None = None
) -> Moved:
    """Vote no at an approval, with a reason."""
    given = {**(answers or {}), "reason": reason}
    return complete(work_id=work_id, outcome="rejected", answers=given, by=by, now=now, key=key)


def send_back(
    *,
    work_id: int,
    to: str,
    reason: str,
    by: Actor,
    now: datetime,
    key: str,
    then: Literal["on", "back"] = "on",
) -> Moved:
    """Return 退回 to an earlier node of the path; with `then: back` its answer comes straight back here."""

    def build(run: LockedRun, at: dict[str, Any]) -> c.Command:
        here = run.state.step(at["visit"])
        target = here.via.get(to) if here else None
        if target is None:
            raise NotOnPath(field="to")
        past = history.arrivals(run.id, target)
        done = history.done(run.id, run.document, target)
        return c.Return(to=to, reason=reason[:REASON_MAX], then=then, past=past, done=done, **at)

    said = {"to": to, "reason": reason, "then": then}
    return _do("return", work_id, by, now, key, build, said, observed=True)


def transfer(*, work_id: int, to: int, by: Actor, now: datetime, key: str, reason: str = "") -> Moved:
    """Hand one's seat to a colleague for good 转办."""
    run_of_work(work_id, by, now)
    (other,) = colleagues([to], field="to")
    said = {"to": to, "reason": reason}
    return _do(
        "transfer",
        work_id,
        by,
        now,
        key,
        lambda _, at: c.Transfer(to=other, reason=reason[:REASON_MAX], **at),
        said,
    )


def delegate(*, work_id: int, to: int, by: Actor, now: datetime, key: str, reason: str = "") -> Moved:
    """Let a colleague work on it 委派; it comes back to oneself for the answer."""
    run_of_work(work_id, by, now)
    (other,) = colleagues([to], field="to")
    said = {"to": to, "reason": reason}
    return _do(
        "delegate",
        work_id,
        by,
        now,
        key,
        lambda _, at: c.Delegate(to=other, reason=reason[:REASON_MAX], **at),
        said,
    )


def add_sign(
    *,
    work_id: int,
    who: Sequence[int],
    by: Actor,
    now: datetime,
    key: str,
    where: Literal["before", "after"] = "before",
    reason: str = "",
) -> Moved:
    """Ask further people to agree 加签, before oneself or after."""
    run_of_work(work_id, by, now)
    others = colleagues(who, field="who")
    said = {"who": list(who), "where": where, "reason": reason}
    return _do(
        "add_sign",
        work_id,
        by,
        now,
        key,
        lambda _, at: c.AddSign(who=others, where=where, reason=reason[:REASON_MAX], **at),
        said,
    )


def hold(*, work_id: int, by: Actor, now: datetime, key: str, reason: str = "") -> Moved:
    """Wait for the customer: the step's limit stands still."""
    said = {"reason": reason}
    return _do("hold", work_id, by, now, key, lambda _, at: c.Hold(reason=reason[:REASON_MAX], **at), said)


def unhold(*, work_id: int, by: Actor, now: datetime, key: str) -> Moved:
    """The limit runs on."""
    return _do("unhold", work_id, by, now, key, lambda _, at: c.Unhold(**at))


def _do(
    what: str,
    work_id: int,
    by: Actor,
    now: datetime,
    key: str,
    build: Callable[[LockedRun, dict[str, Any]], c.Command],
    said: Mapping[str, Any] | None = None,
    *,
    observed: bool = False,
) -> Moved:
    """One command on the step of one's own work. WorkTaken when that work is closed."""

    def make(run: LockedRun) -> c.Command:
        visit, _, party = at_work(run, work_id)
        at: dict[str, Any] = {"visit": visit, "party": party.key}
        if observed:
            at["observed"] = observe(run, now)
        return build(run, at)

    request = {"do": what, "work": work_id, **(said or {})}
    return execute(run_id=run_of_work(work_id, by, now), key=key, request=request, make=make, by=by, now=now)
