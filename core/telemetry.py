"""Libraries keep from reporting anywhere."""

import os

QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "OTEL_SDK_DISABLED": "true",
    "TRANSFORMERS_OFFLINE": "1",
}
"""The environment in which chromadb, langchain and what they stand on report nothing."""


def switch_off_telemetry() -> None:
    """To be called before any library that would report is imported. Safe to repeat."""
    os.environ.update(QUIET)
