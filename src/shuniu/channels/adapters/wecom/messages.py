"""Application messages (`message/send`, developer.work.weixin.qq.com/document/path/90236)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shuniu.channels.adapters.wecom.client import WeComClient

RECEIVERS_PER_CALL = 1000
TITLE_BYTES = 128
DESCRIPTION_BYTES = 512
# the platform itself drops a repeat of the same content to the same people within this time
REPEAT_WINDOW_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class Sent:
    """What the platform said; errcode 0 can still carry invalid receivers."""

    msgid: str
    invalid: frozenset[str]
    unlicensed: frozenset[str]


def text_card(*, title: str, description: str, url: str, button: str) -> dict[str, Any]:
    """The content of a textcard, cut to the platform's lengths in bytes."""
    return {
        "title": _cut(title, TITLE_BYTES),
        "description": _cut(description, DESCRIPTION_BYTES),
        "url": url,
        "btntxt": button,
    }


def send(
    client: WeComClient, *, agent_id: str, receivers: Sequence[str], msgtype: str, content: Mapping[str, Any]
) -> Sent:
    """Send one message to at most 1,000 members."""
    answer = client.post(
        "/cgi-bin/message/send",
        {
            "touser": "|".join(receivers),
            "msgtype": msgtype,
            "agentid": int(agent_id),
            msgtype: dict(content),
            "enable_duplicate_check": 1,
            "duplicate_check_interval": REPEAT_WINDOW_SECONDS,
        },
    )
    return Sent(
        msgid=str(answer.get("msgid") or ""),
        invalid=_names(answer.get("invaliduser")),
        unlicensed=_names(answer.get("unlicenseduser")),
    )


def _names(joined: object) -> frozenset[str]:
    return frozenset(name for name in str(joined or "").split("|") if name)


def _cut(text: str, limit: int) -> str:
    """At most `limit` bytes of UTF-8, never half a character."""
    return text.encode()[:limit].decode(errors="ignore")
