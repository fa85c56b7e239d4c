"""The desk suggests only what it can answer."""

import pytest

from assistant import Assistant
from desk import Session
from intake import Upload

AGE, BIRTH = "年齢を20歳ごとにしたら？", "出生日を10年ごとにしたら？"


def session(text: str) -> Session:
    desk = Session()
    desk.add([Upload("名簿.csv", text.encode())])
    desk.suggest()
    return desk


def people(head: str, cell: str) -> str:
    lines = (f"山田{n}子,{cell.format(20 + n % 40)},北区" for n in range(60))
    return "\n".join([f"氏名,{head},区", *lines])


def test_what_can_be_widened_is_what_there_is() -> None:
    assert AGE in [hint.ja for hint in session(people("年齢", "{}")).hints]
    born = [hint.ja for hint in session(people("出生日", "19{}-04-01")).hints]
    assert BIRTH in born
    assert AGE not in born
    assert not [h for h in session(people("品名", "筆")).hints if "ごとにしたら" in h.ja]


def test_counts_and_schemas_are_asked_about_no_people() -> None:
    counts = session("町,区分,人数\n北,男,3\n北,女,4\n南,男,5\n南,女,6\n")
    assert [hint.ja for hint in counts.hints] == ["要配慮個人情報とは？"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("head", "cell"), [("年齢", "{}"), ("出生日", "19{}-04-01")])
def test_every_hint_is_answered(head: str, cell: str, lang: str) -> None:
    desk = session(people(head, cell))
    talk = Assistant(desk, lang="ja" if lang == "ja" else "en")
    assert len(desk.hints) == 4
    for hint in desk.hints:
        reply = talk.turn(hint.ja if lang == "ja" else hint.en)
        assert "ask_back" not in [action.tool for action in reply.actions], hint
