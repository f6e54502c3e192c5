"""The sandbox as one application: `shuniu_sandbox.app:app`, told by the environment where the product is."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from shuniu_sandbox import DEFAULT_PRODUCT, cast, jssdk, protocol, signing_in
from shuniu_sandbox.callbacks import Callbacks
from shuniu_sandbox.page import ChatPage
from shuniu_sandbox.state import Platform


def build(*, product_url: str) -> Starlette:
    """One platform that calls the product at `product_url`."""
    platform = Platform()
    product = product_url.rstrip("/")
    callbacks = Callbacks(platform, f"{product}/api/channels/wecom/callback/{cast.CORP_ID}-{cast.AGENT_ID}")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await callbacks.close()

    async def healthz(_: object) -> PlainTextResponse:
        return PlainTextResponse("ok")

    return Starlette(
        routes=[
            *ChatPage(platform, callbacks, product).routes(),
            *protocol.routes(platform),
            *signing_in.routes(platform, product),
            *jssdk.routes(),
            Route("/healthz", healthz, methods=["GET"]),
        ],
        lifespan=lifespan,
    )


app = build(product_url=os.environ.get("SHUNIU_PUBLIC_URL", DEFAULT_PRODUCT))
