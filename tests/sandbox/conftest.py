"""The sandbox as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

START_SECONDS = 30


@pytest.fixture(scope="module")
def start_sandbox() -> Iterator[Callable[[str], str]]:
    """`start_sandbox(product_url)` gives the address of a running sandbox."""
    running: list[subprocess.Popen[bytes]] = []

    def start(product_url: str) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "shuniu_sandbox", "--port", str(port), "--product-url", product_url]
        process = subprocess.Popen(command, env=os.environ | {"SHUNIU_HOST": "127.0.0.1"})
        running.append(process)
        address = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(address, process)
        return address

    yield start
    for process in running:
        process.terminate()
        process.wait(20)


def _wait_until_it_answers(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    with httpx.Client(transport=httpx.HTTPTransport(retries=20)) as client:
        while time.monotonic() < deadline:
            assert process.poll() is None, "the sandbox ended"
            try:
                if client.get(f"{address}/healthz").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                continue
    raise AssertionError("the sandbox did not answer in time")
