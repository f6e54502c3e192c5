"""FEEL over populations: the part of the language that PostgreSQL evaluates, exactly and without ever failing.

`to_sql` gives the exact three-valued value of an expression; `to_where` gives a condition that is true for the
same rows and leaves `column = constant` to the indexes. What SQL cannot say exactly — zone names, powers, regular
expressions, lists, user functions — is refused by name with a FeelError of code `not_in_sql`. Constants travel as
parameters; the only SQL text that is pasted is that of the declared columns.
"""

from shuniu.core.feel.sql.contracts import Child, Column, Sql
from shuniu.core.feel.sql.definitions import DEFINITIONS
from shuniu.core.feel.sql.emit import Columns, to_sql, to_where

__all__ = ["DEFINITIONS", "Child", "Column", "Columns", "Sql", "to_sql", "to_where"]
