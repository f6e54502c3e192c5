"""The server process found through the file it leaves in its cluster.

The file outlives a killed server, and its number may by then belong to some other process.
"""

import contextlib
import os
import signal
import time
from pathlib import Path

from shuniu.foundation.database.place import SOCKET_NAME, Place

PROC = Path("/proc")


def running(place: Place) -> int | None:
    """The process id of the server of this cluster, None when there is none."""
    pid = _noted(place)
    return pid if pid is not None and _serves(pid, place.cluster) else None


def forget_stale(place: Place) -> None:
    """Remove what a killed server left, when its number no longer belongs to a server of this cluster."""
    if running(place) is not None:
        return
    socket = Path(f"{place.socket}{SOCKET_NAME}")
    for path in (place.cluster / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")):
        path.unlink(missing_ok=True)


def stop(pid: int, place: Place) -> None:
    """Stop a server that is not our child and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    while _serves(pid, place.cluster):
        time.sleep(0.05)


def _noted(place: Place) -> int | None:
    try:
        first = (place.cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0]
    except FileNotFoundError:
        return None
    return int(first) if first.strip().isdigit() else None


def _serves(pid: int, cluster: Path) -> bool:
    if not PROC.exists():
        return _alive(pid)
    try:
        folder = (PROC / str(pid) / "cwd").resolve(strict=True)
        name = (PROC / str(pid) / "comm").read_text(encoding="utf-8").strip()
        dead = (PROC / str(pid) / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return False
    return name == "postgres" and folder == cluster.resolve() and not dead


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
