"""What goes to stdout: one JSON object, or plain sentences. Problems go to stderr."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from core import Language, MekikiError


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
