"""Around the program: where its own things are kept, and libraries that report nowhere."""

import os
from pathlib import Path

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


def home() -> Path:
    """Where imported documents and own rules are kept: `MEKIKI_HOME`, or `var/` by the program."""
    return Path(os.environ.get("MEKIKI_HOME") or Path(__file__).parents[1] / "var")


def own_rules() -> Path:
    """Where a council keeps rules of its own: the folder `rules` of `home`."""
    return home() / "rules"
