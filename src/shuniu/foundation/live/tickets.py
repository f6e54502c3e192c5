"""Making and reading tickets: signed, ten minutes, good for opening a stream and for nothing else."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing

from shuniu.foundation.http import Request
from shuniu.foundation.hub.reading import feed_end
from shuniu.foundation.live.contracts import BadTicket, Grant, Ticket, Topics
from shuniu.foundation.live.topics import granted, ungranted

LIFETIME = timedelta(minutes=10)
SALT = "shuniu.live"
PATH = "/stream"


def make_for_actor(topics: Sequence[str], *, request: Request) -> Ticket:
    """A ticket for the topics that whoever asks may follow."""
    return _make(granted(topics, request.actor), request)


def make(topics: Sequence[str], *, request: Request) -> Ticket:
    """A ticket for exactly these topics, without asking for rights: the caller has checked a signed link."""
    return _make(ungranted(topics), request)


def read(text: str, now: datetime) -> Grant:
    """What the ticket allows. Raises BadTicket."""
    try:
        content: dict[str, Any] = signing.Signer(salt=SALT).unsign_object(text)
    except (signing.BadSignature, ValueError) as error:
        raise BadTicket() from error
    expires_at = datetime.fromtimestamp(content["until"], UTC)
    if expires_at <= now:
        raise BadTicket()
    topics = {key: tuple(fed) for key, fed in content["topics"].items()}
    return Grant(topics=topics, position=content["position"], expires_at=expires_at)


def sign(topics: Topics, *, position: int, expires_at: datetime) -> str:
    """The text of a ticket."""
    content = {"topics": topics, "position": position, "until": int(expires_at.timestamp())}
    return signing.Signer(salt=SALT).sign_object(content, compress=True)


def _make(topics: Topics, request: Request) -> Ticket:
    expires_at = (request.now + LIFETIME).replace(microsecond=0)
    # what happens between the making of a page and the opening of its stream is told too
    text = sign(topics, position=feed_end(), expires_at=expires_at)
    return Ticket(ticket=text, url=_stream_url(request), expires_at=expires_at)


def _stream_url(request: Request) -> str:
    if settings.SHUNIU.live_url:
        return f"{settings.SHUNIU.live_url.rstrip('/')}{PATH}"
    host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
    name = f"[{host}]" if ":" in host else host
    return f"{request.scheme}://{name}:{settings.SHUNIU.live_port}{PATH}"
