"""Files that a command was asked to write: beside their place first, then renamed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import UsageError


def write(path: str | Path, content: bytes | str) -> Path:
    """Write a file whole or not at all.

    Raises:
        UsageError: the place cannot be written to.
    """
    target = Path(path)
    beside = target.with_name(f".{target.name}.part")
    with naming_trouble(target):
        try:
            beside.write_bytes(content.encode() if isinstance(content, str) else content)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return target


@contextmanager
def naming_trouble(path: str | Path) -> Iterator[None]:
    """Turn what the system says about a place into what to do about it."""
    try:
        yield
    except OSError:
        raise UsageError.of(
            "cannot-write",
            ja="書き出せません。フォルダーがあるか、書き込みが許されているか、"
            "空き容量があるかを確かめてください。",
            en="The file cannot be written. Check that the folder exists, that you may write "
            "there, and that there is room.",
            source=Path(path).name,
        ) from None
