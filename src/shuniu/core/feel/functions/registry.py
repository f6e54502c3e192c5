"""All functions by name."""

from __future__ import annotations

from shuniu.core.feel.functions.table import Builtin
from shuniu.core.feel.types import ANY, BOOLEAN, DATE, DATE_TIME, LIST, MONTHS_DURATION, NUMBER, STRING, TIME, Type


def _missing(*args: object) -> None:
    return None


def _names(result: Type, names: str) -> dict[str, Builtin]:
    return {n: Builtin(n, "", (("args...",),), result, _missing, "", "") for n in names.split(", ")}


BUILTINS: dict[str, Builtin] = {
    **_names(NUMBER, "number, string length, count, sum, mean, product, median, stddev, decimal, floor, ceiling"),
    **_names(NUMBER, "round up, round down, round half up, round half down, abs, modulo, sqrt, log, exp"),
    **_names(NUMBER, "day of year, week of year, working days between, age in months"),
    **_names(STRING, "string, substring, upper case, lower case, substring before, substring after, replace"),
    **_names(STRING, "string join, day of week, month of year"),
    **_names(BOOLEAN, "not, contains, starts with, ends with, matches, list contains, all, any, odd, even, is"),
    **_names(BOOLEAN, "before, after, meets, met by, overlaps, overlaps before, overlaps after, finishes"),
    **_names(BOOLEAN, "finished by, includes, during, starts, started by, coincides"),
    **_names(LIST, "split, mode, sublist, append, concatenate, insert before, remove, reverse, index of, union"),
    **_names(LIST, "distinct values, flatten, list replace, sort, get entries"),
    **_names(ANY, "min, max, get value, context, context put, context merge, range, duration"),
    **_names(DATE, "date, today"),
    **_names(TIME, "time"),
    **_names(DATE_TIME, "date and time, now"),
    **_names(MONTHS_DURATION, "years and months duration"),
}
