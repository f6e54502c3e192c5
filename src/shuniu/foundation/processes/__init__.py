"""Child processes that end with the process that started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

# linux/prctl.h
PR_SET_PDEATHSIG = 1


def die_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """A ``preexec_fn``: the kernel sends ``sign`` to the child when its parent is gone, however it went.

    Does nothing outside Linux. The library is loaded before the fork, since loading after it could hang.
    """
    if sys.platform != "linux":
        return lambda: None
    library = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask() -> None:
        library.prctl(PR_SET_PDEATHSIG, int(sign))
        if os.getppid() != parent:
            os.kill(os.getpid(), sign)

    return ask
