"""What the login page shows in demo mode; in any other installation there is nothing here."""

from dataclasses import dataclass

from django.conf import settings

from shuniu.app.demo.accounts import ACCOUNTS, PASSWORD
from shuniu.foundation.access import PUBLIC
from shuniu.foundation.errors import NotFound
from shuniu.foundation.http import Request, Routes
from shuniu.foundation.text import Text

router = Routes(tag="demo")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A login to try."""

    username: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """All of them have the same password."""

    password: str
    accounts: list[DemoAccount]


@router.get("/demo/accounts", permission=PUBLIC, response=DemoAccounts)
def demo_accounts(request: Request) -> DemoAccounts:
    """The accounts of the demo company; 404 outside demo mode."""
    if not settings.SHUNIU.demo:
        raise NotFound()
    accounts = [
        DemoAccount(a.login, a.name, Text(a.title_zh, a.title_en).pick(request.locale)) for a in ACCOUNTS
    ]
    return DemoAccounts(PASSWORD, accounts)
