"""XML in, as a tree: entities refused, nothing fetched, size and depth bounded, any fault one error of ours."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from shuniu.core.flow.bpmn.errors import BpmnError

BYTES_MAX = 20_000_000
ELEMENTS_MAX = 200_000
DEPTH_MAX = 200

_KNOWN_TO_EXPAT = {"utf-8", "utf-16", "iso8859-1", "ascii"}
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._\-]+)["'][^>]*?\?>""")


@dataclass(slots=True, eq=False)
class Element:
    """One element. Attribute names without a namespace stand alone, others as `{namespace}name`."""

    namespace: str
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""
    line: int = 0
    parent: "Element | None" = None

    def get(self, name: str, default: str | None = None) -> str | None:
        return self.attributes.get(name, default)

    @property
    def id(self) -> str | None:
        return self.attributes.get("id")

    def all(self) -> Iterator["Element"]:
        """The element itself and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            here = waiting.pop()
            yield here
            waiting.extend(reversed(here.children))

    def every(self, tag: str) -> list["Element"]:
        """The children with this name, of whatever namespace."""
        return [child for child in self.children if child.tag == tag]

    def one(self, tag: str) -> "Element | None":
        return next((child for child in self.children if child.tag == tag), None)

    def words(self) -> str:
        """All text inside, trimmed."""
        return "".join(one.text for one in self.all()).strip()


def parse(data: bytes | str) -> Element:
    """The root of an XML file. BpmnError whatever is wrong with it."""
    if len(data) > BYTES_MAX:
        raise BpmnError("too_large", "文件太大（上限 20 MB）", "The file is too large (20 MB at most).")
    reader = _Reader()
    try:
        if isinstance(data, str):
            return reader.read(data.encode("utf-8", "surrogatepass"), "utf-8")
        return reader.read(*_decoded(data))
    except expat.ExpatError as error:
        raise _not_xml(error.lineno, expat.ErrorString(error.code)) from None
    except (LookupError, UnicodeError, ValueError) as error:
        raise _not_xml(1, str(error)) from None


def _decoded(data: bytes) -> tuple[bytes, str | None]:
    """GBK and its like are turned into UTF-8 first: expat reads no encoding of several bytes but Unicode's."""
    declared = _DECLARED.match(data)
    if declared is None:
        return data, None
    name = codecs.lookup(declared[1].decode("ascii")).name
    if name in _KNOWN_TO_EXPAT or name.startswith("utf"):
        return data, None
    return data.decode(name).encode("utf-8"), "utf-8"


def _not_xml(line: int, why: str) -> BpmnError:
    return BpmnError(
        "not_xml", f"第 {line} 行起不是合法的 XML：{why}", f"Not well-formed XML from line {line}: {why}"
    )


class _Reader:
    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.texts: list[list[str]] = []

    def read(self, data: bytes, encoding: str | None) -> Element:
        # Foreign prefixes stay prefixes; a namespace is `uri name`, split at the last blank.
        self.parser = expat.ParserCreate(encoding, " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parser.UnparsedEntityDeclHandler = self._entity
        self.parser.ExternalEntityRefHandler = self._entity
        self.parser.Parse(data, True)  # noqa: FBT003 - expat takes no keywords
        if self.root is None:
            raise _not_xml(1, "no element")
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > ELEMENTS_MAX or len(self.open) >= DEPTH_MAX:
            raise BpmnError(
                "too_large",
                "文件里的元素太多或嵌套太深",
                "The file has too many elements, or nests them too deep.",
            )
        namespace, _, tag = name.rpartition(" ")
        element = Element(
            namespace,
            tag,
            {_attribute(key): value for key, value in attributes.items()},
            line=self.parser.CurrentLineNumber,
            parent=self.open[-1] if self.open else None,
        )
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.texts.append([])

    def _end(self, _name: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def _text(self, text: str) -> None:
        self.texts[-1].append(text)

    def _entity(self, *_arguments: Any) -> NoReturn:
        raise BpmnError(
            "entities",
            "文件声明了 XML 实体，出于安全不予读取",
            "The file declares XML entities; for safety it is not read.",
        )


def _attribute(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"{{{namespace}}}{local}" if namespace else local
