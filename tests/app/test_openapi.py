"""The description of the API is whole: no schema takes another's place under its name."""

from dataclasses import dataclass

from ninja import NinjaAPI
from pydantic import BaseModel

from shuniu.app.api import api
from shuniu.app.schema_names import collisions
from shuniu.foundation.access import PUBLIC
from shuniu.foundation.http import Request, Routes


def test_no_two_domains_describe_different_things_under_one_name() -> None:
    assert collisions(api) == []


def test_a_name_given_twice_is_found() -> None:
    routes = Routes(tag="probe")

    def one() -> type[BaseModel]:
        class Probe(BaseModel):
            phone: str

        return Probe

    def other() -> type[object]:
        @dataclass(frozen=True)
        class Probe:
            number: int

        return Probe

    @routes.get("/one", permission=PUBLIC, response=one())
    def read_one(request: Request) -> None: ...

    @routes.get("/other", permission=PUBLIC, response=other())
    def read_other(request: Request) -> None: ...

    described = NinjaAPI(title="probe", version="0", urls_namespace="probe")
    described.add_router("", routes.router)
    assert collisions(described) == ["Probe"]
