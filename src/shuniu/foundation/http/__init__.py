"""HTTP plumbing: guarded routes, one error shape, cursor pages, idempotent writes, exports.

It knows no domain; every domain's ``api.py`` declares its routes through :class:`Routes`.
"""

from shuniu.foundation.http.days import Day
from shuniu.foundation.http.export import Column, export_response
from shuniu.foundation.http.pages import Page, PageParams, paginate
from shuniu.foundation.http.requests import Request
from shuniu.foundation.http.routes import RouteEntry, Routes

__all__ = [
    "Column",
    "Day",
    "Page",
    "PageParams",
    "Request",
    "RouteEntry",
    "Routes",
    "export_response",
    "paginate",
]
