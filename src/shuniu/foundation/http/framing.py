"""Who may show our pages in a frame: nobody, except the side bar by the origins the installation names."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SIDEBAR = "/sidebar"


class Framing:
    """Middleware; sets the Content-Security-Policy of every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.sidebar_ancestors = " ".join(settings.SHUNIU.frame_origins) or "'none'"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        in_sidebar = request.path.startswith(SIDEBAR)
        ancestors = self.sidebar_ancestors if in_sidebar else "'none'"
        response.headers.setdefault(
            "Content-Security-Policy", f"frame-ancestors {ancestors}; object-src 'none'"
        )
        return response
