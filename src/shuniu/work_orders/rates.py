"""How often something was used in this minute, counted in the database so that every web process counts the same."""

import hashlib
from datetime import datetime, timedelta

from django.db import connection

USE = """
insert into work_order_link_use (key, minute, uses) values (%s, %s, 1)
on conflict (key, minute) do update set uses = work_order_link_use.uses + 1 returning uses
"""
FORGET = "delete from work_order_link_use where minute < %s"
KEPT_FOR = timedelta(hours=1)


def count_use(key: str, *, now: datetime) -> int:
    """Count one more use in this minute; how many there were with it."""
    digest = hashlib.sha256(key.encode()).digest()[:16]
    with connection.cursor() as cursor:
        cursor.execute(USE, [digest, now.replace(second=0, microsecond=0)])
        return int(cursor.fetchone()[0])


def forget_uses(now: datetime) -> int:
    """Remove the counts of past hours; how many."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [now - KEPT_FOR])
        return int(cursor.rowcount)
