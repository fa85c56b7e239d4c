"""`mekiki report`."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import papers
from desk import PAPERS, Brief, write_paper
from terminal.opening import review_of
from terminal.output import emit


def add(commands: Any, common: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("report", parents=[common], help="write a draft paper")
    parser.add_argument("review", metavar="REVIEW.json")
    parser.add_argument("--paper", choices=PAPERS, default="draft_report")
    parser.add_argument("--format", choices=papers.FORMATS, required=True)
    parser.add_argument("--out", required=True, metavar="FILE")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Compose the paper from a review file and write it beside, then rename."""
    brief = Brief(review_of(args.review), args.lang)
    content = papers.render(write_paper(args.paper, brief), args.format)
    target = Path(args.out)
    beside = target.with_name(f".{target.name}.part")
    beside.write_bytes(content)
    beside.replace(target)
    data = {"paper": args.paper, "format": args.format, "file": target.name, "bytes": len(content)}
    emit(args, data, [target.name])
    return 0
