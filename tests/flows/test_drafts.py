"""Designing over HTTP: drafts save themselves, are checked, published, compared and restored; each in its unit."""

import copy

import pytest
from tests.factories import flows as make
from tests.factories import work_orders as shops
from tests.factories.org import client_of

from shuniu.flows import queries
from shuniu.flows.models import FlowDefinition, FlowDraft
from shuniu.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return shops.shop()


def who(place, login):
    return client_of(place.staff[login])


def begin(place, login="sun", **more):
    body = {"name": {"zh": "退款", "en": "Refund"}, "subject": "customer", "template": "blank", **more}
    answer = who(place, login).send("POST", "/api/flows", body)
    assert answer.status_code == 200, answer.content
    return answer.json()["key"]


def save(place, key, rev, document=make.REVIEW, login="sun"):
    return who(place, login).send("PUT", f"/api/flows/{key}/draft", {"rev": rev, "document": document})


def publish(place, key, rev, login="sun", note="第一版"):
    return who(place, login).send("POST", f"/api/flows/{key}/draft/publish", {"rev": rev, "note": note})


def test_a_flow_is_begun_drawn_and_published_with_a_note(place):
    key = begin(place)
    sun = who(place, "sun")
    listed = next(row for row in sun.get("/api/flows").json()["items"] if row["key"] == key)
    assert (listed["version_number"], listed["draft"]["saved_by"]) == (None, "孙运营")
    assert save(place, key, 1).json()["rev"] == 2
    assert publish(place, key, 2).json()["number"] == 1
    [version] = sun.get(f"/api/flows/{key}/versions").json()
    assert (version["note"], version["published_by"], version["current"]) == ("第一版", "孙运营", True)
    seen = sun.get(f"/api/flows/{key}/draft").json()
    assert (seen["rev"], seen["base_number"], len(seen["document"]["nodes"])) == (0, 1, 4)
    assert list(AuditEntry.objects.filter(subject_kind="flow_definition", action__startswith="flow.")
                .order_by("id").values_list("action", flat=True))[-2:] == ["flow.create", "flow.publish"]  # fmt: skip


def test_who_saves_on_an_old_revision_is_told_who_saved_meanwhile(place):
    key = begin(place)
    assert save(place, key, 1, login="admin").status_code == 200
    refused = save(place, key, 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "flow.draft_moved")
    assert "管理员" in refused.json()["title"] + refused.json().get("detail", "")
    assert publish(place, key, 1).status_code == 409
    assert FlowDraft.objects.get(definition__key=key).saved_by == f"staff:{place.staff['admin']}"


def test_saving_again_and_again_is_one_line_of_the_audit(place):
    key = begin(place)
    for rev in (1, 2, 3):
        assert save(place, key, rev, login="admin").status_code == 200
    assert AuditEntry.objects.filter(action="flow.draft").count() == 1


def test_a_half_drawn_flow_is_kept_but_not_published(place):
    key = begin(place)
    half = copy.deepcopy(make.REVIEW)
    del half["nodes"][1]["people"]["role"]
    assert save(place, key, 1, half).status_code == 200
    refused = publish(place, key, 2)
    assert (refused.status_code, refused.json()["code"]) == (422, "flow.document_faulty")
    assert FlowDraft.objects.filter(definition__key=key).exists()


def test_the_check_names_the_node_and_the_mend(place):
    sun = who(place, "sun")
    half = copy.deepcopy(make.REVIEW)
    del half["nodes"][1]["people"]["role"]
    found = sun.send("POST", "/api/flow-check", {"document": half}).json()
    assert [(one["node"], one["text"]["zh"]) for one in found] == [("review", "「审批」的角色还没有填写")]
    loose = copy.deepcopy(make.REVIEW)
    loose["edges"].pop()
    found = sun.send("POST", "/api/flow-check", {"document": loose}).json()
    assert "pay" in {one["node"] for one in found}
    assert sun.send("POST", "/api/flow-check", {"document": make.REVIEW}).json() == []


def test_a_store_manager_designs_for_the_own_store_only(place):
    chen, he = who(place, "chen"), who(place, "he")
    body = {"name": {"zh": "本店安装", "en": "Ours"}, "template": "blank"}
    assert chen.send("POST", "/api/flows", body).status_code == 403
    assert chen.send("POST", "/api/flows", body | {"unit_id": place.sister}).status_code == 403
    key = begin(place, "chen", unit_id=place.store)
    assert save(place, key, 1, login="chen").status_code == 200
    assert publish(place, key, 2, login="chen").status_code == 200
    assert he.get(f"/api/flows/{key}").status_code == 404
    assert key not in {row["key"] for row in he.get("/api/flows").json()["items"]}
    version = queries.current_version(key).id
    assert he.get(f"/api/flow-versions/{version}/document").status_code == 404
    assert who(place, "xiaoli").get(f"/api/flows/{key}").status_code == 200
    mine = chen.get("/api/flows/ac_install").json()
    assert (mine["may_design"], mine["may_publish"]) == (False, False)
    assert save(place, "ac_install", 0, login="chen").status_code == 403


def test_an_older_version_comes_back_as_the_draft(place):
    key = begin(place)
    save(place, key, 1)
    publish(place, key, 2)
    changed = copy.deepcopy(make.REVIEW)
    changed["nodes"][1]["name"]["zh"] = "复核"
    save(place, key, 0, changed)
    publish(place, key, 1)
    sun = who(place, "sun")
    newest, oldest = sun.get(f"/api/flows/{key}/versions").json()
    assert (newest["number"], oldest["number"]) == (2, 1)
    body = {"rev": 0, "version_id": oldest["id"]}
    assert sun.send("POST", f"/api/flows/{key}/draft/restore", body).json()["rev"] == 1
    seen = sun.get(f"/api/flows/{key}/draft").json()
    assert seen["document"]["nodes"][1]["name"]["zh"] == "审批"
    assert (seen["base_number"], seen["behind"]) == (2, False)


def test_two_versions_are_compared_part_by_part(place):
    key = begin(place)
    save(place, key, 1)
    publish(place, key, 2)
    changed = copy.deepcopy(make.REVIEW)
    changed["nodes"][1]["deadline"]["amount"] = 90
    changed["nodes"].insert(
        3, {"type": "milestone", "id": "paid", "name": make.words("已退款"), "text": make.words("已退")}
    )
    changed["edges"][3] = {"id": "d", "source": "pay", "target": "paid"}
    changed["edges"].append({"id": "f", "source": "paid", "target": "end"})
    changed["layout"] = {"pay": {"x": 1, "y": 2}}
    save(place, key, 0, changed)
    found = who(place, "sun").get(f"/api/flows/{key}/compare", {"left": "1"}).json()
    assert found["nodes"] == [
        {"id": "paid", "fate": "added", "fields": []},
        {"id": "review", "fate": "changed", "fields": ["deadline"]},
    ]
    assert [(edge["id"], edge["fate"]) for edge in found["edges"]] == [("f", "added"), ("d", "changed")]
    assert found["document"] == []


def test_a_discarded_draft_leaves_the_version_and_takes_an_unpublished_flow_along(place):
    key = begin(place)
    sun = who(place, "sun")
    assert sun.send("POST", f"/api/flows/{key}/draft/discard", {"rev": 1}).status_code == 204
    assert FlowDefinition.objects.get(key=key).archived_at is not None
    assert key not in {row["key"] for row in sun.get("/api/flows").json()["items"]}


def test_a_rule_goes_both_ways_between_builder_and_text(place):
    sun = who(place, "sun")
    names = {"金额": "number"}
    drawn = sun.send(
        "POST", "/api/flow-rules",
        {"names": names, "group": {"combinator": "and", "not": False,
                                   "rules": [{"field": "金额", "operator": ">=", "value": "500"}]}},
    ).json()  # fmt: skip
    assert (drawn["text"], drawn["problem"]) == ("金额 >= 500", None)
    written = sun.send("POST", "/api/flow-rules", {"names": names, "text": drawn["text"]}).json()
    assert written["group"] == drawn["group"]
    assert written["tree"]["feel"] == 1
    wrong = sun.send("POST", "/api/flow-rules", {"names": names, "text": "金而 > 1"}).json()
    assert "金额" in wrong["problem"]["zh"]


def test_figures_of_a_flow_say_where_runs_stand(place):
    shops.offered(place)
    found = who(place, "sun").get("/api/flows/ac_install/nodes").json()
    assert {one["node"]: one["open"] for one in found if one["open"]} == {"accept": 1}
    assert who(place, "he").get("/api/flows/ac_install/nodes").json() == []


def test_a_drawing_is_tried_with_answers_and_says_who_would_be_asked(place):
    sun = who(place, "sun")
    body = {
        "document": make.REVIEW,
        "unit_id": place.store,
        "answers": {"review": {"outcome": "passed", "after": 30}},
    }
    played = sun.send("POST", "/api/flow-trial", body).json()
    assert played["status"] == "ended"
    steps = {step["node"]: step for step in played["steps"]}
    assert (steps["review"]["outcome"], steps["review"]["who"]) == ("passed", ["陈店长"])
    assert steps["pay"]["party"] == "system"
    refused = sun.send(
        "POST", "/api/flow-trial", body | {"answers": {"review": {"outcome": "refused"}}}
    ).json()
    assert "pay" not in {step["node"] for step in refused["steps"]}
    chen = who(place, "chen").send("POST", "/api/flow-trial", body | {"unit_id": place.sister})
    assert chen.status_code == 403
