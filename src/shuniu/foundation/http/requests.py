"""What a request carries once the middleware has seen it."""

from datetime import datetime

from django.http import HttpRequest

from shuniu.foundation.access import Actor


class Request(HttpRequest):
    """An HTTP request with its actor, moment, language and id. For typing only: Django makes the instances."""

    actor: Actor
    now: datetime
    locale: str
    request_id: str
