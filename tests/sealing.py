"""No test reaches beyond this machine."""

import ipaddress
import sys

WATCHED = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo"})
NAMES_OF_THIS_MACHINE = frozenset({"localhost", "", None})


class NetworkSealed(RuntimeError):
    """A test tried to reach another machine."""


def seal_network() -> None:
    """From now on this process connects to Unix sockets and the loopback range only; there is no way back."""
    sys.addaudithook(_refuse_other_machines)


def _refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    if event not in WATCHED:
        return
    target = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    host = target[0] if isinstance(target, tuple) else target
    if event != "socket.getaddrinfo" and not isinstance(target, tuple):
        return  # a Unix socket's path
    if not _is_this_machine(host):
        raise NetworkSealed(f"{event} {host!r}")


def _is_this_machine(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in NAMES_OF_THIS_MACHINE:
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False
