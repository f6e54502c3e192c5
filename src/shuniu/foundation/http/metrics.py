"""Prometheus metrics of the web process; other processes add their own to the same default registry."""

from django.http import HttpRequest
from prometheus_client import Counter, Histogram

REQUESTS = Counter("shuniu_http_requests_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "shuniu_http_request_seconds",
    "Time to answer a request",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


def observe_request(request: HttpRequest, status: int, seconds: float) -> None:
    """Count one answer under its route pattern, never under its raw path (ids would explode the labels)."""
    match = request.resolver_match
    route = match.route if match is not None else "unmatched"
    method = request.method or "GET"
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(seconds)
