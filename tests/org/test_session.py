"""Signing in and out, and what the pages are told of who is there."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.org import HOUSE, NOON, PASSWORD, House, SignedIn
from tests.factories.org import house as make_house

from shuniu.foundation.clock import now
from shuniu.foundation.identity.models import Session
from shuniu.org import actions


def test_nobody_is_signed_in_before_signing_in(house: House) -> None:
    answer = Client().get("/api/session")
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


def test_a_person_signs_in_by_password_and_out_again(db: None) -> None:
    house = make_house(password=PASSWORD)
    client = SignedIn()

    answer = client.send("POST", "/api/session", {"username": "Chen", "password": PASSWORD})

    assert answer.status_code == 200, answer.content
    session = answer.json()
    assert session["user"]["username"] == "chen"
    assert session["staff"] == {
        "id": house.staff["chen"],
        "name": "陈店长",
        "position": "店长",
        "unit_id": house.units["WHGG"],
        "unit_name": "武汉光谷店",
    }
    assert session["company"] == "悦居家电服务"
    assert [unit["name"] for unit in session["units"]] == ["武汉光谷店"]
    assert session["scopes"]["customer.read"] == "subtree"
    assert "org.role_write" not in session["permissions"]
    assert client.get("/api/session").json() == {**session}

    assert client.send("POST", "/api/session/logout").status_code == 204
    assert client.get("/api/session").status_code == 401


def test_the_session_gets_a_new_key_at_login(db: None) -> None:
    make_house(password=PASSWORD)
    client = SignedIn()
    client.session["planted"] = "before"
    before = client.session.session_key

    client.send("POST", "/api/session", {"username": "chen", "password": PASSWORD})

    assert client.session.session_key != before


def test_a_wrong_password_says_neither_which_part_was_wrong(db: None) -> None:
    make_house(password=PASSWORD)
    known = SignedIn().send("POST", "/api/session", {"username": "chen", "password": "nonsense"}).json()
    unknown = SignedIn().send("POST", "/api/session", {"username": "nobody", "password": "nonsense"}).json()

    assert known["code"] == "identity.wrong_password"
    assert {**known, "request_id": ""} == {**unknown, "request_id": ""}


def test_the_language_is_remembered(house: House) -> None:
    client = house.client("chen")
    assert client.send("PATCH", "/api/session", {"locale": "en"}).json()["locale"] == "en"
    assert client.get("/api/session").json()["locale"] == "en"
    answer = client.send("PATCH", "/api/session", {"locale": "fr"})
    assert (answer.status_code, answer.json()["code"]) == (422, "identity.unknown_locale")


def test_who_came_with_a_one_time_password_must_change_it_first(house: House) -> None:
    given = actions.reset_password(staff_id=house.staff["chen"], by=HOUSE, now=now())
    client = SignedIn()

    session = client.send("POST", "/api/session", {"username": "chen", "password": given.password}).json()
    assert session["user"]["must_change_password"] is True
    assert (session["staff"], session["permissions"], session["units"]) == (None, [], [])
    assert client.get("/api/org/staff").status_code == 403

    change = {"old": given.password, "new": "a much better password"}
    session = client.send("POST", "/api/session/password", change).json()
    assert session["user"]["must_change_password"] is False
    assert "org.staff_read" in session["permissions"]
    assert client.get("/api/org/staff").status_code == 200


def test_a_one_time_password_lives_seven_days(house: House) -> None:
    given = actions.reset_password(staff_id=house.staff["chen"], by=HOUSE, now=now() - timedelta(days=8))
    answer = SignedIn().send("POST", "/api/session", {"username": "chen", "password": given.password})
    assert (answer.status_code, answer.json()["code"]) == (403, "identity.one_time_password_expired")


def test_changing_the_password_ends_the_other_sessions(db: None) -> None:
    house = make_house(password=PASSWORD)
    here, elsewhere = house.client("chen"), house.client("chen")

    change = {"old": PASSWORD, "new": "a much better password"}
    assert here.send("POST", "/api/session/password", change).status_code == 200

    assert here.get("/api/session").status_code == 200
    assert elsewhere.get("/api/session").status_code == 401


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("nonsense", "a much better password", "identity.wrong_password", "old"),
        (PASSWORD, PASSWORD, "identity.same_password", "new"),
        (PASSWORD, "short", "identity.weak_password", "new"),
        (PASSWORD, "1234567890", "identity.weak_password", "new"),
    ],
)
def test_a_bad_new_password_is_refused_at_its_field(
    db: None, old: str, new: str, code: str, field: str
) -> None:
    client = make_house(password=PASSWORD).client("chen")
    answer = client.send("POST", "/api/session/password", {"old": old, "new": new})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, code)
    assert {error["field"] for error in problem["errors"]} == {field}


def test_leaving_ends_the_session(house: House) -> None:
    client = house.client("chen")
    assert client.get("/api/session").status_code == 200

    actions.archive_staff(staff_id=house.staff["chen"], by=HOUSE, now=NOON)

    assert client.get("/api/session").status_code == 401
    assert not Session.objects.exclude(user_id=None).exists()


def test_after_five_wrong_passwords_one_is_told_how_long_to_wait(house: House) -> None:
    client = SignedIn()
    wrong = {"username": "chen", "password": "nonsense"}
    answers = [client.send("POST", "/api/session", wrong) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    problem = answers[-1].json()
    assert problem["code"] == "identity.too_many_logins"
    assert 800 < problem["data"]["seconds"] <= 900
    assert answers[-1].headers["Retry-After"] == str(problem["data"]["seconds"])


def test_another_site_cannot_sign_a_browser_in(db: None) -> None:
    make_house(password=PASSWORD)
    answer = SignedIn().post(
        "/api/session",
        {"username": "chen", "password": PASSWORD},
        content_type="application/json",
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "http.csrf")


def test_writes_of_a_signed_in_browser_need_the_pages_token(house: House) -> None:
    client = house.client("chen")
    client.handler.enforce_csrf_checks = True
    assert client.get("/api/session").status_code == 200
    answer = client.send("PATCH", "/api/session", {"locale": "en"})
    assert (answer.status_code, answer.json()["code"]) == (403, "http.csrf")
