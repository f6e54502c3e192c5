"""Ports that are free on this machine."""

import socket

TRIED_MAX = 200


def first_free(host: str, wished: int, taken: frozenset[int] = frozenset()) -> int:
    """``wished``, or the next port after it that nobody listens on and that is not in ``taken``."""
    for port in range(wished, wished + TRIED_MAX):
        if port not in taken and _is_free(host, port):
            return port
    raise OSError(f"no free port between {wished} and {wished + TRIED_MAX}")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # servers bind with this option too: an old connection in its last state does not count
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
