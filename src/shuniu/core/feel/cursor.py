"""The parser's place in the tokens: looking ahead, expecting, counting depth, and saying what is wrong."""

from __future__ import annotations

from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.lexer import Token, joined, tokenize

MAX_DEPTH = 100
MAX_READS = 50_000
"""How many nested expressions are read, those read twice included: `in (…)` looks ahead by reading."""
NAME_SIGNS = frozenset(".-/'+*")
KEYWORDS = frozenset([
    "true", "false", "null", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or",
    "between", "instance", "function",
])  # fmt: skip


class Cursor:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self._depth = 0
        self._reads = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def ahead(self, count: int = 1) -> Token:
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def is_op(self, text: str) -> bool:
        token = self.tokens[self.at]
        return token.text == text and token.kind == "op"

    def is_word(self, text: str) -> bool:
        token = self.tokens[self.at]
        return token.text == text and token.kind == "word"

    def take_op(self, text: str) -> bool:
        if self.is_op(text):
            self.at += 1
            return True
        return False

    def take_word(self, text: str) -> bool:
        if self.is_word(text):
            self.at += 1
            return True
        return False

    def expect_op(self, text: str) -> None:
        if not self.take_op(text):
            raise self.expected(f"‘{text}’", f"'{text}'")

    def expect_word(self, text: str) -> None:
        if not self.take_word(text):
            raise self.expected(f"‘{text}’", f"'{text}'")

    def expected(self, zh: str, en: str) -> FeelError:
        token = self.token
        if token.kind == "end":
            return self.error(f"这里应是{zh},表达式却结束了", f"{en} expected, but the text ends")
        return self.error(f"这里应是{zh},不是‘{token.text}’", f"{en} expected, not '{token.text}'")

    def error(self, zh: str, en: str, offset: int | None = None) -> FeelError:
        return FeelError(zh, en, text=self.text, offset=self.token.pos if offset is None else offset)

    def enter(self) -> None:
        """Goes one level deeper; refuses more than MAX_DEPTH levels."""
        self._depth += 1
        self._reads += 1
        if self._depth > MAX_DEPTH or self._reads > MAX_READS:
            raise self.too_deep(self.token.pos)

    def leave(self) -> None:
        self._depth -= 1

    def too_deep(self, offset: int) -> FeelError:
        return FeelError(
            f"嵌套太深,最多 {MAX_DEPTH} 层",
            f"nested too deeply, at most {MAX_DEPTH} levels",
            text=self.text,
            offset=offset,
            code="too_deep",
        )

    def take_new_name(self, *ends: str) -> str:
        """A name being introduced: all tokens up to one of `ends` (an operator or a word)."""
        run: list[Token] = []
        while not (self.token.text in ends and self.token.kind in ("op", "word")):
            token = self.token
            fits = token.kind in ("word", "number") or (token.kind == "op" and token.text in NAME_SIGNS)
            if not fits or (not run and token.kind != "word"):
                raise self.expected("一个名字", "a name")
            run.append(token)
            self.at += 1
        if not run:
            raise self.expected("一个名字", "a name")
        return joined(run)

    def named_argument_ahead(self) -> bool:
        """Whether `name :` stands here: the start of an argument given by name."""
        for token in self.tokens[self.at :]:
            if token.kind == "op" and token.text == ":":
                return self.token.kind == "word"
            if not (token.kind in ("word", "number") or (token.kind == "op" and token.text in NAME_SIGNS)):
                return False
        return False

    def word_run(self) -> str:
        """The words that stand together here, to show a name that is not known."""
        run = [self.token]
        for token in self.tokens[self.at + 1 :]:
            if token.kind != "word" or token.text in KEYWORDS:
                break
            run.append(token)
        return joined(run)
