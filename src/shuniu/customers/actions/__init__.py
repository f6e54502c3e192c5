"""Writes to customers: one verb, one function, one transaction with its audit row and event."""

from shuniu.customers.actions.create import create
from shuniu.customers.actions.identities import link_identity, unlink_identity
from shuniu.customers.actions.load import NewCustomer, load_many
from shuniu.customers.actions.meet import meet
from shuniu.customers.actions.phone import phone
from shuniu.customers.actions.tag import tag
from shuniu.customers.actions.update import Changes, update

__all__ = [
    "Changes",
    "NewCustomer",
    "create",
    "link_identity",
    "load_many",
    "meet",
    "phone",
    "tag",
    "unlink_identity",
    "update",
]
