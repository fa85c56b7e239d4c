"""A small synthetic register of people, with something of everything the desk must see."""

import pytest

from desk import Session
from intake import Upload

HEADER = "宛名番号,氏名,年齢,性別,町名,病名,備考\n"
PEOPLE = [
    ("佐藤花子", 34, "女", "桜町", "高血圧", ""),
    ("鈴木一郎", 36, "男", "桜町", "糖尿病", ""),
    ("高橋美咲", 35, "女", "桜町", "高血圧", ""),
    ("田中健", 37, "男", "桜町", "喘息", ""),
    ("伊藤直子", 52, "女", "緑町", "糖尿病", ""),
    ("渡辺学", 58, "男", "緑町", "高血圧", "妻の渡辺幸子さんに連絡 090-0000-4321"),
]
SCHEMA = (
    "項目名,型,必須\n宛名番号,文字,1\n氏名,文字,1\n年齢,数値,1\n"
    "性別,文字,1\n町名,文字,1\n電話,文字,0\n"
)


def register(times: int = 8) -> bytes:
    """Six people told over, in groups, and one very old person who is alone."""
    rows = [
        f"{1000 + turn * 10 + i},{name},{age + turn % 3},{sex},{town},{illness},{note}\n"
        for turn in range(times)
        for i, (name, age, sex, town, illness, note) in enumerate(PEOPLE)
    ]
    rows.append("7351,山本トメ,108,女,緑町,認知症,\n")
    return (HEADER + "".join(rows)).encode()


@pytest.fixture
def session() -> Session:
    made = Session()
    made.add([Upload("register.csv", register()), Upload("schema.csv", SCHEMA.encode())])
    return made
