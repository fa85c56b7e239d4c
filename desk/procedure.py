"""Duties and the case's own description."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import ValidationError

import knowledge
from core import CaseFacts, Finding, Message, UsageError, yaml12
from desk.grounds import cited, passages
from desk.outcome import Outcome
from desk.words import joined, listed
from desk.workspace import Workspace

Topic = Literal[
    "assessment",
    "consultation",
    "contractor",
    "register",
    "provision",
    "purpose",
    "foreign_server",
    "anonymised_information",
    "disclosure",
    "opt_out",
    "my_number",
    "breach",
    "retention",
    "screening",
    "camera",
    "location",
    "small_area",
    "linkage",
    "library",
    "education",
    "welfare",
]
"""What `check_procedure` can be asked about.

`assessment` is 特定個人情報保護評価 (which one is due), `consultation` what may be put to the
council, `contractor` outsourcing and its 特記仕様書, `register` 個人情報ファイル簿, `screening` the
審査票 of a proposal for anonymised information.
"""
TOPICS: tuple[Topic, ...] = get_args(Topic)
QUOTED = 4
"""How many cards an answer quotes where no rule speaks."""
SAID = 3

FIELDS: dict[str, Message] = {
    "title": Message(ja="件名", en="title"),
    "number": Message(ja="案件番号", en="number"),
    "case_date": Message(ja="基準日", en="date"),
    "body_type": Message(ja="機関の種類", en="type of body"),
    "purpose": Message(ja="利用目的", en="purpose"),
    "legal_ground": Message(ja="根拠法令", en="legal ground"),
    "recipients": Message(ja="提供先", en="recipients"),
    "contractor.used": Message(ja="委託の有無", en="whether work is outsourced"),
    "contractor.recontract": Message(ja="再委託の有無", en="whether it is sub-contracted"),
    "contractor.selection": Message(ja="委託先の選び方", en="how the contractor is chosen"),
    "server_country": Message(ja="サーバの所在", en="where the servers are"),
    "headcount": Message(ja="対象人数", en="number of people"),
    "staff": Message(ja="取扱者数", en="number of staff"),
    "incident_last_year": Message(
        ja="過去1年の重大事故の有無", en="whether there was a serious incident in the last year"
    ),
    "uses_my_number": Message(ja="個人番号の利用の有無", en="whether My Number is used"),
    "consent": Message(ja="同意の形", en="form of consent"),
    "retention": Message(ja="保存期間", en="retention"),
    "sources": Message(ja="資料", en="sources"),
}
"""The fields of a case by their dotted names, in words."""


@dataclass(frozen=True)
class Procedure:
    """One topic: its name, the cards it rests on, what it must know of the case."""

    title: Message
    cards: tuple[str, ...]
    needs: tuple[str, ...]


@cache
def procedures() -> dict[str, Procedure]:
    """All topics, from `procedures.yaml`."""
    path = Path(__file__).with_name("procedures.yaml")
    raw = yaml12.load(path.read_text(encoding="utf-8"))
    return {
        name: Procedure(Message(**e["title"]), tuple(e["cards"]), tuple(e["needs"]))
        for name, e in raw.items()
    }


def check(session: Workspace, topic: Topic) -> Outcome:
    """What the rules say about a topic for this case, and what is still to be said.

    Where no rule speaks, the topic's main cards are quoted: the duty as such.
    """
    procedure = procedures()[topic]
    wanted = set(procedure.cards)
    found = [f for f in session.findings if f.cards and f.cards[0] in wanted]
    said = [Message(ja=f"{procedure.title.ja}について。", en=f"About {procedure.title.en}.")]
    said += [_sentence(f) for f in found[:SAID]]
    cards = list(dict.fromkeys(card for f in found[:SAID] for card in f.cards))
    places = tuple(dict.fromkeys(place for f in found[:SAID] for place in f.citations))
    if not found:
        cards = list(procedure.cards[:QUOTED])
        places = cited(cards)
        said.append(knowledge.card(cards[0]).rule)
    missing = [name for name in procedure.needs if _get(session.case, name) in (None, ())]
    if missing:
        ja = listed([FIELDS[name].ja for name in missing]).ja
        en = listed([FIELDS[name].en for name in missing]).en
        said.append(
            Message(
                ja=f"まだ分からないこと：{ja}。分かれば、より詳しくお示しできます。",
                en=f"Still unknown: {en}. With these, more can be said.",
            )
        )
    cards = cards[:5]
    return Outcome(
        message=joined(said),
        data={
            "topic": topic,
            "findings": [f.id for f in found],
            "missing": missing,
        },
        citations=places,
        passages=passages(cards),
    )


def _sentence(finding: Finding) -> Message:
    return joined([finding.message, finding.remedy])


def _get(case: CaseFacts, dotted: str) -> Any:
    value: Any = case
    for name in dotted.split("."):
        value = getattr(value, name)
    return value


def set_fact(session: Workspace, name: str, value: Any) -> Outcome:
    """Set a field of the case by its dotted name.

    Raises:
        UsageError: no such field, or a value it cannot hold.
    """
    if name not in FIELDS:
        names = "、".join(FIELDS)
        raise UsageError.of(
            "unknown-case-fact",
            ja=f"案件に「{name}」という欄はありません。使える欄：{names}",
            en=f"A case has no field “{name}”. Fields: {', '.join(FIELDS)}",
        )
    written = session.case.model_dump()
    place = written
    *path, last = name.split(".")
    for step in path:
        place = place[step]
    place[last] = (
        (value,) if name in {"recipients", "sources"} and isinstance(value, str) else value
    )
    try:
        case = CaseFacts.model_validate(written)
    except ValidationError:
        raise UsageError.of(
            "bad-case-fact",
            ja=f"「{FIELDS[name].ja}」に、その値は入れられません。書き方を確かめてください。",
            en=f"“{FIELDS[name].en}” cannot hold that value. Check how it is written.",
        ) from None
    label = FIELDS[name]
    session.put_case(case, Message(ja=f"「{label.ja}」の入力", en=f"the entry of “{label.en}”"))
    return Outcome(
        message=Message(ja=f"案件の「{label.ja}」を記録しました。", en=f"Noted: {label.en}."),
        data={"name": name},
    )
