"""Ids of steps, taken from their sequence ahead of time, so that a command's rows can name each other unwritten."""

import os
from collections import deque
from threading import Lock

from django.db import connection

AHEAD = 100
TAKE = "select nextval('flow_step_id_seq') from generate_series(1, %s)"

_lock = Lock()
_ready: dict[int, deque[int]] = {}
"""By process: a fork shares nothing."""


def step_ids(count: int) -> list[int]:
    """So many ids nobody else has."""
    with _lock:
        mine = _ready.setdefault(os.getpid(), deque())
        if len(mine) < count:
            with connection.cursor() as cursor:
                cursor.execute(TAKE, [max(AHEAD, count)])
                mine.extend(number for (number,) in cursor.fetchall())
        return [mine.popleft() for _ in range(count)]
