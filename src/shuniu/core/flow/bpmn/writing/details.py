"""Our own details in `extensionElements`: the whole node, edge and flow as JSON, so that nothing of ours is lost.

Beside it stands what was drawn from it. Whoever reads the file back takes the JSON where the drawing is still the
same, and the drawing where somebody has changed it.
"""

import json
from typing import Any

from pydantic import BaseModel

from shuniu.core.flow.bpmn.names import escape_json
from shuniu.core.flow.bpmn.writing.build import ours
from shuniu.core.flow.bpmn.writing.layout import placed
from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.document import Edge, FlowDocument, Node


def number(value: float) -> str:
    """The shortest text that reads back as the same number."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def point(at: tuple[float, float]) -> str:
    return f"{number(at[0])},{number(at[1])}"


def flow_details(document: FlowDocument, key: str) -> Element:
    """Everything of the document but its nodes and edges."""
    content = _own(document, drop=("nodes", "edges", "layout"))
    elsewhere = {
        one: at.model_dump()
        for one, at in document.layout.items()
        if placed(document, one) is None or one not in document.by_id
    }
    if elsewhere:
        content["layout"] = elsewhere
    return ours("flow", _json(content), key=key)


def node_details(node: Node, order: int, document: FlowDocument, at: tuple[float, float]) -> Element:
    """One node. `drawn` is where its figure stands, `placed` whether somebody put it there."""
    return ours(
        "node",
        _json(_own(node)),
        order=str(order),
        drawn=point(at),
        placed="true" if placed(document, node.id) else "false",
    )


def edge_details(edge: Edge, order: int, waypoints: list[tuple[float, float]]) -> Element:
    return ours("edge", _json(_own(edge)), order=str(order), drawn=" ".join(map(point, waypoints)))


def part_of(owner: str) -> Element:
    """Marks what is drawn for a node or an edge besides its own element."""
    return ours("part", of=owner)


def _own(value: BaseModel, drop: tuple[str, ...] = ()) -> dict[str, Any]:
    """The JSON form without what is as it is by default; the kind of a node always stands."""
    whole = value.model_dump(mode="json", exclude=set(drop))
    kept = {}
    for name, field in type(value).model_fields.items():
        default = field.get_default(call_default_factory=True)
        if name in whole and (name == "type" or field.is_required() or getattr(value, name) != default):
            kept[name] = whole[name]
    return kept


def _json(content: dict[str, Any]) -> str:
    return escape_json(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
