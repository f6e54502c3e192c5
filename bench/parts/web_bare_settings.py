"""Settings of the bare view."""

from shuniu.app.settings import *  # noqa: F403 - everything but what follows

ROOT_URLCONF = "web_bare"
MIDDLEWARE: list[str] = []
WSGI_APPLICATION = None
