"""Random expressions as trees, well scoped over a fixed set of declared names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from shuniu.core.feel.temporal.values import Date, DaysDuration, MonthsDuration, Time
from shuniu.core.feel.tree import (
    And,
    Arithmetic,
    Between,
    Call,
    Compare,
    ContextLiteral,
    Entry,
    Filter,
    For,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    Iterator,
    ListLiteral,
    Literal,
    Name,
    Negate,
    Node,
    Or,
    Param,
    Path,
    Quantified,
    RangeLiteral,
    UnaryCompare,
)
from shuniu.core.feel.types import NUMBER, STRING, ListType

NAMES = {
    "金额": "number",
    "近90天 消费": "number",
    "等级": "string",
    "会员": "boolean",
    "生日": "date",
    "客户": "context<等级: string, 下单 时间: date and time, 积分: number>",
    "明细": "list<context<数量: number, 单价: number>>",
    "数": "list<number>",
}

literals = st.one_of(
    st.none(),
    st.booleans(),
    st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False).map(lambda n: Decimal(str(n))),
    st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=6),
    st.dates().map(lambda d: Date(d.year, d.month, d.day)),
    st.integers(0, 86_399).map(lambda seconds: Time(seconds * 10**9)),
    st.integers(-(10**6), 10**6).map(lambda seconds: DaysDuration(seconds * 10**9)),
    st.integers(-500, 500).map(MonthsDuration),
)
_LOCALS = ["甲", "乙 1", "丙"]
_COMPARISONS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
_ARITHMETIC = st.sampled_from(["+", "-", "*", "/", "**"])


def leaves(scope: tuple[str, ...]) -> st.SearchStrategy[Node]:
    return st.one_of(
        literals.map(Literal),
        st.sampled_from([*NAMES, *scope]).map(Name),
        st.sampled_from(
            [Path(Name("客户"), "等级"), Path(Name("客户"), "下单 时间"), Path(Name("明细"), "单价")]
        ),
    )


@st.composite
def trees(draw: Any, depth: int = 4, scope: tuple[str, ...] = ()) -> Node:
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(leaves(scope))
    return draw(st.sampled_from(_KINDS))(draw, depth - 1, scope)


def _below(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return draw(trees(depth, scope))


def _several(draw: Any, depth: int, scope: tuple[str, ...], least: int) -> tuple[Node, ...]:
    return tuple(_below(draw, depth, scope) for _ in range(draw(st.integers(least, 3))))


def _arithmetic(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return Arithmetic(draw(_ARITHMETIC), _below(draw, depth, scope), _below(draw, depth, scope))


def _negate(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return Negate(_below(draw, depth, scope))


def _compare(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return Compare(draw(_COMPARISONS), _below(draw, depth, scope), _below(draw, depth, scope))


def _between(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return Between(*(_below(draw, depth, scope) for _ in range(3)))


def _range(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    ends = _below(draw, depth, scope), _below(draw, depth, scope)
    return RangeLiteral(*ends, draw(st.booleans()), draw(st.booleans()))


def _unary(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return UnaryCompare(draw(_COMPARISONS), _below(draw, depth, scope))


def _in(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return In(_below(draw, depth, scope), _several(draw, depth, scope, 1))


def _junction(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return draw(st.sampled_from([And, Or]))(_several(draw, depth, scope, 2))


def _if(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return If(*(_below(draw, depth, scope) for _ in range(3)))


def _list(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return ListLiteral(_several(draw, depth, scope, 0))


def _context(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    keys = draw(
        st.lists(st.sampled_from(["键", "键 2", "a+b", "x.y", "如果 if", ""]), unique=True, max_size=3)
    )
    return ContextLiteral(tuple(Entry(key, _below(draw, depth, scope)) for key in keys))


def _iterators(draw: Any, depth: int, scope: tuple[str, ...]) -> tuple[tuple[Iterator, ...], tuple[str, ...]]:
    found = []
    for name in draw(st.lists(st.sampled_from(_LOCALS), unique=True, min_size=1, max_size=2)):
        end = _below(draw, depth, scope) if draw(st.booleans()) else None
        found.append(Iterator(name, _below(draw, depth, scope), end))
        scope = (*scope, name)
    return tuple(found), scope


def _for(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    iterators, inner = _iterators(draw, depth, scope)
    return For(iterators, _below(draw, depth, (*inner, "partial")))


def _quantified(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    iterators, inner = _iterators(draw, depth, scope)
    return Quantified(draw(st.booleans()), iterators, _below(draw, depth, inner))


def _filter(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    base = draw(st.sampled_from([Name("明细"), Name("数"), ListLiteral((Literal(Decimal(1)),))]))
    return Filter(base, _below(draw, depth, (*scope, "item")))


def _path(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    return Path(
        _below(draw, depth, scope), draw(st.sampled_from(["等级", "year", "time offset", "下单 时间"]))
    )


def _function(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    params = tuple(
        Param(name, draw(st.sampled_from([None, NUMBER, ListType(STRING)]))) for name in _LOCALS[:2]
    )
    return FunctionLiteral(params, _below(draw, depth, (*scope, *_LOCALS[:2])))


def _call(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    if draw(st.booleans()):
        return Call(Name(draw(st.sampled_from(["sum", "string length", "date and time", "not"]))),
                    _several(draw, depth, scope, 1))  # fmt: skip
    args = _below(draw, depth, scope), _below(draw, depth, scope)
    return Call(Name("substring"), args, ("string", "start position"))


def _instance(draw: Any, depth: int, scope: tuple[str, ...]) -> Node:
    asked = draw(st.sampled_from([NUMBER, ListType(NUMBER)]))
    return InstanceOf(_below(draw, depth, scope), asked, str(asked))


_KINDS = [
    _arithmetic, _negate, _compare, _between, _range, _unary, _in, _junction, _if, _list, _context, _for,
    _quantified, _filter, _path, _function, _call, _instance,
]  # fmt: skip
