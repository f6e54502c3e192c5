"""What the person who looks at a run may do with it: the buttons, in their order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from shuniu.core.flow.document import (
    ApprovalNode,
    JoinNode,
    LeavingNode,
    Node,
    StartNode,
    SurveyNode,
    TaskNode,
    WaitingNode,
)
from shuniu.core.flow.kinds.seats import speaks
from shuniu.core.flow.people import ALL_ACTS, Act
from shuniu.core.flow.state import OpenStep, OpenWork, WorkRole, staff
from shuniu.core.flow.state import RunStatus as EngineStatus
from shuniu.flows.contracts import NodeChoice, RunStatus, RunView, StepOffer, StepView
from shuniu.flows.permissions import ASSIGN, MEND, STEER
from shuniu.flows.queries.deputies import represented
from shuniu.flows.runs.state import LockedRun, peek
from shuniu.foundation.access import Actor
from shuniu.foundation.text import Text
from shuniu.org import queries as org

NAMES: dict[str, Text] = {
    "claim": Text("认领", "Claim"),
    "release": Text("放弃认领", "Release"),
    "return": Text("退回", "Return"),
    "transfer": Text("转办", "Transfer"),
    "delegate": Text("委派", "Delegate"),
    "add_sign": Text("加签", "Add signers"),
    "copy": Text("抄送", "Copy"),
    "urge": Text("催办", "Urge"),
    "hold": Text("等待客户", "Wait for the customer"),
    "unhold": Text("继续计时", "Run on"),
    "withdraw": Text("撤回", "Withdraw"),
    "assign": Text("改派", "Assign"),
    "retry": Text("重试", "Retry"),
    "skip": Text("跳过", "Skip"),
    "suspend": Text("挂起", "Suspend"),
    "resume": Text("恢复", "Resume"),
    "cancel": Text("终止", "Stop"),
}
SUBMIT = Text("重新提交", "Submit again")


def with_offers(run: RunView, *, actor: Actor, now: datetime) -> RunView:
    """The run with what the actor may do; nothing in a run that is over."""
    if run.status not in (RunStatus.RUNNING, RunStatus.SUSPENDED):
        return run
    rights = {
        permission.code
        for permission in (ASSIGN, STEER, MEND)
        if actor.is_system or org.covers(actor=actor, permission=permission, unit_ids=[run.unit_id])
    }
    seen = peek([run.id])[run.id]
    voices = _voices(actor, now)
    steps = tuple(
        replace(step, offers=tuple(_of_step(seen, step, actor, voices, rights))) for step in run.steps
    )
    return replace(run, steps=steps, offers=tuple(_of_run(run, rights)))


def _voices(actor: Actor, now: datetime) -> frozenset[int]:
    """Those for whom the actor answers: themselves first, and whom they stand in for."""
    if actor.staff_id is None:
        return frozenset()
    return frozenset({actor.staff_id, *represented(actor.staff_id, now)})


def _of_run(run: RunView, rights: set[str]) -> Iterator[StepOffer]:
    if STEER.code not in rights:
        return
    if run.status is RunStatus.SUSPENDED:
        yield _offer("resume")
    else:
        yield _offer("suspend", reason=True)
    yield _offer("cancel", reason=True)


def _of_step(
    run: LockedRun, step: StepView, actor: Actor, voices: frozenset[int], rights: set[str]
) -> Iterator[StepOffer]:
    if run.state.status is not EngineStatus.RUNNING:
        return
    here = run.state.step(step.visit)
    if here is None:
        if _may_withdraw(run, step, actor):
            yield _offer("withdraw", reason=True)
        return
    node = run.document.by_id[here.node]
    mine = _my_work(here, voices)
    if mine is not None and isinstance(node, WaitingNode | StartNode):
        work_id = next((one for one, place in run.works.items() if place == (here.visit, mine.number)), None)
        yield from _answers(here, node, mine, work_id)
        yield from _handing_on(run, here, node, mine, work_id)
    yield from _for_all(here, node)
    yield from _by_right(here, node, rights)


def _my_work(here: OpenStep, voices: frozenset[int]) -> OpenWork | None:
    works = [work for work in here.works if work.party.id in voices and work.party.id is not None]
    return next((work for work in works if speaks(here, work)), None)


def _answers(
    here: OpenStep, node: WaitingNode | StartNode, mine: OpenWork, work_id: int | None
) -> Iterator[StepOffer]:
    has_form = here.form is not None
    if isinstance(node, StartNode):
        yield StepOffer(act="complete", name=SUBMIT, work_id=work_id, form=has_form)
        return
    claimable = isinstance(node, TaskNode) and node.must_claim and here.claimed is None
    if claimable and mine.seat not in here.added:
        return
    for outcome in node.outcomes:
        if not outcome.automatic:
            yield StepOffer(
                act="complete",
                name=Text(zh=outcome.name.zh, en=outcome.name.en),
                outcome=outcome.key,
                work_id=work_id,
                form=has_form and outcome.form,
                reason=outcome.reason,
            )


def _handing_on(
    run: LockedRun, here: OpenStep, node: Node, mine: OpenWork, work_id: int | None
) -> Iterator[StepOffer]:
    acts = getattr(node, "acts", ())
    several = len({work.seat for work in here.works}) > 1
    if Act.CLAIM in acts and isinstance(node, TaskNode) and here.claimed is None:
        if several or node.must_claim:
            yield _offer("claim", work_id)
    elif here.claimed == mine.party:
        yield _offer("release", work_id)
    earlier = _earlier(run, here, node) if Act.RETURN in acts else ()
    if earlier:
        yield StepOffer(act="return", name=NAMES["return"], work_id=work_id, reason=True, nodes=earlier)
    if Act.TRANSFER in acts:
        yield _offer("transfer", work_id, people="one")
    if mine.role is not WorkRole.DELEGATE:
        if Act.DELEGATE in acts:
            yield _offer("delegate", work_id, people="one")
        if Act.ADD_SIGN in acts:
            yield _offer("add_sign", work_id, people="many")
    if Act.HOLD in acts:
        yield _offer("unhold" if here.held else "hold", work_id)


def _earlier(run: LockedRun, here: OpenStep, node: Node) -> tuple[NodeChoice, ...]:
    """Nodes of the path where somebody can be asked again, the latest first."""
    wanted = getattr(node, "returns_to", ())
    found = []
    for node_id, _ in sorted(here.via.items(), key=lambda item: -item[1]):
        target = run.document.by_id.get(node_id)
        if target is None or node_id == here.node or (wanted and node_id not in wanted):
            continue
        asks = isinstance(target, TaskNode | ApprovalNode | SurveyNode) or (
            isinstance(target, StartNode) and run.state.starter is not None
        )
        if asks:
            found.append(NodeChoice(node=node_id, name=Text(zh=target.name.zh, en=target.name.en)))
    return tuple(found)


def _for_all(here: OpenStep, node: Node) -> Iterator[StepOffer]:
    acts = getattr(node, "acts", ALL_ACTS)
    if Act.COPY in acts:
        yield _offer("copy", people="many")
    if isinstance(node, WaitingNode) and Act.URGE in acts and any(w.party.id is not None for w in here.works):
        yield _offer("urge")


def _by_right(here: OpenStep, node: Node, rights: set[str]) -> Iterator[StepOffer]:
    if ASSIGN.code in rights and isinstance(node, WaitingNode):
        yield _offer("assign", people="many")
    if MEND.code in rights and here.incident is not None and not isinstance(node, JoinNode):
        yield _offer("retry")
    if STEER.code not in rights:
        return
    if isinstance(node, LeavingNode) and len(node.outcomes) > 1:
        for outcome in node.outcomes:
            name = NAMES["skip"]
            yield StepOffer(
                act="skip",
                name=Text(zh=f"{name.zh}（{outcome.name.zh}）", en=f"{name.en} ({outcome.name.en})"),
                outcome=outcome.key,
                reason=True,
            )
    else:
        yield _offer("skip", reason=True)


def _may_withdraw(run: LockedRun, step: StepView, actor: Actor) -> bool:
    """One's own answer, as long as it is the last on the path of an open step that nobody has touched."""
    if actor.staff_id is None:
        return False
    me = staff(actor.staff_id)
    moved = [one for one in run.state.steps if one.after is not None and one.after.visit == step.visit]
    return bool(moved) and all(
        one.after is not None and one.after.party == me and not (one.votes or one.claimed or one.added)
        for one in moved
    )


def _offer(act: str, work_id: int | None = None, **rest: object) -> StepOffer:
    return StepOffer(act=act, name=NAMES[act], work_id=work_id, **rest)  # type: ignore[arg-type]
