"""The grammar's own parts: numbers, names of columns, clauses; and what it must never do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue import Action, Context, Dialogue, KnownColumn
from assistant.grammar import parse
from assistant.grammar.clauses import read
from assistant.grammar.intents import intents
from assistant.grammar.scan import expand, flatten, load, read_numeral, tidy
from assistant.grammar.slots import READERS, columns_meant
from core import ColumnType, Role, say
from desk import PAPERS, TOOLS

RESIDENTS = Context(
    columns=tuple(
        KnownColumn(name=name, type=type_, role=role, position=n)
        for n, (name, type_, role) in enumerate(
            [
                ("宛名番号", ColumnType.RESIDENT_ID, Role.DIRECT_IDENTIFIER),
                ("氏名", ColumnType.PERSON_NAME, Role.DIRECT_IDENTIFIER),
                ("生年月日", ColumnType.BIRTH_DATE, Role.QUASI_IDENTIFIER),
                ("年齢", ColumnType.AGE, Role.QUASI_IDENTIFIER),
                ("zip_code", ColumnType.POSTAL_CODE, Role.QUASI_IDENTIFIER),
                ("世帯番号", ColumnType.HOUSEHOLD_ID, Role.DIRECT_IDENTIFIER),
                ("世帯年収", ColumnType.INCOME, Role.SENSITIVE),
                ("No", ColumnType.SEQUENCE_NUMBER, Role.OTHER),
                ("備考", ColumnType.FREE_TEXT, Role.SENSITIVE),
            ],
            1,
        )
    ),
    rows=100,
)


def tools(message: str, context: Context = RESIDENTS) -> list[str]:
    return [a.tool for a in parse(message, context).actions]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12行", 12),
        ("1,000人", 1000),
        ("2万人", 20000),
        ("1000万円", 10_000_000),
        ("百二十行目", 120),
        ("二〇二五年", 2025),
        ("千円", 1000),
        ("百万円", 1_000_000),
        ("0.2", 0.2),
        ("ninety", 90),
        ("twenty-five bands", 25),
        ("two hundred thousand", 200_000),
        ("5 million", 5_000_000),
        ("3rd", 3),
        ("third", 3),
    ],
)
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert numeral.value == value


@pytest.mark.parametrize("text", ["一覧", "一般", "千葉県", "one of them", "tenant", "x9"])
def test_words_that_only_begin_like_numbers(text: str) -> None:
    assert read_numeral(text, 0) is None


@given(st.integers(0, 10**12))
def test_any_whole_number_is_read_back(number: int) -> None:
    for text in (str(number), f"{number:,}"):
        numeral = read_numeral(text, 0)
        assert numeral is not None
        assert (numeral.value, numeral.end) == (number, len(text))


@given(st.text())
def test_the_matching_form_keeps_its_length(text: str) -> None:
    kept = tidy(text)
    assert len(flatten(kept)) == len(kept)


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ("年齢", ("年齢",)),
        ("ネンレイ", ("年齢",)),
        ("ﾈﾝﾚｲ", ("年齢",)),
        ("年令", ("年齢",)),
        ("ages", ("年齢",)),
        ("誕生日", ("生年月日",)),
        ("生年", ("生年月日",)),
        ("名前", ("氏名",)),
        ("the zip codes", ("zip_code",)),
        ("郵便番号", ("zip_code",)),
        ("収入", ("世帯年収",)),
        ("世帯の番号", ("世帯番号",)),
        ("remarks", ("備考",)),
        ("3列目", ("生年月日",)),
        ("生年月曰", ("生年月日",)),
        ("氏名と備考", ("氏名", "備考")),
        ("No列", ("No",)),
        ("no incidents", ()),
        ("一般の注意", ()),
    ],
)
def test_columns_as_people_say_them(said: str, columns: tuple[str, ...]) -> None:
    assert columns_meant(read(said, RESIDENTS), RESIDENTS).columns == columns


@pytest.mark.parametrize("said", ["番号", "世帯"])
def test_what_fits_several_columns_stays_in_doubt(said: str) -> None:
    named = columns_meant(read(said, RESIDENTS), RESIDENTS)
    assert named.columns == ()
    assert len(named.doubts[0].options) > 1


@pytest.mark.parametrize(
    "message",
    [
        "番号を消して",
        "電話番号を消して",
        "それを消して",
        "消して",
        "あれをお願い",
        "drop it",
        "よろしく",
        "",
    ],
)
def test_it_asks_back(message: str) -> None:
    assert tools(message) == ["ask_back"]


@pytest.mark.parametrize(
    "message",
    [
        "備考を消してもよいですか、根拠の条文は？",
        "氏名はなぜ削除されるのですか",
        "why was age dropped?",
        "仮名化とは何ですか",
        "匿名化とはどういう意味ですか",
        "性別は残すべきでしょうか",
        "生年月日を年代に丸めるのは十分な加工ですか",
        "仮名化すれば個人情報でなくなりますか",
        "is dropping names enough?",
        "should the remarks be removed?",
        "how do I undo?",
    ],
)
def test_a_question_changes_nothing(message: str) -> None:
    assert not [tool for tool in tools(message) if TOOLS[tool].changes]


@pytest.mark.parametrize(
    "message",
    ["備考を消してもらえますか", "備考を落としてくれますか？", "can you drop the remarks?"],
)
def test_a_polite_request_is_one(message: str) -> None:
    assert tools(message) == ["change_plan"]


@pytest.mark.parametrize(
    "message",
    [
        "備考から電話番号を消して",
        "drop rows with missing ages",
        "delete row 12",
        "番号をどれか消して",
    ],
)
def test_what_cannot_be_done_is_asked_back(message: str) -> None:
    assert tools(message) == ["ask_back"]


def test_a_negated_request_keeps_the_column() -> None:
    for message in ("備考は削除しないで", "don't drop the remarks"):
        assert parse(message, RESIDENTS).actions == (
            Action(tool="change_plan", args={"column": "備考", "operation": "keep"}),
        )


def test_an_unanswered_question_is_forgotten() -> None:
    asked = parse("番号を消して", RESIDENTS)
    context = RESIDENTS.model_copy(update={"dialogue": Dialogue(pending=asked.pending)})
    assert tools("今のリスクは？", context) == ["measure_risk"]
    answered = parse("世帯の方", context).actions
    assert answered == (
        Action(tool="change_plan", args={"column": "世帯番号", "operation": "drop"}),
    )


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_no_message_breaks_it(message: str) -> None:
    reading = parse(message, RESIDENTS)
    assert reading.actions
    for action in reading.actions:
        TOOLS[action.tool].checked(action.args)


WORDS = sorted(
    {
        phrase
        for patterns in (*load("words.yaml").values(), *(tool.says for tool in TOOLS.values()))
        for pattern in patterns
        for phrase in expand(pattern)
    }
)


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from([*WORDS, "氏名", "備考", "20歳", "3", "k", "、", "。"]), max_size=9)
)
def test_any_mix_of_known_words_gives_valid_calls(words: list[str]) -> None:
    for action in parse("".join(words), RESIDENTS).actions:
        TOOLS[action.tool].checked(action.args)
        column = action.args.get("column")
        assert column is None or RESIDENTS.column(column)


def test_a_long_message_takes_linear_work() -> None:
    assert tools("備考を消して、" * 2000) == ["change_plan"]


def test_every_intent_uses_known_words_tools_and_readers() -> None:
    concepts = {*load("words.yaml"), *(tool.name for tool in TOOLS.values() if tool.says)} | {
        "column",
        "columns",
        "row",
        "ordinal",
        "focus",
        "number",
        "short",
        "numbers",
        "relative",
        "after_change",
        "part_of",
    }
    concepts |= {f"number.{u}" for u in load("units.yaml")["after"]} | {"focus.row"}
    families = {c.split(".")[0] for c in concepts} | {"type", "dataset", "listed", "titled"}
    for intent in intents():
        assert intent.tool in TOOLS
        assert intent.ask is None or say(f"assistant.question.{intent.ask}", phrase="", options="")
        assert {*intent.set, *intent.set_default, *intent.read, *intent.maybe} <= {
            *TOOLS[intent.tool].arguments.model_fields,
            "*",
        }
        for spec in (*intent.read.values(), *intent.maybe.values(), *intent.set_default.values()):
            assert spec.replace(".", ":").split(":")[0] in READERS
        for word in (w.removeprefix("!") for c in intent.when for w in c.split("|")):
            family = word.split(".")[0]
            assert word in concepts or (family in families and "." in word), word


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("kを1つ上げて", [6]),
        ("kを2下げて", [3]),
        ("raise k by 3", [8]),
        ("kを10に上げて", [10]),
        ("raise k to 10", [10]),
        ("k=3とk=7だとどう違いますか", [3, 7]),
    ],
)
def test_k_moves_a_step_or_to_a_number(message: str, values: list[int]) -> None:
    actions = parse(message, RESIDENTS).actions
    assert [(a.tool, a.args["k"]) for a in actions] == [("propose_plan", k) for k in values]


@pytest.mark.parametrize("message", ["全部戻して", "最初に戻して", "undo everything"])
def test_everything_is_taken_back_as_often_as_something_was_done(message: str) -> None:
    changed = RESIDENTS.model_copy(update={"changes": 3})
    assert tools(message, changed) == ["undo"] * 3
    assert tools("戻して", changed) == ["undo"]


@pytest.mark.parametrize("message", ["昨年度の事故はありません", "再委託はありません"])
def test_what_is_denied_is_recorded_as_denied(message: str) -> None:
    (action,) = parse(message, RESIDENTS).actions
    assert action.tool == "set_case_fact" and action.args["value"] is False


def test_what_a_column_holds_is_looked_up_in_its_cells() -> None:
    (action,) = parse("備考にはどんな危ないことが書いてあるの", RESIDENTS).actions
    assert action == Action(
        tool="list_unusual", args={"kind": "hidden_personal_data", "column": "備考"}
    )


NUMBERED = Context(
    columns=(
        KnownColumn(
            name="個人番号", type=ColumnType.MY_NUMBER, role=Role.DIRECT_IDENTIFIER, position=1
        ),
        KnownColumn(
            name="電話番号", type=ColumnType.PHONE, role=Role.DIRECT_IDENTIFIER, position=2
        ),
    ),
    rows=300,
)


@pytest.mark.parametrize(
    "message",
    [
        "個人番号が間違っている行は？",
        "間違った個人番号の行を見せて",
        "どの行の個人番号が間違っていますか",
        "個人番号の誤りのある行を出して",
        "個人番号が正しくない人は？",
        "個人番号に間違いはありますか",
        "which rows have a wrong 個人番号?",
        "rows where 個人番号 is wrong",
    ],
)
def test_faulty_rows_of_a_column_are_listed(message: str) -> None:
    assert parse(message, NUMBERED).actions == (
        Action(tool="list_unusual", args={"column": "個人番号"}),
    )


@pytest.mark.parametrize(
    ("message", "tool"),
    [
        ("個人番号が間違っているのはなぜ？", "explain_column"),
        ("個人番号の判定は間違っていませんか", "explain_column"),
        ("what is wrong with 個人番号?", "explain_column"),
        ("個人番号が間違っていたらどうすればいいですか", "search_guidelines"),
        ("個人番号を間違った人に送ってしまったらどうしますか", "search_guidelines"),
        ("間違った住所に送った場合は漏えいですか", "search_guidelines"),
        ("個人番号が間違っている行を削除して", "ask_back"),
        ("個人番号が間違っている人を削除して", "ask_back"),
    ],
)
def test_other_talk_of_mistakes_lists_no_rows(message: str, tool: str) -> None:
    assert tools(message, NUMBERED) == [tool]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_asked_for_by_its_title_and_a_format(paper: str) -> None:
    title = PAPERS[paper].title
    bare = (title.ja.removesuffix("（案）"), title.en.removesuffix(" (draft)"))
    for said in (title.ja, bare[0], f"{bare[0]}（案）", title.en, bare[1], f"{bare[1]} (draft)"):
        (action,) = parse(f"{said} Word", RESIDENTS).actions
        assert (action.tool, action.args) == ("make_report", {"paper": paper, "format": "docx"})


def test_the_mark_of_a_draft_is_no_plan() -> None:
    (action,) = parse("個人情報ファイル簿（案）をWordで", RESIDENTS).actions
    assert action.args == {"paper": "register", "format": "docx"}
    (plan,) = parse("この案をWordで", RESIDENTS).actions
    assert plan.args == {"paper": "plan", "format": "docx"}
    assert all(
        a.tool != "make_report" for a in parse("個人情報ファイル簿は必要？", RESIDENTS).actions
    )
