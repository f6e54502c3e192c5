"""People are told, as they wish to be, and read what they were told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.factories.org import HOUSE, NOON, House

from shuniu.foundation.hub import Event, Ref
from shuniu.foundation.text import Text
from shuniu.org import actions, definitions, queries
from shuniu.org.contracts import NoticeKind
from shuniu.org.hub import SUBSCRIBERS
from shuniu.org.queries.notices import bell_rows
from shuniu.org.tasks import forget_old_notices

OFFER = NoticeKind("test.offer", Text("派单", "Offer"))


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    before = dict(definitions._notice_kinds)
    definitions.register(notice_kinds=(OFFER,))
    yield
    definitions._notice_kinds.clear()
    definitions._notice_kinds.update(before)


def tell(house: House, *logins: str, urgent: bool = False) -> list[int]:
    return actions.notify(
        staff_ids=[house.staff[login] for login in logins],
        kind=OFFER.key,
        text=Text("有新工单", "A new work order"),
        subject=Ref("unit", house.units["WHGG"]),
        by=HOUSE,
        now=NOON,
        urgent=urgent,
    )


def events() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("select name, subject_id, data from event where name like 'notice.%%' order by id")
        return [{"name": name, "subject": subject, "data": data} for name, subject, data in cursor.fetchall()]


def test_everybody_named_gets_one_and_channels_hear_of_each(house: House) -> None:
    ids = tell(house, "zhang", "chen", "zhang")
    assert len(ids) == 2
    assert [event["subject"] for event in events()] == ids
    cards = queries.notices(ids)
    assert {card.staff_id for card in cards.values()} == {house.staff["zhang"], house.staff["chen"]}


def test_the_bell_counts_lists_and_empties(house: House) -> None:
    tell(house, "zhang")
    tell(house, "zhang", "chen", urgent=True)
    zhang = house.client("zhang")
    assert zhang.get("/api/notices/unread").json() == {"count": 2}
    latest, first = zhang.get("/api/notices").json()["items"]
    assert (latest["text"], latest["urgent"], latest["link"]) == (
        "有新工单",
        True,
        f"/console/units?open={house.units['WHGG']}",
    )

    assert zhang.send("POST", f"/api/notices/{first['id']}/read").json() == {"count": 1}
    assert zhang.get("/api/notices/unread").json() == {"count": 1}
    assert zhang.send("POST", "/api/notices/read-all").json() == {"count": 1}
    assert zhang.get("/api/notices", {"unread": True}).json()["items"] == []
    assert house.client("chen").get("/api/notices/unread").json() == {"count": 1}


def test_the_text_comes_in_the_readers_language(house: House) -> None:
    tell(house, "zhang")
    answer = house.client("zhang").get("/api/notices", headers={"Accept-Language": "en"})
    assert answer.json()["items"][0]["text"] == "A new work order"


def test_nobody_reads_or_marks_anothers_notices(house: House) -> None:
    [notice_id] = tell(house, "zhang")
    chen = house.client("chen")
    assert chen.send("POST", f"/api/notices/{notice_id}/read").status_code == 404
    assert chen.send("POST", "/api/notices/read", {"ids": [notice_id]}).json() == {"count": 0}
    assert queries.unread_count(house.staff["zhang"]) == 1


def test_preferences_decide_where_a_notice_arrives_and_urgent_ones_reach_the_bell(house: House) -> None:
    zhang = house.client("zhang")
    quiet = {"kind": OFFER.key, "bell": False, "wecom": True}
    [told] = [
        one for one in zhang.send("PUT", "/api/notices/preferences", quiet).json() if one["kind"] == OFFER.key
    ]
    assert told == {"kind": OFFER.key, "name": "派单", "bell": False, "wecom": True}

    [by_wecom] = tell(house, "zhang")
    assert zhang.get("/api/notices/unread").json() == {"count": 0}
    assert queries.notices([by_wecom])[by_wecom].by_wecom is True
    tell(house, "zhang", urgent=True)
    assert zhang.get("/api/notices/unread").json() == {"count": 1}

    zhang.send("PUT", "/api/notices/preferences", {"kind": OFFER.key, "bell": False, "wecom": False})
    assert tell(house, "zhang") == []
    unknown = {"kind": "no.such", "bell": True, "wecom": True}
    assert zhang.send("PUT", "/api/notices/preferences", unknown).status_code == 422


def test_who_has_left_is_not_told(house: House) -> None:
    actions.archive_staff(staff_id=house.staff["zhang"], by=HOUSE, now=NOON)
    assert tell(house, "zhang") == []


def test_whoever_began_an_import_hears_of_its_end(house: House) -> None:
    event = Event(
        id=1,
        at=NOON,
        name="import.finished",
        subject=Ref("import", 7),
        unit_id=None,
        customer_id=None,
        by="staff:1",
        data={"staff_ids": [house.staff["chen"]], "imported": 12, "done": True},
    )
    [subscriber] = SUBSCRIBERS
    subscriber.handle([event])
    assert [row.title for row in bell_rows(house.staff["chen"])] == ["导入完成，共 12 行"]


def test_notices_are_forgotten_after_half_a_year(house: House) -> None:
    tell(house, "zhang")
    assert forget_old_notices(NOON + timedelta(days=179)) == 0
    assert forget_old_notices(NOON + timedelta(days=181)) == 1
