"""The flow document: nodes, edges, forms, deadlines. Immutable; its JSON form is what a version stores."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field as Constraint
from pydantic import NonNegativeInt, TypeAdapter

from shuniu.core.flow.fields import NoteField, feel_type
from shuniu.core.flow.forms import Form
from shuniu.core.flow.limits import Clock, Deadline, EffectCall, Escalation, Reminder, Unit
from shuniu.core.flow.nodes import (
    DONE,
    ActionNode,
    ApprovalNode,
    BranchNode,
    ChoosingNode,
    EndNode,
    FormWhen,
    InclusiveNode,
    JoinMode,
    JoinNode,
    LeavingNode,
    Mark,
    MilestoneNode,
    Node,
    NodeEffect,
    NotifyNode,
    Outcome,
    ParallelNode,
    Rest,
    Rule,
    SettleNode,
    StartNode,
    StartTrigger,
    SubflowNode,
    SurveyNode,
    TaskNode,
    UndoNode,
    WaitingNode,
    WaitNode,
    When,
    asks_customer,
    asks_system,
    stays,
)
from shuniu.core.flow.waits import ForDate, ForEvent, ForTime
from shuniu.core.flow.words import Frozen, Words


class On(StrEnum):
    """An edge that is not the ordinary way on: taken when the step fails, or when its limit passes."""

    ERROR = "error"
    TIMEOUT = "timeout"


class Position(Frozen):
    """Where the free canvas draws something, in its own pixels."""

    x: float
    y: float


class Edge(Frozen):
    """From `source` to `target`. Out of a step with outcomes: taken on `outcome`, or on any when none is named.

    Out of a branch: taken when `condition` (FEEL) holds; the one marked `default` when none does. With `on`, out of
    any node: the error path, or the way taken when the limit passes; `beside` then leaves the step open and sends a
    second token.
    """

    id: str
    source: str
    target: str
    outcome: str | None = None
    condition: str | None = None
    default: bool = False
    order: NonNegativeInt = 0
    name: Words | None = None
    on: On | None = None
    beside: bool = False
    points: tuple[Position, ...] = ()
    """Bends of the line on the free canvas."""


def outcome_fact(node: str) -> str:
    """Name under which the way a step was left stays with the run."""
    return f"步骤.{node}.结果"


def handler_fact(node: str) -> str:
    """Name under which the member of staff who handled a step stays with the run."""
    return f"步骤.{node}.处理人"


class FlowDocument(Frozen):
    """Format 1 knew start, task, branch, notify, settle, survey and end; every document of it is one of format 2."""

    format: Literal[1, 2] = 1
    name: Words
    subject: str
    """Kind of the thing a run is about, such as `work_order`."""
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    forms: tuple[Form, ...] = ()
    facts: dict[str, str] = Constraint(default_factory=dict)
    """Facts that conditions may read, with their FEEL types. Those the run does not know itself are read elsewhere."""
    deadline: Deadline | None = None
    """The limit of the whole run."""
    layout: dict[str, Position] = Constraint(default_factory=dict)
    """Where the free canvas draws each node; nodes that are not named are laid out by themselves."""

    @cached_property
    def by_id(self) -> Mapping[str, "Node"]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def all_ways_out(self) -> Mapping[str, tuple[Edge, ...]]:
        """Every edge by its source, error and timeout paths included."""
        ways: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            ways.setdefault(edge.source, []).append(edge)
        return {source: tuple(sorted(edges, key=lambda edge: edge.order)) for source, edges in ways.items()}

    @cached_property
    def ways_out(self) -> Mapping[str, tuple[Edge, ...]]:
        """The ordinary ways on, by source."""
        return {
            source: tuple(edge for edge in edges if edge.on is None)
            for source, edges in self.all_ways_out.items()
        }

    @cached_property
    def ways_in(self) -> Mapping[str, tuple[Edge, ...]]:
        """Every edge by its target."""
        ways: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            ways.setdefault(edge.target, []).append(edge)
        return {target: tuple(edges) for target, edges in ways.items()}

    def way_on(self, node: str, on: On) -> Edge | None:
        """The error or timeout path out of a node."""
        return next((edge for edge in self.all_ways_out[node] if edge.on is on), None)

    @cached_property
    def start(self) -> StartNode:
        return next(node for node in self.nodes if isinstance(node, StartNode))

    @cached_property
    def forms_by_key(self) -> Mapping[str, Form]:
        return {form.key: form for form in self.forms}

    @cached_property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Everything a condition may name: declared facts, answers that are kept, how steps were left and by whom."""
        names = dict(self.facts)
        for form in self.forms:
            for field in form.fields:
                if field.fact is not None and not isinstance(field, NoteField):
                    names.setdefault(field.fact, feel_type(field))
        for node in self.nodes:
            if isinstance(node, LeavingNode):
                names[outcome_fact(node.id)] = "string"
            if isinstance(node, WaitingNode):
                names[handler_fact(node.id)] = "number"
            for fact in kept_facts(node):
                names.setdefault(fact, "Any")
        return tuple(sorted(names.items()))

    @cached_property
    def deciding(self) -> frozenset[str]:
        """Nodes after which FEEL may be asked before anything waits: only then are facts needed."""
        return frozenset(node.id for node in self.nodes if self._asks_feel(node))

    def _asks_feel(self, node: "Node") -> bool:
        if node.exit or any(effect.inputs for effect in node.effects) or _asks_while_open(node):
            return True
        todo = [edge.target for edge in self.all_ways_out[node.id]]
        if isinstance(node, ApprovalNode) and node.reject_to is not None and node.reject_to in self.by_id:
            todo.append(node.reject_to)
        seen: set[str] = set()
        while todo:
            here = self.by_id[todo.pop()]
            if reads_facts(here):
                return True
            if here.id not in seen and not (stays(here) and not isinstance(here, JoinNode)):
                seen.add(here.id)
                todo.extend(edge.target for edge in self.all_ways_out[here.id])
        return False

    def form_of(self, node: "Node") -> Form | None:
        """The form a node shows when no stage asks for another."""
        key = getattr(node, "form", None)
        return self.forms_by_key.get(key) if key else None


DOCUMENT: TypeAdapter[FlowDocument] = TypeAdapter(FlowDocument)


def reads_facts(node: "Node") -> bool:
    """Whether opening this node evaluates FEEL."""
    if isinstance(node, ChoosingNode) or node.entry or any(effect.inputs for effect in node.effects):
        return True
    if isinstance(node, TaskNode | ApprovalNode | SurveyNode) and node.forms_when:
        return True
    if isinstance(node, ApprovalNode):
        return any(level.when for level in node.levels)
    if isinstance(node, ActionNode):
        return bool(node.inputs)
    return isinstance(node, WaitNode | SubflowNode)


def _asks_while_open(node: "Node") -> bool:
    """Whether FEEL is asked while a step here is open: by a later level, an escalation, an event."""
    limits = [node.deadline]
    if isinstance(node, ApprovalNode):
        if any(level.when for level in node.levels):
            return True
        limits.extend(level.deadline for level in node.levels)
    if isinstance(node, WaitNode) and any(isinstance(one, ForEvent) and one.where for one in node.until):
        return True
    return any(
        one.call is not None and one.call.inputs
        for limit in limits
        if limit is not None
        for told in (limit.reminders, limit.escalated)
        for one in told
    )


def kept_facts(node: "Node") -> tuple[str, ...]:
    """Facts that results, sub-flows and events leave with the run at this node."""
    if isinstance(node, ActionNode | SubflowNode):
        return tuple(node.keeps)
    if isinstance(node, WaitNode):
        return tuple(fact for one in node.until if isinstance(one, ForEvent) for fact in one.facts)
    return ()


__all__ = [
    "DOCUMENT", "DONE", "ActionNode", "ApprovalNode", "BranchNode", "ChoosingNode", "Clock", "Deadline", "Edge",
    "EffectCall", "EndNode", "Escalation", "FlowDocument", "ForDate", "ForEvent", "ForTime", "FormWhen", "InclusiveNode",
    "JoinMode", "JoinNode", "LeavingNode", "Mark", "MilestoneNode", "Node", "NodeEffect", "NotifyNode", "On", "Outcome",
    "ParallelNode", "Position", "Reminder", "Rest", "Rule", "SettleNode", "StartNode", "StartTrigger", "SubflowNode",
    "SurveyNode", "TaskNode", "UndoNode", "Unit", "WaitNode", "WaitingNode", "When", "asks_customer", "asks_system",
    "handler_fact", "kept_facts", "outcome_fact", "reads_facts", "stays",
]  # fmt: skip
