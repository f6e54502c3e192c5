"""What is drawn for a document: figures (BPMN flow nodes) and the lines between them."""

from dataclasses import dataclass, field
from enum import StrEnum

from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.document import Edge, Node


class Shape(StrEnum):
    EVENT = "event"
    GATEWAY = "gateway"
    ACTIVITY = "activity"


SIZES = {Shape.EVENT: (36, 36), Shape.GATEWAY: (50, 50), Shape.ACTIVITY: (100, 80)}
"""Width and height, as bpmn-js draws them."""


def shape_of(tag: str) -> Shape:
    """How an element with this name is drawn."""
    if tag.endswith("Event"):
        return Shape.EVENT
    return Shape.GATEWAY if tag.endswith("Gateway") else Shape.ACTIVITY


@dataclass(slots=True)
class Figure:
    """One BPMN flow node. Every node of a document has one `main` figure; others stand beside it."""

    id: str
    tag: str
    node: Node
    main: bool = False
    name: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    body: list[Element] = field(default_factory=list)
    """What follows `incoming` and `outgoing`."""
    host: str | None = None
    """A boundary event's activity."""

    @property
    def shape(self) -> Shape:
        return shape_of(self.tag)


@dataclass(slots=True)
class Line:
    """A sequence flow, or (`dotted`) an association. Without `edge` it belongs to the figures of one node."""

    id: str
    source: str
    target: str
    edge: Edge | None = None
    first: bool = False
    """The one that carries the edge's own details."""
    condition: str | None = None
    dotted: bool = False


@dataclass(slots=True)
class Drawing:
    figures: list[Figure] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    roots: list[Element] = field(default_factory=list)
    """Messages and signals the process refers to."""
    defaults: dict[str, str] = field(default_factory=dict)
    """Figure → its default flow."""

    def figure(self, id: str) -> Figure:
        return next(figure for figure in self.figures if figure.id == id)
