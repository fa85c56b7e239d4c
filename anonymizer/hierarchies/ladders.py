"""Coarse groups of occupations and diseases, found by words in a value.

The group names follow the major groups of 日本標準職業分類 and the chapters of ICD-10.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from anonymizer.hierarchies.bands import age_band, date_band, number_band, read_range
from anonymizer.hierarchies.places import (
    CUTS,
    Cut,
    Place,
    cut,
    cut_code,
    home_prefecture,
    read_place,
)
from core import ColumnType, Operation, fold
from language import is_missing_word

OTHER = "その他"

_OCCUPATIONS = {
    "管理的職業": "社長 役員 取締役 管理職 部長 課長 議員 経営",
    "専門的・技術的職業": "医師 看護 薬剤 保健師 教員 教師 教授 講師 研究 技術 エンジニア "
    "弁護士 会計士 "
    "税理士 保育 社会福祉士 栄養士 歯科 助産師 デザイナー 記者 僧侶",
    "事務": "事務 会社員 公務員 職員 経理 総務 受付",
    "販売": "販売 営業 店員 小売 商店 不動産",
    "サービス職業": "介護 調理 美容 理容 飲食 接客 ヘルパー 清掃員 家政婦 宿泊",
    "保安職業": "警察 消防 自衛 警備 海上保安",
    "農林漁業": "農 林業 漁 酪農 畜産",
    "生産・輸送・建設等": "製造 工場 工員 運転 ドライバー 配送 運送 建設 大工 土木 "
    "左官 整備 溶接 作業員 清掃",
    "学生・無職等": "学生 生徒 児童 園児 無職 主婦 主夫 年金 家事",
}
_DISEASES = {
    "感染症": "感染 結核 肝炎 インフルエンザ hiv エイズ 梅毒 コロナ 麻疹 風疹",
    "新生物": "がん 癌 腫瘍 白血病 リンパ腫 肉腫",
    "精神・行動の障害": "うつ 統合失調 精神 双極 認知症 不安障害 適応障害 発達障害 依存症",
    "神経系の疾患": "てんかん パーキンソン 片頭痛 筋萎縮 硬化症 ニューロパチー",
    "循環器系の疾患": "高血圧 心筋 狭心 心不全 不整脈 脳梗塞 脳出血 脳卒中 動脈",
    "内分泌・代謝疾患": "糖尿 甲状腺 脂質異常 高脂血 痛風 肥満",
    "呼吸器系の疾患": "喘息 肺炎 気管支 copd 肺気腫 鼻炎",
    "消化器系の疾患": "胃 腸 肝硬変 胆石 膵炎 潰瘍 クローン",
    "筋骨格系の疾患": "リウマチ 関節 腰痛 ヘルニア 骨粗 脊柱",
    "腎尿路生殖器系の疾患": "腎 透析 前立腺 膀胱 子宮",
    "皮膚の疾患": "皮膚 アトピー 湿疹 蕁麻疹 乾癬",
    "損傷・中毒": "骨折 外傷 捻挫 熱傷 中毒 打撲",
}


def _lookup(groups: dict[str, str]) -> tuple[tuple[str, str], ...]:
    words = [(fold(word), group) for group, text in groups.items() for word in text.split()]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


_OCCUPATION_WORDS = _lookup(_OCCUPATIONS)
_DISEASE_WORDS = _lookup(_DISEASES)


def occupation_group(text: str) -> str:
    """The major group of an occupation.

    >>> occupation_group("看護師"), occupation_group("トラック運転手"), occupation_group("占い師")
    ('専門的・技術的職業', '生産・輸送・建設等', 'その他')
    """
    return _find(text, _OCCUPATION_WORDS, _OCCUPATIONS)


def disease_group(text: str) -> str:
    """The chapter of a disease.

    >>> disease_group("2型糖尿病"), disease_group("胃がん"), disease_group("肺がん疑い")
    ('内分泌・代謝疾患', '新生物', '新生物')
    """
    return _find(text, _DISEASE_WORDS, _DISEASES)


def _find(text: str, words: tuple[tuple[str, str], ...], groups: dict[str, str]) -> str:
    folded = fold(text)
    if text in groups:
        return text
    return next((group for word, group in words if word in folded), OTHER)


# FROM ladders: 'Built-in hierarchies: for each type of column, the rungs from a value up to nothing.'

Label = Callable[[str], str | None]
OTHER = "その他"
NUMBERS = (ColumnType.INCOME, ColumnType.TAX, ColumnType.QUANTITY)
DATES = (ColumnType.DATE, ColumnType.BIRTH_DATE, ColumnType.DATE_OF_DEATH)
AGES = (ColumnType.AGE, ColumnType.AGE_BAND)
PLACES = (ColumnType.ADDRESS, ColumnType.POSTAL_CODE, ColumnType.MUNICIPALITY_CODE)
CODES = {
    ColumnType.POSTAL_CODE: re.compile(r"〒?[0-9]{2,3}(-?[0-9]{2,4})?"),
    ColumnType.MUNICIPALITY_CODE: re.compile(r"[0-9]{2,6}"),
}
READ = frozenset({*NUMBERS, *DATES, *AGES, *PLACES})
"""Types whose values are read; of all others a plan lists the values it knows."""


@dataclass(frozen=True)
class Rung:
    """One level of a built-in hierarchy and the step that produces it."""

    operation: Operation
    parameter: int | float | str | None
    label: Label


def keeping_missing(label: Label) -> Label:
    """Words for "no value" (不明, 非公表 …) stay as they are."""
    return lambda text: text if is_missing_word(text) else label(text)


def band_label(kind: ColumnType, parameter: int | float | str) -> Label | None:
    """The function behind `band` for a type; None where the parameter does not fit."""
    number = isinstance(parameter, int | float) and parameter > 0
    if kind in AGES:
        return (lambda text: age_band(text, int(parameter))) if number and int(parameter) else None
    if kind in DATES:
        if number and int(parameter):
            return lambda text: date_band(text, int(parameter))
        if parameter in ("month", "quarter", "year", "era"):
            return lambda text: date_band(text, str(parameter))
        return None
    return (lambda text: number_band(text, float(parameter))) if number else None


def cut_labels(
    texts: Sequence[str], kind: ColumnType = ColumnType.UNKNOWN
) -> Callable[[int | float | str], Label | None]:
    """The functions behind `truncate`: a place for addresses, a number of characters for codes.

    All of them share what was read of an address, for as long as they live.
    """
    pattern = CODES.get(kind)
    seen: dict[str, Place | None] = {}
    home: list[str] = []

    def read(text: str, prefecture: str) -> Place | None:
        if text not in seen:
            seen[text] = read_place(text, prefecture)
        return seen[text]

    def may(text: str) -> bool:
        return pattern is None or pattern.fullmatch(fold(text)) is not None

    def label(parameter: int | float | str) -> Label | None:
        if isinstance(parameter, int) and parameter > 0:
            return lambda text: fold(text)[:parameter] if may(text) else None
        if parameter not in CUTS:
            return None
        if kind is ColumnType.MUNICIPALITY_CODE:
            area: Cut = parameter
            return lambda text: cut_code(text, area)
        if not home:
            home.append(home_prefecture(texts))
        level: Cut = parameter
        return lambda text: cut(text, level, home[0], read)

    return label


def common_label(listed: Sequence[str]) -> Label:
    """Values that are not listed become その他."""
    known = {fold(text): text for text in listed}
    return lambda text: known.get(fold(text), OTHER)


def nationality_group(text: str) -> str:
    """日本 or 外国."""
    return "日本" if fold(text) in ("日本", "日本国", "日本人", "japan", "jp", "jpn") else "外国"


def group_label(kind: ColumnType) -> Label | None:
    """The built-in groups behind `generalize` "group" for a type."""
    return {
        ColumnType.OCCUPATION: occupation_group,
        ColumnType.DISEASE: disease_group,
        ColumnType.NATIONALITY: nationality_group,
    }.get(kind)


def names_common(kind: ColumnType) -> bool:
    """Whether a type's only rung names the common values and puts the others together."""
    plain = kind not in (ColumnType.SEX, ColumnType.FLAG)
    return plain and kind not in READ and group_label(kind) is None


Cuts = Callable[[int | float | str], Label | None]


def ladder(
    kind: ColumnType, texts: Sequence[str], listed: Sequence[str] = (), cuts: Cuts | None = None
) -> tuple[Rung, ...]:
    """The rungs between "as it is" and "nothing" for a column that holds `texts`.

    >>> [rung.parameter for rung in ladder(ColumnType.AGE, ["40", "52"])]
    [5, 10, 20, 40]
    """
    wanted: list[tuple[Operation, int | float | str]] = []
    if kind in AGES:
        wanted = [(Operation.BAND, w) for w in (5, 10, 20, 40)]
    elif kind is ColumnType.BIRTH_DATE:
        wanted = [(Operation.BAND, w) for w in ("month", "year", 5, 10, 20)]
    elif kind in DATES:
        wanted = [(Operation.BAND, w) for w in ("month", "quarter", "year", 10)]
    elif kind is ColumnType.ADDRESS:
        wanted = [(Operation.TRUNCATE, c) for c in CUTS]
    elif kind is ColumnType.POSTAL_CODE:
        wanted = [(Operation.TRUNCATE, n) for n in (3, 2)]
    elif kind is ColumnType.MUNICIPALITY_CODE:
        wanted = [(Operation.TRUNCATE, c) for c in ("city", "prefecture", "region")]
    elif kind in NUMBERS:
        wanted = [(Operation.BAND, w) for w in widths(texts)]
    elif group_label(kind):
        wanted = [(Operation.GENERALIZE, "group")]
    elif listed and names_common(kind):
        wanted = [(Operation.GENERALIZE, "other")]
    rungs = []
    cuts = cuts or cut_labels(texts, kind)
    for operation, parameter in wanted:
        label = label_of(kind, operation, parameter, texts, listed, cuts)
        if label:
            rungs.append(Rung(operation, parameter, keeping_missing(label)))
    return tuple(rungs)


def label_of(
    kind: ColumnType,
    operation: Operation,
    parameter: int | float | str,
    texts: Sequence[str],
    listed: Sequence[str] = (),
    cuts: Callable[[int | float | str], Label | None] | None = None,
) -> Label | None:
    """The function behind an operation that widens values; None where it does not fit."""
    if operation is Operation.BAND:
        return band_label(kind, parameter)
    if operation is Operation.TRUNCATE:
        return (cuts or cut_labels(texts, kind))(parameter)
    if operation is Operation.GENERALIZE and parameter == "group":
        return group_label(kind)
    if operation is Operation.GENERALIZE and parameter == "other":
        return common_label(listed)
    return None


def widths(texts: Sequence[str]) -> tuple[float, ...]:
    """Nested band widths that suit the spread of some numbers.

    >>> widths(["0", "1000"])
    (50.0, 100.0, 500.0)
    """
    numbers = [found[0] for text in texts if (found := read_range(text)) is not None]
    spread = max(numbers, default=0) - min(numbers, default=0)
    if not spread:
        return ()
    first = 10.0 ** math.floor(math.log10(spread / 10))
    nice = [first / 2, first, first * 5, first * 10]
    return tuple(w for w in nice if w < spread and (w >= 1 or spread < 10))
