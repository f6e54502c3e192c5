"""Texts to attack the rule language with: word salad, expressions grown from a grammar, and broken good ones."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

CASES = Path(__file__).resolve().parent.parent.parent / "spec" / "feel"
DEPTH = 5
WORDS = """
1 0 -1 2.5 1e400 9999999999999999999999999999999999 x y "a" 'b' true false null ( ) [ ] { } , : . .. + - * ** / = != <
<= > >= in between and or not if then else for some every return satisfies function instance of list context date time
duration @"2026-11-22" @"P1D" sum count substring matches "(a+)+$" ? item partial 客户 近90天消费 \\ " é 😀
"""
ATOMS = (
    "0", "1", "-7", "2.50", "1e30", "0.1", "x", "y", "null", "true", "false", '"a"', '""', '"客户"', "[]", "[1, 2, 3]",
    "{}", "{a: 1, b: [1]}", "x[1]", "{a: 1}.a", '@"2026-11-22"', '@"10:00:00+08:00"', '@"P1Y2M"', '@"-PT3H"',
    '@"2026-02-28T23:59:59Z"', "[1..5]", "(1..5)", '[@"2026-01-01"..@"2026-02-01"]', "function(n) n + 1",
)  # fmt: skip
FUNCTIONS = (
    "sum", "count", "min", "max", "mean", "median", "mode", "stddev", "not", "abs", "floor", "ceiling", "sqrt", "log", "exp",
    "string", "number", "date", "time", "date and time", "duration", "string length", "upper case", "split", "replace",
    "matches", "contains", "concatenate", "append", "union", "flatten", "distinct values", "reverse", "sort", "index of",
    "list contains", "sublist", "get value", "get entries", "day of week", "week of year", "decimal", "modulo", "even",
    "substring", "round half up", "before", "overlaps", "years and months duration", "string join", "range",
)  # fmt: skip
OPERATORS = ("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in")


def texts(count: int, seed: int) -> Iterator[str]:
    """The same texts for the same seed, a third of each kind."""
    chance = random.Random(seed)
    good = [
        str(case["expr"])
        for file in sorted(CASES.glob("*.json"))
        for case in json.loads(file.read_text(encoding="utf-8"))
        if "expr" in case
    ]
    words = WORDS.split()
    kinds: tuple[Callable[[], str], ...] = (
        lambda: " ".join(chance.choices(words, k=chance.randint(1, 14))),
        lambda: _grown(chance, DEPTH),
        lambda: _broken(chance, words, chance.choice(good)),
    )
    return islice((kind() for kind in cycle(kinds)), count)


def _grown(chance: random.Random, depth: int) -> str:
    """An expression of the grammar, of that depth at most; what it means is left to luck."""
    if depth == 0 or chance.random() < 0.15:
        return chance.choice(ATOMS)

    def part() -> str:
        return _grown(chance, depth - 1)

    forms: tuple[Callable[[], str], ...] = (
        lambda: f"{part()} {chance.choice(OPERATORS)} {part()}",
        lambda: f"{chance.choice(FUNCTIONS)}({', '.join(part() for _ in range(chance.randint(0, 3)))})",
        lambda: f"({part()})",
        lambda: f"-({part()})",
        lambda: f"[{part()}, {part()}][{part()}]",
        lambda: f"[{part()}, {part()}]",
        lambda: f"{{k: {part()}, 客户: {part()}}}.k",
        lambda: f"if {part()} then {part()} else {part()}",
        lambda: f"for n in {part()} return {part()}",
        lambda: f"for n in 1..{chance.choice(('3', '100', '1000000', '-5'))} return n * {part()}",
        lambda: f"some n in {part()} satisfies n = {part()}",
        lambda: f"every n in {part()} satisfies {part()}",
        lambda: f"({part()}) between {part()} and {part()}",
        lambda: (
            f"({part()}) instance of {chance.choice(('number', 'string', 'list<number>', 'context<a: Any>'))}"
        ),
        lambda: f"(function(n, m) {part()})({part()}, {part()})",
    )
    return chance.choice(forms)()


def _broken(chance: random.Random, words: Sequence[str], text: str) -> str:
    """A good text with one to three accidents."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        text = chance.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + chance.choice(words) + text[at:],
                text[:at] + text[at:][::-1],
                text[at:] + text[:at],
                f"{text} {chance.choice(OPERATORS)} {text}",
            )
        )
    return text
