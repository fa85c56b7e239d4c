"""What a column holds: its name and its values weighed together."""

from dataclasses import replace
from datetime import date

from core import ColumnType, DeclaredColumn, Message
from core.labels import label
from rules.detect import generic
from rules.detect.composite import composite
from rules.detect.decision import Decision
from rules.detect.names import HEAD, NameMatch, name_parts, read_name
from rules.detect.profile import Mask, Profile
from rules.detect.values import RECOGNISERS, Recogniser, recogniser
from rules.detect.values.numbers import MY_NUMBER, own_check_digit
from rules.detect.values.people import PERSON_NAME_KANA
from rules.detect.values.time import looks_like_births

_T = ColumnType
_CONTRADICTED = 0.35
_NEEDS_NUMBERS = {_T.QUANTITY, _T.AGE}


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
    candidates += _by_values(profile, sample, {m.type for m in matches})
    best = max(candidates, key=lambda d: d.confidence, default=None)
    if best is None or best.confidence < 0.5:
        return _not_my_number(generic.classify(profile, sample), profile)
    best = _own_check(_not_my_number(_settle_kana(best, profile), profile), profile)
    return _settle_dates(best, profile, named=any(m.type == _T.DATE for m in matches))


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
            parts[0], HEAD, parts=parts, evidence=(_says(" ".join(label(p).ja for p in parts)),)
        )
    if not matches:
        return Decision(_T.UNKNOWN, 0.0)
    return Decision(matches[0].type, matches[0].confidence, evidence=(_named(matches[0]),))


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
        return Decision(match.type, round(confidence, 3), n, of, (), (_named(match),))
    strict, shaped, used = _best_support(recognisers, profile)
    evidence: tuple[Message, ...] = (_named(match), _supported(used, strict, of))
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
            match.type, match.confidence * sure, strict, of, (), (_named(match), doubt), used
        )
    if strict >= 0.5 * of:
        boost = 1 - (1 - match.confidence) * (1 - 0.8 * strict / of)
        return Decision(match.type, round(boost, 3), strict, of, (), evidence, used)
    if shaped >= 0.5 * of:
        fitting = (_named(match), _fits(shaped, of))
        return Decision(
            match.type, round(match.confidence * 0.95, 3), shaped, of, (), fitting, used
        )
    return Decision(
        match.type, round(match.confidence * _CONTRADICTED, 3), strict, of, (), evidence, used
    )


def _best_support(recognisers: list[Recogniser], profile: Profile) -> tuple[int, int, Recogniser]:
    tried = []
    for r in recognisers:
        strict: Mask = r.read(profile) & profile.present
        shaped: Mask = r.shaped(profile) & profile.present
        tried.append((profile.rows(strict), profile.rows(shaped), r))
    return max(tried, key=lambda t: (t[0], t[1]))


def _by_values(profile: Profile, sample: Profile, named: set[ColumnType]) -> list[Decision]:
    """Types whose values speak for themselves, without a telling name."""
    decisions = []
    for r in RECOGNISERS:
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
                    (_supported(r, n, profile.of_rows),),
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
    words = Message(
        ja=(
            f"12桁ですが、個人番号の検査数字に合うのは{n}/{profile.of_rows}件"
            f"（{n / profile.of_rows:.1%}）で、個人番号の項目とは見られません。"
        ),
        en=(
            f"Twelve digits, but only {n} of {profile.of_rows} ({n / profile.of_rows:.1%}) pass the"
            " Individual Number's check: not taken for one."
        ),
    )
    return replace(decision, evidence=(*decision.evidence, words))


def _own_check(decision: Decision, profile: Profile) -> Decision:
    """Learns from the column whether the office's own number carries a check digit."""
    if decision.type not in (_T.RESIDENT_ID, _T.HOUSEHOLD_ID) or decision.parts:
        return decision
    found = own_check_digit(decision.type, profile)
    if found is None:
        return decision
    n = profile.rows(found.read(profile) & profile.present)
    evidence = (*decision.evidence, _supported(found, n, profile.of_rows))
    return replace(decision, n=n, of=profile.of_rows, evidence=evidence, recogniser=found)


def _settle_kana(best: Decision, profile: Profile) -> Decision:
    """A column of names that are all spelled in kana holds their readings."""
    n = profile.rows(PERSON_NAME_KANA.read(profile) & profile.present)
    if best.type != _T.PERSON_NAME or best.parts or n < 0.9 * best.of:
        return best
    evidence = (*best.evidence, _supported(PERSON_NAME_KANA, n, best.of))
    return Decision(
        _T.PERSON_NAME_KANA, best.confidence, n, best.of, (), evidence, PERSON_NAME_KANA
    )


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


def _named(match: NameMatch) -> Message:
    what = label(match.type)
    return Message(
        ja=f"項目名が「{what.ja}」を示しています。", en=f"The column name says “{what.en}”."
    )


def _says(words: str) -> Message:
    return Message(
        ja=f"項目名が「{words}」の組合せを示しています。", en="The column name joins several items."
    )


def _supported(r: Recogniser, n: int, of: int) -> Message:
    return Message(
        ja=f"{r.looks.ja}が{n}/{of}件（{n / of:.1%}）です。",
        en=f"{n} of {of} values ({n / of:.1%}) have {r.looks.en}.",
    )


def _fits(n: int, of: int) -> Message:
    return Message(
        ja=f"値の形は{n}/{of}件で項目名と矛盾しません。",
        en=f"{n} of {of} values do not speak against the name.",
    )
