"""The flow document: nodes, edges, forms, deadlines. Immutable; its JSON form is what a version stores."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field as Constraint
from pydantic import NonNegativeInt, PositiveInt, TypeAdapter

from shuniu.core.flow.forms import Form, Right
from shuniu.core.flow.people import ByCustomer, ByRole, BySystem, People
from shuniu.core.flow.words import Frozen, Words

DONE = "done"


class Clock(StrEnum):
    """Which time a limit counts: that of the unit's working calendar, or the one on the wall."""

    WORKING = "working"
    WALL = "wall"


class Unit(StrEnum):
    """Days of a working calendar are whole working days, not 24 working hours: the units are kept apart."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class Reminder(Frozen):
    """Told to whoever is asked, `before` minutes ahead of the limit, on the limit's own clock."""

    before: PositiveInt
    text: Words | None = None


class Escalation(Frozen):
    """Told once, when the limit has passed."""

    to: People
    text: Words | None = None


class Deadline(Frozen):
    """The limit of a step. `setting` names a setting of the unit that replaces `amount`, in the same unit."""

    amount: PositiveInt
    unit: Unit = Unit.MINUTES
    clock: Clock = Clock.WORKING
    setting: str | None = None
    reminders: tuple[Reminder, ...] = ()
    escalation: Escalation | None = None
    timeout: str | None = None
    """Outcome with which the step closes by itself when the limit passes."""


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
    outcomes: tuple[str, ...] = ()


class _Node(Frozen):
    id: Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    name: Words
    guide: Words | None = None
    """What to do, for newcomers."""
    milestone: Words | None = None
    """What the customer reads when the run reaches this node."""
    effects: tuple[NodeEffect, ...] = ()


class StartNode(_Node):
    type: Literal["start"] = "start"


class TaskNode(_Node):
    """A person, the customer, or an effect does something; the step stays open until then."""

    type: Literal["task"] = "task"
    people: People
    form: str | None = None
    outcomes: tuple[Outcome, ...] = (Outcome(key=DONE, name=Words(zh="完成", en="Done")),)
    rights: dict[str, Right] = Constraint(default_factory=dict)
    deadline: Deadline | None = None
    quiet: bool = False
    """Those asked are told by whoever chose them, not by the flow."""


class SurveyNode(_Node):
    """The customer rates; `timeout` of the deadline closes it when no answer comes."""

    type: Literal["survey"] = "survey"
    form: str
    outcomes: tuple[Outcome, ...] = (Outcome(key=DONE, name=Words(zh="提交评价", en="Submit")),)
    rights: dict[str, Right] = Constraint(default_factory=dict)
    deadline: Deadline | None = None

    @property
    def people(self) -> People:
        return ByCustomer()


class BranchNode(_Node):
    """Exactly one way on: the first edge, in order, whose condition holds, else the default."""

    type: Literal["branch"] = "branch"


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


class EndNode(_Node):
    type: Literal["end"] = "end"


Node = Annotated[
    StartNode | TaskNode | SurveyNode | BranchNode | NotifyNode | SettleNode | EndNode,
    Constraint(discriminator="type"),
]
WaitingNode = TaskNode | SurveyNode


class Edge(Frozen):
    """From `source` to `target`. Out of a task: taken on `outcome`, or on any when none is named.

    Out of a branch: taken when `condition` (FEEL) holds; the one marked `default` when none does.
    """

    id: str
    source: str
    target: str
    outcome: str | None = None
    condition: str | None = None
    default: bool = False
    order: NonNegativeInt = 0
    name: Words | None = None


FEEL_TYPES = {
    "text": "string",
    "number": "number",
    "money": "number",
    "phone": "string",
    "select": "string",
    "yes_no": "boolean",
    "date": "string",
    "rating": "number",
}


def outcome_fact(node: str) -> str:
    """Name under which the way a step was left stays with the run."""
    return f"步骤.{node}.结果"


class FlowDocument(Frozen):
    format: Literal[1] = 1
    name: Words
    subject: str
    """Kind of the thing a run is about, such as `work_order`."""
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    forms: tuple[Form, ...] = ()
    facts: dict[str, str] = Constraint(default_factory=dict)
    """Facts that conditions may read, with their FEEL types. Those the run does not know itself are read elsewhere."""

    @cached_property
    def by_id(self) -> Mapping[str, "Node"]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def ways_out(self) -> Mapping[str, tuple[Edge, ...]]:
        ways: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            ways.setdefault(edge.source, []).append(edge)
        return {source: tuple(sorted(edges, key=lambda edge: edge.order)) for source, edges in ways.items()}

    @cached_property
    def forms_by_key(self) -> Mapping[str, Form]:
        return {form.key: form for form in self.forms}

    @cached_property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Everything a condition may name: declared facts, answers that are kept, and how steps were left."""
        names = dict(self.facts)
        for form in self.forms:
            for field in form.fields:
                if field.fact is not None:
                    names.setdefault(field.fact, FEEL_TYPES.get(field.type, "Any"))
        for node in self.nodes:
            if isinstance(node, WaitingNode):
                names[outcome_fact(node.id)] = "string"
        return tuple(sorted(names.items()))

    @cached_property
    def deciding(self) -> frozenset[str]:
        """Nodes after which a condition may be asked before anything waits: only then are facts needed."""
        found: set[str] = set()
        for node in self.nodes:
            todo = [edge.target for edge in self.ways_out[node.id]]
            seen: set[str] = set()
            while todo:
                here = self.by_id[todo.pop()]
                if isinstance(here, BranchNode):
                    found.add(node.id)
                    break
                if here.id not in seen and not isinstance(here, WaitingNode):
                    seen.add(here.id)
                    todo.extend(edge.target for edge in self.ways_out[here.id])
        return frozenset(found)

    def form_of(self, node: "Node") -> Form | None:
        key = getattr(node, "form", None)
        return self.forms_by_key.get(key) if key else None


DOCUMENT: TypeAdapter[FlowDocument] = TypeAdapter(FlowDocument)


def asks_system(node: "Node") -> BySystem | None:
    """The effect that answers this node, if an effect does."""
    if isinstance(node, TaskNode) and isinstance(node.people, BySystem):
        return node.people
    return None
