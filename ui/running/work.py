"""Work that takes a while: in a thread of its own, watched and stopped from the screen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")
Where = Literal["talk", "plan", "tables"]
"""Where on the screen it is waited for."""


class Work(Generic[T]):
    """Something that is being done, how far it is, and what to do with its result.

    `do` runs in the thread and touches no widget; `then` is called by the screen that waited.
    """

    def __init__(
        self, title: str, where: Where, do: Callable[[Work[T]], T], then: Callable[[T], None]
    ) -> None:
        self.title, self.where = title, where
        self.share = 0.0
        """How much is done (0–1)."""
        self.written = ""
        """What has been said so far, of an answer."""
        self._do, self._then = do, then
        self._result: list[T] = []
        self._error: Exception | None = None
        self._stopped = False
        self._began = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True, name="work")

    def start(self) -> Work[T]:
        """Begin."""
        self._began = time.monotonic()
        self._thread.start()
        return self

    def _run(self) -> None:
        from anonymizer import watched

        try:
            with watched(self._told):
                self._result.append(self._do(self))
        except Exception as error:  # handed to whoever waits
            self._error = error

    def _told(self, share: float) -> None:
        from anonymizer import Cancelled

        if self._stopped:
            raise Cancelled.by_user()
        self.share = max(self.share, min(1.0, share))

    @property
    def age(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    @property
    def done(self) -> bool:
        """Whether there is a result, or an error."""
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        """Wait a while; whether it is done."""
        self._thread.join(seconds)
        return self.done

    def stop(self) -> None:
        """Ask it to stop; it does at the next beat, and its result is not taken over."""
        self._stopped = True

    def finish(self) -> None:
        """Take the result over.

        Raises:
            MekikiError: what went wrong.
            Exception: what nobody expected.
        """
        if self._error is not None:
            raise self._error
        for result in self._result:
            self._then(result)


AnyWork = Work[Any]
