"""The organisation over HTTP."""

from shuniu.org.api import calendars, notices, positions, roles, session, settings, staff, units
from shuniu.org.api.router import router

__all__ = ["calendars", "notices", "positions", "roles", "router", "session", "settings", "staff", "units"]
