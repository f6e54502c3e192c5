"""Reads the test cases of the DMN Technology Compatibility Kit, where they lie beside the checkout."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from shuniu.core.feel.temporal.text import read_date, read_date_time, read_duration, read_time
from shuniu.core.feel.values import Value

_SPACE = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_READERS: dict[str, Any] = {
    "decimal": Decimal,
    "double": Decimal,
    "integer": Decimal,
    "string": str,
    "boolean": lambda text: text.strip() == "true",
    "date": read_date,
    "time": read_time,
    "dateTime": read_date_time,
    "duration": read_duration,
    "dayTimeDuration": read_duration,
    "yearMonthDuration": read_duration,
}


@dataclass(frozen=True)
class Case:
    model: Path
    id: str
    decision: str
    context: dict[str, Value]
    expected: Value


def _value(element: ET.Element) -> Value:
    listed = element.find(f"{_SPACE}list")
    if listed is not None:
        return [_value(item) for item in listed.findall(f"{_SPACE}item")]
    components = element.findall(f"{_SPACE}component")
    if components:
        return {component.get("name"): _value(component) for component in components}
    value = element.find(f"{_SPACE}value")
    if value is None or value.get(f"{_XSI}nil") == "true" or element.get(f"{_XSI}nil") == "true":
        return None
    kind = (value.get(f"{_XSI}type") or "xsd:string").rpartition(":")[2]
    return _READERS[kind](value.text or "")


def cases(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.glob("*/*-test-*.xml")):
        root = ET.parse(file).getroot()  # noqa: S314 - the official cases
        model = file.parent / (root.findtext(f"{_SPACE}modelName") or "")
        for test in root.findall(f"{_SPACE}testCase"):
            context = {node.get("name") or "": _value(node) for node in test.findall(f"{_SPACE}inputNode")}
            for result in test.findall(f"{_SPACE}resultNode"):
                expected = result.find(f"{_SPACE}expected")
                wanted = None if expected is None else _value(expected)
                yield Case(model, test.get("id") or "", result.get("name") or "", context, wanted)


def same(left: Value, right: Value) -> bool:
    """Equal, numbers to eight decimals, as the kit's own runners compare."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        with localcontext(prec=50):
            return abs(left - right) < Decimal("1E-8")
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return type(left) is type(right) and bool(left == right)
