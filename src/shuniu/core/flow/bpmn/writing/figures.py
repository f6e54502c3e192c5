"""What is drawn for a document: figures (BPMN flow nodes) and the lines between them."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

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


@dataclass
class Drawing:
    figures: list[Figure] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    roots: dict[tuple[str, str], Element] = field(default_factory=dict)
    """Messages and signals the process refers to, by kind and name."""
    defaults: dict[str, str] = field(default_factory=dict)
    """Figure → its default flow."""
    taken: set[str] = field(default_factory=set)
    """Ids of lines."""

    def draw(self, line: Line) -> None:
        self.lines.append(line)
        self.taken.add(line.id)

    @cached_property
    def by_id(self) -> dict[str, Figure]:
        """The figures, once all of them are drawn."""
        return {figure.id: figure for figure in self.figures}

    @cached_property
    def lines_in(self) -> dict[str, list[str]]:
        """The solid lines to each figure, once all of them are drawn."""
        return self._tied("target")

    @cached_property
    def lines_out(self) -> dict[str, list[str]]:
        return self._tied("source")

    def _tied(self, end: str) -> dict[str, list[str]]:
        tied: dict[str, list[str]] = {}
        for line in self.lines:
            if not line.dotted:
                tied.setdefault(getattr(line, end), []).append(line.id)
        return tied
