"""A small API of its own, to try the plumbing without any domain."""

from decimal import Decimal

from django.db import OperationalError
from django.urls import path
from ninja import NinjaAPI, Query
from pydantic import BaseModel

from shuniu.foundation.access import PUBLIC, SIGNED_IN, Permission
from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.errors import Invalid
from shuniu.foundation.http import Page, PageParams, Request, Routes, paginate, problems
from shuniu.foundation.text import Text

PROBE = Permission("probe.use", Text("试用", "Use the probe"))

routes = Routes(tag="probe")


class Body(BaseModel):
    name: str
    amount: Decimal


class Taken(BaseModel):
    id: int
    name: str
    amount: Decimal


class Refused(Invalid):
    code = "probe.refused"
    zh = "名字“{name}”不行"
    en = "The name “{name}” will not do."


@routes.get("/open", permission=PUBLIC, response=dict[str, str])
def read_open(request: Request) -> dict[str, str]:
    return {"actor": request.actor.name}


@routes.get("/mine", permission=SIGNED_IN, response=dict[str, str])
def read_mine(request: Request) -> dict[str, str]:
    return {"actor": request.actor.key}


@routes.get("/secret", permission=PROBE, response=dict[str, str])
def read_secret(request: Request) -> dict[str, str]:
    return {"secret": "42"}


@routes.post("/things", permission=PUBLIC, response=Taken)
def make_thing(request: Request, body: Body) -> Taken:
    if body.name == "bad":
        raise Refused(field="name", name=body.name)
    entry = AuditEntry.objects.create(
        at=request.now, by="probe", by_name=body.name, action="probe.made", subject_kind="probe", subject_id=1
    )
    if body.name == "late":
        raise Refused(field="name", name=body.name)
    return Taken(id=entry.pk, name=body.name, amount=body.amount)


@routes.get("/away", permission=PUBLIC, response=dict[str, str])
def read_away(request: Request) -> dict[str, str]:
    raise OperationalError("server closed the connection unexpectedly")


@routes.get("/broken", permission=PUBLIC, response=dict[str, str])
def read_broken(request: Request) -> dict[str, str]:
    raise RuntimeError("a fault of ours")


@routes.get("/entries", permission=PUBLIC, response=Page[int])
def read_entries(request: Request, page: Query[PageParams]) -> Page[int]:
    return paginate(
        AuditEntry.objects.all(),
        page,
        sorts={"unit": "unit_id", "at": "at"},
        default="-at",
        to=lambda rows: [row.pk for row in rows],
    )


api = NinjaAPI(urls_namespace="probe", docs_url=None, openapi_url=None)
problems.install(api)
api.add_router("", routes.router)
urlpatterns = [path("api/", api.urls)]
