from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from tests.factories.hub import NOON

from shuniu.foundation.access import system
from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.jobs import actions, queries
from shuniu.foundation.jobs.contracts import JobNotFailed, JobNotWaiting
from shuniu.foundation.jobs.declaring import enqueue, task
from shuniu.foundation.jobs.models import JobFailure
from shuniu.foundation.jobs.working import MIDDLEWARE

DONE: list[int] = []


@task("tests.note")
def note(*, number: int) -> None:
    if number < 0:
        raise ValueError("a negative number")
    DONE.append(number)


@pytest.fixture(autouse=True)
def _clean(transactional_db: None) -> Iterator[None]:
    DONE.clear()
    yield
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers restart identity cascade")


def close_connection(call_next: Callable[[], None], *_: object) -> None:
    try:
        call_next()
    finally:
        connection.close()


def run_waiting() -> None:
    """A worker that ends when nothing is to be done."""
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker.run_worker(
        wait=False,
        install_signal_handlers=False,
        listen_notify=False,
        task_middleware=[close_connection, *MIDDLEWARE],
    )


def due_now() -> None:
    """Brings the time of all postponed attempts."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = null where status = 'todo'")


def the_job() -> object:
    (row,) = queries.jobs(list(queries.job_rows()))
    return row


def test_a_job_is_enqueued_in_the_transaction_that_wants_it() -> None:
    with transaction.atomic():
        enqueue(note, number=1)
        transaction.set_rollback(True)
    with transaction.atomic():
        enqueue(note, number=2)
        assert queries.counts() == {"todo": 1}
    run_waiting()
    assert DONE == [2]
    row = the_job()
    assert (row.task, row.status, row.arguments, row.error) == ("tests.note", "succeeded", {"number": 2}, "")
    assert row.enqueued_at <= row.started_at <= row.ended_at


def test_while_one_waits_another_of_the_same_kind_is_not_enqueued() -> None:
    with transaction.atomic():
        first = enqueue(note, once="note", number=1)
        assert enqueue(note, once="note", number=2) is None
        assert first is not None
    run_waiting()
    assert DONE == [1]


def test_a_failing_job_is_tried_five_times_with_growing_pauses_and_says_why() -> None:
    enqueue(note, number=-1)
    pauses = []
    for _ in range(5):
        run_waiting()
        row = the_job()
        if row.status == "todo":
            pauses.append((row.scheduled_at - row.failed_at).total_seconds())
        due_now()
    assert [round(pause) for pause in pauses] == [4, 16, 64, 256]
    assert (row.status, row.attempts) == ("failed", 5)
    assert "a negative number" in row.error
    assert JobFailure.objects.count() == 5


def test_a_person_retries_what_failed_and_cancels_what_waits() -> None:
    admin = system("admin")
    enqueue(note, number=-1)
    for _ in range(5):
        run_waiting()
        due_now()
    job = the_job()
    with pytest.raises(JobNotWaiting):
        actions.cancel(job_id=job.id, by=admin, now=NOON)
    actions.retry(job_id=job.id, by=admin, now=NOON)
    job = the_job()
    assert (job.status, job.attempts) == ("todo", 0)
    with pytest.raises(JobNotFailed):
        actions.retry(job_id=job.id, by=admin, now=NOON)
    actions.cancel(job_id=job.id, by=admin, now=NOON)
    assert the_job().status == "cancelled"
    deeds = AuditEntry.objects.filter(subject_kind="job").order_by("id").values_list("action", flat=True)
    assert list(deeds) == ["jobs.retry", "jobs.cancel"]


def test_the_job_of_a_silent_worker_is_enqueued_again_and_in_the_end_given_up() -> None:
    job_id = enqueue(note, number=1)
    for attempt in range(1, 6):
        with connection.cursor() as cursor:
            cursor.execute("insert into procrastinate_workers default values returning id")
            cursor.execute(
                "update procrastinate_jobs set status = 'doing', worker_id = "
                "(select max(id) from procrastinate_workers), scheduled_at = null where id = %s returning now()",
                (job_id,),
            )
            (moment,) = cursor.fetchone()
        assert actions.rescue(now=moment, silent_for=timedelta(seconds=20)) == 0, "it still beats"
        assert actions.rescue(now=moment + timedelta(seconds=21), silent_for=timedelta(seconds=20)) == 1
        assert the_job().attempts == attempt
    assert the_job().status == "failed"
    assert "died" in the_job().error


def test_enqueuing_sends_no_notice() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgenabled from pg_trigger where tgname = 'procrastinate_jobs_notify_queue_job_inserted_v1'"
        )
        assert cursor.fetchone() == ("D",)


def test_jobs_that_ended_a_month_ago_are_forgotten() -> None:
    enqueue(note, number=1)
    enqueue(note, number=-1)
    run_waiting()
    ended = the_moment_after_everything()
    assert actions.forget_old(now=ended + timedelta(days=29)) == 0
    assert actions.forget_old(now=ended + timedelta(days=31)) == 1, (
        "the one that waits for its next try stays"
    )


def the_moment_after_everything() -> object:
    with connection.cursor() as cursor:
        cursor.execute("select max(at) from procrastinate_events where type <> 'scheduled'")
        (moment,) = cursor.fetchone()
    return moment
