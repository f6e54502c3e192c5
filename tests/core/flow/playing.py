"""Flows drawn in a line and played in memory, for tests of what happens."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.core.flow.documents import words

from shuniu.core.calendar import WorkingCalendar
from shuniu.core.flow.commands import (
    Approve,
    ChildEnded,
    Command,
    Complete,
    Deliver,
    Reject,
    Return,
)
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.effects import ChildWanted, StepEnd
from shuniu.core.flow.memory import MemoryRun, MemoryStore
from shuniu.core.flow.state import OpenStep

MONDAY = datetime(2026, 1, 5, 1, tzinfo=UTC)
"""Nine in the morning in Shanghai."""
ALWAYS = WorkingCalendar.always(ZoneInfo("Asia/Shanghai"))
AGENT = {"by": "role", "role": "agent"}


def draw(nodes: dict[str, Any], *edges: str | tuple[str, dict[str, Any]], **rest: Any) -> FlowDocument:
    """`nodes`: id → kind, or kind with settings; tasks ask an agent. An edge is `a>b`, or that with settings."""
    drawn = []
    for id_, kind in nodes.items():
        settings = {"type": kind} if isinstance(kind, str) else dict(kind)
        if settings["type"] == "task":
            settings.setdefault("people", AGENT)
            named = settings.pop("ways", None)
            if named:
                settings["outcomes"] = [{"key": key, "name": words(key)} for key in named]
        drawn.append({"id": id_, "name": words(id_), **settings})
    lines = []
    for order, edge in enumerate(edges):
        between, settings = edge if isinstance(edge, tuple) else (edge, {})
        source, target = between.split(">")
        lines.append({"id": f"e{order}", "source": source, "target": target, "order": order, **settings})
    return FlowDocument.model_validate(
        {"format": 2, "name": words("试"), "subject": "thing", "nodes": drawn, "edges": lines, **rest}
    )


class Play:
    """One run in a store of its own."""

    def __init__(self, document: FlowDocument, facts: dict[str, Any] | None = None, **store: Any) -> None:
        store.setdefault("now", MONDAY)
        store.setdefault("calendar", ALWAYS)
        starter = store.pop("starter", None)
        self.store = MemoryStore(**store)
        self.run: MemoryRun = self.store.start(document, facts=facts, starter=starter)

    @property
    def open(self) -> list[str]:
        """Nodes with an open step, in the order of their visits."""
        return [here.node for here in self.run.state.steps]

    @property
    def status(self) -> str:
        return self.run.state.status.value

    def at(self, node: str) -> OpenStep:
        """The oldest open step at a node."""
        return next(here for here in self.run.state.steps if here.node == node)

    def do(self, command: Command) -> None:
        self.store.do(self.run, command)

    def done(self, node: str, outcome: str | None = None, *, by: str = "staff:1", **rest: Any) -> "Play":
        self.do(Complete(visit=self.at(node).visit, party=by, outcome=outcome, **rest))
        return self

    def approve(self, node: str, by: str = "staff:1") -> "Play":
        self.do(Approve(visit=self.at(node).visit, party=by))
        return self

    def reject(self, node: str, by: str = "staff:1") -> "Play":
        self.do(Reject(visit=self.at(node).visit, party=by))
        return self

    def back(self, node: str, to: str, *, by: str = "staff:1", **rest: Any) -> "Play":
        self.do(Return(visit=self.at(node).visit, party=by, to=to, **rest))
        return self

    def hear(self, event: str, **rest: Any) -> "Play":
        self.do(Deliver(event=event, **rest))
        return self

    def child(self, node: str, number: int, **facts: Any) -> "Play":
        """The sub-flow of that number ends."""
        self.do(ChildEnded(visit=self.at(node).visit, number=number, facts=facts))
        return self

    def children(self) -> list[dict[str, Any]]:
        """The facts every sub-flow was started with."""
        return [dict(e.facts) for e in self.run.effects if isinstance(e, ChildWanted)]

    def times(self, node: str) -> int:
        """How often a node was gone through."""
        return len(
            [
                stay
                for stay in self.run.stays.values()
                if stay.node == node and stay.end in (StepEnd.CLOSED, StepEnd.SKIPPED)
            ]
        )
