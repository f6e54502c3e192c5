"""kill -9 of web, worker and database at any moment loses nothing that was acknowledged, and does nothing twice.

Writers go on through the kills as a browser would: a request without an answer is sent again under its key.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from uuid import uuid4

import httpx
import psycopg
import pytest
from tests.app.product import Product, until

from shuniu.app.installation import Installation

pytestmark = pytest.mark.product

PASSWORD = "Ein-Berg-am-Fluss-7"
WRITERS = 3
WRITES_BETWEEN_KILLS = 15
KILLS = ("web", "postgres", "worker", "postgres", "web", "worker")


@dataclass
class Acknowledged:
    """The customers the product said it had created: name → id."""

    ids: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def add(self, name: str, answer: httpx.Response) -> None:
        with self._lock:
            if answer.status_code == httpx.codes.OK:
                self.ids[name] = answer.json()["id"]
            else:
                self.refused.append(f"{answer.status_code} {answer.text}")


def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(product: Product, data: Path) -> None:
    with signed_in(product) as client:
        unit = client.get("/api/org/units").json()["items"][0]["id"]
    with writing(product, unit) as acknowledged:
        for name in KILLS:
            wanted = len(acknowledged.ids) + WRITES_BETWEEN_KILLS
            until(
                lambda wanted=wanted: len(acknowledged.ids) >= wanted or acknowledged.refused, "writes go on"
            )
            product.kill(name)
        wanted = len(acknowledged.ids) + WRITES_BETWEEN_KILLS
        until(
            lambda: len(acknowledged.ids) >= wanted or acknowledged.refused,
            "writes go on after the last kill",
        )
    assert acknowledged.refused == []
    url = Installation(data, embedded=True).server().url
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT name, id FROM customer WHERE name LIKE '写入%%' ORDER BY id"
        ).fetchall()
        assert sorted(rows) == sorted(acknowledged.ids.items())
        told = connection.execute(
            "SELECT subject_id FROM event WHERE name = 'customer.created' AND subject_id = ANY(%s)",
            [list(acknowledged.ids.values())],
        ).fetchall()
        assert sorted(told) == sorted((number,) for number in acknowledged.ids.values())
        until(lambda: everything_is_delivered(connection), "every event reaches every subscriber")


def everything_is_delivered(connection: psycopg.Connection) -> bool:
    row = connection.execute(
        "SELECT (SELECT count(*) FROM event_pending),"
        " (SELECT count(*) FROM event) - (SELECT count(*) FROM event_feed),"
        " (SELECT max(position) FROM event_feed) - (SELECT min(position) FROM event_subscription),"
        " (SELECT count(*) FROM event_parked)"
    ).fetchone()
    return row == (0, 0, 0, 0)


@contextmanager
def writing(product: Product, unit: int) -> Iterator[Acknowledged]:
    """Several writers at work until the end of the block; each finishes the write it is at."""
    acknowledged, stop = Acknowledged(), Event()
    with signed_in(product) as client:
        writers = [Thread(target=write, args=(client, unit, acknowledged, stop)) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            yield acknowledged
        finally:
            stop.set()
            for writer in writers:
                writer.join()


def write(client: httpx.Client, unit: int, acknowledged: Acknowledged, stop: Event) -> None:
    while not stop.is_set() and not acknowledged.refused:
        name = f"写入{uuid4().hex[:12]}"
        headers = {"Idempotency-Key": f"key-{name.encode().hex()}"}
        answer = until(lambda: answered(client, unit, name, headers), "a write is answered")  # noqa: B023
        acknowledged.add(name, answer)


def answered(client: httpx.Client, unit: int, name: str, headers: dict[str, str]) -> httpx.Response | None:
    """The answer, or None when there was none or the product asks to come again."""
    try:
        answer = client.post("/api/customers", json={"name": name, "unit_id": unit}, headers=headers)
    except httpx.TransportError:
        return None
    return None if answer.status_code in {500, 502, 503, 504} else answer


@contextmanager
def signed_in(product: Product) -> Iterator[httpx.Client]:
    """A browser of the administrator, whose one-time password has been changed."""
    found = re.search(r"One-time password: (\S+)", product.said)
    assert found is not None
    with httpx.Client(base_url=product.address, timeout=10) as client:
        password = next(one for one in (PASSWORD, found.group(1)) if opens(client, one))
        if password != PASSWORD:
            changed = client.post("/api/session/password", json={"old": password, "new": PASSWORD})
            assert changed.status_code == httpx.codes.OK, changed.text
            client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        yield client


def opens(client: httpx.Client, password: str) -> bool:
    answer = client.post("/api/session", json={"username": "admin", "password": password})
    if answer.status_code != httpx.codes.OK:
        return False
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    return True
