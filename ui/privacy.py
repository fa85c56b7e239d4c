"""What must be set before anything else is imported or uploaded."""

import os
import sys

_QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "OTEL_SDK_DISABLED": "true",
    "TRANSFORMERS_OFFLINE": "1",
}


def keep_private() -> None:
    """Turn telemetry off in every library, and keep uploads in memory. Safe to repeat.

    The web server spools an upload above 1 MiB to a temporary file unless told otherwise.
    """
    os.environ.update(_QUIET)

    from starlette.formparsers import MultiPartParser

    MultiPartParser.spool_max_size = sys.maxsize
