"""External contacts: `externalcontact/get` (path/92114) and 微信客服's `kf/customer/batchget` (path/95159)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shuniu.channels.adapters.wecom.client import WeComClient

CUSTOMERS_PER_CALL = 100


@dataclass(frozen=True, slots=True)
class Follow:
    """A member who has added the contact."""

    userid: str
    remark: str
    add_way: int
    state: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ExternalContact:
    """A contact as WeCom knows them."""

    external_userid: str
    unionid: str
    name: str
    avatar: str
    follows: tuple[Follow, ...] = ()


def get_contact(client: WeComClient, external_userid: str) -> ExternalContact:
    """One contact with everybody who has added them; pages of followers are read to the end."""
    follows: list[Follow] = []
    cursor, answer = "", {}
    while True:
        params = {"external_userid": external_userid, **({"cursor": cursor} if cursor else {})}
        answer = client.get("/cgi-bin/externalcontact/get", params)
        follows += [_follow(user) for user in answer.get("follow_user", [])]
        cursor = str(answer.get("next_cursor") or "")
        if not cursor:
            break
    contact = answer["external_contact"]
    return ExternalContact(
        external_userid=str(contact["external_userid"]),
        unionid=str(contact.get("unionid") or ""),
        name=str(contact.get("name") or ""),
        avatar=str(contact.get("avatar") or ""),
        follows=tuple(follows),
    )


def get_service_customers(client: WeComClient, ids: Sequence[str]) -> list[ExternalContact]:
    """Those who wrote to 微信客服, as far as the platform still knows them."""
    found: list[ExternalContact] = []
    for start in range(0, len(ids), CUSTOMERS_PER_CALL):
        body = {"external_userid_list": list(ids[start : start + CUSTOMERS_PER_CALL])}
        answer = client.post("/cgi-bin/kf/customer/batchget", body)
        found += [
            ExternalContact(
                external_userid=str(customer["external_userid"]),
                unionid=str(customer.get("unionid") or ""),
                name=str(customer.get("nickname") or ""),
                avatar=str(customer.get("avatar") or ""),
            )
            for customer in answer.get("customer_list", [])
        ]
    return found


def _follow(user: dict[str, Any]) -> Follow:
    return Follow(
        userid=str(user["userid"]),
        remark=str(user.get("remark") or ""),
        add_way=int(user.get("add_way") or 0),
        state=str(user.get("state") or ""),
        since=datetime.fromtimestamp(int(user.get("createtime") or 0), UTC),
    )
