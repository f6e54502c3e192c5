"""The one error this package raises."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping


class FeelError(Exception):
    """A FEEL text or model that cannot be compiled, or an evaluation that outgrew its budget.

    `offset` counts characters from 0, `line` and `column` from 1; they are None where no place in a text is
    to blame. `zh` and `en` are whole sentences that name the place.
    """

    def __init__(
        self, zh: str, en: str, *, text: str | None = None, offset: int | None = None, code: str = "syntax"
    ) -> None:
        self.code = code
        self.offset = offset
        self.line: int | None = None
        self.column: int | None = None
        if text is not None and offset is not None:
            self.line = text.count("\n", 0, offset) + 1
            self.column = offset - (text.rfind("\n", 0, offset) + 1) + 1
            many = "\n" in text
            place_zh = f"第 {self.line} 行第 {self.column} 个字符" if many else f"第 {self.column} 个字符"
            place_en = f"line {self.line}, character {self.column}" if many else f"character {self.column}"
            zh, en = f"{place_zh}:{zh}", f"{place_en}: {en}"
        self.zh = zh
        self.en = en
        super().__init__(f"{zh} ({en})")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be, or None."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return found[0] if found else None


def unknown_name(name: str, known: Mapping[str, str], *, text: str, offset: int) -> FeelError:
    """The error for a name that is not declared; `known` maps what may be meant to how it is written."""
    guess = nearest(name, known)
    zh, en = f"没有‘{name}’这个名字", f"there is no name '{name}'"
    if guess:
        zh, en = f"{zh},是否想写‘{known[guess]}’?", f"{en}; did you mean '{known[guess]}'?"
    return FeelError(zh, en, text=text, offset=offset, code="unknown_name")


def unknown_field(path: str, base: str, known: Iterable[str], *, text: str, offset: int) -> FeelError:
    """The error for a field that a declared context lacks: `path` is what was written, `base` what holds it."""
    field = path[len(base) + 1 :] if base else path
    guess = nearest(field, known)
    zh, en = f"‘{path}’没有这个字段", f"'{path}' is not a field"
    if guess:
        meant = f"{base}.{guess}" if base else guess
        zh, en = f"{zh},是否想写‘{meant}’?", f"{en}; did you mean '{meant}'?"
    return FeelError(zh, en, text=text, offset=offset, code="unknown_field")
