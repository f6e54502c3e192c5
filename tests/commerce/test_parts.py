"""Spare parts: the catalogue beside what is sold, its list, and its way in by spreadsheet."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import org as factory
from tests.factories.org import HOUSE, NOON, House, SignedIn

from shuniu.commerce import actions
from shuniu.commerce.contracts import ItemKind, ProductCodeTaken
from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.clock import now
from shuniu.foundation.imports.carrying import run_import

pytestmark = pytest.mark.django_db

PIPE = actions.NewProduct(
    code="PJ-1", name="加长铜管", price=Decimal("180.00"), category="管路", measure="根"
)


@pytest.fixture
def house() -> House:
    return factory.house()


def load(*rows: actions.NewProduct, kind: ItemKind = ItemKind.SPARE_PART) -> dict[str, int]:
    return actions.load_products(rows=rows, kind=kind, by=HOUSE, now=NOON)


def part(code: str, name: str, price: str, category: str = "") -> actions.NewProduct:
    return actions.NewProduct(code=code, name=name, price=Decimal(price), category=category)


def codes(client: SignedIn, query: str = "") -> list[str]:
    return [row["code"] for row in client.get(f"/api/spare-parts?{query}").json()["items"]]


def test_parts_and_products_are_listed_apart(house: House) -> None:
    load(PIPE)
    load(part("AC-15", "空调", "2899.00"), kind=ItemKind.GOODS)
    sun = house.client("sun")
    assert codes(sun) == ["PJ-1"]
    assert [row["code"] for row in sun.get("/api/products").json()["items"]] == ["AC-15"]
    (row,) = sun.get("/api/spare-parts").json()["items"]
    assert (row["name"], row["price"], row["measure"], row["category"]) == (
        "加长铜管", "180.00", "根", "管路",
    )  # fmt: skip


def test_parts_are_filtered_sorted_paged_and_exported(house: House) -> None:
    load(
        PIPE, part("PJ-2", "支架", "120.00", "辅材"), part("PJ-3", "主板", "560.00", "电气"),
        part("PJ-4", "空气开关", "65.00", "电气"),
    )  # fmt: skip
    sun = house.client("sun")
    assert codes(sun, "text=铜管") == ["PJ-1"]
    assert codes(sun, "text=pj-2") == ["PJ-2"]
    assert codes(sun, "category=电气&sort=code") == ["PJ-3", "PJ-4"]
    assert codes(sun, "sort=-price") == ["PJ-3", "PJ-1", "PJ-2", "PJ-4"]
    assert codes(sun) == ["PJ-1", "PJ-4", "PJ-2", "PJ-3"], "by pinyin: jia, kong, zhi, zhu"
    first = sun.get("/api/spare-parts?sort=code&limit=3").json()
    assert (first["total"], codes(sun, f"sort=code&limit=3&cursor={first['next']}")) == (4, ["PJ-4"])
    assert sun.get("/api/spare-parts/categories").json() == ["电气", "辅材", "管路"]
    lines = b"".join(sun.get("/api/spare-parts/export?format=csv&category=辅材")).decode("utf-8-sig")
    assert lines.splitlines() == ["编码,名称,分类,单价,计量单位", "PJ-2,支架,辅材,120.00,"]


def test_a_part_is_made_changed_and_retired_under_its_own_rights(house: House) -> None:
    sun, chen = house.client("sun"), house.client("chen")
    body = {"code": "PJ-9", "name": "过滤网", "price": "25.50", "measure": "片", "category": ""}
    assert chen.send("POST", "/api/spare-parts", body).status_code == 403
    made = sun.send("POST", "/api/spare-parts", body).json()
    assert codes(chen) == ["PJ-9"]
    changed = sun.send("PUT", f"/api/spare-parts/{made['id']}", {**body, "price": "26.00"}).json()
    assert (changed["id"], changed["price"]) == (made["id"], "26.00")
    assert sun.send("PUT", f"/api/products/{made['id']}", body).status_code == 404, "it is not a product"
    assert sun.send("DELETE", f"/api/spare-parts/{made['id']}").status_code == 204
    assert codes(chen) == []
    actions_done = AuditEntry.objects.filter(subject_kind="product", subject_id=made["id"])
    assert list(actions_done.order_by("id").values_list("action", flat=True)) == [
        "spare_part.create", "spare_part.update", "spare_part.archive",
    ]  # fmt: skip


def test_a_code_belongs_to_one_item_of_the_catalogue(house: House) -> None:
    load(part("K1", "空调", "2899.00"), kind=ItemKind.GOODS)
    with pytest.raises(ProductCodeTaken):
        load(PIPE, part("K1", "铜管", "1.00"))
    answer = house.client("sun").send(
        "POST", "/api/spare-parts", {"code": "K1", "name": "铜管", "price": "1.00"}
    )
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "code")


def begin(client: SignedIn, *rows: str) -> Any:
    content = io.BytesIO("\n".join(rows).encode())
    stored = client.post(
        "/api/files", {"file": SimpleUploadedFile("备件.csv", content.getvalue()), "purpose": "import"}
    ).json()
    return client.send("POST", "/api/imports", {"importer": "spare_parts", "file_id": stored["id"]})


def faults(client: SignedIn, run_id: int) -> list[tuple[int, str]]:
    rows = client.get(f"/api/imports/{run_id}/rows?faulty=true").json()["rows"]
    return [(row["number"], fault["column"]) for row in rows for fault in row["faults"]]


def test_a_sheet_of_parts_is_judged_row_by_row_and_written_all_or_nothing(house: House) -> None:
    load(part("AC-15", "空调", "2899.00"), kind=ItemKind.GOODS)
    sun = house.client("sun")
    head = "编码,名称,单价,单位,分类"
    bad = begin(
        sun, head, "PJ-1,铜管,180,根,管路", "PJ-2,,1,个,", "PJ-3,支架,-1,副,", "PJ-4,甲,1,,", "PJ-4,乙,1,,",
        "AC-15,空调,1,台,",
    ).json()  # fmt: skip
    assert (bad["status"], bad["total"], bad["faulty"]) == ("ready", 6, 5)
    assert faults(sun, bad["id"]) == [(3, "name"), (4, "price"), (5, "code"), (6, "code"), (7, "code")]
    assert codes(sun) == []

    good = begin(sun, head, "PJ-1,铜管,180,根,管路", "PJ-2,支架,¥120.00,副,").json()
    assert (good["mapping"], good["faulty"]) == (
        {"code": 0, "name": 1, "price": 2, "measure": 3, "category": 4},
        0,
    )
    assert sun.send("POST", f"/api/imports/{good['id']}/start").json()["status"] == "queued"
    run_import(run_id=good["id"], now=now())
    assert sun.get(f"/api/imports/{good['id']}").json()["imported"] == 2
    assert codes(sun, "sort=code") == ["PJ-1", "PJ-2"]


def test_who_may_not_manage_parts_imports_none(house: House) -> None:
    chen = house.client("chen")
    assert "spare_parts" not in [kind["key"] for kind in chen.get("/api/imports/kinds").json()]
    assert begin(chen, "编码,名称,单价", "PJ-1,铜管,180").status_code == 403
