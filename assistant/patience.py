"""Waiting for a provider, but not for ever."""

import threading
import time
from collections.abc import Generator, Iterator
from queue import Empty, Queue

from assistant.run import Run

_GLANCE = 0.02
"""Seconds between looks at what the thread has done."""


class ProviderFailed(Exception):  # noqa: N818  caught by the conversation, which answers offline
    """The provider's model gave an error, or no sign of life in time."""


def wait_for(run: Run, steps: Iterator[str], limit: float) -> Generator[str, None, str]:
    """Run a model's steps in a thread; yield what is said, return the last step.

    `limit` is in seconds without a sign of life; the desk's own work does not count.

    Raises:
        ProviderFailed: an error, or silence. The thread can do nothing more.
    """
    ended: Queue[str | Exception] = Queue()
    alive = [time.monotonic()]

    def work() -> None:
        last = ""
        try:
            for step in steps:
                alive[0], last = time.monotonic(), step
            ended.put(last)
        except Exception as error:  # whatever a provider does, the desk answers
            ended.put(error)

    threading.Thread(target=work, daemon=True, name="provider").start()
    while True:
        yield from drain(run)
        try:
            result = ended.get(timeout=_GLANCE)
        except Empty:
            if run.busy:
                alive[0] = time.monotonic()
            if time.monotonic() - alive[0] > limit:
                run.closed = True
                raise ProviderFailed from None
            continue
        if isinstance(result, Exception):
            run.closed = True
            raise ProviderFailed from None
        return result


def drain(run: Run) -> Iterator[str]:
    """What was said and not yet passed on."""
    while not run.pieces.empty():
        yield run.pieces.get()
