"""How far a long piece of work is, and how its caller stops it."""

from collections.abc import Callable

from core import MekikiError

Progress = Callable[[float], None]
"""Takes the share done (0-1). It may raise `Cancelled`; nothing is written then."""


class Cancelled(MekikiError):  # noqa: N818  (no error: the user asked for it)
    """The user stopped the work."""

    @classmethod
    def by_user(cls) -> "Cancelled":
        """The one way it is raised."""
        return cls.of(
            "cancelled",
            ja="中止しました。何も書き出していません。もう一度行う場合は、はじめからやり直してください。",
            en="Stopped. Nothing was written. Start again to carry it out.",
        )


def quiet(done: float) -> None:
    """Progress that nobody watches."""


def part(progress: Progress, start: float, stop: float) -> Progress:
    """Progress of one part of the work, between two shares of the whole.

    >>> seen = []
    >>> part(seen.append, 0.5, 1.0)(0.5); seen
    [0.75]
    """
    return lambda done: progress(start + (stop - start) * done)
