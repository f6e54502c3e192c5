"""Values and errors of logins."""

from dataclasses import dataclass
from datetime import datetime

from shuniu.foundation.errors import Conflict, DomainError, Forbidden, Invalid, TooMany

LOCALES = ("zh-CN", "en")


@dataclass(frozen=True, slots=True)
class UserCard:
    """A login as others may know it. `must_change_password` after signing in with a one-time password."""

    id: int
    username: str
    locale: str
    is_active: bool
    must_change_password: bool
    last_login: datetime | None


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """A fresh password, shown once and never stored in clear; it must be changed at the first login."""

    user_id: int
    username: str
    password: str
    expires_at: datetime


class WrongPassword(DomainError):
    """Unknown name, wrong password and blocked login look the same from outside."""

    code = "identity.wrong_password"
    status = 422
    zh = "用户名或密码不正确"
    en = "The user name or password is not right."


class TooManyLogins(TooMany):
    code = "identity.too_many_logins"
    zh = "登录尝试次数过多，请在 {seconds} 秒后再试"
    en = "Too many attempts to sign in; try again in {seconds} seconds."


class OneTimePasswordExpired(Forbidden):
    code = "identity.one_time_password_expired"
    zh = "一次性密码已过期，请联系管理员重新生成"
    en = "The one-time password has expired; ask an administrator for a new one."


class NotLinked(Forbidden):
    """The outside account is genuine, but belongs to no login here."""

    code = "identity.not_linked"
    zh = "该企业微信账号尚未开通系统登录，请联系管理员"
    en = "This WeCom account has no login here; please ask an administrator."


class UsernameTaken(Conflict):
    code = "identity.username_taken"
    zh = "用户名“{username}”已被使用"
    en = "The user name “{username}” is taken."


class UsernameNotAllowed(Invalid):
    code = "identity.username_not_allowed"
    zh = "用户名须为 2 至 60 位小写字母、数字或 . _ -"
    en = "A user name is 2 to 60 lower-case letters, digits, dots, dashes or underscores."


class ExternalLoginTaken(Conflict):
    code = "identity.external_login_taken"
    zh = "该企业微信账号已关联其他员工"
    en = "This WeCom account belongs to another staff member already."


class WeakPassword(Invalid):
    """`problems` lists every rule that is not met."""

    code = "identity.weak_password"
    zh = "密码太弱"
    en = "The password is too weak."


class SamePassword(Invalid):
    code = "identity.same_password"
    zh = "新密码不能与原密码相同"
    en = "The new password must differ from the old one."


class UnknownLocale(Invalid):
    code = "identity.unknown_locale"
    zh = "不支持的语言"
    en = "This language is not offered."
