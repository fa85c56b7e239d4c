"""The browser door: pages as files, one view per module."""

import sys

from core import switch_off_telemetry


def keep_private() -> None:
    """Turn telemetry off in every library, and keep uploads in memory. Safe to repeat.

    It must come before anything else is imported or uploaded: the web server spools an upload above
    1 MiB to a temporary file unless told otherwise.
    """
    switch_off_telemetry()

    from starlette.formparsers import MultiPartParser

    MultiPartParser.spool_max_size = sys.maxsize
