"""Conditions of other languages → FEEL: JUEL, XPath, JavaScript, Python, Groovy, as far as they only compare.

One small grammar covers what these languages share: names, literals, comparisons, arithmetic, and/or/not, `?:`,
`empty`, `.equals(…)` and its like. What it cannot read stays as it was written, and is reported.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from shuniu.core import feel

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>\d+(?:\.\d+)?(?![\w.]))
  | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<name>(?:[^\W\d]\w*:(?=get))?[^\W\d]\w*(?:\.[^\W\d]\w*)*)
  | (?P<sign>===|!==|==|!=|<>|<=|>=|&&|\|\||[<>=!+\-*/%()?:,])
  )""",
    re.VERBOSE,
)
_WRAPPED = re.compile(r"[$#]\{(.*)\}", re.DOTALL)
_DATA = re.compile(r"(?:\w+:)?(?:getDataObject|getVariable|getVariableLocal|getActivityProperty)$")
_WORDS = {
    "and": "and", "&&": "and", "or": "or", "||": "or", "==": "=", "===": "=", "eq": "=", "!=": "!=", "!==": "!=",
    "<>": "!=", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "=": "=", "<": "<", ">": ">", "<=": "<=",
    ">=": ">=", "div": "/", "mod": "%", "+": "+", "-": "-", "*": "*", "/": "/", "%": "%",
}  # fmt: skip
_LITERALS = {
    "true": "true",
    "false": "false",
    "null": "null",
    "True": "true",
    "False": "false",
    "None": "null",
}
_TAKING = {
    "equals": "{} = {}",
    "contains": "contains({}, {})",
    "startsWith": "starts with({}, {})",
    "endsWith": "ends with({}, {})",
}
_BARE = {"isEmpty": "count({}) = 0", "size": "count({})", "length": "string length({})"}
"""Methods of values, as FEEL says them; what they belong to comes first."""
_LEVELS = ({"or"}, {"and"}, {"=", "!=", "<", ">", "<=", ">="}, {"+", "-"}, {"*", "/", "%"})
_COMPARES = 2
_DEPTH_MAX = 60
_FEEL_WORDS = {
    "and", "or", "not", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between", "true",
    "false", "null", "instance", "of", "function", "external", "item",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Translated:
    """`text` is FEEL when `ok`, else what was written. `same`: it was FEEL already. `names` are the facts it reads."""

    text: str
    ok: bool
    same: bool = False
    names: frozenset[str] = frozenset()


class _Foreign(Exception):
    """More than the small grammar reads."""


def to_feel(text: str, language: str = "") -> Translated:
    """The condition in FEEL. `language` is what the file says it is, often nothing or a wrong default."""
    written = text.strip()
    if written.startswith("=") or "feel" in language.lower():
        plain = written.removeprefix("=").strip()
        return _as_feel(plain) or _by_grammar(plain) or Translated(written, ok=False)
    wrapped = _WRAPPED.fullmatch(written)
    inner = wrapped[1].strip() if wrapped else written
    return _by_grammar(inner) or _as_feel(inner) or Translated(written, ok=False)


def _as_feel(text: str) -> Translated | None:
    names = _names_in(text)
    return Translated(text, ok=True, same=True, names=names) if _compiles(text, names) else None


def _names_in(text: str) -> frozenset[str]:
    """What may be a fact in a FEEL text: the first word of each path that is no word of the language or function."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    found = re.finditer(r"(?<![\w.])([^\W\d]\w*)(?:\s*\.\s*\w+)*\s*(\(?)", bare)
    return frozenset(one[1] for one in found if not one[2] and one[1] not in _FEEL_WORDS)


def _compiles(text: str, names: frozenset[str]) -> bool:
    try:
        feel.compile(text, dict.fromkeys(names, "Any"))
    except (feel.FeelError, RecursionError):
        return False
    return True


def _by_grammar(text: str) -> Translated | None:
    try:
        reader = _Reader(_tokens(text))
        made = reader.expression()
        reader.end()
    except _Foreign:
        return None
    names = frozenset(name.split(".")[0] for name in reader.names)
    if not _compiles(made, names):
        return None
    return Translated(made, ok=True, same=made == text, names=names)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    text = text.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or len(found) > 500:
            raise _Foreign
        found.append((str(token.lastgroup), token[str(token.lastgroup)]))
        at = token.end()
    return found


@dataclass(slots=True)
class _Reader:
    tokens: list[tuple[str, str]]
    at: int = 0
    depth: int = 0
    names: set[str] = field(default_factory=set)

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, wanted: str | None = None) -> tuple[str, str]:
        token = self.peek()
        if token[0] == "end" or (wanted is not None and token[1] != wanted):
            raise _Foreign
        self.at += 1
        return token

    def end(self) -> None:
        if self.peek()[0] != "end":
            raise _Foreign

    def expression(self) -> str:
        self.depth += 1
        if self.depth > _DEPTH_MAX:
            raise _Foreign
        made = self.level(0)
        if self.peek()[1] == "?":
            self.take()
            first = self.expression()
            self.take(":")
            made = f"if {made} then {first} else {self.expression()}"
        self.depth -= 1
        return made

    def level(self, number: int) -> str:
        if number == len(_LEVELS):
            return self.unary()
        left = self.level(number + 1)
        while self.peek()[0] != "string" and (sign := _WORDS.get(self.peek()[1])) in _LEVELS[number]:
            self.take()
            right = self.level(number + 1)
            left = f"modulo({left}, {right})" if sign == "%" else f"{left} {sign} {right}"
            if number == _COMPARES:
                break
        return left

    def unary(self) -> str:
        kind, text = self.peek()
        if text in ("!", "not") and kind != "string":
            self.take()
            return f"not({self.inside_or(self.unary)})"
        if text == "empty":
            self.take()
            return f"{self.unary()} = null"
        if text == "-":
            self.take()
            return f"-{self.unary()}"
        return self.primary()

    def inside_or(self, otherwise: Callable[[], str]) -> str:
        """What stands in brackets, without them."""
        if self.peek()[1] != "(":
            return otherwise()
        self.take()
        made = self.expression()
        self.take(")")
        return made

    def primary(self) -> str:
        kind, text = self.take()
        if kind == "number":
            return text
        if kind == "string":
            return _quoted(text)
        if kind == "name":
            return _LITERALS.get(text) or self.named(text)
        if text != "(":
            raise _Foreign
        made = self.expression()
        self.take(")")
        return f"({made})"

    def named(self, name: str) -> str:
        if self.peek()[1] != "(":
            self.names.add(name)
            return name
        if _DATA.search(name):
            return self.data()
        owner, _, method = name.rpartition(".")
        if owner and (method in _TAKING or method in _BARE):
            self.names.add(owner)
            if method in _TAKING:
                return _TAKING[method].format(owner, self.argument())
            self.take("(")
            self.take(")")
            return _BARE[method].format(owner)
        raise _Foreign

    def argument(self) -> str:
        self.take("(")
        made = self.expression()
        self.take(")")
        return made

    def data(self) -> str:
        """`getDataObject('order')/total`, `execution.getVariable("order")`: the name, with the path below it."""
        self.take("(")
        kind, text = self.take()
        self.take(")")
        if kind != "string":
            raise _Foreign
        path = text[1:-1]
        while (
            self.peek()[1] == "/"
            and self.tokens[self.at + 1 : self.at + 2]
            and self.tokens[self.at + 1][0] == "name"
        ):
            self.take()
            path += "." + self.take()[1]
        if not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", path):
            raise _Foreign
        self.names.add(path)
        return path


def _quoted(text: str) -> str:
    inner = re.sub(r"\\(['\"])", r"\1", text[1:-1])
    return '"' + inner.replace('"', '\\"') + '"'
