"""`mekiki ask` and `mekiki chat`."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import CaseFacts, InputError, Language, UsageError, say
from desk import TOOLS, Session, for_case
from terminal import opening
from terminal.output import add_common, emit, write

if TYPE_CHECKING:
    from knowledge import Passage

DATA = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".parquet", ".json", ".yaml", ".yml"})
"""Endings by which data and schemas are known among the words of `chat`."""


def declare_ask(ask: ArgumentParser) -> None:
    """The arguments of `mekiki ask`."""
    add_common(ask)
    ask.add_argument("question")
    ask.add_argument("--case", metavar="FILE.yaml")
    ask.set_defaults(run=run_ask)


def declare_chat(chat: ArgumentParser) -> None:
    """The arguments of `mekiki chat`."""
    add_common(chat)
    chat.add_argument("said", nargs="+", metavar="DATA|MESSAGE")
    chat.add_argument("--schema", metavar="FILE")
    chat.add_argument("--case", metavar="FILE.yaml")
    chat.add_argument("--review", metavar="FILE.json")
    chat.add_argument("--session", metavar="FILE", help="keeps the state between calls")
    opening.add_reading(chat)
    labels = "; ".join(tool.label.en for tool in TOOLS.values())
    chat.epilog = f"What can be asked for, in your own words: {labels}."
    chat.set_defaults(run=run_chat)


def run_ask(args: Namespace) -> int:
    """A cited answer; an abstention is an answer too."""
    import knowledge

    case, library = opening.case_of(args.case), opening.library()
    told = case or CaseFacts()
    found = knowledge.answer(args.question, args.lang, library, told.case_date, told.body_type)
    data: dict[str, Any] = {
        "answer": found.answer.model_dump(),
        "abstained": found.abstained,
        "citations": [c.model_dump(mode="json") for c in found.citations],
        "passages": [
            p.model_dump(mode="json", include={"id", "source", "locator", "quote"})
            for p in found.passages
        ],
        "caveats": [c.model_dump() for c in found.caveats],
        "limits": [m.model_dump() for m in found.limits],
    }
    lines = [found.answer.text(args.lang), ""]
    lines += [f"[{i}] {_place(p, args.lang)}: {p.quote}" for i, p in enumerate(found.passages, 1)]
    lines += [m.text(args.lang) for m in (*found.caveats, *found.limits)]
    if case is not None:
        session = Session(library=library)
        session.set_case(case)
        mine = for_case(session, args.question, found)
        cites = dict.fromkeys((*found.citations, *mine.citations))
        data["citations"] = [c.model_dump(mode="json") for c in cites]
        data["as_of"] = mine.as_of.isoformat()
        data["for_case"] = {
            "topic": mine.topic,
            "notes": [note.model_dump() for note in mine.notes],
            "missing": list(mine.missing),
        }
        if mine.notes:
            lines += ["", say("terminal.ask.for_case", date=data["as_of"]).text(args.lang)]
            lines += [f"- {note.text(args.lang)}" for note in mine.notes]
    emit(args, data, lines)
    return 0


def _place(passage: "Passage", lang: Language) -> str:
    from law import label

    return f"{passage.source} {passage.locator}" if lang == "ja" else label(passage.citation, lang)


def run_chat(args: Namespace) -> int:
    """Each message is a turn; the first turn's fields stand at the top level as well."""
    from assistant import Assistant

    files = [a for a in args.said if Path(a).is_file() or _names_a_file(a)]
    messages = [a for a in args.said if a not in files]
    if not messages:
        raise UsageError.of("terminal.chat.no-message")
    args.data = files
    if args.review:
        session = Session.of_review(opening.review_of(args.review), library=opening.library())
    elif files or args.schema:
        session = opening.open_session(args)
        session.library = opening.library()
    else:
        session = Session(library=opening.library())
    if not args.data and (case := opening.case_of(args.case)) is not None:
        session.set_case(case)
    talk = Assistant(session, lang=args.lang)
    _load(args.session, session, talk)
    turns = [talk.turn(message).model_dump(mode="json") for message in messages]
    _save(args.session, session, talk)
    lines = [said for turn in turns for said in (turn["reply"], turn["note"]) if said]
    emit(args, {**turns[0], "turns": turns}, lines)
    return 0


def _names_a_file(word: str) -> bool:
    """Whether a word that is no file was meant as one: a slip in its name is no message."""
    return Path(word).suffix.lower() in DATA and not any(c.isspace() for c in word)


def _load(path: str | None, session: Session, talk: Any) -> None:
    if path is None or not Path(path).exists():
        return
    try:
        state = json.loads(Path(path).read_text(encoding="utf-8"))
        session.load(state["desk"])
        talk.load(state["talk"])
    except (ValueError, KeyError, TypeError):
        raise InputError.of("terminal.chat.bad-session", source=Path(path).name) from None


def _save(path: str | None, session: Session, talk: Any) -> None:
    if path is None:
        return
    state = {"desk": session.dump(), "talk": talk.dump()}
    write(path, json.dumps(state, ensure_ascii=False))
