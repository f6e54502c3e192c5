"""The one HTTP API: every domain's routes under ``/api``, every failure as a problem document."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from shuniu.app import wiring
from shuniu.foundation.http import problems


class _NoDocs(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: object) -> HttpResponse:
        return HttpResponse(status=404)


def build() -> NinjaAPI:
    """Put the API together; the OpenAPI document is at ``/api/openapi.json``."""
    wiring.wire()
    api = NinjaAPI(
        title="Shuniu 枢纽",
        version="1",
        description="Social CRM over WeCom 企业微信. Errors are RFC 9457 problem documents; writes take an Idempotency-Key.",
        docs=_NoDocs(),
    )
    problems.install(api)
    for routes in wiring.ROUTERS:
        api.add_router("", routes.router)
    return api


api = build()
