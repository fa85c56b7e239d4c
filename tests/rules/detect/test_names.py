"""What a column's name says, in the spellings that files hold."""

import pytest

from core import ColumnType
from rules.detect.names import HEAD, name_parts, read_name

NAMES = {
    "person_name": (
        "氏名 姓 名 世帯主氏名 申請者_氏名 氏名（漢字） "
        "児童氏名 shimei full_name CustomerName 氏名_2"
    ),
    "person_name_kana": (
        "フリガナ ﾌﾘｶﾞﾅ ふりがな 氏名カナ カナ氏名 氏名（フリガナ） name_kana "
        "世帯主カナ 氏(カナ) 通称名（カナ）"
    ),
    "address": ("住所 現住所 居住地 本籍 市区町村 町名 jusho address Addr1 送付先住所 患者_居住地"),
    "postal_code": ("郵便番号 〒 zip zipCode postal_code 送付先郵便番号 yubin_bango"),
    "municipality_code": "全国地方公共団体コード 市区町村コード city_code 都道府県コード",
    "birth_date": (
        "生年月日 誕生日 birth_date dob BirthDate "
        "児童生年月日 生年月日（和暦） seinengappi birth_dt"
    ),
    "date": ("申請日 発表日 公表_年月日 updated_at 受付年月日 date 交付日 届出日時"),
    "age": "年齢 age 満年齢 nenrei 患者年齢",
    "age_band": "年代 年齢層 年齢階級 age_group 患者_年代 ageBand",
    "sex": ("性別 sex gender 男女別 seibetsu 患者_性別 性別コード seibetsu_cd"),
    "nationality": "国籍 国籍・地域 nationality kokuseki native-country",
    "phone": ("電話番号 TEL 携帯電話 phone_number tel1 緊急連絡先電話番号 連絡先 ＴＥＬ"),
    "email": ("メールアドレス email e-mail mail_addr Eメール 電子メールアドレス"),
    "my_number": ("個人番号 マイナンバー my_number kojin_bango 個人番号（マイナンバー）"),
    "corporate_number": "法人番号 corporate_number",
    "resident_record_code": "住民票コード juki_code",
    "resident_id": ("宛名番号 住民コード atena_no 利用者番号 患者ID 個人ID resident_id"),
    "household_id": "世帯番号 世帯コード household_id setai_no",
    "basic_pension_number": "基礎年金番号 pension_number",
    "drivers_license_number": "運転免許証番号 免許証番号 drivers_license_number",
    "passport_number": "旅券番号 パスポート番号 passport_no",
    "residence_card_number": "在留カード番号 residence_card_number",
    "insurer_number": "保険者番号 insurer_number",
    "insured_person_number": "被保険者番号 保険証の記号・番号 被保険者証記号番号 insured_number",
    "employment_insurance_number": "雇用保険被保険者番号 雇用保険番号",
    "disability_certificate_number": "身体障害者手帳番号 手帳番号 障害者手帳番号",
    "student_number": "学籍番号 student_id 生徒番号",
    "bank_account": "口座番号 振込口座 account_no 口座名義",
    "credit_card": "クレジットカード番号 card_number",
    "vehicle_number": "車両番号 自動車登録番号 ナンバープレート plate_number",
    "ip_address": "IPアドレス ip_address 接続元IP ip",
    "mac_address": "MACアドレス mac_addr",
    "device_id": "端末ID device_id デバイスID",
    "cookie_id": "クッキーID cookie 広告ID",
    "coordinates": "緯度 経度 latitude lng 位置情報 座標",
    "household_relation": "続柄 世帯主との続柄 婚姻状況 世帯構成 marital-status",
    "occupation": "職業 患者_職業 occupation 職種",
    "employer": "勤務先 勤務先名称 会社名 employer",
    "school": "学校名 在籍校 最終学歴 education 学年",
    "income": "所得金額 年収 income 世帯収入 合計所得金額 salary-class",
    "tax": "市民税額 滞納額 課税区分 固定資産税 住民税",
    "welfare": "生活保護受給区分 生活保護受給フラグ 児童手当 扶助種別 生活保護",
    "disease": "病名 傷病名 既往歴 診断名 患者_症状 byomei diagnosis",
    "disability": "障害等級 障害種別 障害の有無 障害支援区分 disability",
    "medical_care": "要介護度 診療科 健診結果 処方内容 患者_退院済フラグ 血圧 予防接種歴",
    "criminal_record": "犯罪歴 前科 逮捕歴 criminal_record",
    "crime_victim": "虐待の有無 被害者 犯罪被害",
    "support_measure": "支援措置区分 DV支援措置 DV等支援措置対象フラグ 閲覧制限",
    "date_of_death": "死亡日 死亡年月日 date_of_death",
    "creed": "宗教 信条 支持政党 religion",
    "race": "人種 民族 race ethnicity",
    "social_status": "社会的身分 門地",
    "biometric": "顔特徴量 指紋データ face_embedding 顔写真",
    "genetic": "遺伝子検査結果 DNA ゲノム情報 genome",
    "url": "URL ホームページ website",
    "free_text": "備考 特記事項 相談内容 remarks memo 意見 対応記録",
    "sequence_number": "No 連番 受付番号 整理No seq 申請番号",
    "flag": "同意フラグ 有無 is_flag 患者_渡航歴の有無フラグ",
    "facility": "施設名 医療機関名 避難所 図書館 窓口",
    "quantity": "件数 金額 手数料 人数 amount 面積",
    "category": "区分 届出種別 ステータス category 処理区分",
}


@pytest.mark.parametrize(
    ("name", "type_"), [(n, t) for t, names in NAMES.items() for n in names.split(" ")]
)
def test_names(name: str, type_: str) -> None:
    assert read_name(name)[0].type.value == type_


def test_every_type_but_unknown_has_names() -> None:
    assert set(NAMES) == {t.value for t in ColumnType} - {"unknown"}


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("住所コード", "address"), ("商品名", "person_name"), ("件名", "person_name"),
        ("氏名区分", "person_name"), ("障害物の種類", "disability"),
        ("システム障害件数", "disability"),
        ("福祉課受付番号", "welfare"), ("受付番号", "resident_id"), ("法人番号", "my_number"),
        ("電話受付件数", "phone"),
        ("住所カナ", "person_name_kana"), ("被害額", "crime_victim"), ("町内会費", "address"),
    ],
)  # fmt: skip
def test_near_misses(name: str, never: str) -> None:
    sure = [m.type.value for m in read_name(name) if m.confidence >= HEAD]
    assert never not in sure


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
