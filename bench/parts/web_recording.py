"""Fills the database for ``bench/web.py`` and records what its two requests send to it.

The demo company with 100,000 orders behind it and forty open ones at one store.
"""

import json
import pickle
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from harness import tell

from shuniu.app import wiring
from shuniu.app.demo import load
from shuniu.foundation.access import system
from shuniu.org import actions as org_actions
from shuniu.org import queries as org
from shuniu.work_orders import actions

ORDERS = 100_000
OPEN = 40
IDS_APART = 10_000_000

MULTIPLY = """
INSERT INTO work_order ({columns})
SELECT {chosen} FROM work_order w CROSS JOIN generate_series(1, %s) AS copy (n)
"""
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_name = 'work_order' AND column_name <> 'id' ORDER BY ordinal_position
"""


def furnish() -> dict[str, Any]:
    """The body of one more order."""
    wiring.wire()
    now = datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'")
        for number, (sequence,) in enumerate(cursor.fetchall(), start=1):
            # each in a range of its own: no id is mistaken for another when a recording is replayed
            cursor.execute("SELECT setval(%s, %s)", [sequence, number * IDS_APART])
    org_actions.ensure_shipped(zone="Asia/Shanghai", by=load.BY, now=now)
    load.load(now=now)
    store = org.unit_by_code("WH-GG")
    if store is None:
        raise RuntimeError("the demo company has no 武汉光谷店")
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        names = [name for (name,) in cursor.fetchall()]
        own = {"no": "w.no || '-' || copy.n", "run_id": "NULL"}
        chosen = ", ".join(own.get(name, f"w.{name}") for name in names)
        cursor.execute(MULTIPLY.format(columns=", ".join(names), chosen=chosen), [ORDERS // 5_000 - 1])
        cursor.execute("SELECT id FROM customer WHERE unit_id = %s ORDER BY id LIMIT 1", [store.id])
        (customer,) = cursor.fetchone()
    for number in range(OPEN):
        actions.create(
            kind_key="ac_install", title=f"新空调到货 {number}", unit_id=store.id, customer_id=customer,
            by=system("bench"), now=now,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "kind_key": "ac_install", "title": "新空调到货，预约安装", "unit_id": store.id, "customer_id": customer,
        "priority": "normal", "source": "console", "contact_name": "", "phone": "", "address": "", "city": "",
        "floor": 6, "facts": {}, "messages": [],
    }  # fmt: skip


class Recorder:
    """Notes statements, parameters and the rows they gave."""

    def __init__(self) -> None:
        self.statements: list[Any] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: dict[str, Any]
    ) -> Any:
        result = execute(sql, params, many, context)
        cursor = context["cursor"].cursor
        rows = None
        if hasattr(cursor, "rows"):
            # a statement sent the short way keeps what came back
            rows = cursor.rows or None
        elif not many and cursor.description is not None:
            rows = cursor.fetchall()
            if rows:
                cursor.scroll(0, mode="absolute")
        self.statements.append((sql, params, many, rows))
        return result


def record(body: dict[str, Any]) -> dict[str, list[Any]]:
    """Statements of each request, once everything that is kept per process is there."""
    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    account = {"username": "chen", "password": load.PASSWORD}
    client.post("/api/session", account, content_type="application/json")
    calls: dict[str, Callable[[], Any]] = {
        "list": lambda: client.get("/api/work-orders?view=open&limit=20"),
        "create": lambda: client.post(
            "/api/work-orders",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": secrets.token_hex(12)},
        ),
    }
    statements: dict[str, list[Any]] = {}
    for name, call in calls.items():
        call()
        recorder = Recorder()
        with connection.execute_wrapper(recorder):
            answer = call()
        if answer.status_code not in (200, 201):
            raise RuntimeError(f"{name}: {answer.status_code} {answer.content[:500]!r}")
        statements[name] = recorder.statements
    return statements


def main() -> None:
    path = Path(sys.argv[1])
    body = furnish()
    recorded = record(body)
    path.write_bytes(pickle.dumps(recorded))
    tell(body=json.dumps(body), **{name: len(statements) for name, statements in recorded.items()})


if __name__ == "__main__":
    main()
