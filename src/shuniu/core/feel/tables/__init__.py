"""Decision tables: rules of unary tests over inputs, the form of everything that comes in tiers."""

from shuniu.core.feel.tables.check import Finding, check
from shuniu.core.feel.tables.model import Aggregation, HitPolicy, Input, Output, Rule, Table
from shuniu.core.feel.tables.run import TableProgram, compile_table

__all__ = [
    "Aggregation",
    "Finding",
    "HitPolicy",
    "Input",
    "Output",
    "Rule",
    "Table",
    "TableProgram",
    "check",
    "compile_table",
]
