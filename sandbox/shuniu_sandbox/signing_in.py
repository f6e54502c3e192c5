"""The page WeCom sends browsers through to sign in."""

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from shuniu_sandbox import cast
from shuniu_sandbox.state import Platform

COOKIE = "sandbox_member"
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>企业微信登录（沙箱）</title>
<style>body{{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:420px;margin:12vh auto;padding:0 20px;color:#1f2329}}
a{{display:block;padding:12px 16px;margin:8px 0;border:1px solid #dee0e3;border-radius:8px;color:inherit;text-decoration:none}}
a:hover{{border-color:#2457d6}}small{{color:#646a73}}</style><h1 style="font-size:20px">{title}</h1>{body}</html>"""


def routes(platform: Platform, product_url: str) -> list[Route]:
    """`/connect/oauth2/authorize` and the way a member opens a link of a message."""
    product = urlsplit(product_url)

    def trusted(address: str) -> bool:
        parts = urlsplit(address)
        host = parts.hostname or ""
        same_host = host == product.hostname or {host, product.hostname or ""} <= LOCAL
        return parts.scheme == product.scheme and same_host and parts.port == product.port

    async def authorize(request: Request) -> Response:
        query = request.query_params
        if query.get("appid") != cast.CORP_ID or query.get("agentid") != str(cast.AGENT_ID):
            return _problem("appid 或 agentid 不正确", 400)
        if query.get("response_type") != "code" or query.get("scope") not in {
            "snsapi_base",
            "snsapi_privateinfo",
        }:
            return _problem("response_type 或 scope 不正确", 400)
        redirect = query.get("redirect_uri", "")
        if not trusted(redirect):
            return _problem("redirect_uri 的域名与应用的可信域名不一致（错误码 50001）", 400)
        userid = _member(request)
        if userid is None:
            return _chooser(request)
        back = {"code": platform.give_code(userid), "state": query.get("state", "")}
        separator = "&" if urlsplit(redirect).query else "?"
        response = RedirectResponse(f"{redirect}{separator}{urlencode(back)}", status_code=302)
        if query.get("as"):
            response.set_cookie(COOKIE, userid, httponly=True, samesite="lax")
        return response

    async def open_link(request: Request) -> Response:
        """A member taps a message: the browser is theirs from here on."""
        userid, target = request.query_params.get("as", ""), request.query_params.get("url", "")
        if userid not in _names() or not trusted(target):
            return _problem("链接不属于本应用", 400)
        response = RedirectResponse(target, status_code=302)
        response.set_cookie(COOKIE, userid, httponly=True, samesite="lax")
        return response

    return [
        Route("/connect/oauth2/authorize", authorize, methods=["GET"]),
        Route("/open", open_link, methods=["GET"]),
    ]


def _member(request: Request) -> str | None:
    """Who sits at this browser: the agent in the side bar's frame, elsewhere whoever was chosen."""
    chosen = request.query_params.get("as") or ""
    if chosen in _names():
        return chosen
    if request.headers.get("sec-fetch-dest") == "iframe":
        return cast.AGENT.userid
    remembered = request.cookies.get(COOKIE, "")
    return remembered if remembered in _names() else None


def _names() -> set[str]:
    return {member.userid for member in cast.MEMBERS}


def _chooser(request: Request) -> HTMLResponse:
    links = "".join(
        f'<a href="?{urlencode(dict(request.query_params) | {"as": member.userid})}">{member.name}'
        f" <small>{member.position}</small></a>"
        for member in cast.MEMBERS
    ).replace("&", "&amp;")
    return HTMLResponse(_PAGE.format(title="以谁的企业微信打开？", body=links))


def _problem(text: str, status: int) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title="无法登录", body=f"<p>{text}</p>"), status_code=status)
