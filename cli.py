"""The terminal door: `mekiki review|risk|plan|anonymize|protect|ask|chat|knowledge|rules|report`.

A command's room is loaded when the command is used, never to say what there is. Exit 0 done, 1 a
gate that was asked for failed, 2 bad input or usage.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any, NoReturn, Self

COMMANDS = {
    "review": ("reviewing", "review data, a schema, or both"),
    "risk": ("anonymizing", "measure re-identification risk"),
    "plan": ("anonymizing", "propose safe versions"),
    "anonymize": ("anonymizing", "apply a plan to a file"),
    "protect": ("protecting", "protect tables to publish"),
    "ask": ("talking", "ask the guidelines"),
    "chat": ("talking", "talk about a review"),
    "knowledge": ("keeping", "the council's own documents"),
    "rules": ("keeping", "the rules in force"),
    "report": ("reviewing", "write a draft paper"),
}
"""Each command: the module of `terminal` that declares and runs it, and what it does."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command, then what to do, in both languages."""

    declare: Callable[["_Parser"], None] | None = None
    """Adds the arguments of a command once it is the one that is used."""

    def declared(self) -> Self:
        """The parser with its arguments."""
        declare, self.declare = self.declare, None
        if declare is not None:
            declare(self)
        return self

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        return super(_Parser, self.declared()).parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        from core import say

        self.print_usage(sys.stderr)
        hint = say("terminal.usage.see_help", command=self.prog)
        self.exit(2, f"{self.prog}: {message}\n{hint.ja} {hint.en}\n")


def parser(*, whole: bool = False) -> argparse.ArgumentParser:
    """All commands; the arguments of each are declared when it is used, or at once (`whole`)."""
    top = _Parser(
        prog="mekiki", description="A privacy-review desk for Japanese local governments."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for name, (_, does) in COMMANDS.items():
        command = commands.add_parser(name, help=does)
        command.declare = partial(_declare, name)
        if whole:
            command.declared()
    return top


def _declare(name: str, command: _Parser) -> None:
    module = import_module(f"terminal.{COMMANDS[name][0]}")
    getattr(module, f"declare_{name}")(command)


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
    except BrokenPipeError:  # whoever reads, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:  # the last resort: nothing passes unsaid
        from terminal.output import complain

        complain(error, args.lang)
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
