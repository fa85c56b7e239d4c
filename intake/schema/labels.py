"""The words that head the columns of a schema table, and what each of them means.

Labels are matched after `plain`: folded, without spaces, brackets and line breaks.
"""

import re

from core import fold

STRONG, WEAK = 2, 1
"""A strong label is hardly ever the name of a column of data; a weak one may be."""

_BRACKETS = re.compile(r"[\s()（）\[\]【】「」<>＜＞※*・_＿]")
_NUMBERING = re.compile(r"^[\d①-⑳ⅰ-ⅻ]{1,3}[.．、:]?(?=\D)")

_LABELS: dict[str, tuple[int, str]] = {}


def _add(field: str, weight: int, words: str) -> None:
    for word in words.split():
        _LABELS[word] = (weight, field)


_add(
    "name",
    STRONG,
    "項目名 項目名称 データ項目名 データ項目名称 データ項目 記録項目名 フィールド名 列名",
)
_add(
    "name",
    STRONG,
    "カラム名 カラム名称 論理名 論理名称 項目論理名 カラム論理名 論理項目名 和名 変数名称",
)
_add(
    "name",
    STRONG,
    "日本語項目名 項目名日本語 項目名和名 項目名漢字 columnname fieldname 属性名 データ名称",
)
_add(
    "name",
    WEAK,
    "項目 名称 列 フィールド カラム 変数名 column field name variable 日本語名 記録項目",
)
_add(
    "alias",
    STRONG,
    "項目名英語 英語名 英語項目名 項目名英字 物理名 物理名称 カラム物理名 物理項目名 英名",
)
_add("alias", STRONG, "フィールドid カラムid 項目id 英字名 項目名ローマ字 ローマ字 データ項目id")
_add(
    "type",
    STRONG,
    "データ型 型 データタイプ データ属性 フィールド型 datatype 属性 データ種別 項目属性",
)
_add("type", WEAK, "type タイプ 種類")
_add(
    "length",
    STRONG,
    "桁数 桁 最大桁数 文字数 バイト数 最大文字数 長さ 項目長 サイズ 桁数バイト length",
)
_add("length", STRONG, "データ長 フィールド長 表示桁数 整数桁 桁数文字数 maxlength レングス")
_add("length", WEAK, "size 位数")
_add(
    "required",
    STRONG,
    "必須 必須項目 必須任意 必須/任意 必須区分 必須・任意 notnull 必須有無 入力必須",
)
_add("required", STRONG, "required 必須フラグ mandatory 必須か 任意必須 nn 入力区分 必須条件")
_add("key", WEAK, "pk 主キー キー プライマリキー primarykey キー項目 主ｷｰ")
_add("group", STRONG, "グループ名 グループ名称 テーブル論理名 論理テーブル名 エンティティ名")
_add("group", WEAK, "テーブル名 テーブル名称 ファイル名 レコード名 帳票名")
_add("nullable", STRONG, "null許可 null可 null許容 null nullable null可否 空白可 省略可")
_add(
    "description",
    WEAK,
    "説明 項目説明 内容 記載内容 定義 項目定義 記入内容 備考 記入方法 入力内容 留意事項",
)
_add(
    "description",
    WEAK,
    "補足 補足説明 注記 description comment note notes remarks 入力規則 データ内容 摘要",
)
_add("description", WEAK, "記録方法 記録要領 記録内容 設定内容 設定値 ラベル 変数ラベル label")
_add("type", STRONG, "文字種 文字種別 入力文字基準")
_add(
    "format",
    STRONG,
    "表示形式 形式 書式 フォーマット 表記形式 データ形式 入力形式 表記 format 書式例",
)
_add("example", STRONG, "記入例 記載例 入力例 サンプル サンプル値 データ例 example")
_add("example", WEAK, "例")
_add("code", STRONG, "符号 コード値 選択肢 値域 許容値 取り得る値 コード定義 区分値 ドメイン enum")
_add("code", STRONG, "allowedvalues コード一覧 値リスト コード体系")
_add("code", WEAK, "コード 値 code value values")
_add(
    "meaning", STRONG, "符号内容 コード内容 コード名称 コード名 値の意味 符号の内容 区分内容 値内容"
)
_add("meaning", STRONG, "値ラベル valuelabel valuelabels")
_add("level1", STRONG, "大項目 大分類")
_add("level2", STRONG, "中項目 中分類")
_add("level3", STRONG, "小項目 小分類 細目")
_add("minimum", STRONG, "最小値 下限 下限値 minimum min")
_add("maximum", STRONG, "最大値 上限 上限値 maximum max")
_add("number", WEAK, "no no. 番号 項番 項目番号 項目no 項目no. 連番 通番 行番号 # ナンバー")
_add("occurs", STRONG, "最大数 繰返し 繰り返し 繰返数 繰返し数 出現回数 階層 繰返")
_add("prefix", STRONG, "プレフィックス 語彙 配置 位置 開始位置 小数 小数点以下")
_add("reference", STRONG, "名称・形式等の参考元 名称形式等の参考元 参考元 コードid コード参照")


def plain(text: str) -> str:
    """A label without decoration.

    >>> plain("項目名（英語）"), plain("３．桁 数")
    ('項目名英語', '桁数')
    """
    return _NUMBERING.sub("", _BRACKETS.sub("", fold(text)))


def label_of(cell: str) -> tuple[int, str] | None:
    """The weight of a label and the field it heads; None for other texts.

    >>> label_of("データ型"), label_of("必須\\nパターン1"), label_of("名古屋市")
    ((2, 'type'), (2, 'required'), None)
    """
    if len(cell) > 60:
        return None
    text = plain(cell)
    found = _LABELS.get(text) or _LABELS.get(fold(cell).replace(" ", ""))
    if found is None and text.startswith("必須"):
        found = (STRONG, "required")
    if found is None and text.startswith(("共通語彙", "gifデータ", "gif区分")):
        found = (STRONG, "reference")
    if found is None and re.fullmatch(r"(項目名|データ項目名|論理名).{0,4}\d?", text):
        found = (STRONG, "name")
    return found
