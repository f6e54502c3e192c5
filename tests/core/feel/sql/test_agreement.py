"""Python and PostgreSQL give the same value for the same expression and row."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from shuniu.core import feel
from shuniu.core.feel.sql import Child, Column, Sql

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
LINE = {"数量": "number", "类别": "string"}
NAMES: dict[str, Any] = {
    "金额": "number", "次数": "number", "等级": "string", "备注": "string", "会员": "boolean",
    "生日": "date", "下单": "date and time", "客户": {"城市": "string", "积分": "number"},
    "明细": "list<context<数量: number, 类别: string>>",
}  # fmt: skip
COLUMNS = {
    "金额": Column("c.amount", digits=(12, 4)),
    "次数": Column("c.times", digits=(19, 0)),
    "等级": Column("c.level"),
    "备注": Column("c.note"),
    "会员": Column("c.member"),
    "生日": Column("c.born"),
    "下单": Column("c.ordered"),
    "客户.城市": Column("c.city", nullable=False),
    "客户.积分": Column("c.points", nullable=False, digits=(12, 2)),
    "明细": Child(
        "line l", "l.owner = c.id", {"数量": Column("l.quantity", digits=(9, 2)), "类别": Column("l.kind")}
    ),
}


def null_or(values: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.none() | values


texts = st.sampled_from(["", "A", "B", "武汉", "a%_\\'", "%(p1)s", "é", "z"])
amounts = st.decimals(-10_000, 10_000, places=4)
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
rows = st.fixed_dictionaries(
    {
        "金额": null_or(amounts), "次数": null_or(st.integers(-5, 5).map(Decimal)), "等级": null_or(texts),
        "备注": null_or(texts), "会员": null_or(st.booleans()), "生日": null_or(days), "下单": null_or(moments),
        "客户": st.fixed_dictionaries({"城市": texts, "积分": st.decimals(0, 100, places=2)}),
        "明细": st.lists(st.fixed_dictionaries(
            {"数量": null_or(st.decimals(0, 9, places=2)), "类别": null_or(texts)}), max_size=3),
    }
)  # fmt: skip


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _binary(operators: list[str], side: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.builds(lambda a, op, b: f"({a} {op} {b})", side, st.sampled_from(operators), side)


def numbers(depth: int) -> SearchStrategy[str]:
    leaves = (
        st.sampled_from(["金额", "次数", "客户.积分"]) | amounts.map(str) | st.sampled_from(["0", "3", "0.1"])
    )
    if depth == 0:
        return leaves
    inner = numbers(depth - 1)
    return st.one_of(
        leaves,
        _binary(["+", "-", "*", "/"], inner),
        inner.map(lambda a: f"(-{a})"),
        st.builds(lambda f, a: f"{f}({a})", st.sampled_from(["abs", "floor", "ceiling"]), inner),
        st.builds(lambda c, a, b: f"(if {c} then {a} else {b})", booleans(depth - 1), inner, inner),
        strings(0).map(lambda a: f"string length({a})"),
        st.builds(lambda a, p: f"{a}.{p}", dates(0), st.sampled_from(["year", "month", "day", "weekday"])),
    )


def strings(depth: int) -> SearchStrategy[str]:
    leaves = st.sampled_from(["等级", "备注", "客户.城市"]) | texts.map(_quoted)
    return leaves if depth == 0 else leaves | _binary(["+"], strings(depth - 1))


def dates(depth: int) -> SearchStrategy[str]:
    leaves = st.just("生日") | days.map(lambda day: f'@"{day}"') | st.just("today()")
    if depth == 0:
        return leaves
    spans = st.integers(-500, 500).map(lambda n: f'@"{"-" if n < 0 else ""}P{abs(n)}D"') | st.integers(
        0, 30
    ).map(lambda n: f'@"P{n}M"')
    return leaves | st.builds(
        lambda d, op, s: f"({d} {op} {s})", dates(depth - 1), st.sampled_from("+-"), spans
    )


def instants() -> SearchStrategy[str]:
    return st.sampled_from(["下单", "now()", '(下单 - @"P7DT5H")', '@"2020-02-29T12:00:00+08:00"'])


def booleans(depth: int) -> SearchStrategy[str]:
    leaves = st.sampled_from(["会员", "true", "false", "会员 = true", "等级 = null", "金额 != null"])
    if depth == 0:
        return leaves
    order = ["=", "!=", "<", "<=", ">", ">="]
    inner = booleans(depth - 1)
    number, string, day = numbers(depth - 1), strings(depth - 1), dates(depth - 1)
    return st.one_of(
        leaves,
        *(_binary(order, side) for side in (number, string, day, instants())),
        st.builds(lambda a, op, b: f"({a} {op} {b})", day, st.sampled_from(order), instants()),
        st.builds(lambda a, b, s: f"(({a} - {b}) > {s})", day, day, st.sampled_from(['@"P30D"', '@"-PT1H"'])),
        _binary(["and", "or"], inner),
        inner.map(lambda a: f"not({a})"),
        st.builds(lambda a, b, c: f"({a} between {b} and {c})", number, number, number),
        st.builds(lambda a, b, c: f"({a} in ({b}..{c}])", number, number, number),
        st.builds(lambda a, b, c: f"({a} in ({b}, > {c}))", number, number, number),
        st.builds(lambda a, b, c: f"({a} in [{b}, {c}])", string, string, string),
        st.builds(lambda f, a, b: f"{f}({a}, {b})", st.sampled_from(["contains", "starts with", "ends with"]), string, string),
        st.builds(
            lambda q, op, a, t: f"({q} 行 in 明细 satisfies (行.数量 {op} {a} and 行.类别 != {t}))",
            st.sampled_from(["some", "every"]), st.sampled_from(order), number, string,
        ),
    )  # fmt: skip


@pytest.fixture
def table(db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE c (id int, amount numeric(16,4), times bigint, level text, note text, member boolean,"
            " born date, ordered timestamptz, city text NOT NULL, points numeric(14,2) NOT NULL);"
            " CREATE TEMP TABLE line (owner int, quantity numeric(11,2), kind text)"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE c, line")


def fill(contexts: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM c")
        cursor.execute("DELETE FROM line")
        for number, row in enumerate(contexts):
            cursor.execute(
                "INSERT INTO c VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [number, row["金额"], row["次数"], row["等级"], row["备注"], row["会员"], row["生日"], row["下单"],
                 row["客户"]["城市"], row["客户"]["积分"]],
            )  # fmt: skip
            for line in row["明细"]:
                cursor.execute("INSERT INTO line VALUES (%s, %s, %s)", [number, line["数量"], line["类别"]])


def select(what: str, sql: Sql) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(what.replace("{sql}", sql.text), {**sql.params, "now": NOW})
        return [row[0] for row in cursor.fetchall()]


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value.normalize()
    if isinstance(value, date | datetime | timedelta):
        return value
    return value


@given(
    text=booleans(2) | numbers(2) | strings(1) | dates(2),
    contexts=st.lists(rows, min_size=1, max_size=6),
)
@settings(max_examples=400, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_expression_has_the_same_value_in_both(
    table: None, text: str, contexts: list[dict[str, Any]]
) -> None:
    program = feel.compile(text, NAMES)
    try:
        exact = program.to_sql("postgresql", COLUMNS)
        where = program.to_where("postgresql", COLUMNS) if str(program.type) == "boolean" else None
    except feel.FeelError as refused:
        assert refused.code == "not_in_sql"
        return
    fill(contexts)
    expected = [feel.python_value(program.evaluate(context, NOW)) for context in contexts]

    assert [plain(v) for v in select("SELECT ({sql}) FROM c ORDER BY id", exact)] == [
        plain(v) for v in expected
    ]
    if where is not None:
        truths = [number for number, value in enumerate(expected) if value is True]
        assert select("SELECT id FROM c WHERE {sql} ORDER BY id", where) == truths
