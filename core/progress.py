"""How far a long piece of work is, and how its caller stops it.

Every long function takes `progress`. Where none is given, it tells the one that `watched` set, so
that a caller can watch work that lies deep below. Loops over many values call `beat` as they go.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from core.errors import MekikiError

Progress = Callable[[float], None]
"""Takes the share done (0-1). It may raise `Cancelled`; nothing is written then."""
P = ParamSpec("P")
T = TypeVar("T")
_OFTEN = 500
"""Values that are read between two beats: some hundredths of a second."""


class Cancelled(MekikiError):  # noqa: N818  (no error: the user asked for it)
    """The user stopped the work."""

    @classmethod
    def by_user(cls) -> "Cancelled":
        """The one way it is raised."""
        return cls.of("core.progress.cancelled")


class _Watch:
    """Whom to tell, and what was told last."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.done = progress, 0.0

    def __call__(self, done: float) -> None:
        self.done = done
        self.progress(done)


_now: ContextVar[_Watch | None] = ContextVar("watch", default=None)


def inherited(done: float) -> None:
    """Progress that nobody named: told to whom `watched` set, or to nobody."""
    watch = _now.get()
    if watch is not None:
        watch(done)


@contextmanager
def watched(progress: Progress = inherited) -> Iterator[Progress]:
    """Inside, all long work of this thread tells `progress` and stops where that raises Cancelled.

    >>> seen = []
    >>> with watched(seen.append) as told:
    ...     told(0.5)
    ...     beat()
    >>> seen
    [0.5, 0.5]
    """
    outer = _now.get()
    watch = (outer or _Watch(_nobody)) if progress is inherited else _Watch(progress)
    token = _now.set(watch)
    try:
        yield watch
    finally:
        _now.reset(token)


def watchable(work: Callable[P, T]) -> Callable[P, T]:
    """A function whose keyword argument `progress` watches all that it calls."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        named = kwargs.get("progress", inherited)
        with watched(named) as watch:  # type: ignore[arg-type]
            kwargs["progress"] = watch
            return work(*args, **kwargs)

    return run


def beat() -> None:
    """Tell again what was told last, so that work may be stopped here."""
    watch = _now.get()
    if watch is not None:
        watch.progress(watch.done)


def each(items: Iterable[T]) -> Iterator[T]:
    """The items, with a beat now and then.

    >>> list(each("ab"))
    ['a', 'b']
    """
    for number, item in enumerate(items):
        if not number % _OFTEN:
            beat()
        yield item


def part(progress: Progress, start: float, stop: float) -> Progress:
    """Progress of one part of the work, between two shares of the whole.

    >>> seen = []
    >>> part(seen.append, 0.5, 1.0)(0.5); seen
    [0.75]
    """
    return lambda done: progress(start + (stop - start) * done)


def _nobody(done: float) -> None:
    pass
