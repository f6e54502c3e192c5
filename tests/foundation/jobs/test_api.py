import pytest
from django.db import connection
from tests.factories.org import House
from tests.factories.org import house as make_house

from shuniu.foundation.clock import now
from shuniu.foundation.hub import Loop, registry
from shuniu.foundation.jobs.declaring import enqueue, task
from shuniu.foundation.jobs.models import JobFailure, LoopState

pytestmark = pytest.mark.django_db


@task("tests.through_the_door")
def through_the_door(*, number: int) -> None:
    """Never run: the test looks at the queue only."""


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    found = make_house()
    loop = Loop(name="tests.loop", every_seconds=60, run=lambda _now: 0)
    monkeypatch.setattr(registry, "loops", {"tests.loop": loop})
    return found


def test_people_see_retry_and_cancel_jobs(house: House) -> None:
    failed, waiting = enqueue(through_the_door, number=1), enqueue(through_the_door, number=2)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing' where id = %s", (failed,))
        cursor.execute("update procrastinate_jobs set status = 'failed' where id = %s", (failed,))
    JobFailure.record(job_id=failed, error=ValueError("broken"), at=now())
    admin = house.client("admin")
    rows = {row["id"]: row for row in admin.get("/api/jobs").json()["items"]}
    assert (rows[failed]["status"], rows[waiting]["status"]) == ("failed", "todo")
    assert "broken" in rows[failed]["error"]
    assert rows[waiting]["arguments"] == {"number": 2}
    assert admin.get("/api/jobs/state").json()["counts"] == {"failed": 1, "todo": 1}
    assert admin.send("POST", f"/api/jobs/{failed}/retry").status_code == 204
    assert admin.send("POST", f"/api/jobs/{waiting}/cancel").status_code == 204
    assert admin.get("/api/jobs/state").json()["counts"] == {"todo": 1, "cancelled": 1}
    again = admin.send("POST", f"/api/jobs/{waiting}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "jobs.not_waiting")
    assert admin.send("POST", "/api/jobs/987654/retry").status_code == 404


def test_a_loop_that_nobody_runs_is_shown_as_late(house: House) -> None:
    admin = house.client("admin")
    (loop,) = admin.get("/api/jobs/state").json()["loops"]
    assert (loop["name"], loop["late"], loop["run_at"]) == ("tests.loop", True, None)
    LoopState.objects.create(name="tests.loop", every_seconds=60, run_at=now(), rows=5)
    (loop,) = admin.get("/api/jobs/state").json()["loops"]
    assert (loop["late"], loop["rows"], loop["error"]) == (False, 5, "")


def test_jobs_are_closed_to_the_stores(house: House) -> None:
    job = enqueue(through_the_door, number=1)
    chen = house.client("chen")
    for path in ("/api/jobs", "/api/jobs/state", "/api/jobs/export"):
        assert chen.get(path).status_code == 403
    assert chen.send("POST", f"/api/jobs/{job}/cancel").status_code == 403
