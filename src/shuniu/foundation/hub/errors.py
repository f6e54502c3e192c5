"""What can go wrong between the domains and the hub."""

from shuniu.foundation.errors import Conflict, Invalid, NotFound


class UnknownSubject(NotFound):
    code = "hub.unknown_subject"
    zh = "没有这种对象：{kind}"
    en = "There is no such kind of subject: {kind}."


class UnknownEffect(NotFound):
    code = "hub.unknown_effect"
    zh = "没有这种动作：{key}"
    en = "There is no such effect: {key}."


class UnknownFact(Invalid):
    code = "hub.unknown_fact"
    zh = "没有这个事实：{name}"
    en = "There is no such fact: {name}."


class EffectKeyReused(Conflict):
    code = "hub.effect_key_reused"
    zh = "同一个幂等键用于了不同的内容"
    en = "The same idempotency key was used for something else."


class NotParked(Conflict):
    code = "hub.not_parked"
    zh = "该事件已经处理，或正等待同一对象的前一事件"
    en = "This event has been dealt with, or waits behind another one of its subject."


class ReasonNeeded(Invalid):
    code = "hub.reason_needed"
    zh = "请填写原因"
    en = "Please give a reason."


class NotPublishable(RuntimeError):
    """A fault in the program: an event outside a transaction, or one that nobody declared."""
