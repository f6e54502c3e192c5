"""Spreadsheets come in: mapped by themselves, judged row by row, written all or nothing."""

import io
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.factories.org import HOUSE, House, SignedIn

from shuniu.foundation.clock import now
from shuniu.foundation.imports.carrying import run_import
from shuniu.foundation.imports.models import ImportRun
from shuniu.org import actions, queries
from shuniu.org.models import Staff, Unit

HEADER = ["姓名*", "工号", "单元编码", "手机（必填）", "技能", "角色", "入职"]
GOOD = ["刘师傅", "W1", "WHGG", "13800000001", "空调安装、净水", "师傅", "2026-03-02"]


def xlsx(*rows: list[Any]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def upload(client: SignedIn, content: bytes, name: str = "员工.xlsx") -> int:
    answer = client.post("/api/files", {"file": SimpleUploadedFile(name, content), "purpose": "import"})
    assert answer.status_code == 200, answer.content
    return int(answer.json()["id"])


def begin(client: SignedIn, content: bytes, *, importer: str = "staff", name: str = "员工.xlsx") -> Any:
    return client.send(
        "POST", "/api/imports", {"importer": importer, "file_id": upload(client, content, name)}
    )


def carry_out(run_id: int, *, at: datetime | None = None) -> None:
    run_import(run_id=run_id, now=at or now())


def waiting_jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name from procrastinate_jobs where status = 'todo'")
        return [row[0] for row in cursor]


def faults(client: SignedIn, run_id: int) -> list[tuple[int, str, str]]:
    rows = client.get(f"/api/imports/{run_id}/rows", {"faulty": True}).json()["rows"]
    return [(row["number"], fault["column"], fault["message"]) for row in rows for fault in row["faults"]]


def test_a_sound_file_is_mapped_judged_and_written(house: House) -> None:
    client = house.client("chen")
    sheet = xlsx(["2026 年员工表"], HEADER, GOOD, ["何师傅", 1002, "WHGG", 13800000002, "", "", ""])

    run = begin(client, sheet).json()

    assert (run["status"], run["total"], run["faulty"]) == ("ready", 2, 0)
    assert run["mapping"] == {"name": 0, "number": 1, "unit": 2, "phone": 3, "skills": 4, "role": 5}

    started = client.send("POST", f"/api/imports/{run['id']}/start").json()
    assert (started["status"], started["done"]) == ("queued", 0)
    assert waiting_jobs() == ["imports.carry_out"]
    carry_out(run["id"])

    done = client.get(f"/api/imports/{run['id']}").json()
    assert (done["status"], done["imported"], done["done"]) == ("done", 2, 2)
    liu = Staff.objects.get(number="W1")
    assert (liu.name, liu.skills, liu.phone_last4) == ("刘师傅", ["空调安装", "净水"], "0001")
    assert [card.name for card in queries.staff_with(role="field_worker", unit_id=house.units["WHGG"])] == [
        "张师傅",
        "刘师傅",
    ]
    # a number typed as a number is the text that was meant
    assert Staff.objects.get(number="1002").phone_last4 == "0002"


def test_every_fault_is_told_with_its_row_and_column_and_nothing_is_written(house: House) -> None:
    client = house.client("chen")
    before = Staff.objects.count()
    rows = [
        GOOD,
        ["", "W2", "WHGG", "13800000002", "", "", ""],
        ["甲", "W3", "NOWHERE", "13800000003", "", "", ""],
        ["乙", "W4", "WHHK", "13800000004", "", "", ""],
        ["丙", "5", "WHGG", "12", "", "厂长", ""],
        ["丁", "W1", "WHGG", "", "", "", ""],
        ["戊", "5", "WHGG", "", "", "厂长", ""],
        ["", "", "", "", "", "", ""],
    ]
    run = begin(client, xlsx(HEADER, *rows)).json()

    assert (run["total"], run["faulty"]) == (7, 7)
    assert faults(client, run["id"]) == [
        (2, "number", "表格中重复"),
        (3, "name", "必填"),
        (4, "unit", "没有这个编码的组织单元"),
        (5, "unit", "您无权在此单元操作"),
        (6, "phone", "手机号应为 6 至 15 位数字"),
        (7, "number", "表格中重复"),
        (8, "role", "没有这个角色"),
        (8, "number", "系统中已存在"),
    ]
    refused = client.send("POST", f"/api/imports/{run['id']}/start")
    assert (refused.status_code, refused.json()["code"]) == (409, "imports.faulty")
    assert Staff.objects.count() == before


def test_the_faulty_rows_are_downloaded_with_their_reasons(house: House) -> None:
    client = house.client("chen")
    run = begin(client, xlsx(HEADER, GOOD, ["", "W2", "WHGG", "13800000002", "", "", ""])).json()
    answer = client.get(f"/api/imports/{run['id']}/faulty", {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines() == [
        "姓名*,工号,单元编码,手机（必填）,技能,角色,入职,错误原因,原行号",
        ",W2,WHGG,13800000002,,,,必填,3",
    ]


def test_columns_are_mapped_by_hand_and_judged_again(house: House) -> None:
    client = house.client("chen")
    run = begin(client, xlsx(["叫什么", "在哪里"], ["刘师傅", "WHGG"])).json()
    assert (run["mapping"], run["total"]) == ({}, 0)

    mapped = client.send(
        "PUT", f"/api/imports/{run['id']}/mapping", {"mapping": {"name": 0, "unit": 1}}
    ).json()
    assert (mapped["total"], mapped["faulty"]) == (1, 0)
    for mapping in ({"name": 0, "unit": 0}, {"name": 7}, {"salary": 1}):
        refused = client.send("PUT", f"/api/imports/{run['id']}/mapping", {"mapping": mapping})
        assert (refused.status_code, refused.json()["code"]) == (422, "imports.mapping_invalid")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-8"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_any_program_is_read(house: House, encoding: str, separator: str) -> None:
    text = "\r\n".join(
        separator.join(row) for row in (["姓名", "单元编码"], ["刘师傅", "WHGG"], ["何师傅", "WHGG"])
    )
    run = begin(house.client("chen"), text.encode(encoding), name="员工.csv").json()
    assert (run["total"], run["faulty"]) == (2, 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 no workbook at all", "files.type_refused"),
        ("姓名,单元编码\n".encode(), "imports.sheet_empty"),
        (b"<html><body>x</body></html>", "files.type_refused"),
    ],
)
def test_files_that_are_no_spreadsheet_are_refused(house: House, content: bytes, code: str) -> None:
    client = house.client("chen")
    answer = client.post(
        "/api/files", {"file": SimpleUploadedFile("员工.xlsx", content), "purpose": "import"}
    )
    if answer.status_code == 200:
        answer = client.send("POST", "/api/imports", {"importer": "staff", "file_id": answer.json()["id"]})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_refusal_in_the_middle_undoes_everything_and_says_why(house: House) -> None:
    client = house.client("chen")
    rows = [[f"员工{number}", f"N{number}", "WHGG", "", "", "", ""] for number in range(450)]
    run = begin(client, xlsx(HEADER, *rows)).json()
    client.send("POST", f"/api/imports/{run['id']}/start")
    before = Staff.objects.count()
    # somebody else takes a number after the check
    actions.create_staff(name="抢先", number="N440", unit_id=house.units["WHGG"], by=HOUSE, now=now())

    carry_out(run["id"])

    failed = client.get(f"/api/imports/{run['id']}").json()
    assert (failed["status"], failed["message"]) == ("failed", "还有 1 行有误，改正后才能导入")
    assert Staff.objects.count() == before + 1
    carry_out(run["id"])
    assert ImportRun.objects.get(pk=run["id"]).status == "failed"


def test_a_dead_workers_import_starts_again_and_is_done_once(house: House) -> None:
    client = house.client("chen")
    run = begin(client, xlsx(HEADER, GOOD)).json()
    client.send("POST", f"/api/imports/{run['id']}/start")
    ImportRun.objects.filter(pk=run["id"]).update(status="running")  # the worker died here

    carry_out(run["id"])
    carry_out(run["id"])

    assert Staff.objects.filter(number="W1").count() == 1
    assert ImportRun.objects.get(pk=run["id"]).status == "done"


def test_rights_are_those_of_the_moment_of_writing(house: House) -> None:
    client = house.client("chen")
    run = begin(client, xlsx(HEADER, GOOD)).json()
    client.send("POST", f"/api/imports/{run['id']}/start")
    held = [
        card for card in queries.assignments_of([house.staff["chen"]])[house.staff["chen"]] if card.role_id
    ]
    actions.end_assignment(assignment_id=held[0].id, by=HOUSE, now=now())

    carry_out(run["id"])

    assert ImportRun.objects.get(pk=run["id"]).message == "发起导入的人已无此权限"
    assert not Staff.objects.filter(number="W1").exists()


def test_an_import_belongs_to_who_began_it(house: House) -> None:
    run = begin(house.client("chen"), xlsx(HEADER, GOOD)).json()
    admin = house.client("admin")
    assert admin.get(f"/api/imports/{run['id']}").status_code == 404
    assert admin.send("POST", f"/api/imports/{run['id']}/start").status_code == 404
    assert admin.get("/api/imports").json()["items"] == []
    assert [one["id"] for one in house.client("chen").get("/api/imports").json()["items"]] == [run["id"]]


def test_who_may_not_import_is_offered_nothing_and_refused(house: House) -> None:
    agent = house.client("xiaoli")
    kinds = {kind["key"] for kind in agent.get("/api/imports/kinds").json()}
    assert not kinds & {"staff", "units"}
    assert begin(agent, xlsx(HEADER, GOOD)).status_code == 403
    assert agent.get("/api/imports/template", {"importer": "staff"}).status_code == 403
    assert begin(house.client("chen"), xlsx(HEADER, GOOD), importer="nothing").status_code == 404


def test_the_template_is_itself_a_sound_file(house: House) -> None:
    admin = house.client("admin")
    text = b"".join(
        admin.get("/api/imports/template", {"importer": "units", "format": "csv"}).streaming_content
    )
    lines = text.decode("utf-8-sig").splitlines()
    assert lines[0] == "名称*,编码*,类型*,上级编码*,城市,省份,地址,电话,营业时间"
    run = begin(admin, text, importer="units", name="组织.csv").json()
    assert (run["total"], run["faulty"]) == (1, 0)


def test_units_come_in_with_their_parents_above_them(house: House) -> None:
    admin = house.client("admin")
    header = ["名称", "编码", "类型", "上级编码", "城市"]
    rows = [["西南大区", "XN", "大区", "HQ", "成都"], ["成都高新店", "CDGX", "store", "XN", "成都"]]
    run = begin(admin, xlsx(header, *rows), importer="units").json()
    assert run["faulty"] == 0
    admin.send("POST", f"/api/imports/{run['id']}/start")
    carry_out(run["id"])
    assert queries.unit(Unit.objects.get(code="CDGX").pk).region_name == "西南大区"

    wrong = [
        ["丽江店", "LJ", "门店", "YN", ""],
        ["云南大区", "YN", "大区", "HQ", ""],
        ["x", "x", "商场", "HQ", ""],
    ]
    again = begin(admin, xlsx(header, *wrong, *rows), importer="units").json()
    assert {(number, column) for number, column, _ in faults(admin, again["id"])} == {
        (2, "parent"),
        (4, "kind"),
        (5, "code"),
        (6, "code"),
    }
