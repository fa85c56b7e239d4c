"""What a column holds: its name and its values weighed together."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from core import ColumnType, DeclaredColumn, Message, column_types, label, listed, say
from rules.detect.coded import looks_like_births
from rules.detect.decision import Decision, classify
from rules.detect.names import HEAD, NameMatch, name_parts, read_name
from rules.detect.profile import Profile
from rules.detect.values import (
    PLAUSIBLE,
    RECOGNISERS,
    VOCABULARIES,
    Recogniser,
    composite,
    own_check_digit,
    recognisers,
)

_T = ColumnType
_MY_NUMBER = recognisers(_T.MY_NUMBER)[0]
_KANA = recognisers(_T.PERSON_NAME_KANA)[0]
_TELLING = column_types.having("telling") | {v.type for v in VOCABULARIES}
"""Types whose words say more than a name such as 区分 or 状態."""
_UNSURE = 0.5
"""Below it a decision gives way to the plainest statement about the values."""
_CONTRADICTED = 0.35
"""What is left of a name's confidence where most values speak against it."""
_UNCONFIRMED = 0.4
"""How sure the name of a person's number or day makes us where no value confirms it."""
_DESCRIBED = 0.8
"""What is left where not the item's name but its description tells the type."""
_FEWEST_WORDS = 2
_ABOVE_CHANCE, _ENOUGH_NUMBERS = 0.25, 20
"""Share of right check digits that no other twelve-digit number reaches (licences: 18 %)."""


def decide(name: str, profile: Profile | None, sample: Profile | None) -> Decision:
    """The type of a column from its name and, where there are data, its values."""
    matches = read_name(name)
    if profile is None or sample is None:
        return _from_name(name, matches)
    if not profile.of_rows:
        decision = _from_name(name, matches)
        return _adding(decision, say("columns.columns.empty"))
    parted = _composite(name, profile, sample)
    if parted:
        return parted
    candidates = _candidates(matches, profile, sample)
    best = max(candidates, key=_surest, default=None)
    if best is None or best.confidence < _UNSURE:
        plain = classify(profile, sample)
        return _not_my_number(_kept_name(matches, plain, profile) or plain, profile)
    if best.type == _T.CATEGORY:
        best = max((d for d in candidates if d.type in _TELLING), key=_surest, default=best)
    if best.type == _T.SEQUENCE_NUMBER:
        best = max((best, *filter(_has_check_digit, candidates)), key=_has_check_digit)
    best = _own_check(_not_my_number(_settle_kana(best, profile), profile), profile)
    return _settle_dates(best, profile, named=any(m.type == _T.DATE for m in matches))


def decide_declared(declared: DeclaredColumn) -> Decision:
    """The type of a declared item, from its name and, failing that, its description."""
    decision = _from_name(declared.name, read_name(declared.name))
    if decision.confidence < _UNSURE and declared.description:
        first = declared.description.split("。")[0][:40]
        first = first.removesuffix("を記載").removesuffix("を入力")
        described = _from_name(first, read_name(first))
        if described.confidence > decision.confidence:
            sure = described.confidence * _DESCRIBED
            return Decision(described.type, sure, evidence=(say("columns.columns.described"),))
    return decision


def _from_name(name: str, matches: tuple[NameMatch, ...]) -> Decision:
    parts = name_parts(name)
    if parts:
        joined = listed([label(p) for p in parts], ja=" ")
        return Decision(
            parts[0], HEAD, parts=parts, evidence=(say("columns.columns.joins", parts=joined),)
        )
    if not matches:
        return Decision(_T.UNKNOWN, 0.0)
    return Decision(matches[0].type, matches[0].confidence, evidence=(_named(matches[0]),))


def _composite(name: str, profile: Profile, sample: Profile) -> Decision | None:
    found = composite(profile, sample)
    if not found:
        return None
    parts, mask = found
    n, of = profile.rows(mask & profile.present), profile.of_rows
    names = listed([label(p) for p in parts], ja="と", en=" and ")
    told = say("columns.columns.composite", parts=names, n=n, of=of)
    sure = 0.98 if name_parts(name) else 0.9
    return Decision(parts[0], round(sure * n / of, 3), n, of, parts, (told,))


def _candidates(
    matches: tuple[NameMatch, ...], profile: Profile, sample: Profile
) -> list[Decision]:
    """What the name suggests, then what the values look like."""
    named = {m.type for m in matches}
    of_number = bool(matches) and matches[0].type in column_types.having("any_form")
    of_number = of_number and matches[0].confidence >= HEAD
    usable = [r for r in RECOGNISERS if not (r.common and of_number)]
    found = [_with_values(m, profile) for m in matches]
    found += _by_values(usable, profile, sample, named)
    if sample.distinct >= _FEWEST_WORDS:
        worded = _by_values(VOCABULARIES, profile, sample, named)
        found += [replace(decision, recogniser=None) for decision in worded]
    return found


def _with_values(match: NameMatch, profile: Profile) -> Decision:
    """A type the name suggests, checked against the values."""
    of, named = profile.of_rows, _named(match)
    usable = recognisers(match.type)
    if not usable:
        n = profile.rows(PLAUSIBLE[match.type](profile) & profile.present)
        sure = match.confidence * (1 if n >= 0.5 * of else _CONTRADICTED)
        return Decision(match.type, round(sure, 3), n, of, evidence=(named,))
    strict, shaped, used = max(
        ((*_support(r, profile), r) for r in usable), key=lambda tried: tried[:2]
    )
    if strict >= 0.5 * of:
        sure = 1 - (1 - match.confidence) * (1 - 0.8 * strict / of)
        n, told = strict, _supported(used, strict, of)
    elif used.chance:
        doubted = _UNSURE if match.type == _T.INSURER_NUMBER else _CONTRADICTED
        told = say("columns.columns.by_chance", n=strict, of=of, chance=used.chance)
        return Decision(match.type, match.confidence * doubted, strict, of, (), (named, told), used)
    elif shaped >= 0.5 * of:
        sure, n = match.confidence * 0.95, shaped
        told = say("columns.columns.fits", n=shaped, of=of)
    else:
        sure, n = match.confidence * _CONTRADICTED, strict
        told = _supported(used, strict, of)
    return Decision(match.type, round(sure, 3), n, of, (), (named, told), used)


def _support(r: Recogniser, profile: Profile) -> tuple[int, int]:
    """The rows that have the recogniser's form, and those that have the loose one."""
    strict = profile.rows(r.read(profile) & profile.present)
    loose = r.shaped is not r.read
    return strict, profile.rows(r.shaped(profile) & profile.present) if loose else strict


def _by_values(
    usable: Sequence[Recogniser], profile: Profile, sample: Profile, named: Collection[ColumnType]
) -> list[Decision]:
    """Types whose values speak for themselves, without a telling name."""
    decisions, of = [], profile.of_rows
    for r in usable:
        if not r.alone or r.type in named or sample.ratio(r.read(sample)) < r.at_least - 0.1:
            continue
        n = profile.rows(r.read(profile) & profile.present)
        if profile.distinct >= r.distinct and n >= r.at_least * of:
            sure = round(r.alone * (0.9 + 0.1 * n / of), 3)
            decisions.append(Decision(r.type, sure, n, of, (), (_supported(r, n, of),), r))
    return decisions


def _kept_name(
    matches: tuple[NameMatch, ...], plain: Decision, profile: Profile
) -> Decision | None:
    """What the name says of a person's number or day, where the values only fail to confirm it."""
    if not matches or matches[0].confidence < HEAD or plain.type == _T.FLAG:
        return None
    match, of = matches[0], profile.of_rows
    itself = match.word.endswith(column_types.described()[match.type].itself)
    numbers = plain.type in (_T.SEQUENCE_NUMBER, _T.QUANTITY, _T.UNKNOWN)
    if match.type not in column_types.having("believed") or not (numbers or itself):
        return None
    n = next((_support(r, profile)[0] for r in recognisers(match.type)), 0)
    told = say("columns.columns.disagreeing", n=n, of=of, type=label(match.type))
    return Decision(match.type, _UNCONFIRMED, n, of, (), (_named(match), told))


def _not_my_number(decision: Decision, profile: Profile) -> Decision:
    """Says of a column of twelve digits why it is not taken for one of Individual Numbers."""
    of = profile.of_rows
    if decision.type == _MY_NUMBER.type or not of:
        return decision
    n, shaped = _support(_MY_NUMBER, profile)
    if shaped < 0.8 * of:
        return decision
    mixed = n > _ABOVE_CHANCE * of and profile.distinct >= _ENOUGH_NUMBERS
    told = "columns.columns.mixed" if mixed else "columns.columns.no_my_number"
    return _adding(decision, say(told, n=n, of=of, share=n / of))


def _own_check(decision: Decision, profile: Profile) -> Decision:
    """Learns from the column whether the office's own number carries a check digit."""
    found = None if decision.parts else own_check_digit(decision.type, profile)
    if found is None:
        return decision
    n, of = _support(found, profile)[0], profile.of_rows
    return replace(_adding(decision, _supported(found, n, of)), n=n, of=of, recogniser=found)


def _settle_kana(best: Decision, profile: Profile) -> Decision:
    """A column of names that are all spelled in kana holds their readings."""
    if best.type != _T.PERSON_NAME or best.parts:
        return best
    n = _support(_KANA, profile)[0]
    if n < 0.9 * best.of:
        return best
    told = _adding(best, _supported(_KANA, n, best.of))
    return replace(told, type=_KANA.type, n=n, recogniser=_KANA)


def _settle_dates(best: Decision, profile: Profile, *, named: bool) -> Decision:
    """A column of dates without a telling name is one of births if it spreads like lifetimes."""
    if best.type != _T.DATE or named or not looks_like_births(profile, date.today()):  # noqa: DTZ011
        return best
    told = _adding(best, say("columns.columns.lifetimes"))
    return replace(told, type=_T.BIRTH_DATE, confidence=round(best.confidence * 0.9, 3), parts=())


def _surest(decision: Decision) -> float:
    return decision.confidence


def _has_check_digit(decision: Decision) -> bool:
    """番号 alone says nothing against numbers that pass a check digit throughout."""
    return decision.recogniser is not None and decision.recogniser.chance > 0


def _adding(decision: Decision, told: Message) -> Decision:
    return replace(decision, evidence=(*decision.evidence, told))


def _named(match: NameMatch) -> Message:
    return say("columns.columns.named", type=label(match.type))


def _supported(r: Recogniser, n: int, of: int) -> Message:
    return say("columns.columns.supported", looks=r.looks, n=n, of=of, share=n / of)
