"""Flows over HTTP."""

from shuniu.flows.api import definitions, designs, works
from shuniu.flows.api.router import router

__all__ = ["definitions", "designs", "router", "works"]
