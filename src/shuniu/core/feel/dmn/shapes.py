"""What is known of the value of a box that names no type: the names inside it, so that `loan.monthly rate` is read
as a path to `monthly rate`.
"""

from __future__ import annotations

from shuniu.core.feel.dmn.model import RelationBox
from shuniu.core.feel.tables.model import HitPolicy, Table
from shuniu.core.feel.types import ANY, ContextType, FunctionType, ListType, Type

_LISTS = frozenset([HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER])


def names_only(of: Type) -> Type:
    """The names without the types of what they stand for: a caller of a decision service may give other values."""
    if isinstance(of, ContextType):
        return ContextType(tuple((name, names_only(below)) for name, below in of.fields), is_open=True)
    if isinstance(of, ListType):
        return ListType(names_only(of.of))
    return FunctionType(of.params, names_only(of.result), of.names) if isinstance(of, FunctionType) else ANY


def of_relation(box: RelationBox) -> Type:
    return ListType(ContextType(tuple((name, ANY) for name, _ in box.columns)))


def of_table(table: Table) -> Type:
    """Of a table with several outputs: a context of their names, or a list of them."""
    if len(table.outputs) == 1:
        return ANY
    hit = ContextType(tuple((output.name or "", ANY) for output in table.outputs))
    return ListType(hit) if table.hit_policy in _LISTS and table.aggregation is None else hit
