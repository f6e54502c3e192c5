"""Options that every serving process shares: where it listens and with how many processes."""

import argparse
import os

PROCESSES_MAX = 8


class Listening:
    """Where a process listens."""

    @staticmethod
    def arguments(parser: argparse.ArgumentParser, *, port_variable: str, port: int) -> None:
        default = int(os.environ.get(port_variable, port))
        host = os.environ.get("SHUNIU_HOST", "127.0.0.1")
        parser.add_argument("--host", default=host, help=f"监听地址 / address to listen on ({host})")
        parser.add_argument("--port", type=int, default=default, help=f"端口 / port ({default})")

    @staticmethod
    def processes() -> int:
        """As many as there are cores, up to a limit; ``SHUNIU_WEB_WORKERS`` says otherwise."""
        return int(os.environ.get("SHUNIU_WEB_WORKERS", min(os.cpu_count() or 1, PROCESSES_MAX)))
