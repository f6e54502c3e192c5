"""What an element became: where flows into it lead, and where flows out of it leave from."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shuniu.core.flow.bpmn.reading.draft import Draft
from shuniu.core.flow.bpmn.reading.source import Source
from shuniu.core.flow.bpmn.xmltree import Element


class Fan(StrEnum):
    """How several ways out are meant where they leave: all at once of themselves, one by its condition, each by its."""

    PLAIN = "plain"
    CHOOSE = "choose"
    EACH = "each"
    ALL = "all"


@dataclass(slots=True)
class Piece:
    """`enter` None: nothing leads here from outside. `way` is what the edges out carry (an outcome, `on`, …)."""

    enter: str | None
    leave: str | None
    fan: Fan = Fan.PLAIN
    way: dict[str, Any] = field(default_factory=dict)
    inner: set[str] = field(default_factory=set)
    """The nodes that an interruption cancels."""
    throws: list["Throw"] = field(default_factory=list)
    """What is thrown inside and may be caught at the border."""
    waits: set[str] = field(default_factory=set)
    """The nodes that wait beside it."""
    stops: list[str] = field(default_factory=list)
    """The nodes that cancel it, and what waits beside it."""
    linked: bool = False
    """Something follows it."""
    own: bool = False
    """Restored from our own details."""

    @property
    def way_in(self) -> str:
        """`enter`, of a piece that is known to have one."""
        return self.enter or ""

    @property
    def way_on(self) -> str:
        """`leave`, of a piece that is known to have one."""
        return self.leave or ""


@dataclass(slots=True)
class Throw:
    kind: str
    code: str | None
    node: str
    caught: bool = False


@dataclass(slots=True)
class Scope:
    """A process, or a sub-process read into the flow of its process."""

    source: Source
    draft: Draft
    container: Element
    flows: "list[Flow]"
    """Every flow of the file read so far; sub-processes and repeated tasks add theirs."""
    inside: bool = False
    entry: str | None = None
    exit: str | None = None
    depth: int = 0
    once: bool = False
    """Its activities are already being repeated: their loops are not looked at again."""
    pieces: dict[Element, Piece] = field(default_factory=dict)
    incoming: dict[Element, list[Element]] = field(default_factory=dict)
    outgoing: dict[Element, list[Element]] = field(default_factory=dict)
    throws: list[Throw] = field(default_factory=list)
    people: dict[Element, dict[str, Any]] = field(default_factory=dict)
    """Whom the lanes ask."""
    owners: dict[str, str] = field(default_factory=dict)
    """In files of ours: id of a drawn element → id of the node it belongs to."""

    def element(self, ref: str | None) -> Element | None:
        return self.source.ref(ref)

    def where(self, node: str | None = None) -> dict[str, str | None]:
        return {"flow": self.draft.key, "node": node}

    def node_for(self, kind: str, element: Element, name: dict[str, str], **rest: Any) -> str:
        """A new node for an element, where the diagram has it."""
        node_id = self.draft.add(kind, element.id or element.tag, name, **rest)
        at = self.source.bounds.get(element.id or "")
        if at is not None:
            self.draft.layout[node_id] = at
        return node_id

    def mapped(self, element: Element, zh: str, en: str, node: str | None = None) -> None:
        self.source.ledger.mapped(element, zh, en, **self.where(node))

    def near(self, element: Element, zh: str, en: str, node: str | None = None) -> None:
        self.source.ledger.near(element, zh, en, **self.where(node))

    def refused(self, element: Element, zh: str, en: str) -> None:
        self.source.ledger.refused(element, zh, en, **self.where())


@dataclass(slots=True)
class Flow:
    """A flow found in the file: finished when the whole file is read."""

    draft: Draft
    element: Element
    main: bool = True
