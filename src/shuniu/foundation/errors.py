"""The one vocabulary of errors: a stable code, an HTTP status, and a sentence in both languages.

A domain declares its errors in ``contracts.py`` as small subclasses. The sentences are format strings over
the data given when the error is raised, so what a person reads and what a program sees cannot diverge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from shuniu.foundation.text import Text


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one input; ``field`` is the path the form knows, such as ``phone`` or ``lines.0.price``."""

    field: str
    text: Text
    code: str = "invalid"


class DomainError(Exception):
    """A refusal that a person can understand. ``field`` ties it to one input, ``data`` fills the sentence."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    zh: ClassVar[str] = "操作未能完成"
    en: ClassVar[str] = "This could not be done."

    def __init__(
        self, *, field: str | None = None, problems: Sequence[FieldProblem] = (), **data: Any
    ) -> None:
        self.field = field
        self.data = data
        self.problems = tuple(problems)
        super().__init__(self.text().en)

    def text(self) -> Text:
        """The sentence with its data filled in."""
        return Text(zh=self.zh.format(**self.data), en=self.en.format(**self.data))

    def field_problems(self) -> tuple[FieldProblem, ...]:
        """All inputs this error points at."""
        if self.field is None:
            return self.problems
        return (FieldProblem(self.field, self.text(), self.code), *self.problems)

    @classmethod
    def many(cls, problems: Sequence[FieldProblem]) -> Self:
        """One error for several inputs at once, so that a form is mended in one go."""
        return cls(problems=problems)


class Invalid(DomainError):
    """The input cannot be accepted as it is."""

    code = "invalid"
    status = 422
    zh = "填写的内容有误，请检查标出的位置"
    en = "Some of the input is not valid; see the marked places."


class NotFound(DomainError):
    """There is no such thing, or the asker may not know that there is."""

    code = "not_found"
    status = 404
    zh = "找不到要查看的内容，可能已删除或没有权限"
    en = "Not found, or not yours to see."


class Unauthenticated(DomainError):
    """Nobody is signed in."""

    code = "unauthenticated"
    status = 401
    zh = "请先登录"
    en = "Please sign in first."


class Forbidden(DomainError):
    """The asker is known and may not do this."""

    code = "forbidden"
    status = 403
    zh = "没有权限进行此操作"
    en = "You are not allowed to do this."


class Conflict(DomainError):
    """The state has moved on, or the same key came with other content."""

    code = "conflict"
    status = 409
    zh = "内容已被更新，请刷新后再试"
    en = "This has changed meanwhile; please reload and try again."


class TooMany(DomainError):
    """Too many attempts; ``seconds`` says when to come back."""

    code = "too_many"
    status = 429
    zh = "操作太频繁，请在 {seconds} 秒后再试"
    en = "Too many attempts; try again in {seconds} seconds."
