"""The one router of this domain, and the key of a command."""

from shuniu.foundation.http import Request, Routes

router = Routes(tag="work_orders")


def command_key(request: Request) -> str:
    """The idempotency key of the form, as the flow's command keeps it."""
    return f"{request.actor.key}:{request.headers['Idempotency-Key']}"
