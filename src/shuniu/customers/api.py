"""HTTP of customers."""

from typing import Annotated, Literal

from django.http import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.customers import actions, queries
from shuniu.customers.contracts import (
    SOURCE_TEXTS,
    STAGE_TEXTS,
    CustomerCard,
    CustomerDetail,
    CustomerFilter,
    CustomerRow,
    Identity,
    IdentityKind,
    Source,
    Stage,
)
from shuniu.customers.permissions import CREATE, EXPORT, READ, SEE_PHONE, UPDATE
from shuniu.foundation.http import Column, Page, PageParams, Request, Routes, export_response
from shuniu.foundation.text import Text

router = Routes(tag="customers")

ShortText = Annotated[str, Field(max_length=80)]
TagText = Annotated[str, Field(max_length=40)]


class CustomerFilters(BaseModel):
    """Filters of the customer list, as query parameters."""

    text: str = Field(default="", max_length=80)
    stage: Stage | None = None
    source: Source | None = None
    tag: str = Field(default="", max_length=40)
    city: str = Field(default="", max_length=40)
    unit_id: int | None = None
    owner_id: int | None = None

    def to_contract(self) -> CustomerFilter:
        return CustomerFilter(**self.model_dump())


class CreateCustomer(BaseModel):
    name: str = Field(max_length=80)
    unit_id: int
    phone: str = Field(default="", max_length=30)
    city: str = Field(default="", max_length=40)
    district: str = Field(default="", max_length=40)
    address: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=500)
    owner_id: int | None = None
    stage: Stage = Stage.LEAD
    tags: list[TagText] = Field(default_factory=list, max_length=50)
    external_userid: str = Field(default="", max_length=64, description="WeCom contact this customer is")


class UpdateCustomer(BaseModel):
    """Only the fields given are changed."""

    name: str | None = Field(default=None, max_length=80)
    phone: str | None = Field(default=None, max_length=30)
    city: str | None = Field(default=None, max_length=40)
    district: str | None = Field(default=None, max_length=40)
    address: str | None = Field(default=None, max_length=200)
    note: str | None = Field(default=None, max_length=500)
    stage: Stage | None = None
    owner_id: int | None = None
    unit_id: int | None = None
    tags: list[TagText] | None = Field(default=None, max_length=50)


class TagCustomer(BaseModel):
    add: list[TagText] = Field(default_factory=list, max_length=50)
    remove: list[TagText] = Field(default_factory=list, max_length=50)


class CustomerPhone(BaseModel):
    phone: str


class LinkIdentity(BaseModel):
    """An account to join to the customer, with the reason that stays on record."""

    kind: IdentityKind
    value: str = Field(min_length=1, max_length=200)
    why: str = Field(min_length=1, max_length=200)


@router.get("/customers", permission=READ, response=Page[CustomerRow])
def list_customers(
    request: Request, filters: Query[CustomerFilters], page: Query[PageParams]
) -> Page[CustomerRow]:
    return queries.page_of(actor=request.actor, filters=filters.to_contract(), page=page)


@router.get("/customers/export", permission=EXPORT)
def export_customers(
    request: Request, filters: Query[CustomerFilters], format: Literal["xlsx", "csv"] = "xlsx"
) -> HttpResponseBase:
    locale = request.locale
    columns: list[Column[CustomerRow]] = [
        Column(Text("编号", "No."), lambda row: row.id),
        Column(Text("姓名", "Name"), lambda row: row.name),
        Column(Text("手机号", "Phone"), lambda row: row.phone_masked),
        Column(Text("城市", "City"), lambda row: row.city),
        Column(Text("门店", "Store"), lambda row: row.unit_name),
        Column(Text("负责人", "Owner"), lambda row: row.owner_name),
        Column(Text("阶段", "Stage"), lambda row: STAGE_TEXTS[row.stage].pick(locale)),
        Column(Text("来源", "Source"), lambda row: SOURCE_TEXTS[row.source].pick(locale)),
        Column(Text("标签", "Tags"), lambda row: "、".join(row.tags)),
        Column(Text("建档时间", "Created"), lambda row: row.created_at),
    ]
    rows = queries.matching(actor=request.actor, filters=filters.to_contract())
    return export_response(
        Text("客户", "Customers").pick(locale), columns=columns, rows=rows, format=format, locale=locale
    )


@router.get("/customers/tags", permission=READ, response=list[str])
def list_tags(request: Request) -> list[str]:
    return queries.tags_in_use(actor=request.actor)


@router.get("/customers/by-identity", permission=READ, response=CustomerDetail)
def find_customer(
    request: Request, kind: IdentityKind, value: Annotated[str, Query(min_length=1, max_length=200)]
) -> CustomerDetail:
    """The customer behind an outside account, as the side bar knows it."""
    return queries.by_identity(actor=request.actor, identity=Identity(kind=kind, value=value))


@router.post("/customers", permission=CREATE, response=CustomerCard)
def create_customer(request: Request, body: CreateCustomer) -> CustomerCard:
    return actions.create(
        name=body.name,
        unit_id=body.unit_id,
        phone=body.phone,
        city=body.city,
        district=body.district,
        address=body.address,
        note=body.note,
        owner_id=body.owner_id,
        stage=body.stage,
        tags=body.tags,
        source=Source.WECOM if body.external_userid else Source.CONSOLE,
        identities=_contact(body.external_userid),
        by=request.actor,
        now=request.now,
    )


def _contact(external_userid: str) -> tuple[Identity, ...]:
    if not external_userid:
        return ()
    return (Identity(kind=IdentityKind.WECOM_EXTERNAL_USERID, value=external_userid),)


@router.get("/customers/{customer_id}", permission=READ, response=CustomerDetail)
def show_customer(request: Request, customer_id: int) -> CustomerDetail:
    return queries.detail(actor=request.actor, customer_id=customer_id)


@router.patch("/customers/{customer_id}", permission=UPDATE, response=CustomerCard)
def update_customer(request: Request, customer_id: int, body: UpdateCustomer) -> CustomerCard:
    return actions.update(
        customer_id=customer_id,
        changes=actions.Changes(**body.model_dump()),
        by=request.actor,
        now=request.now,
    )


@router.post("/customers/{customer_id}/tags", permission=UPDATE, response=CustomerCard)
def tag_customer(request: Request, customer_id: int, body: TagCustomer) -> CustomerCard:
    return actions.tag(
        customer_id=customer_id, add=body.add, remove=body.remove, by=request.actor, now=request.now
    )


# not idempotent: the remembered answer would keep the number in clear
@router.post("/customers/{customer_id}/phone", permission=SEE_PHONE, response=CustomerPhone, idempotent=False)
def reveal_phone(request: Request, customer_id: int) -> CustomerPhone:
    """The number in clear; a POST, because it leaves an audit row."""
    return CustomerPhone(phone=actions.phone(customer_id=customer_id, by=request.actor, now=request.now))


@router.post("/customers/{customer_id}/identities", permission=UPDATE, response=CustomerDetail)
def link_identity(request: Request, customer_id: int, body: LinkIdentity) -> CustomerDetail:
    actions.link_identity(
        customer_id=customer_id,
        identity=Identity(kind=body.kind, value=body.value),
        why=body.why,
        by=request.actor,
        now=request.now,
    )
    return queries.detail(actor=request.actor, customer_id=customer_id)
