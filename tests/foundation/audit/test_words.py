"""Whatever the log holds can be read: every recorded action has words in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.factories import org as factory
from tests.factories.org import HOUSE, NOON, House

import shuniu
from shuniu.app import wiring
from shuniu.foundation.audit import actions, words
from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.hub import Ref, registry
from shuniu.foundation.text import Text
from shuniu.org import actions as org

SOURCES = Path(shuniu.__file__).parent
CODE = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z_]+")
RECORDERS = {"record", "Entry", "_record"}


@pytest.fixture(autouse=True)
def wired() -> None:
    wiring.wire()


def test_every_action_named_in_the_code_has_words() -> None:
    recorded = set(_recorded())
    assert len(recorded) > 50, "the search finds what is recorded"
    known = words.all_actions()
    # one that is put together in place is known by its beginning
    begun = tuple(known)
    assert sorted(code for code in recorded if code not in known and not _begins(code, begun)) == []


def test_recording_an_action_without_words_is_told_at_once(db: None) -> None:
    with pytest.warns(UserWarning, match="no words for probe.forgotten"):
        actions.record(by=HOUSE, now=NOON, action="probe.forgotten", subject=Ref("probe", 1))


def test_words_are_given_in_both_languages_and_no_two_actions_share_them() -> None:
    texts = words.all_actions()
    for table in (texts, words.all_fields()):
        for code, text in table.items():
            assert re.search(r"[\u4e00-\u9fff]", text.zh), code
            assert re.fullmatch(r"[^\u4e00-\u9fff]+", text.en), code
    for pick in ("zh-CN", "en"):
        said = [text.pick(pick) for text in texts.values()]
        assert sorted({name for name in said if said.count(name) > 1}) == []


def test_the_same_code_cannot_be_declared_with_other_words() -> None:
    code = next(iter(words.all_actions()))
    with pytest.raises(ValueError, match="declared twice"):
        words.declare(Deeds(actions={code: Text("别的", "Something else")}))


def test_every_kind_of_thing_has_a_name(db: None) -> None:
    kinds = set(re.findall(r"Ref\(\"([a-z_]+)\", ", "".join(_texts())))
    assert {"user", "role", "work_order"} <= kinds
    assert sorted(kind for kind in kinds if words.thing_text(kind).zh == kind) == []


@pytest.fixture
def house(db: None) -> House:
    return factory.house()


def test_the_log_shows_words_titles_and_links(house: House) -> None:
    org.change_unit(unit_id=house.units["WHGG"], name="光谷店", by=house.actor("chen"), now=NOON)
    admin = house.client("admin")
    (row,) = admin.get("/api/audit?action=org.unit_changed").json()["items"]
    assert (row["action_name"], row["subject_name"], row["subject_title"]) == (
        "修改组织单元",
        registry.subject("unit").text.zh,
        "光谷店",
    )
    assert row["subject_link"].startswith("/console/")
    assert row["names"]["name"] == "名称"
    assert [code for code, name in row["names"].items() if code == name] == []
    english = admin.get("/api/audit?action=org.unit_changed", HTTP_ACCEPT_LANGUAGE="en").json()["items"][0]
    assert english["action_name"] == "Unit changed"


def test_the_log_is_filtered_by_several_actions_and_exported_in_words(house: House) -> None:
    admin = house.client("admin")
    found = admin.get("/api/audit?action=org.unit_created&action=org.role_created&limit=200").json()["items"]
    assert {row["action"] for row in found} <= {"org.unit_created", "org.role_created"}
    assert admin.get("/api/audit?action=org").json()["items"] == []
    org.change_unit(unit_id=house.units["WHGG"], name="光谷店", by=house.actor("chen"), now=NOON)
    lines = b"".join(admin.get("/api/audit/export?action=org.unit_changed&format=csv")).decode("utf-8-sig")
    assert lines.splitlines()[1].split(",")[1:4] == [
        "陈店长", "修改组织单元", f"组织单元 {house.units['WHGG']}",
    ]  # fmt: skip


def test_the_words_are_for_who_may_read_the_log(house: House) -> None:
    told = house.client("admin").get("/api/audit/actions").json()
    assert {"code": "org.setting_changed", "name": "修改设置"} in told
    assert house.client("chen").get("/api/audit/actions").status_code == 403


def test_a_field_is_named_as_the_domain_of_the_action_names_it() -> None:
    assert words.field_text("org.staff_changed", "number").zh == "工号"
    assert words.field_text("identity.sign_in", "phone").zh == "电话"
    assert words.field_text("identity.sign_in", "nowhere").zh == "nowhere"


def _begins(code: str, known: tuple[str, ...]) -> bool:
    return code.endswith("_") and any(other.startswith(code) for other in known)


def _texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py")]


def _recorded() -> Iterator[str]:
    """Codes handed to the log, as far as the code names them in place."""
    for text in _texts():
        for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name not in RECORDERS:
                continue
            given: list[Any] = [keyword.value for keyword in call.keywords if keyword.arg == "action"]
            for value in given or call.args[:2]:
                for node in ast.walk(value):
                    if isinstance(node, ast.Constant) and CODE.fullmatch(str(node.value)):
                        yield str(node.value)
