"""The bare Django view: replays what a request sent to the database, and answers with what came back."""

import json
import os
import pickle
import re
import secrets
import sys
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from granian.constants import Interfaces
from granian.server import Server

_IDS = re.compile(r"\d{7,}")
_KEY = re.compile(r"[0-9a-f]{24}")
STATEMENTS: dict[str, list[Any]] = {}
if recording := os.environ.get("BENCH_RECORDING"):
    STATEMENTS = pickle.loads(Path(recording).read_bytes())  # noqa: S301 - written by the benchmark itself


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def replay_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps(_replay("list"), default=str), content_type="application/json")


def replay_create(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        rows = _replay("create")
    return HttpResponse(json.dumps(rows[-1:], default=str), content_type="application/json")


def _replay(name: str) -> list[Any]:
    """Every statement with its parameters; ids that came back anew stand in for those of the recording."""
    anew: dict[str, str] = {}
    fresh = secrets.token_hex(12)
    answers: list[Any] = []
    with connection.cursor() as cursor:
        for sql, params, many, recorded in STATEMENTS[name]:
            if sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO")):
                cursor.execute(sql)
                continue
            given = _renewed(params, anew, fresh) if name == "create" else params
            if many:
                cursor.executemany(sql, given)
                continue
            cursor.execute(sql, given)
            if recorded is None:
                continue
            rows = cursor.fetchall()
            answers.append(rows)
            for old, new in zip(recorded, rows, strict=False):
                _learn(old, new, anew)
    return answers


def _learn(old: Any, new: Any, anew: dict[str, str]) -> None:
    for before, after in zip(old, new, strict=False):
        if isinstance(before, int) and isinstance(after, int) and before >= 1_000_000:
            anew.setdefault(str(before), str(after))
        elif isinstance(before, list | tuple) and isinstance(after, list | tuple):
            _learn(before, after, anew)


def _renewed(value: Any, anew: dict[str, str], fresh: str) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(anew.get(str(value), value))
    if isinstance(value, str):
        return _KEY.sub(fresh, _IDS.sub(lambda found: anew.get(found[0], found[0]), value))
    if isinstance(value, list):
        return [_renewed(item, anew, fresh) for item in value]
    if isinstance(value, tuple):
        return tuple(_renewed(item, anew, fresh) for item in value)
    if isinstance(value, dict):
        return {key: _renewed(item, anew, fresh) for key, item in value.items()}
    return value


urlpatterns = [path("healthz", healthz), path("list", replay_list), path("create", replay_create)]


def main() -> None:
    port, recording = sys.argv[1:]
    os.environ["BENCH_RECORDING"] = recording
    Server(
        "web_bare_wsgi:application",
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        websockets=False,
        workers=2,
        blocking_threads=4,
        backpressure=64,
    ).serve()


if __name__ == "__main__":
    main()
