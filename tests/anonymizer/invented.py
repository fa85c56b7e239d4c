"""Four files as offices keep them, all people invented; and readers who attack what leaves of them.

The attackers are plain pandas: they share no code with the product.
"""

from itertools import combinations

import numpy as np
import pandas as pd

_TOWNS = ("東町", "西町", "南町", "北町", "緑町", "桜台", "本町", "栄町")
_BIG = (0.22, 0.18, 0.15, 0.13, 0.1, 0.1, 0.07, 0.05)


def _people(rows: int, random: np.random.Generator, oldest: int = 95) -> pd.DataFrame:
    towns = random.choice(_TOWNS, rows, p=_BIG)
    days = random.integers(0, oldest * 365, rows)
    born = pd.Timestamp("2026-04-01") - pd.to_timedelta(days, unit="D")
    return pd.DataFrame(
        {
            "氏名": [f"架空 {chr(19968 + i % 900)}子" for i in range(rows)],
            "生年月日": born.strftime("%Y-%m-%d"),
            "性別": random.choice(["男", "女"], rows),
            "住所": [
                f"豊橋市{town}{chome}丁目{ban}番{go}号"
                for town, chome, ban, go in zip(
                    towns,
                    random.integers(1, 5, rows),
                    random.integers(1, 30, rows),
                    random.integers(1, 20, rows),
                    strict=True,
                )
            ],
        }
    )


def disability(rows: int = 1_200, seed: int = 1) -> pd.DataFrame:
    """Holders of a certificate, one row each."""
    random = np.random.default_rng(seed)
    kinds = ("肢体不自由", "内部障害", "聴覚障害", "視覚障害", "知的障害", "精神障害")
    return _people(rows, random).assign(
        障害種別=random.choice(kinds, rows, p=(0.4, 0.25, 0.1, 0.07, 0.08, 0.1)),
        障害等級=random.choice([f"{n}級" for n in range(1, 7)], rows),
        手当月額=random.choice([0, 15_690, 28_840, 36_860, 55_350], rows),
        サービス利用=random.choice(["あり", "なし"], rows, p=(0.6, 0.4)),
    )


def children(rows: int = 2_000, seed: int = 2) -> pd.DataFrame:
    """Children of families that get an allowance, one row each."""
    random = np.random.default_rng(seed)
    made = _people(rows, random, oldest=15)
    grades = ("未就園", "年少", "年中", "年長", "小1", "小2", "小3", "小4", "小5", "小6", "中1")
    return made.assign(
        学年=random.choice(grades, rows),
        国籍=random.choice(
            ["日本", "中国", "ベトナム", "ブラジル"], rows, p=(0.95, 0.02, 0.02, 0.01)
        ),
        家庭状況=random.choice(["両親", "ひとり親", "祖父母"], rows, p=(0.8, 0.17, 0.03)),
        世帯所得=(random.gamma(4, 1_200_000, rows) // 1000 * 1000).astype(int),
        手当区分=random.choice(
            ["児童手当", "児童扶養手当", "特別児童扶養手当"], rows, p=(0.8, 0.15, 0.05)
        ),
    )


def claims(people: int = 500, months: int = 6, seed: int = 3) -> pd.DataFrame:
    """Claims for medical care: `months` rows for each person."""
    random = np.random.default_rng(seed)
    of = np.repeat(np.arange(people), months)
    ill = (
        "高血圧症",
        "糖尿病",
        "腰痛症",
        "うつ病",
        "胃炎",
        "白内障",
        "肺がん",
        "喘息",
        "骨折",
        "不眠症",
    )
    made = _people(people, random).drop(columns="氏名").iloc[of].reset_index(drop=True)
    made.insert(0, "被保険者番号", [f"{10_000_000 + i * 7}" for i in of])
    return made.assign(
        診療年月=[f"2025-{m + 4:02d}" for m in np.tile(np.arange(months), people)],
        傷病名=random.choice(ill, len(of)),
        点数=random.gamma(2, 900, len(of)).astype(int),
    )


def residents(rows: int = 6_000, seed: int = 4) -> pd.DataFrame:
    """A register of residents with what a survey would take from it."""
    random = np.random.default_rng(seed)
    jobs = ("会社員", "無職", "パート", "公務員", "自営業", "学生", "農業", "医師")
    return _people(rows, random).assign(
        続柄=random.choice(
            ["世帯主", "妻", "子", "母", "同居人"], rows, p=(0.45, 0.22, 0.28, 0.03, 0.02)
        ),
        職業=random.choice(jobs, rows, p=(0.35, 0.25, 0.15, 0.08, 0.07, 0.06, 0.03, 0.01)),
        所得=(random.gamma(3, 1_300_000, rows) // 1000 * 1000).astype(int),
        転入年=random.integers(1960, 2026, rows),
    )


def below(released: pd.DataFrame, owners: pd.Series, columns: list[str], k: int) -> set[object]:
    """The units that fewer than k units share their values of some columns with."""
    per = owners.groupby([released[c] for c in columns], sort=False).transform("nunique")
    return set(owners[per < k])


def found_by_any(released: pd.DataFrame, owners: pd.Series, size: int, k: int) -> set[object]:
    """The units found by whoever knows any `size` columns of what leaves."""
    found: set[object] = set()
    for some in combinations(list(released.columns), size):
        found |= below(released, owners, list(some), k)
    return found
