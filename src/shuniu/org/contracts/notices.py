"""Notices as others know them."""

from dataclasses import dataclass
from datetime import datetime

from shuniu.foundation.hub.contracts import Ref
from shuniu.foundation.text import Text


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice people may turn off, declared by the domain that sends it. Urgent ones always reach the bell."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One message in one person's bell. `by_wecom`: whether the person wants it sent there too."""

    id: int
    staff_id: int
    kind: str
    title: Text
    subject: Ref
    urgent: bool
    by_wecom: bool
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticePreferenceCard:
    """How somebody wants one kind of notice."""

    kind: str
    text: Text
    bell: bool
    wecom: bool
