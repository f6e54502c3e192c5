"""A set of rows as something a statement can read from: small ones as arrays, large ones by COPY.

Arrays cost one statement and no table; but every value of theirs is quoted on the way, which COPY spares.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

COPY_FROM = 200


def relation(
    cursor: CursorWrapper, name: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]]
) -> tuple[str, list[Any]]:
    """SQL for a FROM clause and its parameters: `rows` under the alias `name`, with an `n` that keeps their order.

    `columns` are (name, type), written by the caller and never by a user. A large set stands in a temporary table
    that is gone when the transaction ends; the same `name` may be used again in it.
    """
    names = ", ".join(column for column, _ in columns)
    if len(rows) <= COPY_FROM:
        arrays = ", ".join(f"%s::{kind}[]" for _, kind in columns)
        values = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in columns]
        return f"unnest({arrays}) WITH ORDINALITY AS {name} ({names}, n)", values
    table = f"set_{name}"
    definition = ", ".join(f"{column} {kind}" for column, kind in columns)
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    cursor.execute(f"CREATE TEMP TABLE {table} ({definition}, n bigint) ON COMMIT DROP")
    with cursor.copy(f"COPY pg_temp.{table} FROM STDIN") as copy:
        for n, row in enumerate(rows, start=1):
            copy.write_row((*row, n))
    cursor.execute(f"ANALYZE pg_temp.{table}")
    return f"pg_temp.{table} AS {name}", []
