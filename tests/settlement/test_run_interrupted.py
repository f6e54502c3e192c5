"""A run killed at any point and taken up again posts what an undisturbed one posts; so do several workers at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from tests.factories import sales
from tests.factories.sales import HOUSE, NOON, sale, tiered
from tests.factories.settlement import House, house
from tests.settlement.test_runs import lines, postings, work_off

from shuniu.foundation.hub import Ref
from shuniu.ledger import queries as ledger
from shuniu.settlement import actions
from shuniu.settlement.models import Earning, Run, RunPart
from shuniu.settlement.runs import working

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 10


class Killed(BaseException):
    """The worker's process is gone, and its connection with it."""


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> House:
    # small pieces, so that a run is many transactions
    monkeypatch.setattr(working, "LINES", 25)
    return house(plan=False)


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def undisturbed(run_id: int) -> tuple[list[Any], list[Any], int]:
    """What the run would post, and about how many statements it takes."""
    counted = 0

    def count(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(*statement)

    with rolled_back(), connection.execute_wrapper(count):
        work_off(run_id)
        return lines(), postings(), counted


def work_until_killed(run_id: int, after: int) -> bool:
    """Work on the run in a process that dies after so many statements; whether it died."""
    left = after

    def die(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            connection.connection.close()
            raise Killed
        return execute(*statement)

    try:
        with connection.execute_wrapper(die):
            work_off(run_id)
    except Killed:
        connection.close()
        return True
    return False


@pytest.mark.parametrize("plain", [True, False])
def test_ten_kills_at_random_points_change_nothing(place: House, *, plain: bool) -> None:
    sales.publish_rebate(tiered() if plain else tiered(when="金额 != 0"))
    actions.collect_inputs(news=sales.many_sales(place, 150, partners=12), now=NOON)
    run_id = actions.start_run(by=HOUSE, now=NOON)
    wanted_lines, wanted_postings, statements = undisturbed(run_id)
    assert len(wanted_lines) == 150
    random, kills = Random(20261122), 0
    for _ in range(KILLS):
        kills += work_until_killed(run_id, random.randrange(statements * 2 // KILLS))
    work_off(run_id)
    assert kills >= KILLS // 2
    assert lines() == wanted_lines
    assert postings() == wanted_postings
    assert Run.objects.get().status == "done"
    assert not RunPart.objects.exclude(status="done").exists()
    assert ledger.findings() == []


def test_several_workers_share_a_run(place: House) -> None:
    sales.publish_rebate()
    actions.collect_inputs(news=sales.many_sales(place, 150, partners=12), now=NOON)
    run_id = actions.start_run(by=HOUSE, now=NOON)
    wanted_lines, wanted_postings, _ = undisturbed(run_id)
    start = Barrier(4, timeout=30)

    def worker(_: int) -> int:
        try:
            start.wait()
            return work_off(run_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        handled = list(pool.map(worker, range(4)))
    work_off(run_id)
    assert sum(handled) == 12
    assert (lines(), postings()) == (wanted_lines, wanted_postings)
    assert Run.objects.get().status == "done"


def test_an_event_and_a_run_on_the_same_bucket_lose_nothing(place: House) -> None:
    sales.publish_rebate()
    actions.collect_inputs(news=[sale(place, n, "10") for n in range(1, 60)], now=NOON)
    run_id = actions.start_run(by=HOUSE, now=NOON)
    start = Barrier(2, timeout=30)

    def run() -> None:
        try:
            start.wait()
            work_off(run_id)
        finally:
            connection.close()

    def events() -> None:
        try:
            start.wait()
            for n in range(100, 120):
                actions.record_inputs(news=[sale(place, n, "10")], by=HOUSE, now=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(run), pool.submit(events)]:
            done.result()
    assert Earning.objects.count() == 79
    assert str(ledger.balances(Ref("unit", 1))["earned"]) == "23.70"
