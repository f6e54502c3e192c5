"""Addresses: the API, the health of the house, and the four pages of the web application."""

from django.urls import path, re_path

from shuniu.app import health, web
from shuniu.app.api import api

urlpatterns = [
    path("api/", api.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("", web.root),
    re_path(r"^(?P<page>console|login|m|c|sidebar)(/.*)?$", web.page),
]

handler404 = web.not_found
