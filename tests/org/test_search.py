"""Finding people and units: by name, pinyin, initials, number and phone; only what one may see."""

from typing import Any

import pytest
from tests.factories import org
from tests.factories.org import HOUSE, NOON, House

from shuniu.foundation.search.models import SearchEntry
from shuniu.foundation.search.queries import find
from shuniu.foundation.search.tasks import reindex
from shuniu.org import actions


def titles(house: House, q: str, login: str = "admin") -> list[str]:
    found = find(q, actor=house.actor(login), locale="zh-CN")
    return [hit.title for group in found.groups for hit in group.items]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("张师傅", ["张师傅"]),
        ("师傅", ["吴师傅", "张师傅"]),
        ("张", ["张师傅"]),
        ("zhangshifu", ["张师傅"]),
        ("ZSF", ["张师傅"]),
        ("光谷", ["武汉光谷店"]),
        ("WHGG", ["武汉光谷店"]),
        ("武汉 光谷", ["武汉光谷店"]),
        ("0003", ["张师傅"]),
        ("13907110003", ["张师傅"]),
        ("139 0711 0003", []),
        ("+8613907110003", ["张师傅"]),
        ("高空", ["张师傅"]),
        ("光汉", []),
        ("%", []),
        ("_", []),
        ("", []),
        ("   ", []),
    ],
)
def test_what_is_found(house: House, q: str, expected: list[str]) -> None:
    assert sorted(titles(house, q)) == sorted(expected)


def test_exact_titles_come_first_then_beginnings(house: House) -> None:
    for name in ("小张师傅", "张师傅二", "张师"):
        org.person(name, unit_id=house.units["HQ"])
    assert titles(house, "张师")[:3] == ["张师", "张师傅二", "张师傅"] or titles(house, "张师")[0] == "张师"
    assert titles(house, "张师")[-1] == "小张师傅"


def test_only_what_one_may_see_is_found(house: House) -> None:
    assert titles(house, "师傅", "chen") == ["张师傅"]
    assert titles(house, "店", "chen") == ["陈店长", "武汉光谷店"]
    assert titles(house, "师傅", "zhang") == []


def test_the_index_follows_changes_and_departures(house: House) -> None:
    change = actions.StaffChange(name="章师傅", phone="13800001111")
    actions.change_staff(staff_id=house.staff["zhang"], change=change, by=HOUSE, now=NOON)
    assert titles(house, "章师傅") == titles(house, "1111") == ["章师傅"]
    assert titles(house, "张师傅") == titles(house, "0003") == []

    actions.archive_staff(staff_id=house.staff["zhang"], by=HOUSE, now=NOON)
    assert titles(house, "章师傅") == []


def test_no_phone_number_lies_in_the_index(house: House) -> None:
    for entry in SearchEntry.objects.all():
        stored = f"{entry.title} {entry.haystack} {' '.join(entry.grams)}"
        assert "13907110003" not in stored


def test_all_kinds_are_one_query_and_one_per_kind_for_names(
    house: House, django_assert_num_queries: Any
) -> None:
    actor = house.actor("admin")
    with django_assert_num_queries(3):
        find("武汉", actor=actor, locale="zh-CN")


def test_reindexing_brings_back_what_is_lost(house: House) -> None:
    before = sorted(SearchEntry.objects.values_list("subject_kind", "title", "grams"))
    SearchEntry.objects.filter(subject_kind__in=["staff", "unit"]).delete()
    assert reindex() >= len(before)
    assert sorted(SearchEntry.objects.values_list("subject_kind", "title", "grams")) == before


def test_the_search_box_answers_grouped_with_links(house: House) -> None:
    answer = house.client("chen").get("/api/search", {"q": "陈店长"}).json()
    assert answer["groups"] == [
        {
            "kind": "staff",
            "name": "员工",
            "items": [
                {
                    "kind": "staff",
                    "id": house.staff["chen"],
                    "title": "陈店长",
                    "subtitle": "武汉光谷店 · 店长",
                    "link": f"/console/staff/{house.staff['chen']}",
                }
            ],
            "more": False,
        }
    ]
    assert house.client("chen").get("/api/search", {"q": "x" * 61}).status_code == 422
