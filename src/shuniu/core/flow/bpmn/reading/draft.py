"""A flow document in the making."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from shuniu.core.flow.bpmn.errors import BpmnError
from shuniu.core.flow.bpmn.names import slug
from shuniu.core.flow.bpmn.reading.source import Point
from shuniu.core.flow.bpmn.reading.tags import NAMES
from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.document import FlowDocument

_LAST = 10**9


def words(zh: str, en: str | None = None) -> dict[str, str]:
    return {"zh": zh, "en": en if en is not None else zh}


def name_of(element: Element) -> dict[str, str]:
    """What the element is called; else what its kind is called."""
    name = (element.get("name") or "").strip()
    return words(name) if name else words(*NAMES.get(element.tag, (element.tag, element.tag)))


@dataclass(slots=True)
class Draft:
    """Nodes and edges as plain values; `finish` makes the document of them."""

    key: str
    name: dict[str, str]
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: list[dict[str, Any]] = field(default_factory=list)
    forms: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    layout: dict[str, Point] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    """What a file of ours says about the document as a whole."""
    taken: set[str] = field(default_factory=set)
    edge_ids: set[str] = field(default_factory=set)
    node_order: dict[str, int] = field(default_factory=dict)
    edge_order: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, wanted: str, name: dict[str, str], **rest: Any) -> str:
        """A new node; its id is made from `wanted`."""
        node_id = slug(wanted, self.taken, kind)
        self.nodes[node_id] = {"type": kind, "id": node_id, "name": name, **rest}
        return node_id

    def link(
        self,
        source: str,
        target: str,
        *,
        id: str | None = None,
        points: list[Point] | None = None,
        **carries: Any,
    ) -> None:
        """A new edge. `carries`: outcome, condition, default, order, name, on, beside."""
        wanted = id or f"{source}-{target}"
        chosen, number = wanted, 1
        while chosen in self.edge_ids:
            number += 1
            chosen = f"{wanted}-{number}"
        self.edge_ids.add(chosen)
        bends = [{"x": x, "y": y} for x, y in points or []]
        self.edges.append({"id": chosen, "source": source, "target": target, "points": bends, **carries})

    def kind(self, node: str) -> str:
        return str(self.nodes[node]["type"])

    def fact(self, name: str, kind: str = "Any") -> None:
        """Declare a fact that a condition reads, unless a form keeps it."""
        kept = {field.get("fact") for form in self.forms for field in form["fields"]}
        if name not in kept:
            self.facts.setdefault(name, kind)

    def cancel(self, node: str, others: set[str]) -> None:
        """Make the node cancel these when it closes."""
        given = self.nodes[node].get("cancels", ())
        self.nodes[node]["cancels"] = (*given, *sorted(others - {node} - set(given)))

    def finish(self) -> FlowDocument:
        nodes = sorted(self.nodes.values(), key=lambda node: self.node_order.get(node["id"], _LAST))
        edges = sorted(self.edges, key=lambda edge: self.edge_order.get(edge["id"], _LAST))
        layout = {one: {"x": x, "y": y} for one, (x, y) in self.layout.items() if one in self.nodes}
        kept = {field.get("fact") for form in self.forms for field in form["fields"]}
        value = {
            **(self.content or {"format": 2, "subject": "work_order"}),
            "name": self.name,
            "nodes": nodes,
            "edges": edges,
            "forms": [*self.content.get("forms", ()), *self.forms],
            "facts": {
                **{k: v for k, v in self.facts.items() if k not in kept},
                **self.content.get("facts", {}),
            },
            "layout": {**self.content.get("layout", {}), **layout},
        }
        try:
            return FlowDocument.model_validate(value)
        except ValidationError as error:
            raise BpmnError(
                "not_a_flow", f"流程无法组成：{error}", f"No flow can be made of it: {error}"
            ) from None
