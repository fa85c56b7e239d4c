"""The grounds and the case: what a case says of itself, its duties, questions to the guidelines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ValidationError

import knowledge
import law
from core import (
    ROLES,
    TYPES,
    CaseFacts,
    Citation,
    ColumnCorrection,
    ColumnType,
    Finding,
    InputError,
    Language,
    Message,
    Problem,
    Role,
    UsageError,
    listed,
    say,
    yaml12,
)
from desk.reply import Outcome, cited, joined, passages, quoted
from desk.tools import tool
from desk.workspace import Workspace

QUOTED = 4
"""How many cards an answer quotes where no rule speaks."""
MOST_QUOTED = 5
"""How many it quotes at most."""
SAID = 3
"""How many findings an answer says."""
NEAR = 10
"""How many of the passages nearest to a question tell which topic it is about."""
SHARED = 2
"""How many of them a topic must rest on to be the one: one alone may be there by chance."""
_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def _names(model: type[BaseModel], within: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _names(field.annotation, f"{within}{name}.")
        else:
            yield within + name


FIELDS: dict[str, Message] = {
    name: say(f"desk.field.{name.replace('.', '_')}") for name in _names(CaseFacts)
}
"""The fields of a case by their dotted names, in words."""


# --- the case --------------------------------------------------------------------------


def read_case(name: str, content: bytes) -> CaseFacts:
    """The case a YAML file describes.

    Raises:
        InputError: it is not YAML, or names fields a case does not have.
    """
    try:
        raw = yaml12.load(content.decode("utf-8-sig")) or {}
        return CaseFacts.model_validate(raw)
    except (yaml12.YAMLError, UnicodeDecodeError) as error:
        raise InputError.of("desk.case_file.case-not-yaml", source=name) from error
    except ValidationError as error:
        wrong = dict.fromkeys(
            ".".join(str(p) for p in e["loc"] if not isinstance(p, int)) or "case"
            for e in error.errors(include_input=False, include_url=False)
        )
    raise InputError(
        Problem.of("desk.case_file_value.case-field", source=name, field=field, label=FIELDS[field])
        if field in FIELDS
        else Problem.of(
            "desk.case_file.case-field", source=name, field=field, fields=listed(FIELDS)
        )
        for field in wrong
    )


@tool(changes="case", own_words=True)
def set_case_fact(session: Workspace, name: str, value: Any) -> Outcome:
    """Set a field of `CaseFacts` by its dotted name ("contractor.selection")."""
    if name not in FIELDS:
        raise UsageError.of("desk.case.unknown-case-fact", field=name, fields=listed(FIELDS))
    label, written = FIELDS[name], session.case.model_dump()
    place = written
    *path, last = name.split(".")
    for step in path:
        place = place[step]
    several = isinstance(place[last], tuple) and isinstance(value, str)
    place[last] = (value,) if several else value
    try:
        case = CaseFacts.model_validate(written)
    except ValidationError:
        raise UsageError.of("desk.case.bad-case-fact", label=label) from None
    session.set_case(case, say("desk.case.entry", label=label))
    return Outcome(message=say("desk.case.noted", label=label), data={"name": name})


@tool(changes="case")
def correct_column(
    session: Workspace, column: str, type: ColumnType | None = None, role: Role | None = None
) -> Outcome:
    """Correct what a column is: its type, its role, or both."""
    case = session.case
    before = case.columns.get(column, ColumnCorrection())
    said = ColumnCorrection(type=type or before.type, role=role or before.role)
    case = case.model_copy(update={"columns": {**case.columns, column: said}})
    session.set_case(case, say("desk.case.correction", column=column))
    now = next(c for c in session.columns if c.name == column)
    message = say("desk.case.corrected", column=column, type=TYPES[now.type], role=ROLES[now.role])
    return Outcome(message=message, data={"column": column, "type": now.type, "role": now.role})


# --- duties ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Procedure:
    """One topic: its name, the cards it rests on, what it must know of the case."""

    title: Message
    cards: tuple[str, ...]
    needs: tuple[str, ...]


def _procedures() -> dict[str, Procedure]:
    path = Path(__file__).with_name("procedures.yaml")
    raw = yaml12.load(path.read_text(encoding="utf-8"))
    return {
        name: Procedure(Message(**e["title"]), tuple(e["cards"]), tuple(e["needs"]))
        for name, e in raw.items()
    }


PROCEDURES = _procedures()
"""What `check_procedure` can be asked about, from `procedures.yaml`."""

if TYPE_CHECKING:
    Topic = str
else:  # so that a model is told the names
    Topic = Literal[tuple(PROCEDURES)]


@tool(open=True)
def check_procedure(session: Workspace, topic: Topic) -> Outcome:
    """Which duty applies to this case, and what is still to be said about it."""
    procedure = PROCEDURES[topic]
    found, missing = _findings_on(session, procedure), _unsaid(session.case, procedure)
    said = [say("desk.procedure.about", topic=procedure.title)]
    if found:
        said += [joined([f.message, f.remedy]) for f in found[:SAID]]
        cards = [card for f in found[:SAID] for card in f.cards]
        places = tuple(dict.fromkeys(place for f in found[:SAID] for place in f.citations))
    else:  # the duty as such
        cards = list(procedure.cards[:QUOTED])
        places = cited(cards)
        said.append(law.card(cards[0]).rule)
    if missing:
        said.append(_still_unknown(missing))
    return Outcome(
        message=joined(said),
        data={"topic": topic, "findings": [f.id for f in found], "missing": missing},
        citations=places,
        passages=passages(list(dict.fromkeys(cards))[:MOST_QUOTED]),
    )


def _findings_on(session: Workspace, procedure: Procedure) -> list[Finding]:
    """What the rules say of a topic for this case."""
    return [f for f in session.findings if f.cards and f.cards[0] in procedure.cards]


def _unsaid(case: CaseFacts, procedure: Procedure) -> list[str]:
    """What a topic needs to know and the case leaves open."""
    found = []
    for dotted in procedure.needs:
        value: Any = case
        for name in dotted.split("."):
            value = getattr(value, name)
        if value in (None, ()):
            found.append(dotted)
    return found


def _still_unknown(missing: Sequence[str]) -> Message:
    labels = [FIELDS[name] for name in missing]
    fields = Message(ja=quoted(m.ja for m in labels).ja, en=quoted(m.en for m in labels).en)
    return say("desk.procedure.unknown", fields=fields)


# --- questions to the guidelines -------------------------------------------------------


@tool(open=True, own_words=True)
def search_guidelines(session: Workspace, query: str) -> Outcome:
    """Passages that answer a question, or an open admission that there is none."""
    lang: Language = "ja" if _JAPANESE.search(query) else "en"  # that of the quotes
    case = session.case
    found = knowledge.answer(query, lang, session.library, case.case_date, case.body_type)
    return Outcome(
        message=joined([found.answer, *found.caveats, *found.limits]),
        data={
            "abstained": found.abstained,
            "answer": found.answer.model_dump(),
            "caveats": [c.model_dump() for c in found.caveats],
        },
        citations=found.citations,
        passages=found.passages,
    )


@dataclass(frozen=True)
class ForCase:
    """What a case adds to an answer of the guidelines."""

    as_of: date
    topic: Topic | None
    """What the question is about, among the topics of `check_procedure`."""
    notes: tuple[Message, ...]
    missing: tuple[str, ...]
    """Fields of the case the topic needs and the case leaves open."""
    citations: tuple[Citation, ...]
    """The grounds of the notes."""


def for_case(session: Workspace, question: str, answer: knowledge.Answer) -> ForCase:
    """What binds the case's body in place of the cards of an answer, which texts are later than
    the case's date, what the rules say of the question's topic with the facts of the case, and what
    they still need to know."""
    notes, citations = _binding_notes(session.case, answer.passages)
    date_ = session.as_of.isoformat()
    stands = [(c, law.standing(c, session.as_of)) for c in answer.citations]
    later = {c.law: c.effective_from for c, (found, _) in stands if found is law.Standing.LATER}
    if later:
        texts = listed(
            say("desk.for_case.text", law=_in_words(name), since=since)
            for name, since in later.items()
        )
        notes.append(say("desk.for_case.later_text", date=date_, texts=texts))
    differs = [_label(c) for c, (found, _) in stands if found is law.Standing.DIFFERS]
    if differs:
        places = listed(dict.fromkeys(differs))
        notes.append(say("desk.for_case.other_text", date=date_, places=places))
    topic = _topic_of(question)
    found: list[Finding] = []
    missing: list[str] = []
    if topic:
        found = _findings_on(session, PROCEDURES[topic])[:SAID]
        missing = _unsaid(session.case, PROCEDURES[topic])
    notes += [joined([f.message, f.remedy]) for f in found]
    citations += [place for f in found for place in f.citations]
    if missing:
        notes.append(_still_unknown(missing))
    return ForCase(
        as_of=session.as_of,
        topic=topic,
        notes=tuple(notes),
        missing=tuple(missing),
        citations=tuple(dict.fromkeys(citations)),
    )


def _in_words(name: str) -> Message:
    return Message(ja=law.law_name(name, "ja"), en=law.law_name(name, "en"))


def _label(citation: Citation) -> Message:
    return Message(ja=law.label(citation, "ja"), en=law.label(citation, "en"))


def _binding_notes(
    case: CaseFacts, passages: Sequence[knowledge.Passage]
) -> tuple[list[Message], list[Citation]]:
    """Which cards of an answer do not bind the case's body, and what holds in their place."""
    instead: dict[str, list[Citation]] = {}
    for passage in passages:
        for card in law.binding([passage.id], case.body_type):
            if card != passage.id:
                instead.setdefault(card, []).append(passage.citation)
    notes = [
        say(
            "desk.for_case.instead",
            places=listed(dict.fromkeys(map(_label, places))),
            rule=law.card(card).rule,
        )
        for card, places in instead.items()
    ]
    return notes, list(cited(instead))


def _topic_of(question: str) -> Topic | None:
    """The topic most of whose cards are among those nearest to a question."""
    near = {passage.id for passage in knowledge.search(question, limit=NEAR)}
    shared = Counter({topic: len(near & set(PROCEDURES[topic].cards)) for topic in PROCEDURES})
    ((topic, most),) = shared.most_common(1)
    return topic if most >= SHARED else None


@tool(own_words=True)
def ask_back(session: Workspace, question: str) -> Outcome:
    """Put a question to the user instead of acting on a guess."""
    return Outcome(message=Message(ja=question, en=question))
