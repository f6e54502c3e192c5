"""Flows over HTTP."""

from shuniu.flows.api import definitions, works
from shuniu.flows.api.router import router

__all__ = ["definitions", "router", "works"]
