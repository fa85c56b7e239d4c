"""Files that a command was asked to write: beside their place first, then renamed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from core import UsageError


def write(path: str | Path, content: bytes | str) -> Path:
    """Write a file whole or not at all.

    Raises:
        UsageError: the place cannot be written to.
    """
    write_all({path: content})
    return Path(path)


def write_all(files: Mapping[str | Path, bytes | str]) -> None:
    """Write several files: all of them, or none where one has no room or no place.

    Raises:
        UsageError: a place cannot be written to.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            target = Path(path)
            beside = target.parent / f".{target.name}.part"
            with naming_trouble(target):
                if target.is_dir():
                    raise IsADirectoryError
                waiting.append((beside, target))
                beside.write_bytes(content.encode() if isinstance(content, str) else content)
        for beside, target in waiting:
            with naming_trouble(target):
                beside.replace(target)
    finally:
        for beside, _ in waiting:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def keep_inputs(outputs: Sequence[str | None], inputs: Sequence[str]) -> None:
    """Refuse to write over a file that is read, or twice to one place.

    Raises:
        UsageError: an output is an input, or two outputs are one file.
    """
    places = [Path(path).resolve() for path in outputs if path is not None]
    read = {Path(path).resolve() for path in inputs}
    if read & set(places) or len(set(places)) < len(places):
        raise UsageError.of(
            "writes-over-input",
            ja="読み込むファイルと同じ場所、又は同じ場所に二度は書き出せません。"
            "別のファイル名を指定してください。",
            en="A file that is read, or a place that is named twice, cannot be written to. "
            "Choose another name.",
        )


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
