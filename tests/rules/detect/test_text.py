"""Personal data in sentences: what must be found, where, and what must be left alone."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import Table, yaml12
from rules.detect.profile import Profile
from rules.detect.text import hidden_data
from rules.detect.text.free_text import original_offsets

FOUND = [
    # text, type, the piece that must be inside the span
    ("山本太郎様より電話", "person_name", "山本太郎"),
    ("世帯主は鈴木 花子です", "person_name", "鈴木 花子"),
    ("中村さん宅へ訪問", "person_name", "中村"),
    ("グエン・ヴァン・アンさんが来庁", "person_name", "グエン・ヴァン・アン"),
    ("担当者：高橋健一", "person_name", "高橋健一"),
    ("本件は佐々木直樹の申請による", "person_name", "佐々木直樹"),
    ("渡邉氏に確認済み", "person_name", "渡邉"),
    ("鬼頭亮平（代理）が受領", "person_name", "鬼頭亮平"),
    ("纐纈礼子より申立て", "person_name", "纐纈礼子"),
    ("四月一日光男から電話", "person_name", "四月一日光男"),
    ("ヨシダ　ミサキから照会", "person_name", "ヨシダ　ミサキ"),
    ("申請者のホセ・ガルシアは不在", "person_name", "ホセ・ガルシア"),
    ("本籍は京都市上京区薮ノ内町1", "address", "京都市上京区薮ノ内町1"),
    ("緑市旭町３−４−５に居住", "address", "緑市旭町３−４−５"),
    ("携帯090.1234.5678へ", "phone", "090.1234.5678"),
    ("旅券ＴＫ1234567を確認", "passport_number", "ＴＫ1234567"),
    ("ＪＡバンク 普通1234567へ還付", "bank_account", "1234567"),
    ("マイナンバー12桁 1234 5678 9012", "my_number", "1234 5678 9012"),
    ("生年月日の訂正、正しくはS55.1.3", "birth_date", "S55.1.3"),
    ("接続元IPアドレス 203.0.113.9", "ip_address", "203.0.113.9"),
    ("〒460-0001に転送", "postal_code", "460-0001"),
    ("父親の佐藤一郎が連絡済み", "household_relation", "父親"),
    ("受付12番の同居人", "sequence_number", "受付12番"),
    ("大家の田村殿へ連絡", "person_name", "田村"),
    ("娘の美咲さん（小学生）", "person_name", "美咲"),
    ("携帯０９０－１２３４－５６７８へ", "phone", "０９０－１２３４－５６７８"),
    ("連絡先03(1234)5678まで", "phone", "03(1234)5678"),
    ("08012345678に折返し", "phone", "08012345678"),
    ("電話は0120-123-456", "phone", "0120-123-456"),
    ("メールa.b@example.jpへ", "email", "a.b@example.jp"),
    ("ＡＢＣ＠ｅｘａｍｐｌｅ．ｃｏｍ宛", "email", "ＡＢＣ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
    ("名古屋市中区三の丸3-1-2へ転居", "address", "三の丸3-1-2"),
    ("東京都架空区中央1丁目2番3号に居住", "address", "東京都架空区中央1丁目2番3号"),
    ("旧住所は川北町字本郷一丁目5番地", "address", "川北町字本郷一丁目5番地"),
    ("個人番号123456789018を転記", "my_number", "123456789018"),
    ("マイナンバー：1234-5678-9018", "my_number", "1234-5678-9018"),
    ("基礎年金番号1234-567890", "basic_pension_number", "1234-567890"),
    ("免許証番号は123456789012", "drivers_license_number", "123456789012"),
    ("在留カードAB12345678CD", "residence_card_number", "AB12345678CD"),
    ("ゆうちょ 普通 1234567 に還付", "bank_account", "1234567"),
    ("口座番号:7654321", "bank_account", "7654321"),
    ("昭和55年4月1日生まれの方", "birth_date", "昭和55年4月1日"),
    ("生年月日はS55.4.1", "birth_date", "S55.4.1"),
    ("うつ病で休職", "disease", "うつ病"),
    ("新型コロナ陽性のため延期", "disease", "コロナ"),
    ("乳がんの手術後", "disease", "乳がん"),
    ("精神科に通院中", "medical_care", "通院中"),
    ("要介護3の認定", "medical_care", "要介護3"),
    ("妊娠中のため窓口で着席対応", "medical_care", "妊娠中"),
    ("身体障害者手帳2級", "disability", "身体障害者手帳"),
    ("聴覚障害があるため筆談", "disability", "聴覚障害"),
    ("生活保護を受けている", "welfare", "生活保護"),
    ("生保受給者", "welfare", "生保"),
    ("DV避難者につき要注意", "support_measure", "DV"),
    ("元夫からの暴力を相談", "crime_victim", "暴力"),
    ("前科があると本人談", "criminal_record", "前科"),
    ("執行猶予中", "criminal_record", "執行猶予"),
    ("児童虐待の疑いで通告", "crime_victim", "児童虐待"),
    ("詐欺被害に遭った", "crime_victim", "詐欺被害"),
    ("エホバの証人の信者", "creed", "エホバの証人"),
    ("妻と二人暮らし", "household_relation", "妻"),
    ("No.33、No.34の家族", "household_relation", "の家族"),
    ("№５と接触", "sequence_number", "№５"),
]
CLEAN = [
    "",
    "完了",
    "林業振興課へ回付",
    "山口地区で配布",
    "小林市のパンフレット",
    "森林公園を利用",
    "様式第3号で申請",
    "同様の申請あり",
    "仕様書を確認",
    "お客様センターへ転送",
    "皆様へ周知",
    "市民の皆さんへ配布",
    "氏名欄に記入漏れ",
    "たくさんの応募",
    "受付番号202512345678",
    "令和5年12月31日まで有効",
    "第3-1-2号議案",
    "議案第12号",
    "2023-04-01 09:00に処理",
    "1,234,567円を還付",
    "部屋番号3-1-2",
    "健康診断の案内を送付",
    "感染症対策課に照会",
    "障害物を撤去",
    "システム障害により遅延",
    "障害福祉課に引継ぎ",
    "認知症サポーター講座の申込み",
    "生活保護課から照会",
    "被害想定区域の図",
    "防犯パトロール",
    "保護者会の日程",
    "家族向け住宅の案内",
    "児童館を利用",
    "母子手帳交付の案内",
    "夫婦岩の見学",
    "大丈夫とのこと",
    "工夫がみられる",
    "No.5の様式を使用",
    "番号札No.12",
    "長野県の様式",
    "千葉方面へ転出",
    "石川町の道路工事",
    "東京都の補助金",
    "3丁目の街灯",
    "糖尿病予防教室の案内",
    "がん検診の案内",
    "DVD資料を返却",
    "窓口は3番",
    "担当課へ連絡",
    "本人確認済み",
    "代理人による申請",
    "世帯主変更届",
    "関係者以外は閲覧不可",
    "森の学校に参加",
    "原本を返却",
    "関の工事完了",
    "南口で配布",
    "東側の駐車場",
    "平日のみ",
    "星空観察会",
    "堤防の補修",
    "清水を確保",
    "金子みすゞ展",
    "上野動物園の割引券",
    "松本城の見学",
    "福島第一地区",
    "高橋のたもとの看板",
    "岡の上公園",
    "谷の道",
    "中村区役所に照会",
    "西田辺駅で待合せ",
    "本田技研の車両",
    "三井住友銀行の窓口",
    "豊田市に照会",
    "前田橋の修繕",
    "井上公園の清掃",
    "久保地区",
]


SENTENCES = yaml12.load(Path(__file__).with_name("statements.yaml").read_text(encoding="utf-8"))


def listed(part: str) -> list[tuple[str, str]]:
    return [(type_, text) for type_, texts in SENTENCES[part].items() for text in texts]


def spans_of(text: str) -> list[tuple[str, str]]:
    table = Table.of({"備考": [text]})
    alarms = hidden_data(table["備考"], Profile.of(table["備考"]))
    return [
        (span.type.value, text[span.start : span.end])
        for alarm in alarms
        for spans in alarm.spans.values()
        for span in spans
    ]


@pytest.mark.parametrize(("text", "type_", "piece"), FOUND)
def test_found_with_its_place(text: str, type_: str, piece: str) -> None:
    assert any(t == type_ and piece in p for t, p in spans_of(text)), spans_of(text)


@pytest.mark.parametrize(("type_", "text"), listed("found"))
def test_office_sentences(type_: str, text: str) -> None:
    assert type_ in {t for t, _ in spans_of(text)}


@pytest.mark.parametrize("text", CLEAN + SENTENCES["clean"])
def test_left_alone(text: str) -> None:
    assert spans_of(text) == []


@settings(deadline=None)
@given(st.text(max_size=80))
def test_spans_lie_inside_the_text(text: str) -> None:
    for _, piece in spans_of(text):
        assert piece


@settings(deadline=None)
@given(st.text(alphabet="ｶﾞｷﾞﾊﾟABＣ１ア゛㍻㌔ﷺé", max_size=12))
def test_offsets_cover_the_original(text: str) -> None:
    import unicodedata

    normalised = unicodedata.normalize("NFKC", text)
    offsets = original_offsets(text, normalised)
    assert len(offsets) == len(normalised) + 1
    assert offsets == sorted(offsets) and offsets[-1] == len(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("森課長補佐から引継ぎ", "森"),
        ("小林主査が対応", "小林"),
        ("名義カナヤマダ ハナコに訂正", "ヤマダ ハナコ"),
        ("ふりがなは「やまだ はなこ」が正しい", "やまだ はなこ"),
    ],
)
def test_names_before_posts_and_behind_readings(text: str, name: str) -> None:
    assert ("person_name", name) in spans_of(text)


@pytest.mark.parametrize(
    "text", ["建設課長に報告", "東部長寿センター", "北部長期計画", "ふりがなは「ひらがな」で記入"]
)
def test_posts_and_readings_without_a_name(text: str) -> None:
    assert "person_name" not in [type_ for type_, _ in spans_of(text)]
