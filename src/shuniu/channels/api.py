"""HTTP of channels: the platform's callbacks and sign-in, the side bar's JS-SDK, and the console's pages."""

import secrets
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from ninja import Path, Query
from pydantic import BaseModel, Field

from shuniu.channels import actions, queries
from shuniu.channels.adapters.wecom.oauth import DEFAULT_BASE as AUTHORIZE_BASE
from shuniu.channels.contracts import (
    AccountView,
    CallbackRow,
    CallbackTooLarge,
    CheckLine,
    InboxStatus,
    JsSdkConfig,
    MessageLine,
    OutboxStatus,
    OutgoingRow,
    PageForeign,
)
from shuniu.channels.permissions import CONFIGURE, READ, READ_CHATS
from shuniu.foundation.access import PUBLIC, SIGNED_IN
from shuniu.foundation.errors import DomainError
from shuniu.foundation.http import Page, PageParams, Request, Routes
from shuniu.foundation.identity.sessions import open_session

router = Routes(tag="channels")

API_BASE = "https://qyapi.weixin.qq.com"
_STATE = "wecom_sign_in_state"
_NEXT = "wecom_sign_in_next"
_HOME = "/m"
# where a member may be led back to after signing in
_OUR_PAGES = ("/sidebar", "/m", "/console")


class CallbackQuery(BaseModel):
    """The query WeCom signs its callbacks with."""

    msg_signature: str = Field(max_length=64)
    timestamp: str = Field(max_length=12)
    nonce: str = Field(max_length=128)

    def to_action(self) -> actions.Signed:
        return actions.Signed(signature=self.msg_signature, timestamp=self.timestamp, nonce=self.nonce)


class ChallengeQuery(CallbackQuery):
    echostr: str = Field(max_length=4096)


class SaveAccount(BaseModel):
    """A connection to WeCom. Secrets left empty stay as they are."""

    name: str = Field(min_length=1, max_length=60)
    unit_id: int
    corp_id: str = Field(min_length=1, max_length=64)
    agent_id: str = Field(min_length=1, max_length=32)
    api_base: str = Field(default=API_BASE, max_length=200)
    authorize_base: str = Field(default=AUTHORIZE_BASE, max_length=200)
    jssdk_url: str = Field(default="", max_length=200)
    enabled: bool = True
    secret: str = Field(default="", max_length=200)
    next_secret: str = Field(default="", max_length=200)
    token: str = Field(default="", max_length=64)
    aes_key: str = Field(default="", max_length=43)
    next_token: str = Field(default="", max_length=64)
    next_aes_key: str = Field(default="", max_length=43)

    def to_action(self) -> actions.AccountForm:
        return actions.AccountForm(**self.model_dump())


class CallbackFilter(BaseModel):
    status: InboxStatus | None = None


class OutgoingFilter(BaseModel):
    status: OutboxStatus | None = None


@router.get("/channels/wecom/callback/{address}", permission=PUBLIC)
def challenge(request: Request, address: str, query: Query[ChallengeQuery]) -> HttpResponse:
    """WeCom tries the address when it is saved in its console."""
    echo = actions.answer_challenge(
        address=address, signed=query.to_action(), echo=query.echostr, now=request.now
    )
    return HttpResponse(echo, content_type="text/plain")


# the platform has neither our session nor our keys: its signature and the inbox's unique key stand in for them
@router.post(
    "/channels/wecom/callback/{address}", permission=PUBLIC, idempotent=False, atomic=False, csrf=False
)
def callback(request: Request, address: str, query: Query[CallbackQuery]) -> HttpResponse:
    """Keep the callback and acknowledge it; it is understood afterwards."""
    if int(request.headers.get("Content-Length") or 0) > actions.BODY_BYTES_MAX:
        raise CallbackTooLarge
    actions.receive(address=address, signed=query.to_action(), body=request.body, now=request.now)
    return HttpResponse(b"", content_type="text/plain")


@router.get("/channels/wecom/oauth/start", permission=PUBLIC)
def start_sign_in(request: Request, next: Annotated[str, Query(max_length=500)] = _HOME) -> HttpResponseBase:
    """Send the browser to WeCom, which sends it back with a code."""
    state = secrets.token_hex(16)
    request.session[_STATE] = state
    request.session[_NEXT] = next if _is_ours(next) else _HOME
    # the name this browser used, not the public one: its cookies belong to that name
    redirect_uri = request.build_absolute_uri("/api/channels/wecom/oauth/finish")
    return HttpResponseRedirect(actions.begin_sign_in(redirect_uri=redirect_uri, state=state))


@router.get("/channels/wecom/oauth/finish", permission=PUBLIC)
def finish_sign_in(
    request: Request,
    code: Annotated[str, Query(max_length=512)] = "",
    state: Annotated[str, Query(max_length=64)] = "",
) -> HttpResponseBase:
    """The browser is back: open the session of whom WeCom says it is. A refusal is shown by the page asked for."""
    expected = str(request.session.pop(_STATE, ""))
    target = str(request.session.pop(_NEXT, _HOME))
    try:
        user = actions.finish_sign_in(code=code, state=state, expected_state=expected, now=request.now)
    except DomainError as problem:
        text = problem.text().pick(request.locale)
        return HttpResponseRedirect(_with_query(target, {"sign_in_problem": text}))
    open_session(request, user.id)
    return HttpResponseRedirect(target)


@router.get("/channels/wecom/jssdk", permission=SIGNED_IN, response=JsSdkConfig)
def jssdk_config(request: Request, url: Annotated[str, Query(max_length=2000)]) -> JsSdkConfig:
    """Signatures for the page at `url`, which must be one of this installation."""
    if not url.startswith(request.build_absolute_uri("/")):
        raise PageForeign(field="url")
    return actions.jssdk_config(url=url, noncestr=secrets.token_hex(8), now=request.now)


@router.get("/channels/messages", permission=READ_CHATS, response=list[MessageLine])
def list_messages(
    request: Request,
    external_userid: Annotated[list[str], Query(max_length=20)],
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> list[MessageLine]:
    """The last lines of chat with one person, by all their contact ids."""
    return queries.last_messages(actor=request.actor, external_userids=external_userid, limit=limit)


@router.get("/channels/accounts", permission=READ, response=list[AccountView])
def list_accounts(request: Request) -> list[AccountView]:
    return queries.accounts(actor=request.actor)


@router.post("/channels/accounts", permission=CONFIGURE, response=AccountView)
def create_account(request: Request, body: SaveAccount) -> AccountView:
    return actions.save_account(form=body.to_action(), by=request.actor, now=request.now)


@router.put("/channels/accounts/{account_id}", permission=CONFIGURE, response=AccountView)
def change_account(request: Request, account_id: Annotated[int, Path()], body: SaveAccount) -> AccountView:
    return actions.save_account(
        form=body.to_action(), account_id=account_id, by=request.actor, now=request.now
    )


@router.post("/channels/accounts/{account_id}/promote-keys", permission=CONFIGURE, response=AccountView)
def promote_keys(request: Request, account_id: int) -> AccountView:
    return actions.promote_keys(account_id=account_id, by=request.actor, now=request.now)


@router.get("/channels/accounts/{account_id}/check", permission=CONFIGURE, response=list[CheckLine])
def check_account(request: Request, account_id: int) -> list[CheckLine]:
    return actions.check_account(account_id=account_id, by=request.actor, now=request.now)


@router.get("/channels/inbox", permission=READ, response=Page[CallbackRow])
def list_inbox(
    request: Request,
    filters: Query[CallbackFilter],
    page: Query[PageParams],
) -> Page[CallbackRow]:
    return queries.inbox_page(actor=request.actor, status=filters.status, page=page)


@router.post("/channels/inbox/{inbox_id}/retry", permission=CONFIGURE)
def retry_inbox(request: Request, inbox_id: int) -> None:
    actions.retry_inbox(inbox_id=inbox_id, by=request.actor, now=request.now)


@router.get("/channels/outbox", permission=READ, response=Page[OutgoingRow])
def list_outbox(
    request: Request,
    filters: Query[OutgoingFilter],
    page: Query[PageParams],
) -> Page[OutgoingRow]:
    return queries.outbox_page(actor=request.actor, status=filters.status, page=page)


@router.post("/channels/outbox/{message_id}/retry", permission=CONFIGURE)
def retry_outbox(request: Request, message_id: int) -> None:
    actions.retry_outbox(message_id=message_id, by=request.actor, now=request.now)


def _is_ours(path: str) -> bool:
    """A path of ours, never another host: `//host` and `/\\host` are addresses to a browser."""
    return (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and path.split("?", maxsplit=1)[0].startswith(_OUR_PAGES)
    )


def _with_query(path: str, query: dict[str, str]) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(query)}"
