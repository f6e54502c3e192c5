"""`python -m shuniu_sandbox [--host HOST] [--port PORT] [--product-url URL]`."""

import argparse
import os
from collections.abc import Sequence

from granian.constants import Interfaces
from granian.server import Server

from shuniu_sandbox import DEFAULT_PRODUCT

DEFAULT_PORT = 8002


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="shuniu_sandbox", description="企业微信沙箱 / a stand-in for WeCom")
    parser.add_argument("--host", default=os.environ.get("SHUNIU_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("SHUNIU_SANDBOX_PORT", DEFAULT_PORT)))
    parser.add_argument("--product-url", default=os.environ.get("SHUNIU_PUBLIC_URL", DEFAULT_PRODUCT))
    options = parser.parse_args(arguments)
    # the worker process builds the application from its environment; it is not imported here, a fork would keep it
    os.environ["SHUNIU_PUBLIC_URL"] = options.product_url
    Server(
        "shuniu_sandbox.app:app",
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGI,
        workers=1,
    ).serve()


if __name__ == "__main__":
    main()
