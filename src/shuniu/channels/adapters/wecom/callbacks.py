"""What WeCom's callbacks say, as one value."""

import hashlib
from dataclasses import dataclass

from shuniu.channels.adapters.wecom.xml import Fields, fields_of

# what tells two events of one second apart; events carry no MsgId
_EVENT_KEYS = (
    "FromUserName",
    "CreateTime",
    "Event",
    "ChangeType",
    "UserID",
    "ExternalUserID",
    "ChatId",
    "Id",
    "OpenKfId",
    "Token",
    "EventKey",
    "TaskId",
)


@dataclass(frozen=True, slots=True)
class Callback:
    """One callback. `kind` is `event.change_type`, `event`, or the message's type."""

    kind: str
    dedupe_key: str
    fields: Fields


def read_envelope(body: bytes) -> str:
    """The encrypted text of a POSTed envelope; CallbackMalformed when there is none (as an empty text fails later)."""
    return fields_of(body).get("Encrypt", "")


def read_callback(message: bytes) -> Callback:
    """The callback in a decrypted message."""
    fields = fields_of(message)
    return Callback(kind=_kind(fields), dedupe_key=_dedupe_key(fields), fields=fields)


def _kind(fields: Fields) -> str:
    event = fields.get("Event", "")
    if not event:
        return fields.get("MsgType", "") or "unknown"
    change = fields.get("ChangeType", "")
    return f"{event}.{change}" if change else event


def _dedupe_key(fields: Fields) -> str:
    if msgid := fields.get("MsgId"):
        return f"msg:{msgid}"
    parts = "\x00".join(fields.get(name, "") for name in _EVENT_KEYS)
    return f"event:{hashlib.sha256(parts.encode()).hexdigest()}"
