"""Where Django looks for the backend."""

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

from shuniu.foundation.database.prepared import Names


class DatabaseWrapper(base.DatabaseWrapper):
    """Commits in one blocking call of libpq: psycopg's own way is made for waiting, and every change commits.

    Knows what the connection it has now has prepared (see ``database.prepared``).
    """

    prepared: Names

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.prepared = {}
        return super().get_new_connection(conn_params)

    def _commit(self) -> None:
        wire = self.connection
        if wire is None or wire.pgconn.transaction_status == TransactionStatus.IDLE:
            return
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
            result = wire.pgconn.exec_(b"COMMIT")
            if result.status != ExecStatus.COMMAND_OK:
                raise error_from_result(result, encoding=wire.info.encoding)
