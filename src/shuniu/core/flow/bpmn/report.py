"""What became of every element of a file. Nothing is dropped without a line here."""

from dataclasses import dataclass, field
from enum import StrEnum

from shuniu.core.flow.bpmn.xmltree import Element
from shuniu.core.flow.words import Words


class Fate(StrEnum):
    """Carried over as it is; carried over as something near it; not carried over."""

    MAPPED = "mapped"
    APPROXIMATED = "approximated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Row:
    """One element. `node` is what it became in the flow `flow`, where it became a node or an edge.

    `parts` counts the elements without an id that belong to this one (`incoming`, `waypoint`, …): with them, the rows
    of a report account for every element of the file. `attributes` are those of other makers that were not read.
    """

    element: str
    id: str | None
    name: str | None
    line: int
    fate: Fate
    text: Words
    flow: str | None = None
    node: str | None = None
    parts: dict[str, int] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Rows in the order of the file."""

    rows: tuple[Row, ...]

    def of(self, id: str) -> Row | None:
        """The row of the element with this id."""
        return next((row for row in self.rows if row.id == id), None)

    def count(self, fate: Fate) -> int:
        return sum(row.fate is fate for row in self.rows)

    @property
    def elements(self) -> int:
        """How many elements of the file the rows speak for."""
        return sum(1 + sum(row.parts.values()) for row in self.rows)


@dataclass(slots=True)
class _Said:
    fate: Fate
    zh: list[str]
    en: list[str]
    flow: str | None
    node: str | None


_WORST = {Fate.MAPPED: 0, Fate.APPROXIMATED: 1, Fate.REFUSED: 2}


class Ledger:
    """Where reading writes down what it did with an element; several remarks on one are joined, the worst fate stays."""

    def __init__(self) -> None:
        self._said: dict[Element, _Said] = {}

    def say(
        self,
        element: Element,
        fate: Fate,
        zh: str,
        en: str,
        *,
        flow: str | None = None,
        node: str | None = None,
    ) -> None:
        said = self._said.get(element)
        if said is None:
            self._said[element] = _Said(fate, [zh], [en], flow, node)
            return
        if zh not in said.zh:
            said.zh.append(zh)
            said.en.append(en)
        if _WORST[fate] > _WORST[said.fate]:
            said.fate = fate
        said.flow = said.flow or flow
        said.node = said.node or node

    def mapped(self, element: Element, zh: str, en: str, **where: str | None) -> None:
        self.say(element, Fate.MAPPED, zh, en, **where)

    def near(self, element: Element, zh: str, en: str, **where: str | None) -> None:
        self.say(element, Fate.APPROXIMATED, zh, en, **where)

    def refused(self, element: Element, zh: str, en: str, **where: str | None) -> None:
        self.say(element, Fate.REFUSED, zh, en, **where)

    def spoke_of(self, element: Element) -> bool:
        return element in self._said

    def fate(self, element: Element) -> Fate | None:
        said = self._said.get(element)
        return said.fate if said else None

    def place(self, element: Element) -> tuple[str, str] | None:
        """The flow and the node an element became."""
        said = self._said.get(element)
        return (said.flow, said.node) if said and said.flow and said.node else None

    def row(self, element: Element, parts: dict[str, int], attributes: tuple[str, ...]) -> Row:
        said = self._said[element]
        return Row(
            element=element.tag,
            id=element.id,
            name=element.get("name"),
            line=element.line,
            fate=said.fate,
            text=Words(zh="；".join(said.zh), en=" ".join(said.en)),
            flow=said.flow,
            node=said.node,
            parts=parts,
            attributes=attributes,
        )
