"""Reads of channels: contacts and chats for everyone above, connections and traffic for the console."""

from shuniu.channels.queries.accounts import accounts
from shuniu.channels.queries.contacts import contacts, contacts_of, last_messages, visible_ids
from shuniu.channels.queries.traffic import inbox_page, outbox_page

__all__ = [
    "accounts",
    "contacts",
    "contacts_of",
    "inbox_page",
    "last_messages",
    "outbox_page",
    "visible_ids",
]
