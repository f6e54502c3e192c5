"""启动全部进程并保持运行 / start the database, web, live and worker, and keep them running"""

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from shuniu.app import environment
from shuniu.app.installation import Installation
from shuniu.app.supervision.greeting import already_running, greeting
from shuniu.app.supervision.hold import Hold
from shuniu.app.supervision.kind import keep_kind
from shuniu.app.supervision.logs import write_logs_to
from shuniu.app.supervision.plan import make_plan
from shuniu.app.supervision.supervisor import StartFailed, Supervisor

NEEDS = {"environment"}


def arguments(parser: argparse.ArgumentParser) -> None:
    host, port = os.environ.get("SHUNIU_HOST", "127.0.0.1"), os.environ.get("SHUNIU_PORT", "8000")
    parser.add_argument(
        "--demo", action="store_true", help="演示公司与沙箱 / the demo company and the sandbox"
    )
    parser.add_argument("--data", type=Path, help="数据目录 / data folder (SHUNIU_DATA)")
    parser.add_argument("--host", default=host, help=f"监听地址 / address to listen on ({host})")
    parser.add_argument("--port", type=int, default=int(port), help=f"端口 / port ({port})")


def run(options: argparse.Namespace) -> int:
    if options.data is not None:
        os.environ["SHUNIU_DATA"] = str(options.data)
    demo = options.demo or os.environ.get("SHUNIU_DEMO") == "1"
    installation = Installation.of(os.environ)
    installation.settle()
    hold = Hold(installation.data)
    if not hold.take():
        print(already_running(hold.holder(), installation.data))
        return 0
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        keep_kind(installation.data, demo=demo)
        installation.furnish(os.environ)
        environment.read()
        return _supervise(installation, hold, options, demo=demo)
    finally:
        hold.release()


def _supervise(installation: Installation, hold: Hold, options: argparse.Namespace, *, demo: bool) -> int:
    plan = make_plan(data=installation.data, demo=demo, host=options.host, port=options.port)
    write_logs_to(plan.logs / "supervisor.log")
    server = installation.server() if installation.embedded else None
    supervisor = Supervisor(plan, server, installation.data)
    try:
        supervisor.start()
        hold.announce(plan.addresses)
        print(greeting(plan.addresses, installation.data, demo=demo), flush=True)
        supervisor.watch()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print("正在停止… / Stopping…", flush=True)
    except StartFailed as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        supervisor.stop()
    return 0


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
