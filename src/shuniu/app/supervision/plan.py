"""What a start consists of: the commands, their ports, their environment."""

import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shuniu.app.cli import known
from shuniu.app.supervision.hold import Addresses
from shuniu.app.supervision.ports import first_free

SANDBOX = "shuniu_sandbox"
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised, not bound


@dataclass(frozen=True)
class Plan:
    """``preparations`` run to their end first; ``commands`` are kept running; ``answers`` must answer then."""

    logs: Path
    environ: Mapping[str, str]
    preparations: Sequence[Sequence[str]]
    commands: Mapping[str, Sequence[str]]
    answers: Sequence[str]
    addresses: Addresses


def make_plan(*, data: Path, demo: bool, host: str, port: int) -> Plan:
    """The plan for this machine now: ports that are taken are replaced by the next free ones."""
    web = first_free(host, port)
    live = first_free(host, int(os.environ.get("SHUNIU_LIVE_PORT", web + 1)), frozenset({web}))
    sandbox = first_free(host, int(os.environ.get("SHUNIU_SANDBOX_PORT", live + 1)), frozenset({web, live}))
    name = "localhost" if host in EVERYWHERE | {"127.0.0.1", "::1"} else host
    inside = "127.0.0.1" if host in EVERYWHERE else host
    # under another name of this machine the sandbox's sign-ins do not replace the console's in the same browser
    beside = "127.0.0.1" if name == "localhost" else name
    public = os.environ.get("SHUNIU_PUBLIC_URL", f"http://{name}:{web}")
    environ = {
        "SHUNIU_HOST": host,
        "SHUNIU_PORT": str(web),
        "SHUNIU_LIVE_PORT": str(live),
        "SHUNIU_SANDBOX_PORT": str(sandbox),
        "SHUNIU_PUBLIC_URL": public,
        "SHUNIU_ALLOWED_HOSTS": os.environ.get("SHUNIU_ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{name}"),
        "PYTHONUNBUFFERED": "1",
    }
    if demo:
        environ |= {
            "SHUNIU_DEMO": "1",
            "SHUNIU_SANDBOX_URL": f"http://{beside}:{sandbox}",
            "SHUNIU_FRAME_ORIGINS": ",".join(sorted({f"http://{one}:{sandbox}" for one in (name, beside)})),
        }
    answers = [f"http://{inside}:{web}/readyz"]
    commands = {name: verb(name) for name in ("web", "live", "worker") if name in known()}
    if "live" in commands:
        answers.append(f"http://{inside}:{live}/healthz")
    with_sandbox = demo and importlib.util.find_spec(f"{SANDBOX}.__main__") is not None
    if with_sandbox:
        commands["sandbox"] = [sys.executable, "-m", SANDBOX]
    return Plan(
        logs=data / "logs",
        environ=environ,
        preparations=_preparations(demo=demo),
        commands=commands,
        answers=answers,
        addresses=Addresses(
            pid=os.getpid(),
            web=public,
            live=f"http://{name}:{live}",
            sandbox=f"http://{beside}:{sandbox}" if with_sandbox else None,
        ),
    )


def verb(*words: str) -> list[str]:
    """A command of our own command line, run by this very Python."""
    return [sys.executable, "-m", "shuniu.app.cli", *words]


def _preparations(*, demo: bool) -> list[list[str]]:
    steps = [verb("migrate", "--quiet")]
    if demo and "demo" in known():
        steps.append(verb("demo", "ensure"))
    if not demo and "createadmin" in known():
        steps.append(verb("createadmin", "--first"))
    return steps
