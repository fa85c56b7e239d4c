"""Run a command under a connection trace: which addresses it tried to reach."""

import os
import re
import shutil
from pathlib import Path

import pytest

_INET = re.compile(
    r"connect\(\d+, \{sa_family=AF_INET6?, .*?"
    r"(?:inet_addr\(|inet_pton\(AF_INET6, )\"([^\"]+)\""
)


def tracing(log: Path) -> list[str]:
    """The words to put before a command; a missing strace fails in CI and skips elsewhere."""
    if shutil.which("strace") is None:
        reason = "needs strace to watch connections: apt-get install strace"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect", "-o", str(log)]


def reached(log: Path) -> set[str]:
    """The addresses outside this machine that the command tried to connect to.

    >>> import tempfile
    >>> log = Path(tempfile.mkstemp()[1])
    >>> _ = log.write_text('7 connect(3, {sa_family=AF_INET, sin_port=htons(443), '
    ...     'sin_addr=inet_addr("192.0.2.7")}, 16) = -1 ENETUNREACH')
    >>> reached(log)
    {'192.0.2.7'}
    """
    found = set(_INET.findall(log.read_text(encoding="utf-8", errors="replace")))
    return {a for a in found if not a.startswith("127.") and a != "::1"}
