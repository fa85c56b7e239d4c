"""Coarse groups of occupations and diseases, found by words in a value.

The group names follow the major groups of 日本標準職業分類 and the chapters of ICD-10.
"""

from core import fold

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
