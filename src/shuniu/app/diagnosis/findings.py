"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much it matters; the value is the mark printed before it."""

    GOOD = "✓"
    WARNING = "!"
    PROBLEM = "✗"


@dataclass(frozen=True)
class Finding:
    """One sentence in both languages."""

    level: Level
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.level} {self.zh}\n  {self.en}"


def good(zh: str, en: str) -> Finding:
    return Finding(Level.GOOD, zh, en)


def warning(zh: str, en: str) -> Finding:
    return Finding(Level.WARNING, zh, en)


def problem(zh: str, en: str) -> Finding:
    return Finding(Level.PROBLEM, zh, en)
