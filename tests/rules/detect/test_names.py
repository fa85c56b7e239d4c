"""What a column's name says, in the spellings that files hold."""

import pytest

from core import ColumnType
from rules.detect.names import HEAD, name_parts, read_name


@pytest.mark.parametrize(
    "name", ["", "列1", "項目Ａ", "w", "col_7", "x1", "#7", "   ", "あ" * 500, "=1+1"]
)
def test_names_that_say_nothing(name: str) -> None:
    assert not [m for m in read_name(name) if m.confidence >= HEAD]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("年代・性別", ["age_band", "sex"]), ("氏名及び住所", ["person_name", "address"]),
        ("年齢/性別", ["age", "sex"]), ("氏名", []), ("発表日・備考", ["date", "free_text"]),
    ],
)  # fmt: skip
def test_composite_names(name: str, parts: list[str]) -> None:
    assert [p.value for p in name_parts(name)] == parts


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("学籍コード", "student_number"),
        ("身障手帳No", "disability_certificate_number"),
        ("介護被保険者番号", "insured_person_number"),
        ("被保番", "insured_person_number"),
        ("住民ID", "resident_id"),
        ("住民票ＣＤ", "resident_record_code"),
        ("病名コード", "disease"),
        ("障害種別コード", "disability"),
        ("受付No", "sequence_number"),
        ("死亡日付", "date_of_death"),
        ("出生年月日", "birth_date"),
        ("登録日時", "date"),
    ],
)
def test_a_word_for_number_or_day_in_any_spelling(name: str, type_: str) -> None:
    assert read_name(name)[0].type.value == type_


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("nennrei", "age"),
        ("syokugyou", "occupation"),
        ("tutomesaki", "employer"),
        ("zyuusyo", "address"),
        ("yuubinn_bangou", "postal_code"),
        ("hihokensya_no", "insured_person_number"),
        ("sibou_bi", "date_of_death"),
        ("kouza_bangou", "bank_account"),
    ],
)
def test_romanised_in_every_system(name: str, type_: str) -> None:
    assert read_name(name)[0].type.value == type_


def test_plain_english_is_not_bent_into_japanese() -> None:
    for name in ("file", "job queue", "shift", "fun", "each"):
        assert not [m for m in read_name(name) if m.type.value in ("age", "address", "date")]


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("アテナNO", "resident_id"),
        ("ｱﾃﾅ番号", "resident_id"),
        ("キンムサキ", "employer"),
        ("コウザバンゴウ", "bank_account"),
        ("めんきょNo", "drivers_license_number"),
        ("カイゴド", "medical_care"),
    ],
)
def test_spelled_in_kana(name: str, type_: str) -> None:
    assert read_name(name)[0].type.value == type_


def test_other_words_in_kana_say_nothing() -> None:
    for name in ("サクラ", "データ", "ひまわり", "ページ", "サイズ"):
        assert not read_name(name)


@pytest.mark.parametrize("name", ["滞納整理メモ", "課税備考", "病状経過", "所得に関する特記"])
def test_what_ends_in_a_word_for_notes_holds_sentences(name: str) -> None:
    assert read_name(name)[0].type is ColumnType.FREE_TEXT


@pytest.mark.parametrize("name", ["犯罪歴の有無", "障害の有無"])
def test_a_topic_without_notes_stays_a_topic(name: str) -> None:
    assert read_name(name)[0].type is not ColumnType.FREE_TEXT
