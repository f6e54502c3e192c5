"""XML as plain elements, with document types refused: no entities, nothing fetched, bounded depth and size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from shuniu.core.feel.errors import FeelError

MAX_BYTES = 10_000_000
_MAX_DEPTH = 200


@dataclass(slots=True)
class Element:
    """`tag` and attribute names are without their namespace; `space` is the namespace of the tag."""

    tag: str
    space: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def all(self, tag: str) -> Iterator[Element]:
        return (child for child in self.children if child.tag == tag)

    def first(self, *tags: str) -> Element | None:
        return next((child for child in self.children if child.tag in tags), None)

    def text_of(self, tag: str) -> str | None:
        """The text below a child; empty text counts as none."""
        child = self.first(tag)
        inner = child.first("text") if child is not None and child.first("text") else child
        return (inner.text.strip() or None) if inner is not None else None


class _Reader:
    def __init__(self) -> None:
        self.open: list[Element] = []
        self.root: Element | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        element = Element(tag, space, {key.rpartition(" ")[2]: value for key, value in attributes.items()})
        if self.open:
            self.open[-1].children.append(element)
        self.root = self.root or element
        self.open.append(element)
        if len(self.open) > _MAX_DEPTH:
            raise _error("XML 嵌套太深", "the XML is nested too deeply")

    def end(self, name: str) -> None:
        self.open.pop()

    def characters(self, data: str) -> None:
        if self.open:
            self.open[-1].pieces.append(data)


def _error(zh: str, en: str) -> FeelError:
    return FeelError(zh, en, code="xml")


def _refuse(*args: Any) -> None:
    raise _error("XML 里不允许 DOCTYPE", "a DOCTYPE is not allowed in the XML")


def read_xml(data: bytes) -> Element:
    """The root element; FeelError for what is no XML, too large, or has a document type."""
    if len(data) > MAX_BYTES:
        raise _error("文件太大", "the file is too large")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
    except (expat.ExpatError, ValueError) as error:
        raise _error(f"不是有效的 XML:{error}", f"not valid XML: {error}") from error
    if reader.root is None:
        raise _error("XML 是空的", "the XML is empty")
    return reader.root
