"""启动实时更新 / serve live updates"""

import argparse
import os

from granian.constants import Interfaces
from granian.server import Server

from shuniu.app.listening import Listening

NEEDS = {"database"}


def arguments(parser: argparse.ArgumentParser) -> None:
    Listening.arguments(parser, port_variable="SHUNIU_LIVE_PORT", port=8001)


def run(options: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuniu.app.settings")
    # one process holds all streams of a machine: it mostly waits
    Server(
        "shuniu.foundation.live.server:app",
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGI,
        websockets=False,
        workers=1,
        backlog=4096,
        backpressure=20_000,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
    ).serve()
    return 0
