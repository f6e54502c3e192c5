"""Progress links for customers: signed, for one order, without a login. They live until 90 days after closing."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer

from shuniu.work_orders.contracts import LinkExpired, LinkInvalid
from shuniu.work_orders.models import WorkOrder

KEPT_AFTER_CLOSING = timedelta(days=90)
_SIGNER_SALT = "work_orders.customer_link"


def token_of(order_id: int, link_version: int) -> str:
    """The token of an order's link; a new `link_version` makes all older links invalid."""
    return _signer().sign(f"{order_id}-{link_version}")


def path_of(order_id: int, link_version: int) -> str:
    """The path of the progress page."""
    return f"/c/{token_of(order_id, link_version)}"


def order_of(token: str, *, now: datetime) -> WorkOrder:
    """The order a token opens. LinkInvalid for what was not signed here, LinkExpired 90 days after closing."""
    try:
        order_id, version = _signer().unsign(token).split("-")
    except (BadSignature, ValueError):
        raise LinkInvalid() from None
    order = (
        WorkOrder.objects.select_related("kind").filter(pk=int(order_id), link_version=int(version)).first()
    )
    if order is None:
        raise LinkInvalid()
    if order.closed_at is not None and order.closed_at + KEPT_AFTER_CLOSING < now:
        raise LinkExpired()
    return order


def _signer() -> Signer:
    return Signer(key=settings.SECRET_KEY, salt=_SIGNER_SALT, sep=".")
