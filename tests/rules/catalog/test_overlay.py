"""A council's own directory: rules added, rules switched off, ordinance items, and its mistakes."""

from datetime import date
from pathlib import Path

import pytest

from core import RuleError, Severity
from rules import CATALOG, Fact, catalog, check_pack, evaluate, in_force, load_pack

TODAY = date(2026, 11, 20)
OWN = """
rules:
  - id: our.nursery
    title: {ja: 保育の列, en: Nursery column}
    severity: medium
    source: {ja: 本市の運用基準 第3, en: Our own standard no. 3}
    when: [{fact: column, as: c, where: {key: {matches: 保育}}}]
    message: {ja: "「{c.key}」は保育の担当へ確かめます。", en: "Ask about “{c.key}”."}
    remedy: {ja: 担当へ照会します。, en: Ask.}
    examples:
      match: [[column: {key: 保育料}]]
      no_match: [[column: {key: 住所}]]
off:
  - {rule: column.free_text, reason: 別の手順で全件を読むため, expires: 2027-03-31}
ordinance:
  - {item: 成年後見, words: [後見], ordinance: 例示市個人情報保護条例第4条}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    return tmp_path


def column(key: str, **fields: object) -> Fact:
    return Fact.of("column", f"column:{key}", key=key, **fields)


def rules_found(pack_directory: Path, fact: Fact, as_of: date = TODAY) -> set[str]:
    pack = load_pack(CATALOG, pack_directory)
    return {f.rule for f in evaluate([fact], pack, as_of)}


def test_a_sound_directory_has_no_problems(own: Path) -> None:
    assert check_pack(own) == []


def test_a_rule_of_ones_own_is_found(own: Path) -> None:
    assert "our.nursery" in rules_found(own, column("保育料"))
    assert "our.nursery" not in rules_found(own, column("住所"))


def test_a_rule_switched_off_is_silent_and_the_findings_say_so(own: Path) -> None:
    memo = column("備考", type="free_text")
    found = {f.rule: f for f in evaluate([memo], load_pack(CATALOG, own), TODAY)}
    assert "column.free_text" not in found
    note = found["pack.switched_off"]
    assert note.severity is Severity.INFO
    assert "2027-03-31" in note.message.ja
    assert "別の手順" in note.message.ja


def test_a_switch_past_its_last_day_no_longer_counts(own: Path) -> None:
    memo = column("備考", type="free_text")
    assert "pack.switched_off" in rules_found(own, memo, date(2027, 3, 31))
    after = rules_found(own, memo, date(2027, 4, 1))
    assert "column.free_text" in after
    assert "pack.switched_off" not in after


def test_what_is_switched_off_is_counted(own: Path) -> None:
    pack = load_pack(CATALOG, own)
    assert len(pack.off(TODAY)) == 1
    assert len(pack.on(TODAY)) == len(catalog().rules) + 2 - 1


def test_an_ordinance_item_is_found_by_its_words(own: Path) -> None:
    pack = load_pack(CATALOG, own)
    (finding,) = [
        f for f in evaluate([column("成年後見人")], pack, TODAY) if f.rule.startswith("ordinance.")
    ]
    assert "例示市個人情報保護条例第4条" in finding.message.ja
    assert finding.cards == ("A-04",)


def test_an_item_that_names_its_ordinance_is_told_once(own: Path) -> None:
    named = column("成年後見人", categories=["ordinance_special_care"])
    other = column("門中", categories=["ordinance_special_care"])
    assert rules_found(own, named) & {"ordinance.item_1", "column.ordinance_special_care"} == {
        "ordinance.item_1"
    }
    assert "column.ordinance_special_care" in rules_found(own, other)


def test_the_rules_in_force_are_read_again_when_a_file_changed(own: Path, tmp_path: Path) -> None:
    assert in_force(tmp_path / "none") is catalog()
    assert in_force(own) is in_force(own)
    before = in_force(own).revision
    (own / "more.yaml").write_text(
        "ordinance:\n  - {item: 門中, words: [門中], ordinance: 例示条例}\n", encoding="utf-8"
    )
    assert [item.item for item in in_force(own).ordinance] == ["門中", "成年後見"]
    assert in_force(own).revision != before


def test_the_revision_changes_with_the_files(own: Path) -> None:
    before = load_pack(CATALOG, own).revision
    (own / "own.yaml").write_text(OWN.replace("担当へ照会", "担当に照会"), encoding="utf-8")
    assert load_pack(CATALOG, own).revision != before
    assert load_pack(CATALOG).revision == catalog().revision


RULE = OWN.split("off:")[0]
MISTAKES = {
    "not yaml": ("rules: [", "pack-yaml"),
    "a key twice": ("rules: []\nrules: []", "pack-yaml"),
    "an unknown section": ("rule: []", "pack-sections"),
    "a comma out of quotes": (RULE.replace("Nursery column", "Nursery, column"), "pack-entry"),
    "no list": ("rules: {id: x}", "pack-section"),
    "a misspelt field": (RULE.replace("severity", "severty"), "pack-entry"),
    "an unknown severity": (RULE.replace("medium", "grave"), "pack-entry"),
    "no examples": (RULE.split("    examples:")[0], "pack-entry"),
    "no ground": (RULE.replace("    source:", "    #"), "pack-entry"),
    "an unknown kind of fact": (RULE.replace("fact: column", "fact: colum"), "rule-condition"),
    "an unknown field": (RULE.replace("where: {key", "where: {name"), "rule-condition"),
    "an unknown operator": (RULE.replace("{matches: 保育}", "{like: 保育}"), "rule-condition"),
    "a bad pattern": (RULE.replace("matches: 保育", "matches: '('"), "rule-condition"),
    "a wrong type": (RULE.replace("{matches: 保育}", "3"), "rule-condition"),
    "a slot without a fact": (RULE.replace("{c.key}", "{d.key}"), "rule-condition"),
    "a rule of the catalog again": (RULE.replace("our.nursery", "column.free_text"), "rule-twice"),
    "an example that fails": (RULE.replace("key: 保育料", "key: 学費"), "rule-example"),
    "a near miss that matches": (RULE.replace("key: 住所", "key: 保育所"), "rule-example"),
    "an example of no fact": (
        RULE.replace("[column: {key: 保育料", "[colum: {key: 保育料"),
        "rule-example",
    ),
    "a switch without a reason": (
        "off: [{rule: our.x, expires: 2027-03-31}]",
        "pack-entry",
    ),
    "a switch without an end": ("off: [{rule: column.free_text, reason: x}]", "pack-entry"),
    "a switch of no rule": (
        "off: [{rule: our.x, reason: x, expires: 2027-03-31}]",
        "off-unknown",
    ),
    "a question nobody asks": (
        RULE.replace(
            "{fact: column, as: c, where: {key: {matches: 保育}}}",
            "{fact: case_answer, as: c, where: {topic: nobody, answer: 'yes'}}",
        ).replace("{c.key}", "x"),
        "rule-topic",
    ),
    "not utf-8": ("rules: []  # \udcff", "pack-yaml"),
}


@pytest.mark.parametrize(("content", "code"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_explained_in_both_languages(tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "own.yaml").write_bytes(content.encode("utf-8", "surrogateescape"))
    problems = check_pack(tmp_path)
    assert code in {p.code for p in problems}
    for problem in problems:
        assert problem.source == "own.yaml"
        assert not problem.message.ja.isascii()
        assert problem.message.en


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    for name in ("not yaml", "an unknown field", "a switch of no rule"):
        (tmp_path / f"{name}.yaml").write_text(MISTAKES[name][0], encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_pack(CATALOG, tmp_path)
    assert {p.code for p in raised.value.problems} >= {"pack-yaml", "rule-condition", "off-unknown"}


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = check_pack(tmp_path / "none")
    assert problem.code == "pack-directory"


def test_yaml_cannot_make_objects(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "rules: !!python/object/apply:os.getcwd []", encoding="utf-8"
    )
    assert [p.code for p in check_pack(tmp_path)] == ["pack-yaml"]
