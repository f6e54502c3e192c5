"""The page: a chat with both its sides, the agent's side bar, and what members receive."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from shuniu_sandbox import cast
from shuniu_sandbox.callbacks import Callbacks
from shuniu_sandbox.state import Platform, customer

PAGES = Path(__file__).parent / "pages"
WAIT_SECONDS = 20.0
TEXT_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class ChatPage:
    """Everything the page itself asks for."""

    platform: Platform
    callbacks: Callbacks
    product_url: str

    def routes(self) -> list[Route | Mount]:
        return [
            Route("/", self.index, methods=["GET"]),
            Route("/sandbox/state", self.state, methods=["GET"]),
            Route("/sandbox/say", self.say, methods=["POST"]),
            Route("/sandbox/restart", self.restart, methods=["POST"]),
            Route("/sandbox/fault", self.fault, methods=["POST"]),
            Mount("/pages", StaticFiles(directory=PAGES), name="pages"),
        ]

    async def index(self, _: Request) -> Response:
        return FileResponse(PAGES / "index.html")

    async def state(self, request: Request) -> Response:
        """All there is to show; with `version` not before it has changed (or some seconds have passed)."""
        version = request.query_params.get("version", "")
        if version.isdigit():
            await self.platform.wait_beyond(int(version), WAIT_SECONDS)
        return self._shown()

    async def say(self, request: Request) -> Response:
        """One side of the chat writes. The first line with somebody tells the product that they were added, too."""
        body = await _body(request)
        text = str(body.get("text", "")).strip()[:TEXT_LENGTH]
        who = customer(str(body.get("external_userid", "")))
        if who is None or not text:
            return JSONResponse({"problem": "请选择客户并填写内容"}, status_code=422)
        by_customer = body.get("by") != "agent"
        if who.external_userid not in self.platform.introduced:
            self.platform.introduced.add(who.external_userid)
            self.callbacks.contact_added(who.external_userid, who.added_by)
        self.platform.say(
            external_userid=who.external_userid,
            text=text,
            by_customer=by_customer,
            userid="" if by_customer else cast.AGENT.userid,
        )
        self.callbacks.service_news()
        return self._shown()

    async def restart(self, _: Request) -> Response:
        self.platform.restart()
        return self._shown()

    async def fault(self, request: Request) -> Response:
        """Make one API answer with an error from now on; errcode 0 mends it."""
        body = await _body(request)
        name, errcode = str(body.get("api", "")), body.get("errcode")
        if not isinstance(errcode, int):
            return JSONResponse({"problem": "errcode 应为整数"}, status_code=422)
        self.platform.faults.pop(name, None)
        if errcode:
            self.platform.faults[name] = errcode
        self.platform.touch()
        return self._shown()

    def _shown(self) -> JSONResponse:
        platform = self.platform
        return JSONResponse(
            {
                "version": platform.version,
                "product_url": self.product_url,
                "callback": self.callbacks.address,
                "agent": asdict(cast.AGENT),
                "members": [asdict(member) for member in cast.MEMBERS],
                "customers": [asdict(one) for one in cast.CUSTOMERS],
                "lines": [asdict(line) for line in platform.lines[-200:]],
                "cards": [asdict(card) for card in platform.cards[-100:]],
                "deliveries": [asdict(one) for one in platform.deliveries[-20:]],
                "faults": platform.faults,
            }
        )


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
