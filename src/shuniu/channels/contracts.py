"""What other domains know of channels: contacts, lines of chat, connections, and what can go wrong."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shuniu.foundation.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from shuniu.foundation.text import Text


class Direction(StrEnum):
    """Who wrote a line of chat."""

    FROM_CONTACT = "from_contact"
    FROM_STAFF = "from_staff"
    SYSTEM = "system"


class Origin(StrEnum):
    """How a contact came to us: added by a member of staff, or writing to 微信客服."""

    ADDED = "added"
    SERVICE = "service"


class InboxStatus(StrEnum):
    """How far a callback is understood. `failed` waits for a person, `ignored` means nothing to us."""

    NEW = "new"
    DONE = "done"
    IGNORED = "ignored"
    FAILED = "failed"


class OutboxStatus(StrEnum):
    """How far a message has left. `failed` is a dead letter that waits for a person."""

    QUEUED = "queued"
    SENT = "sent"
    PARTLY = "partly"
    FAILED = "failed"


class DeliveryResult(StrEnum):
    """What the platform said of one receiver."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    INVALID = "invalid"
    UNLICENSED = "unlicensed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """Somebody outside, as the platform knows them. `unit_id` and `staff_id` say whose contact it is."""

    id: int
    account_id: int
    external_userid: str
    unionid: str
    name: str
    avatar: str
    unit_id: int
    staff_id: int | None
    came_by_service: bool
    last_message_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One line of chat. `kind` is the platform's message type; `text` of anything but text says what it was."""

    id: int
    direction: Direction
    kind: str
    text: str
    sent_at: datetime
    staff_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """A connection as people see it: never a secret, only whether there is one."""

    id: int
    name: str
    unit_id: int
    unit_name: str
    corp_id: str
    agent_id: str
    api_base: str
    authorize_base: str
    jssdk_url: str
    has_secret: bool
    has_next_secret: bool
    has_callback_keys: bool
    has_next_callback_keys: bool
    enabled: bool
    callback_path: str
    last_callback_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One line of the 配置自检: what was tried, whether it worked, and if not what to do about it."""

    name: Text
    passed: bool
    hint: Text | None
    errcode: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRow:
    """A callback in the list."""

    id: int
    account_id: int
    account_name: str
    kind: str
    received_at: datetime
    understood_at: datetime | None
    status: InboxStatus
    attempts: int
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """One receiver of a message."""

    userid: str
    staff_id: int | None
    staff_name: str
    result: DeliveryResult


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingRow:
    """A message in the list."""

    id: int
    account_id: int
    account_name: str
    title: str
    status: OutboxStatus
    attempts: int
    created_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    problem: str
    deliveries: tuple[DeliveryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JsSdkSignature:
    """What `wx.config` (corp ticket) or `wx.agentConfig` (app ticket) is given."""

    timestamp: int
    noncestr: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JsSdkConfig:
    """Everything the side bar needs to start the JS-SDK on one address."""

    corp_id: str
    agent_id: str
    script_url: str
    config: JsSdkSignature
    agent_config: JsSdkSignature


class AccountNotFound(NotFound):
    code = "channel.account_not_found"
    zh = "没有这个渠道连接"
    en = "There is no such channel connection."


class AccountDisabled(Conflict):
    code = "channel.account_disabled"
    zh = "该渠道连接已停用"
    en = "This channel connection is switched off."


class NoAccount(NotFound):
    code = "channel.no_account"
    zh = "还没有配置企业微信，请管理员到「渠道」里添加"
    en = "WeCom is not set up yet; an administrator can add it under Channels."


class KeyMissing(Conflict):
    code = "channel.key_missing"
    zh = "该连接还没有填写密钥"
    en = "This connection has no secret yet."


class BadAesKey(Invalid):
    code = "channel.bad_aes_key"
    zh = "EncodingAESKey 应为 43 位字母和数字"
    en = "An EncodingAESKey has 43 letters and digits."


class KeysTogether(Invalid):
    code = "channel.keys_together"
    zh = "回调 Token 与 EncodingAESKey 要一起填写"
    en = "Enter the callback token and the EncodingAESKey together."


class BadAgentId(Invalid):
    code = "channel.bad_agent_id"
    zh = "AgentId 应为数字"
    en = "An agent id is a number."


class AccountTaken(Conflict):
    code = "channel.account_taken"
    zh = "这个企业的这个应用已经有一条连接"
    en = "This application of this enterprise has a connection already."


class NothingToPromote(Conflict):
    code = "channel.nothing_to_promote"
    zh = "还没有填写新的密钥"
    en = "No next keys have been entered."


class PageForeign(Invalid):
    code = "channel.page_foreign"
    zh = "只能为本系统的页面签名"
    en = "Only pages of this installation are signed."


class BadAddress(Invalid):
    code = "channel.bad_address"
    zh = "请填写以 https:// 开头的地址（本机可用 http://）"
    en = "Enter an address that starts with https:// (http:// on this machine)."


class SignatureWrong(Forbidden):
    code = "channel.signature_wrong"
    zh = "签名不正确"
    en = "The signature is wrong."


class CallbackStale(Forbidden):
    code = "channel.callback_stale"
    zh = "回调时间与服务器相差过大"
    en = "The callback is too old, or its clock is wrong."


class ReceiverWrong(Forbidden):
    code = "channel.receiver_wrong"
    zh = "该回调不是发给本企业的"
    en = "This callback is meant for another enterprise."


class CallbackMalformed(Invalid):
    code = "channel.callback_malformed"
    zh = "回调内容无法解析"
    en = "The callback cannot be read."


class CallbackTooLarge(DomainError):
    code = "channel.callback_too_large"
    status = 413
    zh = "回调内容过大"
    en = "The callback is too large."


class SignInStale(Forbidden):
    code = "channel.sign_in_stale"
    zh = "登录已过期，请重新打开页面"
    en = "This sign-in has expired; open the page again."


class OutsideMember(Forbidden):
    code = "channel.outside_member"
    zh = "该页面只供本企业员工使用"
    en = "This page is for members of this enterprise."


class PlatformRefused(DomainError):
    """The platform answered no; `errcode` is its number, the hint says the mend where one is known."""

    code = "channel.platform_refused"
    status = 502
    zh = "企业微信返回错误 {errcode}:{hint_zh}"
    en = "WeCom answered with error {errcode}: {hint_en}"


class PlatformAway(DomainError):
    code = "channel.platform_away"
    status = 502
    zh = "暂时连不上企业微信，请稍后再试"
    en = "WeCom cannot be reached just now; try again shortly."


class RowNotFound(NotFound):
    code = "channel.row_not_found"
    zh = "没有这条记录"
    en = "There is no such record."


class NothingToRetry(Conflict):
    code = "channel.nothing_to_retry"
    zh = "只有失败的记录可以重试"
    en = "Only failed records can be retried."
