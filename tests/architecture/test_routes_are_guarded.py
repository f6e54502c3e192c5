"""Every route of the API, walked: strangers, people without the permission, and people of a sister store."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import connection
from tests.architecture.bodies import body_for
from tests.factories import org
from tests.factories.org import EARLY, HOUSE, House, SignedIn
from tests.samples import bodies, everywhere, samples

from shuniu.app import wiring
from shuniu.app.api import api
from shuniu.foundation.access import Gate, Permission, all_permissions
from shuniu.foundation.http import RouteEntry
from shuniu.foundation.hub import Ref
from shuniu.org import actions
from shuniu.org.contracts import Grant, GrantScope

ROUTES = [entry for routes in wiring.ROUTERS for entry in routes.entries]
FIRST_PARAMETER = re.compile(r"^.*?\{\w+\}")
PARAMETER = re.compile(r"\{\w+\}")

# Open to anybody, each for its reason. A new one belongs here only with one.
PUBLIC = {
    "POST /session": "signing in",
    "POST /session/logout": "signing out works for a session that has ended too",
    "GET /demo/accounts": "the login page of the demo; empty in production",
    "GET /c/{token}": "the customer's signed link",
    "POST /c/{token}/confirm": "the customer's signed link",
    "POST /c/{token}/rate": "the customer's signed link",
    "POST /c/{token}/live": "the customer's signed link",
    "GET /channels/wecom/callback/{address}": "WeCom, by its signature",
    "POST /channels/wecom/callback/{address}": "WeCom, by its signature",
    "GET /channels/wecom/oauth/start": "signing in by WeCom",
    "GET /channels/wecom/oauth/finish": "signing in by WeCom",
}


@pytest.fixture
def house(db: None) -> House:
    return org.house()


def test_open_routes_are_those_with_a_reason() -> None:
    assert {name(entry) for entry in ROUTES if entry.permission is Gate.PUBLIC} <= set(PUBLIC)


def test_every_route_with_an_id_has_a_sample() -> None:
    """A new kind of path needs an entry in tests/samples: something of one store, or a reason why it has none."""
    known = samples().keys() | everywhere().keys()
    without = {stem for entry in guarded() if (stem := stem_of(entry)) and stem not in known}
    assert without == set()


def test_strangers_are_refused_everywhere(house: House) -> None:
    stranger = SignedIn()
    answers = {name(entry): ask(stranger, entry, "1") for entry in guarded()}
    assert {
        route: answer for route, answer in answers.items() if answer[:2] != (401, "unauthenticated")
    } == {}


def test_people_without_the_permission_are_refused(house: House) -> None:
    newcomer = org.person("新人", unit_id=house.units["WHGG"], username="newcomer")
    client = org.client_of(newcomer.id)
    asked = [entry for entry in guarded() if isinstance(entry.permission, Permission)]
    answers = {name(entry): ask(client, entry, "1") for entry in asked}
    assert {route: answer for route, answer in answers.items() if answer[:2] != (403, "forbidden")} == {}


def test_a_sister_stores_user_sees_and_changes_nothing(house: House) -> None:
    """They may do everything, in their own store."""
    made = {stem: str(make(house)) for stem, make in samples().items()}
    sister = sister_client(house)
    before = deeds()
    seen = {}
    for entry in guarded():
        if (stem := stem_of(entry)) in made:
            answer = ask(sister, entry, made[stem])
            if answer[0] not in (403, 404):
                seen[name(entry)] = answer
    assert seen == {}, "\n".join(f"{route}: {answer}" for route, answer in seen.items())
    assert deeds() == before


def test_a_sister_stores_user_finds_nothing_in_lists(house: House) -> None:
    made = {stem: make(house) for stem, make in samples().items()}
    sister = sister_client(house)
    found = {}
    for entry in guarded():
        for stem, sample in made.items():
            if entry.method == "GET" and stem.rpartition("/")[0] == entry.path:
                answer = sister.get(f"/api{entry.path}", {"limit": 200})
                assert answer.status_code == 200, (name(entry), answer.content)
                if sample in set(ids_in(answer.json())):
                    found[name(entry)] = sample
    assert found == {}


def test_who_is_asked_on_one_step_sees_exactly_that_order(house: House) -> None:
    make = samples()["/work-orders/{order_id}"]
    asked, other = int(make(house)), int(make(house))
    wu = house.client("wu")  # a field worker of 上海徐汇店
    assert [wu.get(f"/api/work-orders/{order}").status_code for order in (asked, other)] == [404, 404]

    actions.take_part(
        subject=Ref("work_order", asked), staff_ids=[house.staff["wu"]], why="asked", by=HOUSE, now=EARLY
    )

    assert [wu.get(f"/api/work-orders/{order}").status_code for order in (asked, other)] == [200, 404]
    assert list(ids_in(wu.get("/api/work-orders", {"limit": 200}).json())) == [asked]


def guarded() -> Iterator[RouteEntry]:
    return (entry for entry in ROUTES if entry.permission is not Gate.PUBLIC)


def name(entry: RouteEntry) -> str:
    return f"{entry.method} {entry.path}"


def stem_of(entry: RouteEntry) -> str:
    """The path up to its first parameter; empty without one."""
    found = FIRST_PARAMETER.match(entry.path)
    return found[0] if found else ""


def ask(client: SignedIn, entry: RouteEntry, sample: str) -> tuple[int, str, str]:
    """Send a well-formed request; status, code and detail."""
    client.raise_request_exception = False
    path = "/api" + PARAMETER.sub(
        "1", entry.path.replace(stem_of(entry), PARAMETER.sub(sample, stem_of(entry)), 1)
    )
    if entry.method == "GET":
        answer = client.get(path)
    else:
        answer = client.send(entry.method, path.replace("/days/1", "/days/2026-03-02"), body(entry))
    problem = answer.json() if "json" in answer.headers.get("Content-Type", "") else {}
    problem = problem if isinstance(problem, dict) else {}
    return answer.status_code, problem.get("code", ""), problem.get("detail", "")


@cache
def openapi() -> Any:
    return api.get_openapi_schema(path_prefix="/api")


def body(entry: RouteEntry) -> Any:
    if name(entry) in bodies():
        return bodies()[name(entry)]
    document = openapi()
    operation = document["paths"][f"/api{entry.path}"][entry.method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    schema = next(iter(content.values()), {}).get("schema")
    return {} if schema is None else body_for(document, schema)


def sister_client(house: House) -> SignedIn:
    """Somebody of 上海徐汇店 who may do everything there."""
    role = actions.create_role(
        key="everything_here",
        name="本店全权",
        grants=[Grant(permission.code, GrantScope.SUBTREE) for permission in all_permissions()],
        by=HOUSE,
        now=EARLY,
    )
    person = org.person("外店", unit_id=house.units["SHXH"], username="sister")
    actions.assign(staff_id=person.id, unit_id=house.units["SHXH"], role_id=role.id, by=HOUSE, now=EARLY)
    return org.client_of(person.id)


def deeds() -> tuple[int, int]:
    """How much was recorded and told so far."""
    with connection.cursor() as cursor:
        cursor.execute("select (select count(*) from audit_entry), (select count(*) from event)")
        audits, events = cursor.fetchone()
    return audits, events


def ids_in(answer: Any) -> Iterator[Any]:
    items = answer["items"] if isinstance(answer, dict) and "items" in answer else answer
    return (item["id"] for item in items if isinstance(item, dict) and "id" in item)
