"""Topics, tickets, news."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from shuniu.foundation.errors import Forbidden, Invalid

# key → the topics, as asked for, that it feeds
Topics: TypeAlias = dict[str, tuple[str, ...]]

_TOPIC = re.compile(r"(?P<kind>[a-z][a-z_]*)(?::(?P<id>[1-9]\d{0,17})|@(?P<unit>[1-9]\d{0,17}|\*))")


class BadTopic(Invalid):
    code = "live.bad_topic"
    zh = "不能订阅“{topic}”"
    en = "“{topic}” cannot be followed."


class BadTicket(Forbidden):
    code = "live.bad_ticket"
    zh = "实时更新的凭证无效或已过期"
    en = "The ticket for live updates is not valid or has expired."


@dataclass(frozen=True, slots=True)
class Topic:
    """``work_order:5`` one subject; ``work_order@3`` those of one unit; ``work_order@*`` those of all units one may see;
    ``staff:12`` what names that person (inbox, notices, wallet).
    """

    text: str
    kind: str
    id: int | None = None
    unit_id: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Topic":
        """Raises BadTopic."""
        match = _TOPIC.fullmatch(text)
        if match is None:
            raise BadTopic(field="topics", topic=text[:60])
        unit = match["unit"]
        return cls(
            text=text,
            kind=match["kind"],
            id=int(match["id"]) if match["id"] else None,
            unit_id=int(unit) if unit and unit != "*" else None,
        )


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a browser opens its stream with."""

    ticket: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """What a valid ticket allows: topics by the keys that feed them, from a position of the feed on, until then."""

    topics: Topics
    position: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One event as far as streams are concerned: the keys it feeds, and the subject that changed."""

    position: int
    id: int
    keys: tuple[str, ...]
