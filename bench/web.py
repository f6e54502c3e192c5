"""The API against a bare Django view that runs the same SQL.

Two requests: a page of 20 open orders out of 100,000, and making an order. What each sends to the database is
recorded once; a bare view replays it statement by statement and answers with what came back. Both are served by the
same server with the same processes and threads, one after the other, and asked by the same clients.
"""

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from harness import PARTS, ROOT, Target, answer, percentile, product, report, say, start

CLIENTS = 8
SECONDS = 8.0
WARM_UP_SECONDS = 2.0
ROUNDS = 2

TARGETS: dict[str, Target] = {
    "list, share of the bare view": ("≥", 0.5),
    "create, share of the bare view": ("≥", 0.5),
}


def main() -> int:
    with product():
        recording = Path(os.environ["SHUNIU_DATA"]).parent / "recording"
        say("filling the database…")
        told = answer(start("web_recording.py", recording))
        body = json.loads(told["body"])
        say(f"statements: list {told['list']}, create {told['create']}")
        figures: dict[str, float] = {}
        for name in ("list", "create"):
            rates: dict[str, float] = {"api": 0.0, "bare": 0.0}
            for _ in range(ROUNDS):
                for side in ("bare", "api"):
                    rate, p95 = serve_and_ask(side, name, body, recording)
                    if rate > rates[side]:
                        rates[side] = rate
                        figures[f"{name}, {side}, 1/s"] = rate
                        figures[f"{name}, {side} p95, ms"] = p95
            figures[f"{name}, share of the bare view"] = rates["api"] / rates["bare"]
        return report("web", figures, TARGETS)


def serve_and_ask(side: str, name: str, body: dict[str, Any], recording: Path) -> tuple[float, float]:
    """Requests a second and p95 in ms of one side."""
    port = free_port()
    program = [sys.executable, "-m", "shuniu.app.cli", "web", "--port", str(port), "--workers", "2"]
    if side == "bare":
        program = [sys.executable, str(PARTS / "web_bare.py"), str(port), str(recording)]
    environ = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "bench"), str(PARTS)]),
        "SHUNIU_ALLOWED_HOSTS": "127.0.0.1",
    }
    server = subprocess.Popen(program, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_answer(port)
        headers = sign_in(port) if side == "api" else {}
        ask_for(WARM_UP_SECONDS, port, side, name, body, headers)
        took = ask_for(SECONDS, port, side, name, body, headers)
    finally:
        server.terminate()
        server.wait(20)
    rate = len(took) / SECONDS
    say(f"{name} {side}: {rate:.0f}/s")
    return rate, percentile(took, 0.95)


def ask_for(
    seconds: float, port: int, side: str, name: str, body: dict[str, Any], headers: dict[str, str]
) -> list[float]:
    """How long each request took, in ms; a failed one ends the benchmark."""
    took: list[float] = []
    failed: list[str] = []
    until = time.perf_counter() + seconds
    payload = json.dumps(body).encode()
    path = (
        f"/{name}"
        if side == "bare"
        else {"list": "/api/work-orders?view=open&limit=20"}.get(name, "/api/work-orders")
    )

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < until and not failed:
            begun = time.perf_counter()
            if name == "list":
                connection.request("GET", path, headers=headers)
            else:
                key = {"Idempotency-Key": secrets.token_hex(12), "Content-Type": "application/json"}
                connection.request("POST", path, payload, headers | key)
            got = connection.getresponse()
            content = got.read()
            if got.status not in (200, 201):
                failed.append(f"{got.status} {content[:300]!r}")
                return
            took.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(failed[0])
    return took


def sign_in(port: int) -> dict[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = json.dumps({"username": "chen", "password": "shuniu-demo"})
    connection.request("POST", "/api/session", body, {"Content-Type": "application/json"})
    got = connection.getresponse()
    got.read()
    cookies = [header.split(";")[0] for name, header in got.getheaders() if name.lower() == "set-cookie"]
    token = next((cookie.split("=", 1)[1] for cookie in cookies if cookie.startswith("csrftoken=")), "")
    return {"Cookie": "; ".join(cookies), "X-CSRFToken": token}


def await_answer(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
