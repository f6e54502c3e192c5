"""What may be done with work orders."""

from shuniu.work_orders.actions.answering import accept, complete_visit, decline
from shuniu.work_orders.actions.cancel import cancel
from shuniu.work_orders.actions.create import create
from shuniu.work_orders.actions.customer import confirm, rate
from shuniu.work_orders.actions.dispatch import candidates_for, dispatch_by_hand, offer_next
from shuniu.work_orders.actions.kinds import create_kind, update_kind
from shuniu.work_orders.actions.load_history import load_history
from shuniu.work_orders.actions.marking import mark
from shuniu.work_orders.actions.phone import phone
from shuniu.work_orders.actions.setup import publish_shipped
from shuniu.work_orders.actions.urge import urge

__all__ = [
    "accept",
    "cancel",
    "candidates_for",
    "complete_visit",
    "confirm",
    "create",
    "create_kind",
    "decline",
    "dispatch_by_hand",
    "load_history",
    "mark",
    "offer_next",
    "phone",
    "publish_shipped",
    "rate",
    "update_kind",
    "urge",
]
