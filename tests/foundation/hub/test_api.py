"""The engine room through its door, as the people of the story."""

import pytest
from tests.factories.hub import CHANGED, MOVED, NOON, Recorder, changed
from tests.factories.org import House
from tests.factories.org import house as make_house

from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.clock import now
from shuniu.foundation.hub import Subject, SubjectCard, registry
from shuniu.foundation.hub.delivering import retry_parked
from shuniu.foundation.hub.draining import drain
from shuniu.foundation.hub.models import ParkedRow
from shuniu.foundation.text import Text

THING = Subject(
    kind="thing",
    text=Text("物品", "Thing"),
    link="/console/things/{id}",
    cards=lambda ids: {one: SubjectCard(f"物品 {one}", link=f"/console/things/{one}") for one in ids},
    visible=lambda actor, ids: {one for one in ids if one < 10 and actor.staff_id is not None},
)


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture
def broken(house: House, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """A subscriber that choked on number 1 of thing 7 until a person must decide; numbers 2 and 3 wait behind."""
    recorder = Recorder("broken", fails=lambda event: event.data["number"] == 1)
    monkeypatch.setattr(registry, "events", {**registry.events, CHANGED.name: CHANGED, MOVED.name: MOVED})
    monkeypatch.setattr(registry, "subscribers", {"broken": recorder.subscriber})
    monkeypatch.setattr(registry, "subjects", {**registry.subjects, "thing": THING})
    for number in (1, 2, 3):
        changed(7, number=number)
    drain(NOON)
    ParkedRow.objects.filter(attempts=1).update(attempts=5, next_try_at=None)
    return recorder


def parked(house: House, state: str) -> dict[str, object]:
    (row,) = house.client("admin").get("/api/hub/parked", {"state": state}).json()["items"]
    return row


def test_parked_events_say_what_happened_to_whom_and_why(house: House, broken: Recorder) -> None:
    row = parked(house, "stuck")
    assert row["event_text"] == {"zh": "物品变了", "en": "A thing changed"}
    assert (row["subscriber"], row["subject"], row["subject_title"]) == (
        "broken",
        {"kind": "thing", "id": 7},
        "物品 7",
    )
    assert (row["state"], row["attempts"], row["waits"]) == ("stuck", 5, 2)
    assert "cannot digest" in row["error"]
    listed = house.client("admin").get("/api/hub/parked").json()
    assert [item["state"] for item in listed["items"]] == ["waiting", "waiting", "stuck"]
    state = house.client("admin").get("/api/hub/state").json()
    (subscriber,) = state["subscribers"]
    assert (subscriber["name"], subscriber["behind"], subscriber["parked"], subscriber["stuck"]) == (
        "broken",
        0,
        3,
        1,
    )


def test_a_person_retries_and_what_waited_follows(house: House, broken: Recorder) -> None:
    row = parked(house, "stuck")
    broken.fails = lambda _event: False
    answer = house.client("admin").send("POST", f"/api/hub/parked/{row['id']}/retry")
    assert answer.status_code == 204, answer.content
    assert retry_parked(broken.subscriber, now()) == 3
    assert broken.numbers == [1, 2, 3]
    resolved = parked(house, "resolved")
    assert (resolved["resolution"], resolved["decided_by"]) == ("retry", house.actor("admin").key)
    assert AuditEntry.objects.get(action="hub.retry_event").after["subscriber"] == "broken"


def test_a_retry_that_fails_again_comes_back_to_the_person(house: House, broken: Recorder) -> None:
    row = parked(house, "stuck")
    house.client("admin").send("POST", f"/api/hub/parked/{row['id']}/retry")
    assert retry_parked(broken.subscriber, now()) == 0
    assert parked(house, "stuck")["attempts"] == 5


def test_a_person_skips_with_a_reason_and_what_waited_follows(house: House, broken: Recorder) -> None:
    row = parked(house, "stuck")
    path = f"/api/hub/parked/{row['id']}/skip"
    refused = house.client("admin").send("POST", path, {"reason": ""})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "reason")
    assert house.client("admin").send("POST", path, {"reason": "旧数据"}).status_code == 204
    assert retry_parked(broken.subscriber, now()) == 2
    assert broken.numbers == [2, 3]
    resolved = parked(house, "resolved")
    assert (resolved["resolution"], resolved["reason"]) == ("skip", "旧数据")
    assert AuditEntry.objects.get(action="hub.skip_event").after["reason"] == "旧数据"
    again = house.client("admin").send("POST", path, {"reason": "again"})
    assert (again.status_code, again.json()["code"]) == (409, "hub.not_parked")


def test_what_waits_behind_another_cannot_be_decided(house: House, broken: Recorder) -> None:
    waiting = ParkedRow.objects.filter(attempts=0).first()
    answer = house.client("admin").send("POST", f"/api/hub/parked/{waiting.id}/retry")
    assert answer.status_code == 409


def test_the_engine_room_is_closed_to_the_stores(house: House, broken: Recorder) -> None:
    chen = house.client("chen")
    for path in ("/api/hub/parked", "/api/hub/state", "/api/hub/parked/export"):
        assert chen.get(path).status_code == 403
    assert chen.send("POST", "/api/hub/parked/1/retry").status_code == 403
    assert chen.send("POST", "/api/hub/parked/1/skip", {"reason": "x"}).status_code == 403
    assert ParkedRow.objects.filter(resolved_at__isnull=True).count() == 3


def test_the_timeline_of_a_subject_is_for_those_who_may_see_it(house: House, broken: Recorder) -> None:
    told = house.client("chen").get("/api/hub/timeline", {"kind": "thing", "id": 7}).json()
    assert [entry["data"]["number"] for entry in told["items"]] == [3, 2, 1]
    assert told["items"][0]["text"]["zh"] == "物品变了"
    changed(70)
    assert house.client("chen").get("/api/hub/timeline", {"kind": "thing", "id": 70}).status_code == 404
    assert house.client("chen").get("/api/hub/timeline", {"kind": "ghost", "id": 1}).status_code == 404


def test_a_timeline_costs_the_same_for_one_event_and_for_many(
    house: House, broken: Recorder, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        changed(7)
    client = house.client("chen")
    client.get("/api/hub/timeline", {"kind": "thing", "id": 7})
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        told = client.get("/api/hub/timeline", {"kind": "thing", "id": 7, "limit": 30}).json()
    assert len(told["items"]) == 30


def test_designers_see_everything_that_is_declared(house: House) -> None:
    told = house.client("chen").get("/api/hub/declarations").json()
    assert {event["name"] for event in told["events"]} == set(registry.events)
    assert {effect["key"] for effect in told["effects"]} == set(registry.effects)
    assert all(effect["params"]["type"] == "object" for effect in told["effects"])


def test_prometheus_sees_the_lag_of_each_subscriber(house: House, broken: Recorder) -> None:
    text = house.client("admin").get("/metrics").content.decode()
    assert 'shuniu_hub_stuck_events{subscriber="broken"} 1.0' in text
    assert 'shuniu_hub_behind_events{subscriber="broken"} 0.0' in text
