"""Flows over HTTP."""

from shuniu.flows.api import commands, definitions, designs, works
from shuniu.flows.api.router import router

__all__ = ["commands", "definitions", "designs", "router", "works"]
