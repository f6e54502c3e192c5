"""The built web pages: one HTML file per application, hashed assets beside it (served by WhiteNoise)."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.middleware.csrf import get_token

FOLDER = Path(__file__).parent / "pages"
_ENTRY = {"console": "console", "login": "console", "m": "phone", "c": "customer", "sidebar": "sidebar"}
_NOT_BUILT = "网页尚未构建，请运行 make web / The web pages are not built yet; run make web."


@cache
def _html(entry: str) -> str | None:
    file = FOLDER / f"{entry}.html"
    return file.read_text(encoding="utf-8") if file.is_file() else None


def root(request: HttpRequest) -> HttpResponse:
    """The front door leads to the console, which leads to the login when needed."""
    return HttpResponseRedirect("/console")


def page(request: HttpRequest, page: str) -> HttpResponse:
    """The HTML of one application; its router reads the rest of the address. Sets the CSRF cookie."""
    html = _html(_ENTRY[page])
    if html is None:
        return HttpResponseNotFound(_NOT_BUILT, content_type="text/plain; charset=utf-8")
    get_token(request)
    response = HttpResponse(html)
    response.headers["Cache-Control"] = "no-cache"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Anything else: a plain page, or a problem document under ``/api``."""
    return HttpResponseNotFound("找不到页面 / Page not found", content_type="text/plain; charset=utf-8")
