"""Following a turn in a thread: what is said comes at once, and silence has an end."""

import threading
import time
from collections.abc import Generator, Iterator
from contextvars import copy_context
from queue import Empty, Queue

from assistant.run import Run

_GLANCE = 0.02
"""Seconds between looks at what the thread has done."""


class Silence(Exception):  # noqa: N818  caught by the conversation, which answers offline
    """A model gave no sign of life in time."""


def follow(
    run: Run, steps: Iterator[str], limit: float = float("inf")
) -> Generator[str, None, str]:
    """Run a model's steps in a thread; yield what is said, return the last step.

    `limit` is in seconds without a sign of life; the desk's own work does not count.

    Raises:
        Silence: the limit passed. The thread can do nothing more.
        Exception: whatever ended the steps.
    """
    ended: Queue[str | Exception] = Queue()

    def work() -> None:
        last = ""
        try:
            for step in steps:
                run.alive, last = time.monotonic(), step
            ended.put(last)
        except Exception as error:  # passed on to whoever follows
            ended.put(error)

    run.alive = time.monotonic()
    context = copy_context()  # whoever watches long work watches it here too
    threading.Thread(target=context.run, args=(work,), daemon=True, name="conversation").start()
    try:
        while True:
            yield from drain(run)
            try:
                result = ended.get(timeout=_GLANCE)
            except Empty:
                if not run.busy and time.monotonic() - run.alive > limit:
                    raise Silence from None
                continue
            yield from drain(run)
            if isinstance(result, Exception):
                raise result
            return result
    finally:
        run.closed = True


def drain(run: Run) -> Iterator[str]:
    """What was said and not yet passed on."""
    while not run.pieces.empty():
        yield run.pieces.get()
