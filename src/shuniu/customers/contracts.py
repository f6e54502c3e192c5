"""What other domains know of customers: frozen values, enums and errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shuniu.foundation.errors import Conflict, Invalid, NotFound
from shuniu.foundation.text import Text


class IdentityKind(StrEnum):
    """Where an outside account comes from. A phone is kept as its keyed hash, the others as they are."""

    PHONE = "phone"
    WECOM_EXTERNAL_USERID = "wecom_external_userid"
    UNIONID = "unionid"


IDENTITY_TEXTS: Mapping[IdentityKind, Text] = {
    IdentityKind.PHONE: Text(zh="手机号", en="phone number"),
    IdentityKind.WECOM_EXTERNAL_USERID: Text(zh="企业微信外部联系人", en="WeCom external contact"),
    IdentityKind.UNIONID: Text(zh="微信 unionid", en="WeChat unionid"),
}


class Stage(StrEnum):
    """Lifecycle stage of a customer."""

    LEAD = "lead"
    NEW = "new"
    ACTIVE = "active"
    MATURE = "mature"
    DORMANT = "dormant"
    CHURN_WARNING = "churn_warning"


STAGE_TEXTS: Mapping[Stage, Text] = {
    Stage.LEAD: Text(zh="获客期", en="Lead"),
    Stage.NEW: Text(zh="新朋友", en="New"),
    Stage.ACTIVE: Text(zh="活跃", en="Active"),
    Stage.MATURE: Text(zh="成熟", en="Mature"),
    Stage.DORMANT: Text(zh="沉睡", en="Dormant"),
    Stage.CHURN_WARNING: Text(zh="流失预警", en="Churn warning"),
}


class Source(StrEnum):
    """How the customer came to us."""

    WECOM = "wecom"
    WECOM_SERVICE = "wecom_service"
    SHOP = "shop"
    CONSOLE = "console"
    FILE = "file"
    FORM = "form"


SOURCE_TEXTS: Mapping[Source, Text] = {
    Source.WECOM: Text(zh="企业微信", en="WeCom"),
    Source.WECOM_SERVICE: Text(zh="微信客服", en="WeChat customer service"),
    Source.SHOP: Text(zh="电商订单", en="Shop order"),
    Source.CONSOLE: Text(zh="手工录入", en="Entered by hand"),
    Source.FILE: Text(zh="文件导入", en="Imported from a file"),
    Source.FORM: Text(zh="表单", en="Form"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An outside account. `value` is the clear value; for a phone the number itself."""

    kind: IdentityKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """What a reference to a customer shows. The phone is always masked here."""

    id: int
    name: str
    phone_masked: str
    address: str
    city: str
    unit_id: int
    tags: tuple[str, ...]
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """A line of the customer list."""

    id: int
    name: str
    phone_masked: str
    city: str
    unit_id: int
    unit_name: str
    owner_id: int | None
    owner_name: str
    stage: Stage
    source: Source
    tags: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLine:
    """An identity as a person may see it: phones are masked, ids of platforms are shown."""

    kind: IdentityKind
    value: str
    linked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDetail:
    """The profile page of one customer, without what other domains know of them."""

    id: int
    name: str
    phone_masked: str
    has_phone: bool
    city: str
    district: str
    address: str
    unit_id: int
    unit_name: str
    owner_id: int | None
    owner_name: str
    stage: Stage
    source: Source
    tags: tuple[str, ...]
    note: str
    identities: tuple[IdentityLine, ...]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFilter:
    """Which customers a list shows; empty fields do not filter. `text` finds names and phone digits."""

    text: str = ""
    stage: Stage | None = None
    source: Source | None = None
    tag: str = ""
    city: str = ""
    unit_id: int | None = None
    owner_id: int | None = None


class CustomerNotFound(NotFound):
    code = "customer.not_found"
    zh = "没有这位客户，或您无权查看"
    en = "There is no such customer, or you may not see them."


class IdentityTaken(Conflict):
    """The account already belongs to somebody else; joining the two is a decision a person takes."""

    code = "customer.identity_taken"
    zh = "该{kind_zh}已属于另一位客户（编号 {customer_id}），请先核对是否为同一人"
    en = "This {kind_en} already belongs to another customer (no. {customer_id}); check whether they are one person."


class PhoneInvalid(Invalid):
    code = "customer.phone_invalid"
    zh = "手机号应为 11 位数字，以 1 开头"
    en = "A mobile number has 11 digits and starts with 1."


class NameMissing(Invalid):
    code = "customer.name_missing"
    zh = "请填写客户姓名"
    en = "Enter the customer's name."


class NoPhone(NotFound):
    code = "customer.no_phone"
    zh = "这位客户没有登记手机号"
    en = "No phone number is recorded for this customer."


class UnitUnknown(Invalid):
    code = "customer.unit_unknown"
    zh = "请选择客户所属门店"
    en = "Choose the store this customer belongs to."


class OwnerUnknown(Invalid):
    code = "customer.owner_unknown"
    zh = "没有这位员工"
    en = "There is no such staff member."
