"""How often the conversation takes the right tools with the right arguments.

`python -m benchmarks.assistant [--misses]` prints the share of messages where every action
is right, in order, for each set, and the time a message takes.
"""

import argparse
import resource
import time
from pathlib import Path
from typing import Any

from assistant import Assistant, warm
from assistant.dialogue import Action, Context, Dialogue, KnownColumn
from assistant.grammar import parse
from core import yaml12
from desk import Session
from intake import Upload

HERE = Path(__file__).parent / "messages"
SETS = ("development", "held_out", "strict_development", "strict_unseen", "everyday")


def load(name: str) -> Any:
    """One of the message files."""
    return yaml12.load((HERE / name).read_text(encoding="utf-8"))


def context_of(world: dict[str, Any], entry: dict[str, Any]) -> Context:
    """The context of an entry: its world, and what was chosen on the screen."""
    columns = tuple(
        KnownColumn(name=name, type=type_, role=role, parts=tuple(*parts), position=n)
        for n, (name, type_, role, *parts) in enumerate(world["columns"], 1)
    )
    dialogue = Dialogue()
    if focus := entry.get("focus"):
        dialogue.look(focus.get("column"), focus.get("row"))
    japanese = any(ord(c) > 0x3000 for c in entry["turns"][0][0])
    return Context(
        columns=columns,
        datasets=tuple(world["datasets"]),
        rows=world["rows"],
        dialogue=dialogue,
        lang="ja" if japanese else "en",
    )


def listed(action: Action, context: Context) -> dict[str, Any]:
    """What the desk would list: columns by role, or made-up rows 11, 22, 33."""
    role = action.args.get("role")
    return {
        "columns": [{"name": c.name} for c in context.columns if role in (None, c.role.value)],
        "cells": [
            {"row": row, "column": context.columns[0].name, "kind": action.args.get("kind")}
            for row in (11, 22, 33)
        ],
    }


def right(expected: list[dict[str, Any]], actions: tuple[Action, ...]) -> bool:
    """Whether tools and arguments are the expected ones, in order; `any` lists several readings."""
    if expected and "any" in expected[0]:
        return any(right(reading, actions) for reading in expected[0]["any"])
    wanted = [(tool, args) for entry in expected for tool, args in entry.items()]
    return len(wanted) == len(actions) and all(
        tool == action.tool
        and args.keys() == action.args.keys()
        and all(value in ("*", action.args[name]) for name, value in args.items())
        for (tool, args), action in zip(wanted, actions, strict=True)
    )


def run(name: str, misses: bool) -> tuple[int, int, list[float]]:
    """Messages right, messages, and seconds for each."""
    worlds = load("worlds.yaml")
    good = total = 0
    seconds: list[float] = []
    for entry in load(name):
        context = context_of(worlds[entry["world"]], entry)
        for said, *expected in entry["turns"]:
            start = time.perf_counter()
            reading = parse(said, context)
            seconds.append(time.perf_counter() - start)
            ok = right(expected, reading.actions)
            good, total = good + ok, total + 1
            if misses and not ok:
                print("✗", said, "\n    got ", [(a.tool, a.args) for a in reading.actions])
                print("    want", expected)
            dialogue = context.dialogue
            for action in reading.actions:
                dialogue.note(action, listed(action, context))
            dialogue.pending, dialogue.last = reading.pending, reading.actions
    return good, total, seconds


def print_speed() -> None:
    """Time until the first words of an answer, over the real desk, and the memory at its peak."""
    desk = Session()
    rows = "\n".join(f"{n},{20 + n % 60},{'男女'[n % 2]}" for n in range(1000))
    desk.add([Upload("受付簿.csv", f"番号,年齢,性別\n{rows}".encode())])
    warm()
    conversation = Assistant(desk, provider=None)
    firsts = []
    for message in ("年齢はなぜ？", "今のリスクは？", "年齢を20歳刻みにしたら？", "番号を落として"):
        start = time.perf_counter()
        stream = conversation.stream(message)
        next(stream)
        firsts.append(time.perf_counter() - start)
        list(stream)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"an answer starts after {1000 * max(firsts):.0f} ms at most; peak memory {peak:.0f} MB")


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", action="store_true", help="print what went wrong")
    options.add_argument("--only", choices=SETS)
    arguments = options.parse_args()
    if not arguments.only:
        print_speed()
    for name in [arguments.only] if arguments.only else SETS:
        good, total, seconds = run(f"{name}.yaml", arguments.misses)
        slowest = 1000 * sorted(seconds[1:])[-1]
        print(
            f"{name}: {good}/{total} messages right ({good / total:.1%}); "
            f"median {1000 * sorted(seconds)[len(seconds) // 2]:.0f} ms, slowest {slowest:.0f} ms"
        )


if __name__ == "__main__":
    main()
