"""Namespaces, and ids on both sides: ours are `[a-z][a-z0-9_]*`, those of XML are NCNames."""

import re

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
OURS = "urn:shuniu:bpmn:1"
FLOWS = "urn:shuniu:flows"

PREFIXES = {BPMN: "bpmn", BPMNDI: "bpmndi", DC: "dc", DI: "di", XSI: "xsi", OURS: "shuniu"}
"""The prefixes we write."""

_NC_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ID_MAX = 40


def is_nc_name(text: str) -> bool:
    """Whether the text may be an XML id as it stands (ASCII only, which every tool takes)."""
    return _NC_NAME.fullmatch(text) is not None


def clean(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _CONTROL.sub("", text)


def escape_json(text: str) -> str:
    """JSON in which characters that XML cannot hold are written as escapes; they occur in strings only."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def slug(text: str, taken: set[str], fallback: str = "node") -> str:
    """An id of ours made from a foreign one, unlike any in `taken`, and added to it."""
    made = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    if not made or not made[0].isalpha():
        made = f"{fallback}_{made}".rstrip("_")
    made = made[:_ID_MAX].rstrip("_")
    chosen, number = made, 1
    while chosen in taken:
        number += 1
        chosen = f"{made[: _ID_MAX - len(str(number)) - 1]}_{number}"
    taken.add(chosen)
    return chosen
