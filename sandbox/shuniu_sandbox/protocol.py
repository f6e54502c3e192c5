"""The server side of WeCom's HTTP API, as far as the product calls it, with the errors it would give."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from shuniu_sandbox import cast
from shuniu_sandbox.state import TOKEN_SECONDS, Platform, customer, ticket

Answer = dict[str, Any]
Handler = Callable[[Platform, Request, Answer], Answer]

LINES_PER_PAGE = 1000
USERIDS = {member.userid for member in cast.MEMBERS}


def failed(errcode: int, errmsg: str) -> Answer:
    return {"errcode": errcode, "errmsg": errmsg}


def get_token(platform: Platform, request: Request, body: Answer) -> Answer:
    if request.query_params.get("corpid") != cast.CORP_ID:
        return failed(40013, "invalid corpid")
    if request.query_params.get("corpsecret") != cast.SECRET:
        return failed(40001, "invalid credential")
    return {"access_token": platform.lend_token(), "expires_in": TOKEN_SECONDS}


def user_info(platform: Platform, request: Request, body: Answer) -> Answer:
    userid = platform.take_code(request.query_params.get("code", ""))
    return {"userid": userid} if userid else failed(40029, "invalid code")


def corp_ticket(platform: Platform, request: Request, body: Answer) -> Answer:
    return {"ticket": ticket("corp"), "expires_in": TOKEN_SECONDS}


def agent_ticket(platform: Platform, request: Request, body: Answer) -> Answer:
    if request.query_params.get("type") != "agent_config":
        return failed(40058, "type should be agent_config")
    return {"ticket": ticket("agent"), "expires_in": TOKEN_SECONDS}


def agent_info(platform: Platform, request: Request, body: Answer) -> Answer:
    if request.query_params.get("agentid") != str(cast.AGENT_ID):
        return failed(301002, "agentid not allowed")
    return {"agentid": cast.AGENT_ID, "name": "枢纽", "close": 0}


def follow_users(platform: Platform, request: Request, body: Answer) -> Answer:
    return {"follow_user": [cast.AGENT.userid]}


def contact(platform: Platform, request: Request, body: Answer) -> Answer:
    found = customer(request.query_params.get("external_userid", ""))
    if found is None:
        return failed(40096, "invalid external userid")
    return {
        "external_contact": {
            "external_userid": found.external_userid,
            "name": found.name,
            "type": 1,
            "avatar": "",
            "gender": 2,
            "unionid": found.unionid,
        },
        "follow_user": [
            {
                "userid": found.added_by,
                "remark": found.name,
                "description": "",
                "createtime": int(time.time()),
                "tags": [],
                "add_way": 1,
                "state": "",
            }
        ],
    }


def service_accounts(platform: Platform, request: Request, body: Answer) -> Answer:
    return {"account_list": [{"open_kfid": cast.SERVICE_ID, "name": "悦居家电客服", "avatar": ""}]}


def service_customers(platform: Platform, request: Request, body: Answer) -> Answer:
    asked = body.get("external_userid_list")
    if not isinstance(asked, list) or len(asked) > 100:
        return failed(40058, "external_userid_list should be a list of at most 100")
    found = [one for one in map(customer, asked) if one is not None]
    known = {one.external_userid for one in found}
    return {
        "customer_list": [
            {
                "external_userid": one.external_userid,
                "nickname": one.name,
                "avatar": "",
                "unionid": one.unionid,
            }
            for one in found
        ],
        "invalid_external_userid": [one for one in asked if one not in known],
    }


def service_messages(platform: Platform, request: Request, body: Answer) -> Answer:
    if body.get("open_kfid") not in {None, "", cast.SERVICE_ID}:
        return failed(95000, "invalid open_kfid")
    cursor = str(body.get("cursor") or "0")
    if not cursor.isdigit():
        return failed(40058, "invalid cursor")
    limit = min(int(body.get("limit") or LINES_PER_PAGE), LINES_PER_PAGE)
    waiting = [line for line in platform.lines if line.number > int(cursor)]
    page = waiting[:limit]
    return {
        "next_cursor": str(page[-1].number) if page else cursor,
        "has_more": int(len(waiting) > len(page)),
        "msg_list": [
            {
                "msgid": line.msgid,
                "open_kfid": cast.SERVICE_ID,
                "external_userid": line.external_userid,
                "send_time": line.at,
                "origin": 3 if line.by_customer else 5,
                "servicer_userid": line.userid,
                "msgtype": "text",
                "text": {"content": line.text},
            }
            for line in page
        ],
    }


def send_message(platform: Platform, request: Request, body: Answer) -> Answer:
    msgtype = str(body.get("msgtype", ""))
    if body.get("agentid") != cast.AGENT_ID:
        return failed(301002, "agentid not allowed")
    content = body.get(msgtype)
    if msgtype not in {"text", "textcard", "markdown"} or not isinstance(content, dict):
        return failed(40058, "unknown msgtype or missing content")
    asked = [userid for userid in str(body.get("touser", "")).split("|") if userid]
    if asked == ["@all"]:
        asked = sorted(USERIDS)
    if not asked or len(asked) > 1000:
        return failed(40058, "touser should name 1 to 1000 members")
    unknown = [userid for userid in asked if userid not in USERIDS]
    if len(unknown) == len(asked):
        return failed(81013, "all receivers are invalid")
    for userid in asked:
        if userid in USERIDS:
            platform.hand_over(userid=userid, msgtype=msgtype, content=content)
    return {"msgid": f"app{platform.next_number()}", "invaliduser": "|".join(unknown)}


WITHOUT_TOKEN: dict[str, Handler] = {"gettoken": get_token}
WITH_TOKEN: dict[str, Handler] = {
    "auth/getuserinfo": user_info,
    "get_jsapi_ticket": corp_ticket,
    "ticket/get": agent_ticket,
    "agent/get": agent_info,
    "externalcontact/get_follow_user_list": follow_users,
    "externalcontact/get": contact,
    "kf/account/list": service_accounts,
    "kf/customer/batchget": service_customers,
    "kf/sync_msg": service_messages,
    "message/send": send_message,
}


def routes(platform: Platform) -> list[Route]:
    """`/cgi-bin/*` of one platform."""

    def answering(name: str, handler: Handler) -> Callable[[Request], Awaitable[JSONResponse]]:
        async def answer(request: Request) -> JSONResponse:
            platform.calls.append(name)
            body: Answer = {}
            if request.method == "POST":
                try:
                    body = await request.json()
                except ValueError:
                    return JSONResponse(failed(40058, "body is no JSON"))
            result = _refusal(platform, request, name) or handler(platform, request, body)
            return JSONResponse({"errcode": 0, "errmsg": "ok"} | result)

        return answer

    return [
        Route(f"/cgi-bin/{name}", answering(name, handler), methods=["GET", "POST"])
        for name, handler in (WITHOUT_TOKEN | WITH_TOKEN).items()
    ]


def _refusal(platform: Platform, request: Request, name: str) -> Answer | None:
    fault = platform.faults.get(name)
    if fault is not None:
        return failed(fault, "as asked on the sandbox's page")
    if name in WITHOUT_TOKEN:
        return None
    token = request.query_params.get("access_token", "")
    if not token:
        return failed(41001, "access_token missing")
    if token not in platform.tokens:
        return failed(40014, "invalid access_token")
    return failed(42001, "access_token expired") if platform.tokens[token] < time.time() else None
