"""String functions; characters are Unicode code points."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shuniu.core.feel.functions.patterns import Pattern, compiled, replacement
from shuniu.core.feel.functions.table import MISSING, builtin
from shuniu.core.feel.numbers import is_whole
from shuniu.core.feel.run import Run
from shuniu.core.feel.types import BOOLEAN, NUMBER, STRING, ListType


def substring(string: str, start: Decimal, length: Decimal = MISSING) -> str | None:
    """From the 1-based `start` (negative: from the end), to the end or `length` characters."""
    if not is_whole(start) or not start or (length is not MISSING and (length < 1 or not is_whole(length))):
        return None
    if abs(start) > len(string):
        return None
    first = int(start) - 1 if start > 0 else len(string) + int(start)
    return (
        string[first:]
        if length is MISSING
        else string[first : first + int(min(length, Decimal(len(string))))]
    )


def string_length(string: str) -> Decimal:
    return Decimal(len(string))


def before(string: str, match: str) -> str:
    return string.partition(match)[0] if match and match in string else ""


def after(string: str, match: str) -> str:
    if not match:
        return string
    return string.partition(match)[2] if match in string else ""


def contains(string: str, match: str) -> bool:
    return match in string


def starts_with(string: str, match: str) -> bool:
    return string.startswith(match)


def ends_with(string: str, match: str) -> bool:
    return string.endswith(match)


def _pattern(pattern: str, flags: Any) -> Pattern | None:
    """The pattern with its flags, null for none."""
    return compiled(pattern, flags or "") if flags is None or type(flags) is str else None


def matches(run: Run, string: str, pattern: str, flags: Any = None) -> bool | None:
    found = _pattern(pattern, flags)
    return None if found is None else found.found_in(run, string)


def replace(run: Run, string: str, pattern: str, replaced: str, flags: Any = None) -> str | None:
    found = _pattern(pattern, flags)
    if found is None or found.matches_nothing:
        return None
    template = replacement(replaced, found, is_literal="q" in (flags or ""))
    if template is None:
        return None
    return found.replaced(run, string, template)


def split(run: Run, string: str, delimiter: str) -> list[str] | None:
    found = compiled(delimiter, "")
    if found is None or found.matches_nothing:
        return None
    parts = found.split(run, string)
    run.items(len(parts))
    return parts


def string_join(run: Run, parts: list[Any], delimiter: Any = None) -> str | None:
    """The strings of the list with the delimiter between; nulls are passed over."""
    words = [part for part in parts if part is not None]
    if not all(type(word) is str for word in words):
        return None
    if delimiter is not None and type(delimiter) is not str:
        return None
    run.string(sum(map(len, words)) + len(delimiter or "") * len(words))
    return (delimiter or "").join(words)


def upper_case(string: str) -> str:
    return string.upper()


def lower_case(string: str) -> str:
    return string.lower()


_G = "string"
FUNCTIONS = (
    builtin(_G, "substring(string: string, start position: number, length?: number)", STRING, substring,
            "从第几个字起取若干字;负数从末尾数。", "Characters from a position on; a negative one counts from the end.",
            'substring("福建省福州市", 4) => "福州市"', 'substring("foobar", 3, 3) => "oba"',
            'substring("foobar", -2, 1) => "a"'),
    builtin(_G, "string length(string: string)", NUMBER, string_length,
            "字数。", "The number of characters.", 'string length("你好🐎") => 3'),
    builtin(_G, "upper case(string: string)", STRING, upper_case,
            "大写。", "In capitals.", 'upper case("aBc4") => "ABC4"'),
    builtin(_G, "lower case(string: string)", STRING, lower_case,
            "小写。", "In small letters.", 'lower case("aBc4") => "abc4"'),
    builtin(_G, "substring before(string: string, match: string)", STRING, before,
            "match 之前的部分。", "What stands before the first match.", 'substring before("foobar", "bar") => "foo"'),
    builtin(_G, "substring after(string: string, match: string)", STRING, after,
            "match 之后的部分。", "What stands after the first match.", 'substring after("foobar", "ob") => "ar"'),
    builtin(_G, "replace(input: string, pattern: string, replacement: string, flags?: Any)", STRING, replace,
            "按模式替换;$1 是第一组。", "Every match of the pattern replaced; `$1` is the first group.",
            'replace("13800001234", "(\\\\d{3})\\\\d{4}(\\\\d{4})", "$1****$2") => "138****1234"', needs_run=True),
    builtin(_G, "contains(string: string, match: string)", BOOLEAN, contains,
            "是否包含。", "Whether it contains the match.", 'contains("foobar", "of") => false'),
    builtin(_G, "starts with(string: string, match: string)", BOOLEAN, starts_with,
            "是否以此开头。", "Whether it starts with the match.", 'starts with("foobar", "fo") => true'),
    builtin(_G, "ends with(string: string, match: string)", BOOLEAN, ends_with,
            "是否以此结尾。", "Whether it ends with the match.", 'ends with("foobar", "r") => true'),
    builtin(_G, "matches(input: string, pattern: string, flags?: Any)", BOOLEAN, matches,
            "是否有一处符合模式;flags 可用 s m i x q。", "Whether the pattern matches anywhere; flags s, m, i, x, q.",
            'matches("foobar", "^fo*b") => true', 'matches("FOO", "foo", "i") => true', needs_run=True),
    builtin(_G, "split(string: string, delimiter: string)", ListType(STRING), split,
            "按分隔模式切开。", "Split at every match of the delimiter pattern.",
            'split("a;b;;c", ";") => ["a", "b", "", "c"]', needs_run=True),
    builtin(_G, "string join(list: list, delimiter?: Any)", STRING, string_join,
            "连成一段,中间加分隔符;null 略过。", "Joined with the delimiter between; nulls are left out.",
            'string join(["a", "b", null, "c"], "、") => "a、b、c"', needs_run=True),
)  # fmt: skip
