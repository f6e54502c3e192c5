"""启动接口与网页 / serve the API and the pages"""

import argparse

from granian.constants import Interfaces
from granian.server import Server

from shuniu.app.listening import Listening

NEEDS = {"database"}


def arguments(parser: argparse.ArgumentParser) -> None:
    Listening.arguments(parser, port_variable="SHUNIU_PORT", port=8000)
    parser.add_argument("--workers", type=int, default=Listening.processes(), help="进程数 / processes")
    parser.add_argument("--threads", type=int, default=4, help="每个进程的线程数 / threads of each process")


def run(options: argparse.Namespace) -> int:
    Server(
        "shuniu.app.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=options.workers,
        blocking_threads=options.threads,
        # requests wait here rather than in the threads of a process that is already busy
        backpressure=options.threads * 16,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
    ).serve()
    return 0
