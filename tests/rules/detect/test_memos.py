"""Memos of a dozen desks: who, what, about whom; and what comes near to it and must stay silent."""

import pytest

from benchmarks.detection.exam import styles
from core import Table
from rules.detect.profile import Profile
from rules.detect.text import hidden_data

Spans = list[tuple[str, int, int]]


def spans_of(texts: list[str]) -> list[Spans]:
    table = Table.of({"備考": texts})
    found: dict[str, Spans] = {}
    for alarm in hidden_data(table["備考"], Profile.of(table["備考"])):
        for code, spans in alarm.spans.items():
            text = table["備考"].values[code].as_py()
            found.setdefault(text, []).extend((s.type.value, s.start, s.end) for s in spans)
    return [found.get(text, []) for text in texts]


def test_what_memos_say_of_somebody_is_told() -> None:
    memos = list(styles.said())
    told, of = 0, 0
    for (_, marks), spans in zip(memos, spans_of([text for text, _ in memos]), strict=True):
        for mark in marks:
            of += 1
            told += any(t in mark.types and a < mark.end and mark.start < b for t, a, b in spans)
    assert told >= 0.92 * of, (told, of)


def test_memos_about_nobody_are_silent() -> None:
    memos = list(styles.silent())
    told = [text for text, spans in zip(memos, spans_of(memos), strict=True) if spans]
    assert len(told) <= 0.01 * len(memos), told


@pytest.mark.parametrize(
    ("text", "type_", "piece"),
    [
        ("確認済 2938 4471 6050", "my_number", "2938 4471 6050"),
        ("携帯は〇八〇-一二三四-五六七八", "phone", "〇八〇-一二三四-五六七八"),
        ("桜マンション402号室の住人", "address", "桜マンション402号"),
        ("緑ヶ丘3-8-2の住人が来た", "address", "緑ヶ丘3-8-2"),
        ("共有者の長谷部と江頭", "person_name", "江頭"),
        ("A.S.さんから再度電話", "person_name", "A.S."),
        ("うつがひどく外出できない", "disease", "うつ"),
        ("家賃が払えず来月退去", "income", "家賃が払えず"),
        ("娘が上履きを隠されたと訴える", "crime_victim", "隠され"),
        ("寺岡様、右手が動かないとのこと", "disability", "右手が動かない"),
    ],
)
def test_a_clause_says_it(text: str, type_: str, piece: str) -> None:
    (spans,) = spans_of([text])
    assert any(t == type_ and piece in text[a:b] for t, a, b in spans), spans


@pytest.mark.parametrize(
    "text",
    [
        "整理番号 202512345678",
        "市民会館2階 3-1会議室",
        "2025-03-06に点検",
        "プラスチックごみの日を変更",
        "グループホームひがんの指定申請",
        "発電機の始動不良、点検を依頼",
        "家賃の算定方法を改定",
        "長谷部建設へ発注",
        "65歳以上は無料",
    ],
)
def test_nobody_is_spoken_of(text: str) -> None:
    assert spans_of([text]) == [[]]
