"""XML of DMN 1.1 to 1.5 into `Definitions`."""

from __future__ import annotations

from collections.abc import Callable

from shuniu.core.feel.dmn.boxes import read_box, read_function
from shuniu.core.feel.dmn.model import (
    Decision,
    Definitions,
    Import,
    InputData,
    ItemDefinition,
    Knowledge,
    Part,
    Service,
)
from shuniu.core.feel.dmn.xml import Element, read_xml
from shuniu.core.feel.errors import FeelError

_DMN_SPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)


def read_model(data: bytes) -> Definitions:
    """The definitions of a DMN file; FeelError where it is not one."""
    root = read_xml(data)
    if root.tag != "definitions" or root.space not in _DMN_SPACES:
        raise FeelError("这不是 DMN 1.1–1.5 的模型", "this is not a model of DMN 1.1 to 1.5", code="dmn")
    return Definitions(
        name=root.get("name") or "",
        namespace=root.get("namespace") or "",
        items=tuple(_item(element) for element in root.all("itemDefinition")),
        parts=tuple(_READERS[element.tag](element) for element in root.children if element.tag in _READERS),
        imports=tuple(_import(element) for element in root.all("import")),
    )


def _import(element: Element) -> Import:
    return Import(element.get("name") or "", element.get("namespace") or "", element.get("locationURI"))


def _item(element: Element) -> ItemDefinition:
    function = element.first("functionItem")
    params = None
    type_ref = element.text_of("typeRef")
    if function is not None:
        params = tuple(param.get("typeRef") for param in function.all("parameters"))
        type_ref = function.get("outputTypeRef")
    return ItemDefinition(
        name=element.get("name") or "",
        type_ref=type_ref,
        components=tuple(_item(child) for child in element.all("itemComponent")),
        is_collection=element.get("isCollection") in ("true", "1"),
        allowed=element.text_of("allowedValues"),
        constraint=element.text_of("typeConstraint"),
        params=params,
    )


def _variable(element: Element) -> tuple[str, str | None]:
    """The name and type of an element's variable; its own name where it has none."""
    variable = element.first("variable")
    if variable is None:
        return element.get("name") or "", None
    return variable.get("name") or element.get("name") or "", variable.get("typeRef")


def _references(element: Element, *tags: str) -> tuple[str, ...]:
    """What the requirements of an element point at."""
    found: list[str] = []
    for requirement in element.children:
        found.extend(child.get("href") or "" for child in requirement.children if child.tag in tags)
    return tuple(found)


def _hrefs(element: Element, tag: str) -> tuple[str, ...]:
    return tuple(child.get("href") or "" for child in element.all(tag))


def _identity(element: Element) -> str:
    return element.get("id") or element.get("name") or ""


def _input(element: Element) -> InputData:
    name, type_ref = _variable(element)
    return InputData(_identity(element), name, type_ref)


def _decision(element: Element) -> Decision:
    variable, type_ref = _variable(element)
    requires = _references(element, "requiredInput", "requiredDecision", "requiredKnowledge")
    expression = read_box(element)
    name = element.get("name") or variable
    return Decision(_identity(element), name, variable, type_ref, expression, requires)


def _knowledge(element: Element) -> Knowledge:
    name, type_ref = _variable(element)
    logic = element.first("encapsulatedLogic")
    function = read_function(logic) if logic is not None else None
    return Knowledge(_identity(element), name, type_ref, function, _references(element, "requiredKnowledge"))


def _service(element: Element) -> Service:
    name, type_ref = _variable(element)
    return Service(
        id=_identity(element),
        name=name,
        type_ref=type_ref,
        outputs=_hrefs(element, "outputDecision"),
        encapsulated=_hrefs(element, "encapsulatedDecision"),
        input_decisions=_hrefs(element, "inputDecision"),
        inputs=_hrefs(element, "inputData"),
    )


_READERS: dict[str, Callable[[Element], Part]] = {
    "inputData": _input,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge,
    "decisionService": _service,
}
