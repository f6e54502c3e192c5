"""Words of a plan, in both languages; a plan is read by people long after it was written."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

TIMES, OVER, MINUS = "×", "÷", "−"
"""Signs as people write them, not as programs do."""


class Frozen(BaseModel):
    """A value of the plan document: immutable, and strict about keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Frozen):
    """What people read; English falls back to Chinese where a plan was written in one language."""

    zh: str
    en: str = ""

    def pick(self, locale: str) -> str:
        return self.en if self.en and locale.lower().startswith("en") else self.zh
