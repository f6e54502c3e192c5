"""Readable numbers of orders: WO, the day in the company's zone, and a running number that never repeats."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

NEXT = "select nextval('work_order_no_seq') from generate_series(1, %s)"


def next_numbers(count: int) -> list[int]:
    """Running numbers; gaps are allowed."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [count])
        return [row[0] for row in cursor.fetchall()]


def readable(number: int, at: datetime) -> str:
    """`WO20261122-000123`."""
    zone = ZoneInfo(settings.SHUNIU.time_zone)
    return f"WO{at.astimezone(zone):%Y%m%d}-{number:06d}"
