"""Writes to channels: what arrives, what leaves, and how the connections are set up."""

from shuniu.channels.actions.accounts import AccountForm, promote_keys, save_account
from shuniu.channels.actions.check import check_account
from shuniu.channels.actions.queue import queue_app_message
from shuniu.channels.actions.receive import BODY_BYTES_MAX, Signed, answer_challenge, receive
from shuniu.channels.actions.retry import retry_inbox, retry_outbox
from shuniu.channels.actions.send import send_some
from shuniu.channels.actions.understand import understand_some
from shuniu.channels.actions.visit import begin_sign_in, finish_sign_in, jssdk_config

__all__ = [
    "BODY_BYTES_MAX",
    "AccountForm",
    "Signed",
    "answer_challenge",
    "begin_sign_in",
    "check_account",
    "finish_sign_in",
    "jssdk_config",
    "promote_keys",
    "queue_app_message",
    "receive",
    "retry_inbox",
    "retry_outbox",
    "save_account",
    "send_some",
    "understand_some",
]
