"""Text to tokens. Names of several words are put together later, by the parser, from what is declared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from shuniu.core.feel.errors import FeelError

MAX_TEXT = 10_000

_START_RANGES = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3004-\u3007\u3012-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    "\uff66-\uffef\U00010000-\U000effff"
)
_SPACE = "\t-\r \u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
_TOKEN = re.compile(
    rf"""
    (?P<space>[{_SPACE}]+|//[^\n]*|/\*(?s:.*?)\*/)
  | (?P<number>(?:\d+(?:\.(?!\.)\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[{_START_RANGES}][{_START_RANGES}0-9\u00b7\u0300-\u036f\u203f-\u2040]*)
  | (?P<string>"(?:[^"\\]|\\(?s:.))*")
  | (?P<at>@[{_SPACE}]*"(?:[^"\\]|\\(?s:.))*")
  | (?P<op>\*\*|\.\.|<=|>=|!=|->|[-+*/=<>()\[\]{{}},.:?'])
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|(?s:.))")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r"}
_FULL_WIDTH = dict(zip("(),。:;“”‘’【】{}<>=+-、!", "(),.:;\"\"''[]{}<>=+-,!", strict=True))


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, word, string, at, op or end; `spaced` says that white space stands before it."""

    kind: str
    text: str
    pos: int
    end: int
    spaced: bool


def tokenize(text: str) -> list[Token]:
    """All tokens of `text`, ending with one of kind `end`."""
    if len(text) > MAX_TEXT:
        raise FeelError(
            f"表达式太长:{len(text)} 个字符,最多 {MAX_TEXT} 个",
            f"the text is too long: {len(text)} characters, at most {MAX_TEXT}",
            code="too_long",
        )
    tokens: list[Token] = []
    at, spaced = 0, False
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _unreadable(text, at)
        kind = found.lastgroup or ""
        if kind == "space":
            spaced = True
        else:
            tokens.append(Token(kind, found.group(), at, found.end(), spaced))
            spaced = False
        at = found.end()
    tokens.append(Token("end", "", len(text), len(text), spaced))
    return tokens


def _unreadable(text: str, at: int) -> FeelError:
    char = text[at]
    if char in ('"', "@") or text.startswith("/*", at):
        return FeelError("引号没有结束", "a quotation is not closed", text=text, offset=at)
    half = _FULL_WIDTH.get(char)
    if half:
        zh, en = f"‘{char}’是全角符号,请写半角的‘{half}’", f"'{char}' is a full-width sign; write '{half}'"
        return FeelError(zh, en, text=text, offset=at)
    shown = char if char.isprintable() else f"U+{ord(char):04X}"
    return FeelError(f"不认识的字符‘{shown}’", f"unexpected character '{shown}'", text=text, offset=at)


def unquote(text: str) -> str:
    """The value of a string literal, quotes included in `text`."""

    def plain(found: re.Match[str]) -> str:
        escape = found.group(1)
        if len(escape) > 1:
            code = int(escape[1:], 16)
            return chr(code) if code < 0x110000 else found.group()
        if escape in "\"'\\":
            return escape
        return _SIMPLE.get(escape, found.group())

    value = _ESCAPE.sub(plain, text[1:-1])
    if any("\ud800" <= char <= "\udfff" for char in value):
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def quote(value: str) -> str:
    """A string literal whose value is `value`."""
    shown = value.replace("\\", "\\\\").replace('"', '\\"')
    for letter, char in _SIMPLE.items():
        shown = shown.replace(char, "\\" + letter)
    return f'"{shown}"'


Parts = tuple[tuple[str, bool], ...]


@lru_cache(maxsize=20_000)
def name_parts(name: str) -> Parts:
    """A name as the tokens it is written with: (text, whether space stands before it)."""
    try:
        tokens = tokenize(name)[:-1]
    except FeelError:
        return ()
    return tuple((token.text, token.spaced and index > 0) for index, token in enumerate(tokens))


def joined(tokens: list[Token]) -> str:
    """The name that a run of tokens spells: single spaces where there was white space."""
    return "".join((" " if token.spaced and index else "") + token.text for index, token in enumerate(tokens))
