"""Regular expressions of XPath, bounded: translated to `re` after everything that could run away is refused.

Refused (the value is null, as for any pattern that is not one): more than 200 characters, back-references,
look-around, an unbounded repeat within a repeat. What remains can still take time that grows with a power of
the text's length; `Pattern` reckons the worst case and charges it to the step budget.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from shuniu.core.feel.functions.unicode_classes import category_class, name_char_class
from shuniu.core.feel.run import Run, over_budget

MAX_PATTERN = 200
_MAX_WORK = 20_000_000
_MAX_REPEAT = 1_000
_FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": re.NOFLAG, "q": re.NOFLAG}
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d{1,4})(,(\d{1,4})?)?\})\??")
_SINGLE_ESCAPES = frozenset("nrt\\|.?*+(){}-[]^$")
_CLASS_ESCAPES = frozenset("sSdDwW")


class _Refused(Exception):
    """The pattern is not one, or not one that may run."""


class Pattern:
    """A compiled pattern; `unbounded` is the number of its unbounded repeats."""

    def __init__(self, regex: re.Pattern[str], unbounded: int) -> None:
        self._regex = regex
        self._power = unbounded + 1
        self.groups = regex.groups
        self.matches_nothing = regex.search("") is not None

    def _charge(self, run: Run, text: str) -> None:
        work = len(text) ** self._power / math.factorial(self._power)
        if work > _MAX_WORK:
            raise over_budget("文字对这个模式来说太长", "the text is too long for this pattern")
        run.spend(1 + int(work) // 100)

    def found_in(self, run: Run, text: str) -> bool:
        self._charge(run, text)
        return self._regex.search(text) is not None

    def replaced(self, run: Run, text: str, template: list[str | int]) -> str:
        self._charge(run, text)

        def filled(match: re.Match[str]) -> str:
            return "".join(part if isinstance(part, str) else match[part] or "" for part in template)

        pieces, size, at = [], 0, 0
        for match in self._regex.finditer(text):
            pieces += [text[at : match.start()], filled(match)]
            size += len(pieces[-1]) + len(pieces[-2])
            at = match.end()
            run.string(size)
        return "".join([*pieces, text[at:]])

    def split(self, run: Run, text: str) -> list[str]:
        self._charge(run, text)
        parts, at = [], 0
        for match in self._regex.finditer(text):
            parts.append(text[at : match.start()])
            at = match.end()
        return [*parts, text[at:]]


@lru_cache(maxsize=256)
def compiled(pattern: str, flags: str) -> Pattern | None:
    """The pattern ready to run, or None when it is not valid or not allowed."""
    if len(pattern) > MAX_PATTERN or not set(flags) <= _FLAGS.keys():
        return None
    options = re.NOFLAG
    for flag in flags:
        options |= _FLAGS[flag]
    try:
        if "q" in flags:
            return Pattern(re.compile(re.escape(pattern), options), 0)
        if "x" in flags:
            pattern = _without_space(pattern)
        reader = _Reader(pattern, multiline="m" in flags, dot_all="s" in flags)
        return Pattern(re.compile(reader.translated(), options), reader.unbounded)
    except (_Refused, re.error, OverflowError):
        return None


def _without_space(pattern: str) -> str:
    """The pattern without white space outside its sets, as the flag x has it."""
    kept, depth, at = [], 0, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\" and depth:
            kept.append(pattern[at : at + 2])
            at += 2
            continue
        depth += (char == "[") - (char == "]")
        if depth or not char.isspace():
            kept.append(char)
        at += 1
    return "".join(kept)


class _Reader:
    """Reads an XPath pattern and writes the same for `re`."""

    def __init__(self, pattern: str, *, multiline: bool, dot_all: bool) -> None:
        self._dot = "." if dot_all else r"[^\n\r]"
        self._end = "$" if multiline else r"\Z"
        self._text = pattern
        self._at = 0
        self._depth = 0
        self.unbounded = 0

    def translated(self) -> str:
        out, _ = self._alternatives()
        if self._at < len(self._text):
            raise _Refused
        return out

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._peek()
        if not char:
            raise _Refused
        self._at += 1
        return char

    def _alternatives(self) -> tuple[str, int]:
        """Up to the end or `)`; with the worst number of repeats inside (0 none, infinite unbounded)."""
        self._depth += 1
        if self._depth > 20:
            raise _Refused
        out, inner = "", 0
        while self._peek() not in ("", ")"):
            if self._peek() == "|":
                out += self._take()
                continue
            piece, weight = self._piece()
            out += piece
            inner = max(inner, weight)
        self._depth -= 1
        return out, inner

    def _piece(self) -> tuple[str, int]:
        atom, inner = self._atom()
        found = _QUANTIFIER.match(self._text, self._at)
        if found is None:
            if self._peek() in ("*", "+", "?", "{"):
                raise _Refused
            return atom, inner
        self._at = found.end()
        if _QUANTIFIER.match(self._text, self._at):
            raise _Refused
        most = self._most(found)
        if inner > 1 and most > 1 and most * inner > _MAX_REPEAT:
            raise _Refused
        if most > _MAX_REPEAT:
            self.unbounded += 1
        return atom + found.group(), max(most, most * inner) if most > 1 else inner

    @staticmethod
    def _most(found: re.Match[str]) -> int:
        """The most times a quantifier repeats; a million stands for no limit."""
        quantifier = found.group()
        if quantifier[0] in "*+" or (found[2] and not found[3]):
            return 1_000_000
        if quantifier[0] == "?":
            return 1
        most = int(found[3] or found[1])
        if most > _MAX_REPEAT:
            raise _Refused
        return most

    def _atom(self) -> tuple[str, int]:
        char = self._take()
        if char == "(":
            return self._group()
        if char == "[":
            return self._set(), 0
        if char == "\\":
            return self._escape(in_set=False), 0
        if char == "$":
            return self._end, 0
        if char == ".":
            return self._dot, 0
        if char == "^":
            return char, 0
        if char in "*+?{})]":
            raise _Refused
        return re.escape(char), 0

    def _group(self) -> tuple[str, int]:
        opened = "("
        if self._peek() == "?":
            self._at += 1
            if self._take() != ":":
                raise _Refused
            opened = "(?:"
        out, inner = self._alternatives()
        if self._take() != ")":
            raise _Refused
        return f"{opened}{out})", inner

    def _escape(self, *, in_set: bool) -> str:
        """What follows a backslash; inside a set as the body of a set."""
        char = self._text[self._at : self._at + 1]
        self._at += 1
        if char in _CLASS_ESCAPES or char in _SINGLE_ESCAPES:
            return "\\" + char
        if char in ("p", "P"):
            closed = self._text.find("}", self._at)
            if self._text[self._at : self._at + 1] != "{" or closed < 0:
                raise _Refused
            name = self._text[self._at + 1 : closed]
            self._at = closed + 1
            body = category_class(name, negated=char == "P")
        elif char in ("i", "I", "c", "C"):
            body = name_char_class(char.lower(), negated=char.isupper())
        else:
            raise _Refused
        if body is None:
            raise _Refused
        return body if in_set else f"[{body}]"

    def _set(self) -> str:
        negated = self._text[self._at : self._at + 1] == "^"
        self._at += negated
        body, without, first = "", "", True
        while True:
            char = self._text[self._at : self._at + 1]
            self._at += 1
            if not char or (char == "]" and first):
                raise _Refused
            if char == "]":
                break
            if char == "-" and self._text[self._at : self._at + 1] == "[" and not first:
                self._at += 1
                without = self._set()
                if self._text[self._at : self._at + 1] != "]":
                    raise _Refused
                continue
            if char == "[":
                raise _Refused
            body += self._escape(in_set=True) if char == "\\" else self._set_char(char)
            first = False
        out = f"[{'^' if negated else ''}{body}]"
        return f"(?:(?!{without}){out})" if without else out

    def _set_char(self, char: str) -> str:
        return "\\" + char if char in "&~|^" or char == "\\" else char


def replacement(text: str, pattern: Pattern, *, is_literal: bool) -> list[str | int] | None:
    """A replacement as pieces and group numbers; None when a `$` or `\\` in it means nothing."""
    if is_literal:
        return [text]
    out: list[str | int] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            if text[at + 1 : at + 2] not in ("\\", "$"):
                return None
            out.append(text[at + 1])
            at += 2
        elif char == "$":
            end = at + 1
            while (
                end < len(text)
                and text[end] in "0123456789"
                and (end == at + 1 or int(text[at + 1 : end + 1]) <= pattern.groups)
            ):
                end += 1
            if end == at + 1:
                return None
            group = int(text[at + 1 : end])
            out.append(group if group <= pattern.groups else "")
            at = end
        else:
            out.append(char)
            at += 1
    return out
