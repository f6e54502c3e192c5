"""What the platform remembers while it runs."""

import asyncio
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from shuniu_sandbox.cast import CUSTOMERS, SECRET

TOKEN_SECONDS = 7200
CODE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of chat. `number` only grows, also over restarts: readers continue after the last one they know."""

    number: int
    msgid: str
    external_userid: str
    by_customer: bool
    userid: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Card:
    """An application message as a member received it."""

    number: int
    userid: str
    msgtype: str
    content: dict[str, Any]
    at: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A callback and how the product took it."""

    number: int
    event: str
    answer: str
    at: int


@dataclass
class Platform:
    """One enterprise's WeCom. Everything is forgotten when the process ends."""

    lines: list[Line] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    introduced: set[str] = field(default_factory=set)
    tokens: dict[str, float] = field(default_factory=dict)
    codes: dict[str, tuple[str, float]] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    version: int = 0
    _number: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def next_number(self) -> int:
        """Milliseconds since 1970, always larger than the one before."""
        self._number = max(self._number + 1, time.time_ns() // 1_000_000)
        return self._number

    def say(self, *, external_userid: str, text: str, by_customer: bool, userid: str = "") -> Line:
        number = self.next_number()
        line = Line(number, f"msg{number}", external_userid, by_customer, userid, text, int(time.time()))
        self.lines.append(line)
        self.touch()
        return line

    def hand_over(self, *, userid: str, msgtype: str, content: dict[str, Any]) -> None:
        """A member receives an application message."""
        self.cards.append(Card(self.next_number(), userid, msgtype, content, int(time.time())))
        self.touch()

    def note(self, *, event: str, answer: str) -> None:
        self.deliveries.append(Delivery(self.next_number(), event, answer, int(time.time())))
        self.touch()

    def lend_token(self) -> str:
        token = secrets.token_urlsafe(64)
        self.tokens[token] = time.time() + TOKEN_SECONDS
        return token

    def give_code(self, userid: str) -> str:
        code = secrets.token_urlsafe(24)
        self.codes[code] = (userid, time.time() + CODE_SECONDS)
        return code

    def take_code(self, code: str) -> str | None:
        """Whose code it is; a code works once."""
        userid, until = self.codes.pop(code, ("", 0.0))
        return userid if until > time.time() else None

    def restart(self) -> None:
        """An empty chat; numbers go on growing."""
        self.lines.clear()
        self.cards.clear()
        self.deliveries.clear()
        self.introduced.clear()
        self.faults.clear()
        self.touch()

    def touch(self) -> None:
        """Something changed: whoever waits is woken."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_beyond(self, version: int, seconds: float) -> None:
        """Until something changed after `version`, at most so long."""
        if self.version > version:
            return
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return


def ticket(kind: str) -> str:
    """The ticket of that kind. It outlives a restart, as the platform's does: the product keeps it for two hours."""
    return hashlib.sha256(f"{SECRET}:{kind}".encode()).hexdigest()


def customer(external_userid: str) -> Any:
    """The customer with that id, or None."""
    return next((one for one in CUSTOMERS if one.external_userid == external_userid), None)
