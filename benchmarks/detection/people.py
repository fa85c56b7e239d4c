"""Synthetic residents: pools of our own, apart from the detectors' word lists."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[Any]


def _pairs(text: str) -> list[tuple[str, str]]:
    """Words with their readings."""
    return [(word, reading) for word, _, reading in (p.partition(":") for p in text.split())]


SURNAMES = _pairs("""
佐藤:サトウ 鈴木:スズキ 高橋:タカハシ 田中:タナカ 伊藤:イトウ 渡辺:ワタナベ 山本:ヤマモト
中村:ナカムラ 小林:コバヤシ 加藤:カトウ 吉田:ヨシダ 山田:ヤマダ 佐々木:ササキ 山口:ヤマグチ
松本:マツモト 井上:イノウエ 木村:キムラ 林:ハヤシ 斎藤:サイトウ 清水:シミズ 山崎:ヤマザキ
森:モリ 池田:イケダ 橋本:ハシモト 阿部:アベ 石川:イシカワ 山下:ヤマシタ 中島:ナカジマ
石井:イシイ 小川:オガワ 前田:マエダ 岡田:オカダ 長谷川:ハセガワ 藤田:フジタ 後藤:ゴトウ
近藤:コンドウ 村上:ムラカミ 遠藤:エンドウ 青木:アオキ 坂本:サカモト 西村:ニシムラ 福田:フクダ
太田:オオタ 三浦:ミウラ 藤井:フジイ 岡本:オカモト 金子:カネコ 藤原:フジワラ 中野:ナカノ
中川:ナカガワ 原田:ハラダ 松田:マツダ 竹内:タケウチ 小野:オノ 田村:タムラ 中山:ナカヤマ
和田:ワダ 石田:イシダ 森田:モリタ 上田:ウエダ 原:ハラ 柴田:シバタ 酒井:サカイ 工藤:クドウ
横山:ヨコヤマ 宮崎:ミヤザキ 宮本:ミヤモト 内田:ウチダ 高木:タカギ 安藤:アンドウ 谷口:タニグチ
大野:オオノ 丸山:マルヤマ 今井:イマイ 河野:コウノ 小山内:オサナイ 長曽我部:チョウソカベ
四十物:アイモノ 鬼頭:キトウ 小鳥遊:タカナシ 東雲:シノノメ 勅使河原:テシガワラ 御手洗:ミタライ
""")
GIVEN = _pairs("""
翔太:ショウタ 大輔:ダイスケ 健一:ケンイチ 直樹:ナオキ 拓也:タクヤ 誠:マコト 隆:タカシ 茂:シゲル
清:キヨシ 正:タダシ 和夫:カズオ 博:ヒロシ 美咲:ミサキ 陽菜:ヒナ 結衣:ユイ さくら:サクラ
由美子:ユミコ 恵子:ケイコ 幸子:サチコ 和子:カズコ 久美子:クミコ 明美:アケミ 真由美:マユミ
千代:チヨ キヨ:キヨ 蓮:レン 湊:ミナト 陽翔:ハルト 葵:アオイ 凛:リン 貴弘:タカヒロ 慎吾:シンゴ
亮平:リョウヘイ 絵里奈:エリナ 文江:フミエ 智晴:トモハル 琴音:コトネ 勇気:ユウキ ひなた:ヒナタ
嘉一郎:カイチロウ
""")
TOWNS = [
    ("本町", "100"), ("栄町", "101"), ("中央", "102"), ("緑が丘", "103"), ("旭", "104"),
    ("若葉台", "105"), ("東山", "106"), ("西原", "107"), ("南新田", "108"), ("北浜", "109"),
]  # fmt: skip
CITIES = [
    "みなと市",
    "東京都架空区",
    "神奈川県川北市",
    "愛知県名西市",
    "大阪府北川市",
    "北海道白樺町",
]
DOMAINS = ["example.com", "example.jp", "mail.example.ne.jp", "city.example.lg.jp"]
BANKS = ["みらい銀行中央支店", "あおぞら信用金庫本店", "ひまわり農協南支所", "ゆうちょ"]
_DISEASES = """
うつ病 統合失調症 糖尿病 高血圧 胃がん 乳がん 認知症 てんかん 肺炎 心筋梗塞
脳梗塞 関節リウマチ パーキンソン病 潰瘍性大腸炎 腎不全 双極性障害 結核
"""
DISEASES = _DISEASES.split()


class People:
    """A generator of columns for `rows` residents from one seed."""

    def __init__(self, rows: int, seed: int) -> None:
        self.rows = rows
        self.rng = np.random.default_rng(seed)
        share = 1 / (np.arange(len(SURNAMES)) + 3.0)
        self.surname = self.rng.choice(len(SURNAMES), rows, p=share / share.sum())
        self.given = self.rng.integers(0, len(GIVEN), rows)

    def _pick(self, pool: list[str], p: list[float] | None = None) -> Texts:
        return np.array(pool, dtype=object)[self.rng.choice(len(pool), self.rows, p=p)]

    def names(self, separator: str = " ") -> Texts:
        """Kanji names."""
        left = np.array([s for s, _ in SURNAMES], dtype=object)[self.surname]
        return left + separator + np.array([g for g, _ in GIVEN], dtype=object)[self.given]

    def kana(self, separator: str = " ") -> Texts:
        """Katakana readings."""
        left = np.array([k for _, k in SURNAMES], dtype=object)[self.surname]
        return left + separator + np.array([k for _, k in GIVEN], dtype=object)[self.given]

    def birth_days(self) -> npt.NDArray[np.int64]:
        """Days since 1925-01-01, the young and middle-aged more often."""
        return np.asarray(self.rng.triangular(0, 18_000, 36_000, self.rows), dtype=np.int64)

    def dates(self, days: npt.NDArray[np.int64], style: str) -> Texts:
        """Dates in ISO, slash, era letter or era kanji style."""
        used, codes = np.unique(days, return_inverse=True)
        spelled = [spell(date(1925, 1, 1) + timedelta(days=int(d)), style) for d in used]
        return np.array(spelled, dtype=object)[codes]

    def events(self) -> npt.NDArray[np.int64]:
        """Days of the last two years."""
        return np.asarray(self.rng.integers(36_200, 36_900, self.rows), dtype=np.int64)

    def sexes(self, words: list[str]) -> Texts:
        """男 and 女 in the given spelling."""
        return self._pick(words, [0.49, 0.51])

    def postal(self, separator: str = "-") -> Texts:
        """Seven digits."""
        return self.digits(3, low=100) + separator + self.digits(4)

    def digits(self, length: int, low: int = 0) -> Texts:
        """Random numbers of a length, leading zeros kept."""
        numbers = self.rng.integers(low, 10**length, self.rows)
        return np.array([f"{n:0{length}d}" for n in numbers.tolist()], dtype=object)

    def addresses(self) -> Texts:
        """Addresses down to the house number."""
        base = self._pick([f"{c}{t}" for c in CITIES for t, _ in TOWNS])
        block = self.rng.integers(1, 60, (self.rows, 3)).tolist()
        marks = [
            f"{a % 9 + 1}丁目{b}番{c}号" if a % 3 else f"{a % 9 + 1}-{b}-{c}" for a, b, c in block
        ]
        return base + np.array(marks, dtype=object)

    def phones(self, separator: str = "-") -> Texts:
        """Mobile and fixed numbers."""
        head = self._pick(["090", "080", "070", "052", "0466", "03"])
        body = self.rng.integers(0, 10_000, (self.rows, 2)).tolist()
        made = []
        for area, (a, b) in zip(head.tolist(), body, strict=True):
            middle = f"{a:04d}" if len(area) <= 3 and area != "052" else f"{a % 1000:03d}"
            middle = middle if len(area) != 4 else f"{a % 100:02d}"
            made.append(f"{area}{separator}{middle}{separator}{b:04d}")
        return np.array(made, dtype=object)

    def emails(self) -> Texts:
        """Addresses of reserved domains."""
        user = self.rng.integers(0, 10**8, self.rows).tolist()
        domain = self._pick(DOMAINS).tolist()
        return np.array([f"u{u:x}.k@{d}" for u, d in zip(user, domain, strict=True)], dtype=object)

    def my_numbers(self) -> Texts:
        """Twelve digits with a right check digit (synthetic)."""
        body = self.rng.integers(0, 10, (self.rows, 11))
        rest = body @ np.array([6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
        check = np.where(rest <= 1, 0, 11 - rest)
        number = body @ 10 ** np.arange(10, -1, -1, dtype=np.int64) * 10 + check
        return np.array([f"{n:012d}" for n in number.tolist()], dtype=object)

    def receipts(self) -> Texts:
        """Twelve-digit receipt numbers: year, office, and a running number."""
        start = 202_500_000_000 + int(self.rng.integers(0, 9)) * 10_000_000
        order = self.rng.permutation(self.rows)
        return np.array([str(start + int(i)) for i in order], dtype=object)

    def amounts(self) -> Texts:
        """Skewed amounts in yen."""
        made = np.exp(self.rng.normal(10.5, 0.6, self.rows)).astype(np.int64) // 10 * 10
        return np.array([str(n) for n in made.tolist()], dtype=object)

    def ages(self) -> Texts:
        """Ages in years."""
        return np.array(
            [str(a) for a in self.rng.integers(0, 99, self.rows).tolist()], dtype=object
        )

    def categories(self, pool: list[str]) -> Texts:
        """A handful of categories, unevenly used."""
        share = 1 / (np.arange(len(pool)) + 1.0)
        return self._pick(pool, list(share / share.sum()))

    def banks(self) -> Texts:
        """Branch, kind and number of an account."""
        return self._pick(BANKS) + " 普通 " + self.digits(7)


def spell(day: date, style: str) -> str:
    """One day in one spelling."""
    if style == "iso":
        return day.isoformat()
    if style == "slash":
        return f"{day.year}/{day.month}/{day.day}"
    eras = [
        (2019, 5, "R", "令和"),
        (1989, 1, "H", "平成"),
        (1927, 1, "S", "昭和"),
        (1900, 1, "T", "大正"),
    ]
    for year, month, letter, name in eras:
        if (day.year, day.month) >= (year, month):
            first = {"R": 2019, "H": 1989, "S": 1926, "T": 1912}[letter]
            number = day.year - first + 1
            if style == "letter":
                return f"{letter}{number}.{day.month}.{day.day}"
            return f"{name}{'元' if number == 1 else number}年{day.month}月{day.day}日"
    return day.isoformat()
