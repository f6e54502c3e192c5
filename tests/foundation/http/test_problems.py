import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ZH = {"Accept-Language": "zh-CN"}
EN = {"Accept-Language": "en-GB"}


def post(client: Client, body: object, **headers: str) -> object:
    return client.post(
        "/api/things", body, content_type="application/json", headers={"Idempotency-Key": "k" * 12, **headers}
    )


def test_a_refusal_is_a_problem_document_that_points_at_its_field(client: Client) -> None:
    answer = post(client, {"name": "bad", "amount": "1.00"}, **ZH)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "probe.refused"
    assert problem["title"] == "名字“bad”不行"
    assert problem["errors"] == [{"field": "name", "message": "名字“bad”不行", "code": "probe.refused"}]
    assert problem["request_id"] == answer.headers["X-Request-Id"]


def test_the_language_of_the_reader_is_used(client: Client) -> None:
    assert post(client, {"name": "bad", "amount": "1"}, **EN).json()["title"] == "The name “bad” will not do."


def test_wrong_types_name_every_field_in_words(client: Client) -> None:
    problem = post(client, {"amount": "many"}, **ZH).json()

    assert problem["code"] == "invalid"
    assert {(error["field"], error["message"]) for error in problem["errors"]} == {
        ("name", "必填"),
        ("amount", "应为数字"),
    }


def test_malformed_json_is_refused_in_words(client: Client) -> None:
    answer = client.post(
        "/api/things", '{"name": ', content_type="application/json", headers={"Idempotency-Key": "k" * 12}
    )

    assert answer.status_code == 400
    assert answer.json()["code"] == "http.malformed"


def test_an_oversize_body_is_refused(client: Client, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]

    answer = post(client, {"name": "x" * 2000, "amount": "1"})

    assert answer.status_code == 413
    assert answer.json()["code"] == "http.too_large"


def test_an_unknown_address_under_the_api_is_not_found(client: Client) -> None:
    assert client.get("/api/nothing-here").status_code == 404


def test_a_database_that_went_away_asks_to_come_back_later(client: Client) -> None:
    answer = client.get("/api/away")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert answer.json()["code"] == "http.unavailable"


def test_a_fault_of_ours_shows_a_reference_and_no_inner_words(client: Client) -> None:
    answer = client.get("/api/broken")

    assert answer.status_code == 500
    assert "a fault of ours" not in answer.content.decode()
    assert answer.json()["data"]["request_id"] == answer.headers["X-Request-Id"]


def test_routes_ask_who_is_there(client: Client) -> None:
    assert client.get("/api/open").status_code == 200
    assert client.get("/api/mine").status_code == 401
    assert client.get("/api/secret").status_code == 401
