"""What a column holds: its name and its values weighed together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core import ColumnType, DeclaredColumn, Message, label
from rules.detect import evidence, generic
from rules.detect.composite import composite
from rules.detect.decision import Decision
from rules.detect.names import HEAD, INSIDE, NameMatch, name_parts, read_name
from rules.detect.profile import Mask, Profile
from rules.detect.values import RECOGNISERS, VOCABULARIES, Recogniser, recogniser
from rules.detect.values.numbers import MY_NUMBER, own_check_digit
from rules.detect.values.people import PERSON_NAME_KANA
from rules.detect.values.time import looks_like_births

_T = ColumnType
_CONTRADICTED = 0.35
_FEWEST_WORDS = 2
_CAUTIOUS = frozenset(
    {
        _T.MY_NUMBER, _T.BIRTH_DATE, _T.DATE_OF_DEATH, _T.RESIDENT_RECORD_CODE, _T.PASSPORT_NUMBER,
        _T.BASIC_PENSION_NUMBER, _T.DRIVERS_LICENSE_NUMBER, _T.RESIDENCE_CARD_NUMBER, _T.PHONE,
        _T.INSURED_PERSON_NUMBER, _T.EMPLOYMENT_INSURANCE_NUMBER, _T.BANK_ACCOUNT, _T.CREDIT_CARD,
    }
)  # fmt: skip
_NUMBERS = frozenset(
    {
        _T.RESIDENT_ID, _T.HOUSEHOLD_ID, _T.INSURED_PERSON_NUMBER, _T.SEQUENCE_NUMBER,
        _T.DISABILITY_CERTIFICATE_NUMBER, _T.STUDENT_NUMBER, _T.DEVICE_ID,
    }
)  # fmt: skip
_LOOSE_FORMS = frozenset({_T.POSTAL_CODE, _T.BASIC_PENSION_NUMBER, _T.COORDINATES})
_TELLING = frozenset({_T.SEX, _T.AGE_BAND, _T.HOUSEHOLD_RELATION, _T.NATIONALITY}) | {
    v.type for v in VOCABULARIES
}
"""Types whose words say more than a name such as 区分 or 状態."""
_ABOVE_CHANCE = 0.25
"""Share of right check digits that no other twelve-digit number reaches (licences: 18 %)."""


def decide(name: str, profile: Profile | None, sample: Profile | None) -> Decision:
    """The type of a column from its name and, where there are data, its values."""
    matches = read_name(name)
    if profile is None or sample is None:
        return _from_name(name, matches)
    if not profile.of_rows:
        decision = _from_name(name, matches)
        empty = Message(ja="値がすべて空です。", en="Every value is empty.")
        return replace(decision, evidence=(*decision.evidence, empty))
    parted = _composite(name, profile, sample)
    if parted:
        return parted
    candidates = [_with_values(m, profile, sample) for m in matches]
    candidates += [
        d
        for d in _by_values(RECOGNISERS, profile, sample, {m.type for m in matches})
        if not (d.type in _LOOSE_FORMS and _named_number(matches))
    ]
    candidates += _by_words(profile, sample, {m.type for m in matches})
    best = max(candidates, key=lambda d: d.confidence, default=None)
    if best is None or best.confidence < 0.5:
        plain = generic.classify(profile, sample)
        return _not_my_number(_kept_name(matches, plain, profile) or plain, profile)
    if best.type == _T.CATEGORY:
        best = max((d for d in candidates if d.type in _TELLING), key=_surest, default=best)
    if best.type == _T.SEQUENCE_NUMBER:
        best = max((best, *filter(_has_check_digit, candidates)), key=_has_check_digit)
    best = _own_check(_not_my_number(_settle_kana(best, profile), profile), profile)
    return _settle_dates(best, profile, named=any(m.type == _T.DATE for m in matches))


def _named_number(matches: tuple[NameMatch, ...]) -> bool:
    """The name tells of another number, which may be written like a postal code."""
    return bool(matches) and matches[0].type in _NUMBERS and matches[0].confidence >= HEAD


def _surest(decision: Decision) -> float:
    return decision.confidence


def _has_check_digit(decision: Decision) -> bool:
    """番号 alone says nothing against numbers that pass a check digit throughout."""
    return decision.recogniser is not None and decision.recogniser.chance > 0


def _kept_name(
    matches: tuple[NameMatch, ...], plain: Decision, profile: Profile
) -> Decision | None:
    """What the name says of a person's number or day, where the values only fail to confirm it."""
    if not matches or matches[0].type not in _CAUTIOUS or matches[0].confidence < HEAD:
        return None
    if plain.type not in (_T.SEQUENCE_NUMBER, _T.QUANTITY, _T.UNKNOWN):
        return None
    match = matches[0]
    found = recogniser(match.type)
    n = profile.rows(found.read(profile) & profile.present) if found else 0
    told = (evidence.named(match), evidence.disagreeing(n, profile.of_rows, match.type))
    return Decision(match.type, 0.4, n, profile.of_rows, (), told)


def decide_declared(declared: DeclaredColumn) -> Decision:
    """The type of a declared item, from its name and, failing that, its description."""
    decision = _from_name(declared.name, read_name(declared.name))
    if decision.confidence < 0.5 and declared.description:
        first = (
            declared.description.split("。")[0][:40].removesuffix("を記載").removesuffix("を入力")
        )
        described = _from_name(first, read_name(first))
        if described.confidence > decision.confidence:
            because = Message(
                ja="項目の説明から判断しました。", en="Judged from the item's description."
            )
            return Decision(described.type, described.confidence * 0.8, evidence=(because,))
    return decision


def _from_name(name: str, matches: tuple[NameMatch, ...]) -> Decision:
    parts = name_parts(name)
    if parts:
        return Decision(
            parts[0],
            HEAD,
            parts=parts,
            evidence=(evidence.says(" ".join(label(p).ja for p in parts)),),
        )
    if not matches:
        return Decision(_T.UNKNOWN, 0.0)
    return Decision(matches[0].type, matches[0].confidence, evidence=(evidence.named(matches[0]),))


def _composite(name: str, profile: Profile, sample: Profile) -> Decision | None:
    found = composite(profile, sample)
    if not found:
        return None
    parts, mask = found
    n = profile.rows(mask & profile.present)
    names_ja = "と".join(label(p).ja for p in parts)
    names_en = " and ".join(label(p).en for p in parts)
    words = Message(
        ja=f"一つの欄に{names_ja}が入っています（{n}/{profile.of_rows}件）。",
        en=f"One cell holds {names_en} ({n} of {profile.of_rows}).",
    )
    sure = 0.98 if name_parts(name) else 0.9
    return Decision(
        parts[0], round(sure * n / profile.of_rows, 3), n, profile.of_rows, parts, (words,)
    )


def _with_values(match: NameMatch, profile: Profile, sample: Profile) -> Decision:
    """A type the name suggests, checked against the values."""
    of = profile.of_rows
    recognisers = [r for r in RECOGNISERS if r.type == match.type] or [
        r for r in (recogniser(match.type),) if r
    ]
    if not recognisers:
        mask = generic.plausible(match.type, profile)
        n = profile.rows(mask & profile.present)
        confidence = match.confidence if n >= 0.5 * of else match.confidence * _CONTRADICTED
        return Decision(match.type, round(confidence, 3), n, of, (), (evidence.named(match),))
    strict, shaped, used = _best_support(recognisers, profile)
    told = (evidence.named(match), evidence.supported(used, strict, of))
    if used.chance and strict < 0.5 * of:
        doubt = Message(
            ja=(
                f"検査数字が合う割合が{strict}/{of}件と低く、偶然（約{used.chance:.0%}）と区"
                f"別できません。"
            ),
            en=(
                f"Only {strict} of {of} pass the check digit, about "
                f"what chance gives ({used.chance:.0%})."
            ),
        )
        sure = 0.5 if match.type == _T.INSURER_NUMBER else _CONTRADICTED
        return Decision(
            match.type,
            match.confidence * sure,
            strict,
            of,
            (),
            (evidence.named(match), doubt),
            used,
        )
    if strict >= 0.5 * of:
        boost = 1 - (1 - match.confidence) * (1 - 0.8 * strict / of)
        return Decision(match.type, round(boost, 3), strict, of, (), told, used)
    if shaped >= 0.5 * of and (strict or match.confidence > INSIDE):
        fitting = (evidence.named(match), evidence.fits(shaped, of))
        return Decision(
            match.type, round(match.confidence * 0.95, 3), shaped, of, (), fitting, used
        )
    return Decision(
        match.type, round(match.confidence * _CONTRADICTED, 3), strict, of, (), told, used
    )


def _best_support(recognisers: list[Recogniser], profile: Profile) -> tuple[int, int, Recogniser]:
    tried = []
    for r in recognisers:
        strict: Mask = r.read(profile) & profile.present
        shaped: Mask = r.shaped(profile) & profile.present
        tried.append((profile.rows(strict), profile.rows(shaped), r))
    return max(tried, key=lambda t: (t[0], t[1]))


def _by_words(profile: Profile, sample: Profile, named: set[ColumnType]) -> list[Decision]:
    """Types that the words of the cells tell; the other words are not out of form."""
    if sample.distinct < _FEWEST_WORDS:
        return []
    found = _by_values(VOCABULARIES, profile, sample, named)
    return [replace(decision, recogniser=None) for decision in found]


def _by_values(
    recognisers: Sequence[Recogniser], profile: Profile, sample: Profile, named: set[ColumnType]
) -> list[Decision]:
    """Types whose values speak for themselves, without a telling name."""
    decisions = []
    for r in recognisers:
        if not r.alone or r.type in named or sample.ratio(r.read(sample)) < r.at_least - 0.1:
            continue
        if profile.distinct < generic.distinct_needed(r.type):
            continue
        n = profile.rows(r.read(profile) & profile.present)
        if n >= r.at_least * profile.of_rows:
            sure = r.alone * (0.9 + 0.1 * n / profile.of_rows)
            decisions.append(
                Decision(
                    r.type,
                    round(sure, 3),
                    n,
                    profile.of_rows,
                    (),
                    (evidence.supported(r, n, profile.of_rows),),
                    r,
                )
            )
    return decisions


def _not_my_number(decision: Decision, profile: Profile) -> Decision:
    """Says of a column of twelve digits why it is not taken for one of Individual Numbers."""
    if decision.type == MY_NUMBER.type or not profile.of_rows:
        return decision
    shaped = profile.rows(MY_NUMBER.shaped(profile) & profile.present)
    if shaped < 0.8 * profile.of_rows:
        return decision
    n = profile.rows(MY_NUMBER.read(profile) & profile.present)
    if n > _ABOVE_CHANCE * profile.of_rows and profile.distinct >= 20:
        return replace(decision, evidence=(*decision.evidence, evidence.mixed(n, profile.of_rows)))
    words = evidence.no_my_number(n, profile.of_rows)
    return replace(decision, evidence=(*decision.evidence, words))


def _own_check(decision: Decision, profile: Profile) -> Decision:
    """Learns from the column whether the office's own number carries a check digit."""
    if decision.type not in (_T.RESIDENT_ID, _T.HOUSEHOLD_ID) or decision.parts:
        return decision
    found = own_check_digit(decision.type, profile)
    if found is None:
        return decision
    n = profile.rows(found.read(profile) & profile.present)
    told = (*decision.evidence, evidence.supported(found, n, profile.of_rows))
    return replace(decision, n=n, of=profile.of_rows, evidence=told, recogniser=found)


def _settle_kana(best: Decision, profile: Profile) -> Decision:
    """A column of names that are all spelled in kana holds their readings."""
    n = profile.rows(PERSON_NAME_KANA.read(profile) & profile.present)
    if best.type != _T.PERSON_NAME or best.parts or n < 0.9 * best.of:
        return best
    told = (*best.evidence, evidence.supported(PERSON_NAME_KANA, n, best.of))
    return Decision(_T.PERSON_NAME_KANA, best.confidence, n, best.of, (), told, PERSON_NAME_KANA)


def _settle_dates(best: Decision, profile: Profile, *, named: bool) -> Decision:
    """A column of dates without a telling name is one of births if it spreads like lifetimes."""
    if best.type != _T.DATE or named or not looks_like_births(profile, date.today()):  # noqa: DTZ011
        return best
    spread = Message(
        ja="日付が50年以上の幅に広がり、生年月日の分布に見えます。",
        en="The dates spread over 50 years or more, as dates of birth do.",
    )
    return Decision(
        _T.BIRTH_DATE,
        round(best.confidence * 0.9, 3),
        best.n,
        best.of,
        (),
        (*best.evidence, spread),
        best.recogniser,
    )
