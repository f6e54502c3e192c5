"""微信客服: reading messages (`kf/sync_msg`, path/94670)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shuniu.channels.adapters.wecom.client import WeComClient
from shuniu.channels.contracts import Direction

PAGE = 1000
_DIRECTIONS = {3: Direction.FROM_CONTACT, 4: Direction.SYSTEM, 5: Direction.FROM_STAFF}
_KINDS = {
    "image": "[图片]",
    "voice": "[语音]",
    "video": "[视频]",
    "file": "[文件]",
    "location": "[位置]",
    "link": "[链接]",
    "business_card": "[名片]",
    "miniprogram": "[小程序]",
    "msgmenu": "[菜单]",
}


@dataclass(frozen=True, slots=True)
class ServiceMessage:
    """One line of a conversation with 微信客服. `userid` is the member who answered."""

    msgid: str
    open_kfid: str
    external_userid: str
    direction: Direction
    kind: str
    text: str
    userid: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class ServicePage:
    """One page of messages and where to go on."""

    messages: tuple[ServiceMessage, ...]
    cursor: str
    has_more: bool


def read_page(client: WeComClient, *, open_kfid: str, token: str, cursor: str) -> ServicePage:
    """The messages after `cursor` (from the beginning when empty), oldest first."""
    body = {"cursor": cursor, "token": token, "limit": PAGE, "open_kfid": open_kfid}
    answer = client.post("/cgi-bin/kf/sync_msg", body)
    return ServicePage(
        messages=tuple(
            _message(message) for message in answer.get("msg_list", []) if message.get("msgtype") != "event"
        ),
        cursor=str(answer.get("next_cursor") or cursor),
        has_more=bool(answer.get("has_more")),
    )


def _message(message: Mapping[str, Any]) -> ServiceMessage:
    kind = str(message["msgtype"])
    text = str(message.get("text", {}).get("content") or "") if kind == "text" else _KINDS.get(kind, "[消息]")
    return ServiceMessage(
        msgid=str(message["msgid"]),
        open_kfid=str(message["open_kfid"]),
        external_userid=str(message["external_userid"]),
        direction=_DIRECTIONS.get(int(message.get("origin") or 0), Direction.SYSTEM),
        kind=kind,
        text=text,
        userid=str(message.get("servicer_userid") or ""),
        sent_at=datetime.fromtimestamp(int(message["send_time"]), UTC),
    )
