"""XML out: two blanks a level, our prefixes, every character escaped that a parser would otherwise change."""

from collections.abc import Iterator

from shuniu.core.flow.bpmn.names import PREFIXES, clean
from shuniu.core.flow.bpmn.xmltree import Element

_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_TEXT = str.maketrans(_TEXT)
_IN_ATTRIBUTE = str.maketrans({**_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def write(root: Element) -> str:
    """The file, with its declaration. Only namespaces in `PREFIXES` occur in what we write."""
    declared = {f"xmlns:{prefix}": uri for uri, prefix in PREFIXES.items()}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_lines(root, "", declared)]
    return "\n".join(lines) + "\n"


def _lines(element: Element, indent: str, extra: dict[str, str]) -> Iterator[str]:
    name = f"{PREFIXES[element.namespace]}:{element.tag}"
    attributes = "".join(
        f' {_name(key)}="{_escape(value, _IN_ATTRIBUTE)}"'
        for key, value in {**extra, **element.attributes}.items()
    )
    text = _escape(element.text, _IN_TEXT)
    if not element.children:
        yield f"{indent}<{name}{attributes}>{text}</{name}>" if text else f"{indent}<{name}{attributes} />"
        return
    yield f"{indent}<{name}{attributes}>"
    for child in element.children:
        yield from _lines(child, indent + "  ", {})
    yield f"{indent}</{name}>"


def _name(key: str) -> str:
    if not key.startswith("{"):
        return key
    namespace, _, local = key[1:].partition("}")
    return f"{PREFIXES[namespace]}:{local}"


def _escape(text: str, table: dict[int, str]) -> str:
    return clean(text).translate(table)
