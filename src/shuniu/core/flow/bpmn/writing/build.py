"""Small makers of BPMN elements."""

from shuniu.core.flow.bpmn.names import BPMN, OURS, XSI, clean
from shuniu.core.flow.bpmn.xmltree import Element

FORMAL = {f"{{{XSI}}}type": "bpmn:tFormalExpression"}


def bpmn(tag: str, *children: Element, text: str = "", **attributes: str | None) -> Element:
    """A BPMN element; attributes that are None are left out."""
    kept = {key: value for key, value in attributes.items() if value is not None}
    return Element(BPMN, tag, kept, list(children), text)


def expression(tag: str, text: str) -> Element:
    """A typed formal expression, such as a condition, a duration or a cardinality."""
    return Element(BPMN, tag, dict(FORMAL), [], clean(text))


def ours(tag: str, text: str = "", **attributes: str | None) -> Element:
    """An element of our own namespace, for `extensionElements`."""
    kept = {key: value for key, value in attributes.items() if value is not None}
    return Element(OURS, tag, kept, [], text)


def extension(*children: Element) -> Element:
    return Element(BPMN, "extensionElements", {}, list(children))
