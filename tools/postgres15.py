"""Runs a command with DATABASE_URL pointing at a fresh PostgreSQL 15, as Debian ships it: `postgres15.py COMMAND…`.

The embedded server is version 18; this shows that nothing newer than 15 is used. Root gets the programs from Debian
when they are missing, anybody else is told what to type.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from shuniu.foundation.database.account import Account, server_account

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
PACKAGE = "postgresql-15"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "200",
}


def main() -> int:
    """The exit code of the command."""
    _require_programs()
    account = server_account()
    folder = Path(tempfile.mkdtemp(prefix="shuniu-pg15-"))
    account.own(folder)
    try:
        with _server(folder, account) as server:
            url = f"postgresql://shuniu@/postgres?host={quote(str(folder), safe='')}"
            code = subprocess.run(
                sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False
            ).returncode
            server.terminate()
            server.wait()
    finally:
        shutil.rmtree(folder)
    return code


def _require_programs() -> None:
    if PROGRAMS.exists():
        return
    if os.geteuid() != 0:
        sys.exit(f"需要 PostgreSQL 15 / PostgreSQL 15 is needed: apt-get install {PACKAGE}")
    # without a cluster of the machine's own: only the programs are wanted
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.parent.mkdir(exist_ok=True)
        settings.write_text("create_main_cluster = false\n", encoding="utf-8")
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE], check=True, **quiet
    )


def _server(folder: Path, account: Account) -> subprocess.Popen[bytes]:
    cluster = folder / "cluster"
    options = account.process_options() | {"cwd": "/", "stdout": subprocess.DEVNULL}
    create = ("--username=shuniu", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync")
    subprocess.run([PROGRAMS / "initdb", "--pgdata", cluster, *create], check=True, **options)
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [PROGRAMS / "postgres", "-D", cluster, "-k", folder, *settings], stderr=log, **options
    )
    ready = [PROGRAMS / "pg_isready", "--quiet", "--host", folder, "--username", "shuniu"]
    while subprocess.run(ready, check=False).returncode != 0:
        if server.poll() is not None:
            sys.exit((folder / "log").read_text(encoding="utf-8"))
        time.sleep(0.05)
    return server


if __name__ == "__main__":
    sys.exit(main())
