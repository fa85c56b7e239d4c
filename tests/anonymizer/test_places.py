"""Addresses as files write them, with the names that mislead a reader."""

import pytest

from anonymizer.hierarchies.ladders import cut_labels
from anonymizer.hierarchies.places import CUTS, cut, home_prefecture

CASES = [
    ("東京都千代田区霞が関3丁目2番1号", "千代田区霞が関", "千代田区", "千代田区", "東京都", "関東"),
    (
        "京都市中京区上本能寺前町488",
        "京都市中京区上本能寺前町",
        "京都市中京区",
        "京都市",
        "京都府",
        "近畿",
    ),
    (
        "沖縄県島尻郡八重瀬町字東風平1188",
        "八重瀬町東風平",
        "八重瀬町",
        "八重瀬町",
        "沖縄県",
        "九州・沖縄",
    ),
    ("四日市市諏訪町1-5", "四日市市諏訪町", "四日市市", "四日市市", "三重県", "近畿"),
    ("大和郡山市北郡山町", "大和郡山市北郡山町", "大和郡山市", "大和郡山市", "奈良県", "近畿"),
    ("郡山市朝日一丁目", "郡山市朝日", "郡山市", "郡山市", "福島県", "東北"),
    ("余市郡余市町", "余市町", "余市町", "余市町", "北海道", "北海道"),
    ("〒444-8601 岡崎市十王町2-9", "岡崎市十王町", "岡崎市", "岡崎市", "愛知県", "中部"),
    ("ＡＢＣ", None, None, None, None, None),
    ("八日市場市", None, None, None, None, None),
    ("東京都", "東京都", "東京都", "東京都", "東京都", "関東"),
    ("三河地方", "三河地方", "三河地方", "三河地方", "愛知県", "中部"),
    ("中国地方", None, None, None, None, None),
    ("緑ケ丘一丁目", "緑ケ丘一丁目", "域内", "域内", "域内", "域内"),
    ("中国武漢市", "国外", "国外", "国外", "国外", "国外"),
]


@pytest.mark.parametrize(("address", "cuts"), [(c[0], c[1:]) for c in CASES])
def test_cut(address: str, cuts: tuple[str | None, ...]):
    assert tuple(cut(address, level) for level in CUTS) == cuts


def test_a_name_in_two_prefectures_is_settled_by_its_neighbours():
    texts = ["府中市", "広島市", "福山市"]
    home = home_prefecture(texts)
    assert home == "広島県"
    assert cut("府中市", "prefecture", home) == "広島県"
    assert cut("府中市", "prefecture") is None
    assert cut("府中市", "city") == "府中市"


def test_in_a_list_of_towns_a_name_that_is_a_municipality_elsewhere_is_a_town():
    label = cut_labels(["緑町", "栄町", "本町", "北野"])
    assert [label("town")(t) for t in ("栄町", "緑町")] == ["栄町", "緑町"]
    assert {label("city")(t) for t in ("栄町", "緑町", "北野")} == {"域内"}
