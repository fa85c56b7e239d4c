"""What a command gives out: one JSON object or plain sentences on stdout, problems on stderr, and
files that are written whole or not at all."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import extract_tb
from typing import Any

from core import Cancelled, Language, MekikiError, UsageError


def add_common(parser: ArgumentParser) -> None:
    """Declare what every command takes."""
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--lang", choices=["ja", "en"], default="ja")


def emit(args: Namespace, data: Mapping[str, Any], lines: Iterable[str]) -> None:
    """Print the object where `--json` was given, the lines otherwise.

    A list may be an iterator of texts that are JSON already: they are written as they come.
    """
    if args.json:
        sys.stdout.writelines(_pieces(data))
        print()  # noqa: T201
    else:
        for line in lines:
            print(line)  # noqa: T201


def _pieces(value: object) -> Iterator[str]:
    """A value as JSON, piece by piece."""
    if isinstance(value, Mapping):
        yield "{"
        for number, (key, held) in enumerate(value.items()):
            yield f"{', ' if number else ''}{json.dumps(key, ensure_ascii=False)}: "
            yield from _pieces(held)
        yield "}"
    elif isinstance(value, (list, Iterator)):
        yield "["
        for number, held in enumerate(value):
            yield ", " if number else ""
            yield from _pieces(held) if isinstance(value, list) else [held]
        yield "]"
    else:
        yield json.dumps(value, ensure_ascii=False)


def complain(error: BaseException, lang: Language) -> None:
    """Say what is wrong and what to do, on stderr.

    Of an error nobody planned for it says where it arose, never its own words: those may hold a
    cell value.
    """
    if isinstance(error, KeyboardInterrupt):
        error = Cancelled.by_user()
    if not isinstance(error, MekikiError):
        frame = extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"
        error = UsageError.of("terminal.output.unforeseen", place=place)
    print(error.text(lang), file=sys.stderr)  # noqa: T201


def write(path: str | Path, content: bytes | str) -> Path:
    """Write a file whole or not at all.

    Raises:
        UsageError: the place cannot be written to.
    """
    write_all({path: content})
    return Path(path)


def write_all(files: Mapping[str | Path, bytes | str]) -> None:
    """Write several files: all of them, or none where one has no room or no place.

    Each is written beside its place first, then renamed.

    Raises:
        UsageError: a place cannot be written to.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            target = Path(path)
            beside = target.parent / f".{target.name}.part"
            with _naming_trouble(target):
                if target.is_dir():
                    raise IsADirectoryError
                waiting.append((beside, target))
                beside.write_bytes(content.encode() if isinstance(content, str) else content)
        for beside, target in waiting:
            with _naming_trouble(target):
                beside.replace(target)
    finally:
        for beside, _ in waiting:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


@contextmanager
def _naming_trouble(path: Path) -> Iterator[None]:
    """Turn what the system says about a place into what to do about it."""
    try:
        yield
    except OSError:
        raise UsageError.of("terminal.output.cannot-write", source=path.name) from None


def keep_inputs(outputs: Sequence[str | None], inputs: Sequence[str]) -> None:
    """Refuse to write over a file that is read, or twice to one place.

    Raises:
        UsageError: an output is an input, or two outputs are one file.
    """
    places = [Path(path).resolve() for path in outputs if path is not None]
    read = {Path(path).resolve() for path in inputs}
    if read & set(places) or len(set(places)) < len(places):
        raise UsageError.of("terminal.output.writes-over-input")
