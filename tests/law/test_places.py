"""A finding cites what its own words name, and no neighbour of it."""

import pytest

import law


@pytest.mark.parametrize(
    ("card", "text", "expected"),
    [
        ("B-04", "正確性の確保は65条の努力義務です。", ["65"]),
        ("B-04", "違法又は不当な行為を助長する利用の禁止（63条）", ["63"]),
        ("B-04", "論点は63条〜65条です。", ["63", "64", "65"]),
        ("B-15", "利用停止は98条の要件によります。", ["98"]),
        ("E-06", "本人から受けるときは本人確認が要ります（16条）。", ["16"]),
        ("A-03", "法2条3項と令2条の列挙", ["2", "2"]),
        ("A-03", "令2条の列挙", ["2"]),
        ("D-06", "規則62条2号（民間は34条2号）", ["62", "34"]),
        ("B-07", "法68条・規則43条", ["68", "43"]),
        ("X-09", "番号法29条の3第2項の報告", ["29-3"]),
        ("X-09", "定期報告規則2条の報告", ["2"]),
        ("D-03", "附則7条により任意です。", ["附則7"]),
        ("D-03", "7条", ["110"]),
        ("B-10", "69条2項3号で提供するときは70条", ["70"]),
        ("X-11", "特定個人との対応（3-1-1）", ["3-1-1"]),
        ("X-11", "3-1-10", ["3-2-2"]),
        ("F-03", "評価規則5条", ["5"]),
        ("F-03", "令和4条", ["4"]),
        ("B-04", "", ["63"]),
    ],
)
def test_places_are_those_the_text_names(card: str, text: str, expected: list[str]) -> None:
    assert [place.article for place in law.places(card, text)] == expected


@pytest.mark.parametrize("card", law.cards(), ids=lambda card: card.id)
def test_without_a_name_the_main_place_stands(card: law.Card) -> None:
    assert law.places(card.id, "") == (law.citation(card.id),)


def test_a_document_stays_beside_the_article_it_is_read_with() -> None:
    found = law.places("H-05", "自治体の委託は66条1項と67条で見ます（資料による）。")
    assert [place.kind for place in found] == ["document", "law", "law"]
