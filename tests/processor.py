"""Limits in processor time: what other programs do beside a test does not count."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail once this process has worked so long; also as a decorator of a test.

    >>> with within(0.05):
    ...     while True:
    ...         pass
    Traceback (most recent call last):
    Failed: took more than 0.05 s of processor time
    """

    def stop(*_: object) -> None:
        pytest.fail(f"took more than {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
