"""A worker process that is killed in the middle of a job."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from shuniu.foundation.clock import now
from shuniu.foundation.jobs import actions, queries

# what the worker runs: it takes a lock that the test holds, so that it can be caught in the middle
PROGRAM = """
import os, threading
os.environ["DATABASE_URL"], os.environ["DJANGO_SETTINGS_MODULE"] = {url!r}, "shuniu.app.settings"
import django
django.setup()
from django.db import connection
from shuniu.foundation.jobs.declaring import task
from shuniu.foundation.jobs.working import run_jobs

@task("tests.slow")
def slow(*, number):
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(4711)")
        cursor.execute("insert into tests_done values (%s)", (number,))

run_jobs(threading.Event())
"""


@pytest.fixture
def table(transactional_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("create table tests_done (number int)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("drop table tests_done")
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers restart identity cascade")


def start_worker() -> subprocess.Popen[bytes]:
    settings = connection.settings_dict
    url = (
        f"postgresql://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}?host={settings['HOST']}"
    )
    if settings["PORT"]:
        url += f"&port={settings['PORT']}"
    return subprocess.Popen([sys.executable, "-c", PROGRAM.format(url=url)], cwd=Path(__file__).parents[3])


def wait_until(wire: psycopg.Connection, question: str) -> None:
    """Asks until the answer is true; the database's own clock paces it."""
    for _ in range(600):
        if wire.execute(question).fetchone() == (True,):
            return
        wire.execute("select pg_sleep(0.05)")
    raise AssertionError(question)


def test_the_job_of_a_killed_worker_is_done_by_the_next(table: None) -> None:
    job_id = app.configure_task("tests.slow").defer(number=7)
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as wire:
        wire.execute("select pg_advisory_lock(4711)")
        first = start_worker()
        wait_until(
            wire,
            "select count(*) = 1 from pg_locks where locktype = 'advisory' and objid = 4711 and not granted",
        )
        os.kill(first.pid, signal.SIGKILL)
        first.wait(20)
        assert queries.counts() == {"doing": 1}
        wire.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
        assert actions.rescue(now=now(), silent_for=timedelta(seconds=20)) == 1
        (job,) = queries.jobs(list(queries.job_rows()))
        assert (job.id, job.status, job.attempts) == (job_id, "todo", 1)
        assert "died" in job.error
        wire.execute("select pg_advisory_unlock(4711)")
        second = start_worker()
        try:
            wait_until(wire, "select count(*) = 1 from procrastinate_jobs where status = 'succeeded'")
        finally:
            second.kill()
            second.wait(20)
        assert wire.execute("select number from tests_done").fetchall() == [(7,)], "once"
