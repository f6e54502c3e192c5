"""Nodes: the places a token can stand, each kind with what it needs."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field as Constraint
from pydantic import PositiveInt

from shuniu.core.flow.approvals import APPROVED, REJECTED, Level, OnReject
from shuniu.core.flow.fields import Right
from shuniu.core.flow.limits import Deadline, EffectCall
from shuniu.core.flow.people import (
    ALL_ACTS,
    Act,
    ByCustomer,
    ByRole,
    BySystem,
    Nobody,
    People,
    SamePerson,
)
from shuniu.core.flow.waits import WaitFor
from shuniu.core.flow.words import Frozen, Words

DONE = "done"
NodeId = Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Outcome(Frozen):
    """A way to leave a task. `form` says whether the form must be filled in; `reason` whether one must be given."""

    key: Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    name: Words
    form: bool = True
    reason: bool = False
    automatic: bool = False
    """Only a timer or an effect leaves this way; people are not offered it."""


class When(StrEnum):
    OPENED = "opened"
    CLOSED = "closed"


class NodeEffect(Frozen):
    """An effect that any node causes when it opens, or when it closes with one of `outcomes` (none named: any)."""

    at: When
    effect: str
    params: dict[str, Any] = Constraint(default_factory=dict)
    inputs: dict[str, str] = Constraint(default_factory=dict)
    """Parameters computed by FEEL over the facts of the run."""
    outcomes: tuple[str, ...] = ()


class Rule(Frozen):
    """A condition (FEEL) that must hold to get in or out, and what to say when it does not.

    On the way out it counts for `outcomes` only, where some are named.
    """

    condition: str
    text: Words
    outcomes: tuple[str, ...] = ()


class Mark(StrEnum):
    """What a unit below may do with headquarters' node: nothing, change its settings, or also add nodes after it."""

    FIXED = "fixed"
    CHANGEABLE = "changeable"
    EXTENSIBLE = "extensible"


class FormWhen(Frozen):
    """The form a node shows while `when` (FEEL) holds, such as 客户.阶段 = "试听"."""

    when: str
    form: str


class _Node(Frozen):
    id: NodeId
    name: Words
    guide: Words | None = None
    """What to do, for newcomers."""
    template: Words | None = None
    """The handling template: how it is done here, to be taken over and adapted."""
    milestone: Words | None = None
    """What the customer reads when the run reaches this node."""
    effects: tuple[NodeEffect, ...] = ()
    entry: tuple[Rule, ...] = ()
    exit: tuple[Rule, ...] = ()
    deadline: Deadline | None = None
    cancels: tuple[str, ...] = ()
    """Nodes whose open steps are cancelled when this one closes."""
    variant: Mark = Mark.CHANGEABLE


class StartTrigger(Frozen):
    """What starts a run by itself: an event of the hub (while `where` holds), a form handed in, or a moment in time.

    `schedule` is `minute hour day month weekday` as cron writes it, in the unit's zone.
    """

    on: Literal["event", "form", "schedule"]
    event: str | None = None
    form: str | None = None
    schedule: str | None = None
    where: str | None = None


class StartNode(_Node):
    type: Literal["start"] = "start"
    form: str | None = None
    """Filled in by whoever starts the run."""
    triggers: tuple[StartTrigger, ...] = ()


class _Asking(_Node):
    """Somebody is asked, and the step stays open until they have answered."""

    form: str | None = None
    forms_when: tuple[FormWhen, ...] = ()
    """Other forms by the customer's stage; the first that holds, else `form`."""
    rights: dict[str, Right] = Constraint(default_factory=dict)
    """By field, or `table.column`. Fields not named may be edited."""
    acts: tuple[Act, ...] = ALL_ACTS
    returns_to: tuple[str, ...] = ()
    """Where a return may lead; empty: to any earlier node."""
    quiet: bool = False
    """Those asked are told by whoever chose them, not by the flow."""


class TaskNode(_Asking):
    """A person, the customer, or an effect does something; the step stays open until then."""

    type: Literal["task"] = "task"
    people: People
    outcomes: tuple[Outcome, ...] = (Outcome(key=DONE, name=Words(zh="完成", en="Done")),)
    nobody: Nobody = Nobody.ADMINISTRATOR
    same_person: SamePerson = SamePerson.ASK
    must_claim: bool = False
    """Of several asked, one takes it before answering."""
    while_open: tuple[str, ...] = ()
    """Can be handled only while one of these nodes is open: a milestone of the run that may pass."""


class ApprovalNode(_Asking):
    """Level after level decides; approved when all of them approve, rejected when one of them rejects."""

    type: Literal["approval"] = "approval"
    levels: tuple[Level, ...]
    on_reject: OnReject = OnReject.WAY
    reject_to: str | None = None
    """The node a rejection returns to, with `on_reject: return`."""
    names: dict[Literal["approved", "rejected"], Words] = Constraint(default_factory=dict)

    @property
    def people(self) -> People:
        return self.levels[0].people

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        yes = self.names.get("approved", Words(zh="同意", en="Approve"))
        no = self.names.get("rejected", Words(zh="驳回", en="Reject"))
        return (
            Outcome(key=APPROVED, name=yes),
            Outcome(key=REJECTED, name=no, form=False, reason=True),
        )


class SurveyNode(_Asking):
    """The customer rates; `timeout` of the deadline closes it when no answer comes."""

    type: Literal["survey"] = "survey"
    form: str
    outcomes: tuple[Outcome, ...] = (Outcome(key=DONE, name=Words(zh="提交评价", en="Submit")),)

    @property
    def people(self) -> People:
        return ByCustomer()


class BranchNode(_Node):
    """Exactly one way on: the first edge, in order, whose condition holds, else the default."""

    type: Literal["branch"] = "branch"


class InclusiveNode(_Node):
    """Every way on whose condition holds; the default when none does."""

    type: Literal["inclusive"] = "inclusive"


class ParallelNode(_Node):
    """All ways on at once."""

    type: Literal["parallel"] = "parallel"


class JoinMode(StrEnum):
    """One from every way in; all that can still come; or the first `needed`."""

    ALL = "all"
    ACTIVE = "active"
    N_OF_M = "n_of_m"


class Rest(StrEnum):
    """What becomes of the others once enough have come: they run on and are absorbed, or they are cancelled."""

    RUN = "run"
    CANCEL = "cancel"


class JoinNode(_Node):
    """Lanes meet. With `n_of_m` the next round begins when the last lane of this one has arrived or gone."""

    type: Literal["join"] = "join"
    mode: JoinMode = JoinMode.ACTIVE
    needed: PositiveInt | None = None
    rest: Rest = Rest.RUN


class WaitNode(_Node):
    """Stays open until the first of `until` comes; leaves by the outcome of its key."""

    type: Literal["wait"] = "wait"
    until: Annotated[tuple[WaitFor, ...], Constraint(min_length=1)]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(
            Outcome(key=one.key, name=one.name or Words(zh=one.key, en=one.key), form=False, automatic=True)
            for one in self.until
        )


class ActionNode(_Node):
    """An effect of the hub. `awaited`: the step stays open until its result is back and answers with an outcome.

    After its last try fails the run takes the edge `on: error`, or stops here as an incident for a person.
    `keeps` are facts of the run taken from the result: name → key. `undo` is what takes it back (compensation).
    """

    type: Literal["action"] = "action"
    effect: str
    params: dict[str, Any] = Constraint(default_factory=dict)
    inputs: dict[str, str] = Constraint(default_factory=dict)
    awaited: bool = True
    outcomes: tuple[Outcome, ...] = (Outcome(key=DONE, name=Words(zh="完成", en="Done"), automatic=True),)
    keeps: dict[str, str] = Constraint(default_factory=dict)
    undo: EffectCall | None = None


class NotifyNode(_Node):
    """Tells staff (`to`) or, through `effect`, somebody outside."""

    type: Literal["notify"] = "notify"
    to: People = ByRole(role="store_manager")
    text: Words
    urgent: bool = False
    effect: str = "flow.notice"
    params: dict[str, Any] = Constraint(default_factory=dict)


class SettleNode(_Node):
    """What was done here is worth money: records a measure."""

    type: Literal["settle"] = "settle"
    measure: str
    effect: str = "settlement.record"
    params: dict[str, Any] = Constraint(default_factory=dict)
    undo: EffectCall | None = None


class UndoNode(_Node):
    """Takes back what the named actions did in this run, the last one first; all of them when none is named."""

    type: Literal["undo"] = "undo"
    of: tuple[str, ...] = ()


class SubflowNode(_Node):
    """Another flow: one run, `count` of them, or one per row of the table that the fact `rows` holds.

    `inputs` are its facts at the start (FEEL over the facts here and, with rows, over `row`); `keeps` are facts of
    this run taken from it at its end: name here → name there (a list, with several). Leaves when all have ended, or
    `needed` of them; `rest` says what becomes of the others. `awaited` false: leaves at once.
    """

    type: Literal["subflow"] = "subflow"
    flow: str
    version: PositiveInt | None = None
    rows: str | None = None
    count: PositiveInt | None = None
    in_turn: bool = False
    inputs: dict[str, str] = Constraint(default_factory=dict)
    keeps: dict[str, str] = Constraint(default_factory=dict)
    needed: PositiveInt | None = None
    rest: Rest = Rest.RUN
    awaited: bool = True


class MilestoneNode(_Node):
    """A point the customer reads; it passes by itself."""

    type: Literal["milestone"] = "milestone"
    text: Words


class EndNode(_Node):
    """One token ends here; the run when it was the last. `terminate`: the whole run at once. `result` names how."""

    type: Literal["end"] = "end"
    terminate: bool = False
    result: str | None = None


Node = Annotated[
    StartNode
    | TaskNode
    | ApprovalNode
    | SurveyNode
    | BranchNode
    | InclusiveNode
    | ParallelNode
    | JoinNode
    | WaitNode
    | ActionNode
    | NotifyNode
    | SettleNode
    | UndoNode
    | SubflowNode
    | MilestoneNode
    | EndNode,
    Constraint(discriminator="type"),
]
WaitingNode = TaskNode | ApprovalNode | SurveyNode
"""Nodes at which somebody is asked."""
ChoosingNode = BranchNode | InclusiveNode
"""Nodes whose ways out carry conditions."""
LeavingNode = TaskNode | ApprovalNode | SurveyNode | WaitNode | ActionNode
"""Nodes that are left by an outcome."""


def asks_system(node: "Node") -> BySystem | None:
    """The effect that answers this node, if an effect does."""
    if isinstance(node, TaskNode) and isinstance(node.people, BySystem):
        return node.people
    return None


def asks_customer(node: "Node") -> bool:
    """Whether the customer is asked here."""
    return isinstance(node, SurveyNode) or (
        isinstance(node, TaskNode) and isinstance(node.people, ByCustomer)
    )


def stays(node: "Node") -> bool:
    """Whether a step at this node can outlast the command that opens it."""
    if isinstance(node, ActionNode | SubflowNode):
        return node.awaited
    return isinstance(node, TaskNode | ApprovalNode | SurveyNode | WaitNode | JoinNode)
