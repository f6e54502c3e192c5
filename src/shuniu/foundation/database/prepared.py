"""Cursors for the hottest statements: the server parses and plans each once per connection.

Django merges parameters into the text in the client; a statement that every change of the product sends is
cheaper with its parameters beside it (measured: publishing an event costs the client 0.1 ms less).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


class _Prepared(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **_options: Any) -> "_Prepared":
        return super().execute(query, params, prepare=True)


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """A cursor on Django's connection; seen by whatever counts or records Django's statements."""
    connection.ensure_connection()
    plain = _Prepared(connection.connection)
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(plain) as cursor:
        yield cursor
