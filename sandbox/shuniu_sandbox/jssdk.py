"""Behind the stand-in for the JS-SDK: signatures are checked as WeCom's client would."""

import hashlib
import hmac

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from shuniu_sandbox.page import PAGES
from shuniu_sandbox.state import ticket

_FROM_ANYWHERE = {"Access-Control-Allow-Origin": "*"}


def routes() -> list[Route]:
    """The script the side bar loads, and the check it asks for."""

    async def script(request: Request) -> Response:
        return FileResponse(PAGES / "jssdk.js", media_type="text/javascript", headers=_FROM_ANYWHERE)

    async def check(request: Request) -> Response:
        """Whether a page's signature fits the ticket of that kind (`corp` or `agent`)."""
        query = request.query_params
        text = (
            f"jsapi_ticket={ticket(query.get('kind', ''))}&noncestr={query.get('noncestr', '')}"
            f"&timestamp={query.get('timestamp', '')}&url={query.get('url', '')}"
        )
        expected = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
        fits = hmac.compare_digest(expected, query.get("signature", ""))
        answer = {"errcode": 0, "errmsg": "ok"} if fits else {"errcode": 40093, "errmsg": "invalid signature"}
        return JSONResponse(answer, headers=_FROM_ANYWHERE)

    return [
        Route("/jssdk.js", script, methods=["GET"]),
        Route("/jssdk/check", check, methods=["GET"]),
    ]
