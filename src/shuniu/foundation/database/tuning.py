"""Settings of the embedded server, sized to the machine. All sizes are in MiB unless named otherwise."""

import os
import shutil
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - looked at, never written


def settings(*, durable: bool) -> dict[str, str]:
    """Server settings by name. Without ``durable`` a crash of the machine loses data: for tests only."""
    memory = _memory_mib()
    buffers = min(max(memory // 8, 64), 1024) if durable else 64
    chosen = {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{max(memory // 2, 256)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "random_page_cost": "1.1",
        # compiling takes longer than our queries run
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "log_line_prefix": "%m [%p] %d ",
        "log_min_duration_statement": "2s",
    }
    if not _has_roomy_shared_memory():
        chosen["dynamic_shared_memory_type"] = "mmap"
    if not durable:
        chosen |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "io_method": "sync",
            "log_min_duration_statement": "-1",
        }
    return chosen


def _memory_mib() -> int:
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20)


def _has_roomy_shared_memory() -> bool:
    """Containers often get 64 MiB, which parallel queries overflow."""
    return SHARED_MEMORY.exists() and shutil.disk_usage(SHARED_MEMORY).total >= 256 * 2**20
