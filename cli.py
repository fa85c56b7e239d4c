"""The terminal door: `mekiki review|risk|plan|anonymize|protect|ask|chat|knowledge|rules|report`.

Exit 0 done, 1 a gate that was asked for failed, 2 bad input or usage.
"""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from core import Cancelled, MekikiError
from terminal import anonymizing, keeping, measuring, reporting, reviewing, tables, talking
from terminal.output import complain, unforeseen

GROUPS = (reviewing, measuring, anonymizing, tables, talking, keeping, reporting)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command, then what to do, in both languages."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        hint = f"「{self.prog} --help」で書き方を確かめてください。 See “{self.prog} --help”."
        self.exit(2, f"{self.prog}: {message}\n{hint}\n")


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="one JSON object on stdout")
    common.add_argument("--lang", choices=["ja", "en"], default="ja")
    top = _Parser(
        prog="mekiki", description="A privacy-review desk for Japanese local governments."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(commands, common)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as after Ctrl-C: tidily
    top = parser()
    args, rest = top.parse_known_args(argv)
    if rest:
        if any(word.startswith("-") for word in rest) or "said" not in args:
            top.error(f"unrecognized arguments: {' '.join(rest)}")
        args.said += rest  # argparse stops taking words at the first option between them
    try:
        code: int = args.run(args)
    except MekikiError as error:
        complain(error, args.lang)
        return 2
    except KeyboardInterrupt:
        complain(Cancelled.by_user(), args.lang)
        return 2
    except BrokenPipeError:  # whoever reads, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last resort: an unforeseen message may hold a cell value
        complain(unforeseen(error), args.lang)
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
