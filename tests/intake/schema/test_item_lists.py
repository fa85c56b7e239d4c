"""Lists of items in the many ways they are written in one cell, or alone in a file."""

import pytest

from intake.schema.item_lists import split_items
from tests.intake.schema.schemas import names, schemas
from tests.processor import within

CIRCLED = [chr(0x2460 + i) for i in range(20)] + [chr(0x3251 + i) for i in range(15)]

CIRCLED += [chr(0x32B1 + i) for i in range(15)]


def test_circled_numbers_reach_to_fifty() -> None:
    names = [f"項目{chr(0x3042 + i)}" for i in range(50)]
    text = "".join(mark + name for mark, name in zip(CIRCLED, names, strict=True))
    assert list(split_items(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "⑴氏名⑵住所⑶電話番号",
        "【１】氏名【２】住所【３】電話番号",
        "No.1氏名、No.2住所、No.3電話番号",
        "1氏名2住所3電話番号",
        "1-1氏名、1-2住所、2-1電話番号",
        "①-1 氏名、①-2 住所、②-1 電話番号",
        "(ｱ)氏名(ｲ)住所(ｳ)電話番号",
        "（ア）氏名、（イ）住所、（ウ）電話番号",
        "(a)氏名 (b)住所 (c)電話番号",
        "氏名・住所・電話番号",
        "「氏名」、「住所」、「電話番号」",
        "氏名、住所及び電話番号",
        "氏名、住所、電話番号　等",
        "氏名及び住所並びに電話番号",
        "➀氏名➁住所➂電話番号",
        "〇氏名\n〇住所\n〇電話番号",
        "氏名､住所､電話番号",
        "〈基本〉氏名、住所〈連絡〉電話番号",
        "氏名　住所\n電話番号".replace("　", "、"),
        "・氏名　・住所\n・電話番号",
        "1.氏名\n2.住所\n4.電話番号",
        "【基本】1.氏名、2.住所\n【連絡】1.電話番号",
        "＜基本＞\n1．氏名\n2．住所\n＜連絡＞\n1．電話番号",
        "（基本情報）氏名、住所、（連絡情報）電話番号",
        "基本情報：氏名、住所\n連絡情報：電話番号、",
        "■基本\n・氏名\n・住所\n■連絡\n・電話番号",
        "氏名、住所、電話番号。※連絡先は任意",
        "氏名、住所、電話番号\n※ 上記のほか、申請書に記載された事項",
        "1 氏名\n2 住所\n3 電話番号\n以上",
    ],
)
def test_three_items_however_they_are_marked(text: str) -> None:
    assert list(split_items(text)) == ["氏名", "住所", "電話番号"]


def test_numbered_headings_above_lists_are_no_items() -> None:
    text = "１．基本情報\n　氏名、住所\n２．税情報\n　所得額、控除額\n３．備考"
    assert split_items(text) == ("氏名", "住所", "所得額", "控除額", "備考")


def test_brackets_and_groups_between_middle_dots() -> None:
    assert split_items("氏名・住所・電話番号（本人及び保護者・家族）") == (
        "氏名",
        "住所",
        "電話番号（本人及び保護者・家族）",
    )
    assert split_items("【世帯】番号・世帯主・続柄【個人】氏名・住所・性別") == (
        *("番号", "世帯主", "続柄"),
        *("氏名", "住所", "性別"),
    )


@pytest.mark.parametrize(
    "item",
    [
        "生年月日・年齢",
        "アレルギー",
        "家族（1続柄、2年齢）",
        "申請の種類及び内容",
        "住所。",
        "（旧）氏名",
    ],
)
def test_one_item_stays_one(item: str) -> None:
    assert split_items(f"氏名、{item}") == ("氏名", item.strip("。"))


@pytest.mark.parametrize(
    "text",
    [
        "「a" * 100_000,
        "1-1" * 100_000,
        "(1" * 100_000,
        "基本情報：" * 60_000,
        "（情報" * 80_000,
        "■a\n" * 100_000 + "1",
        "(ア)" * 100_000,
        "①" * 200_000,
        "1" + " 　" * 100_000 + "2",
    ],
    ids=lambda text: text[:4],
)
@within(20)
def test_no_list_takes_long(text: str) -> None:
    assert isinstance(split_items(text), tuple)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1氏名、2住所、3電話番号1", ["氏名", "住所", "電話番号1"]),
        ("１　氏名　２　住所　３　所得", ["氏名", "住所", "所得"]),
        ("(1)氏名 (2)住所", ["氏名", "住所"]),
        ("（１）氏名、（２）住所（３）続柄", ["氏名", "住所", "続柄"]),
        ("1 氏名\n2 住所", ["氏名", "住所"]),
        ("①氏名②住所③所得", ["氏名", "住所", "所得"]),
        ("・氏名・生年月日・住所", ["氏名", "生年月日", "住所"]),
        ("氏名，生年月日，住所", ["氏名", "生年月日", "住所"]),
        ("氏名　住所　電話番号", ["氏名", "住所", "電話番号"]),
        ("氏名／住所／電話番号", ["氏名", "住所", "電話番号"]),
        ("ア氏名、イ住所、ウ電話番号", ["氏名", "住所", "電話番号"]),
        ("【基本】1氏名、2住所\n【税】3所得、4控除", ["氏名", "住所", "所得", "控除"]),
        ("【基本】氏名、住所\n【税】所得", ["氏名", "住所", "所得"]),
        ("1氏名、2家族（(1)続柄、(2)年齢）、3所得", ["氏名", "家族（(1)続柄、(2)年齢）", "所得"]),
        ("1氏名、2 2人目の子の氏名、3令和2年の所得", ["氏名", "2人目の子の氏名", "令和2年の所得"]),
        ("アレルギー、イヌの登録番号", ["アレルギー", "イヌの登録番号"]),
        ("氏名 漢字", ["氏名 漢字"]),
        ("性別／区分", ["性別／区分"]),
        ("令和2年度の所得、3年分の控除", ["令和2年度の所得", "3年分の控除"]),
        ("なし", []),
    ],
)
def test_a_list_in_one_cell(text: str, items: list[str]) -> None:
    assert list(split_items(text)) == items


@pytest.mark.parametrize(
    "text",
    [
        " " * 300_000,
        "氏名、" + "　" * 300_000 + "x",
        "【 " * 150_000,
        "1、" * 150_000,
        "・" * 300_000,
        "（" * 300_000,
        "[○" * 150_000,
        "ア、" * 150_000,
        "<a" * 150_000,
    ],
    ids=lambda text: text[:4],
)
@within(20)
def test_no_list_drives_the_splitter_into_a_blow_up(text: str) -> None:
    assert isinstance(split_items(text), tuple)


@pytest.mark.parametrize(
    "content",
    [
        "氏名,生年月日,住所,電話番号\n",
        "氏名\n生年月日\n住所\n電話番号\n",
        "・氏名\n・生年月日\n・住所\n",
    ],
)
def test_bare_list_of_names(content: str) -> None:
    (schema,) = schemas(content.encode(), "項目.txt")
    assert schema.layout == "list"
    assert names(schema)[:3] == ["氏名", "生年月日", "住所"]
