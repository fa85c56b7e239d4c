"""What goes to stdout: one JSON object, or plain sentences. Problems go to stderr."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from traceback import extract_tb
from typing import Any

from core import Language, MekikiError, UsageError


def emit(args: Namespace, data: dict[str, Any], lines: Iterable[str]) -> None:
    """Print the object where `--json` was given, the lines otherwise."""
    if args.json:
        print(json.dumps(data, ensure_ascii=False))  # noqa: T201
    else:
        for line in lines:
            print(line)  # noqa: T201


def complain(error: MekikiError, lang: Language) -> None:
    """Say what is wrong and what to do, on stderr."""
    print(error.text(lang), file=sys.stderr)  # noqa: T201


def unforeseen(error: Exception) -> MekikiError:
    """What is said of an error nobody planned for: where it arose, never its own words."""
    frames = extract_tb(error.__traceback__)
    place = f"{type(error).__name__}, {Path(frames[-1].filename).name}:{frames[-1].lineno}"
    return UsageError.of(
        "unforeseen",
        ja=f"予期しない誤りのため中止しました（{place}）。"
        "この表示を添えて開発元にお知らせください。",
        en=f"Stopped by an unforeseen error ({place}). Please report it with this line.",
    )
