"""Which commands are called on which input: one function for each golden file."""

from collections.abc import Callable

from desk import PAPERS
from tests.golden.compare import hashed
from tests.golden.room import Result, Room

Results = dict[str, Result]
Door = Callable[[Room], Results]


def review(room: Room) -> Results:
    gate = room.call("review", room.data, "--no-plan", "--cells", 5, "--fail-on", "high")
    return {"review": room.say("review", *room.whole), **hashed({"gate": gate})}


def risk(room: Room) -> Results:
    found = room.review()
    quasi = ",".join(found["risk"]["quasi"])
    held = [c["name"] for c in found["columns"] if c["role"] == "sensitive"][:2]
    about = ("--sensitive", ",".join(held)) if held else ()
    call = ("risk", room.data, "--quasi", quasi)
    return {
        "risk": room.say(*call, *about, alike=True),
        "in a population": room.call(*call, "--sampling-fraction", 0.1, "--threshold", 3),
    }


def plan(room: Room) -> Results:
    modes = ("full-domain", "mondrian")
    call = ("plan", room.data, "--k")
    return {
        "k": room.say(*call, 5, "--out", "plan.yaml", files=("plan.yaml",), alike=True),
        "k, l, t": room.call(*call, 3, "--l", 2, "--t", 0.5, "--max-suppression", 0.2),
        **hashed({mode: room.call(*call, 5, "--mode", mode) for mode in modes}),
    }


def anonymize(room: Room) -> Results:
    assert room.call("plan", room.data, "--k", 5, "--out", "proposed.yaml")["exit"] == 0
    out, paper = "out.csv", "certificate.json"
    call = ("anonymize", room.data, "--out", out, "--certificate", paper, "--plan")
    return {"proposed": room.say(*call, "proposed.yaml", files=(out, paper), alike=True)}


OF_PLATFORM = """
version: 1
steps:
- {column: 宛名番号, operation: pseudonymize, parameter: 大学}
- {column: 世帯番号, operation: pseudonymize, parameter: 病院}
- {column: 氏名, operation: drop}
- {column: 生年月日, operation: band, parameter: 10, type: birth_date}
- {column: 性別, operation: keep, type: sex}
- {column: 町丁目, operation: truncate, parameter: town, type: address}
- {column: 世帯人数, operation: top_code, parameter: 5, bottom: 1}
- {column: 合計所得金額, operation: round, parameter: 1000000}
- {column: 生活保護, operation: suppress_cells, parameter: 5}
- {column: 要介護度, operation: generalize, parameter: other}
- {column: 備考, operation: drop}
quasi: [生年月日, 性別, 町丁目]
sensitive: [生活保護]
k: 3
max_suppression: 0.3
"""
OTHERWISE = {
    "band, parameter: 10": "band, parameter: era",
    "round, parameter: 1000000": "microaggregate, parameter: 5",
    "top_code, parameter: 5, bottom: 1": "noise, parameter: 1.0",
    "max_suppression: 0.3": "max_suppression: 0.0",
}


def platform_by_hand(room: Room) -> Results:
    """Plans written by hand, with every operation; secrets of two recipients, and none."""
    other = OF_PLATFORM
    for was, becomes in OTHERWISE.items():
        assert was in other
        other = other.replace(was, becomes)
    room.write("plan.yaml", OF_PLATFORM)
    room.write("other.yaml", other)
    room.write("keys/university", "9Qd2vX7mLr4TzA8w")
    room.write("keys/hospital", "Jc5yB1nHf6KuE3sG")
    keys = ("--key-file", "大学=keys/university", "--key-file", "病院=keys/hospital")
    files = ("out.csv", "certificate.json")
    call = ("anonymize", room.data, "--out", files[0], "--certificate", files[1], "--plan")
    return {
        "by hand": room.say(*call, "plan.yaml", *keys, files=files, alike=True),
        "unmet": room.call(*call, "other.yaml", *keys, files=files),
        "unmet, allowed": room.call(*call, "other.yaml", "--allow-unmet", files=files),
    }


def protect_records(*dimensions: str, more: dict[str, tuple[object, ...]]) -> Door:
    def door(room: Room) -> Results:
        counted = [word for names in dimensions for word in ("--dimensions", names)]
        call = ("protect", room.data)
        one = (*call, *counted[:2], "--threshold", 5, "--out", "out.csv")
        return {
            "counts": room.say(*one, files=("out.csv", "out.certificate.json")),
            "several": room.call(*call, *counted, "--threshold", 3),
            **{name: room.call(*call, *words) for name, words in more.items()},
        }

    return door


def protect_table(room: Room) -> Results:
    files = ("out.csv", "out.certificate.json")
    call = ("protect", room.data)
    five = (*call, "--threshold", 5)
    decided = ("--override-by", "課長", "--override-reason", "公表済み")
    return {
        "threshold": room.say(*five, "--out", "out.csv", files=files),
        "zeros": room.call(*five, "--zeros", "suppress"),
        "cells": room.call(*five, "--cost", "cells"),
        "rule": room.call(*call, "--rule", "contributors:3"),
        **{p: room.call(*five, "--preset", p) for p in ("survey", "merge_areas", "collapse")},
        "rounded": room.say(
            *(*call, "--method", "round", "--base", 5, "--out", "out.csv"), files=files
        ),
        "noise": room.call(
            *(*call, "--method", "noise", "--epsilon", 1, "--out", "out.json"),
            files=("out.json", "out.certificate.json"),
        ),
        "decided": room.call(*five, "--out", "out.csv", *decided, files=files),
    }


QUESTIONS = {
    "ja": (
        "生活保護を受けていることは要配慮個人情報ですか",
        "前科の有無を記録する項目があるのですが法律上どういう情報ですか",
        "USBメモリをなくして80人分の名簿が出た可能性があります。届け出は必要ですか",
        "アメリカのクラウドに置く場合は本人の同意がいりますか",
        "小地域の統計で、隠したマスと0のマスはどう書き分けるのですか",
        "今日の傘は要りますか",
    ),
    "en": (
        "Is receiving public assistance special-care information?",
        "May a rare disease be published with the age and the town?",
        "Will it rain tomorrow?",
    ),
}


def ask(room: Room) -> Results:
    return {q: room.say("ask", q) for questions in QUESTIONS.values() for q in questions}


TALK = {
    "ja": (
        "列の一覧",
        "変わったセルを見せて",
        "2番目はなぜ？",
        "一人しかいない人を見せて",
        "今のリスクは？",
        "定義書とデータの違いは？",
        "k=3で安全にして",
        "2番目の案にして",
        "備考を落として、結果を見せて",
        "さっきのを戻して",
        "対象者は1,200人です",
        "審議会に諮る必要はありますか",
        "要配慮個人情報とは何ですか",
        "答申案をWordで",
        "それを消して",
    ),
    "en": (
        "list the columns",
        "show the people who are alone",
        "why the second one?",
        "what is the risk now?",
        "make it safe with k = 5",
        "take the first one",
        "show the result",
        "undo that",
        "does the council have to be consulted?",
        "make the draft report as html",
    ),
}


def chat(room: Room) -> Results:
    """The same words in each language, with the state kept; the English mostly as fingerprints."""
    found: Results = {}
    room.review()
    for lang, words in TALK.items():
        call = ("chat", *room.whole, "--lang", lang)
        said = room.call(*call, "--session", "state.json", *words, files=("state.json",))
        found |= (dict if lang == "ja" or room.pages else hashed)({lang: said})
        call = ("chat", "--review", "review.json", "--lang", lang)
        found |= hashed({f"{lang}, of a review": room.call(*call, *words[:3])})
    return found


def chat_alone(room: Room) -> Results:
    return {
        "ja": room.say("chat", "個人情報とは何ですか", "k=5で安全にして", "委託先は入札で選びます"),
        "en": room.say("chat", "What is personal information?", "what is the risk now?"),
    }


def report(room: Room) -> Results:
    """Every paper; the English of large ones is kept as fingerprints."""
    room.review()
    found: Results = {}
    for paper in PAPERS:
        for form in ("json", "html"):
            for lang in ("ja", "en"):
                out = f"out.{form}"
                words = ("report", "review.json", "--paper", paper, "--format", form)
                done = room.call(*words, "--out", out, "--lang", lang, files=(out,))
                brief = lang == "en" and (form == "html" or not room.pages)
                found |= (hashed if brief else dict)({f"{paper}, {form}, {lang}": done})
    return found


OWN = "ordinance:\n  - {item: 成年後見, words: [後見], ordinance: 例示市条例第4条}\n"
WRONG = """
rules:
  - id: our.rule
    title: {ja: 名称, en: Title}
    severity: grave
    when:
      - fact: colum
        where: {key: {match: 保育料}}
off:
  - {rule: no.such_rule, reason: 試し, expires: 2027-03-31}
ordinance: [{item: 成年後見}]
"""


def rules(room: Room) -> Results:
    room.write("wrong/rules.yaml", WRONG)
    found = {
        "list": room.say("rules", "list"),
        "check": room.say("rules", "check"),
        "check of a wrong one": room.say("rules", "check", "wrong"),
    }
    room.write("home/rules/own.yaml", OWN)
    found["check of our own"] = room.say("rules", "check")
    listed = room.call("rules", "list")
    listed["json"]["rules"] = [r for r in listed["json"]["rules"] if "ordinance" in r["id"]]
    return found | {"list with our own": listed}


GUIDE = "# 庁内の手引き\n\n審査は毎月第二火曜日に行う。\n\n## 保存\n\n名簿は三年で廃棄する。\n"
NOTICE = "窓口の案内\n\n統計の公表は企画課が担当する。五人未満の数は伏せる。\n"


def knowledge(room: Room) -> Results:
    room.write("guide.md", GUIDE)
    room.write("notice.txt", NOTICE)
    room.write("broken.pdf", b"%PDF-1.4 broken")
    found = {
        "empty": room.say("knowledge", "list"),
        "add": room.call("knowledge", "add", "guide.md", "--revision", "令和8年"),
        "add another": room.call("knowledge", "add", "notice.txt"),
        "add a broken one": room.call("knowledge", "add", "broken.pdf"),
        "list": room.say("knowledge", "list"),
        "search": room.say("knowledge", "search", "審査は毎月いつ"),
        "search for law": room.call("knowledge", "search", "要配慮個人情報"),
        "ask": room.say("ask", "審査は毎月いつ行いますか"),
    }
    first = found["add"]["json"]["documents"][0]["id"]
    found["remove"] = room.call("knowledge", "remove", first)
    found["left"] = room.call("knowledge", "list")
    return found


def refused(room: Room) -> Results:
    """What is said where a command cannot be carried out."""
    room.write("empty.csv", b"")
    room.write("prose.txt", "これは説明の文です。")
    room.write("wrong.yaml", "titel: x\nheadcount: many\n")
    room.write("plan.yaml", "version: 1\nsteps: [{column: 無い列, operation: keep}]\nk: 5\n")
    calls: dict[str, tuple[object, ...]] = {
        "no files": ("review",),
        "several problems": ("review", "empty.csv", "missing.csv", "--schema", "prose.txt"),
        "a wrong case": ("review", room.data, "--case", "wrong.yaml"),
        "an encoding": ("review", room.data, "--encoding", "utf-16"),
        "header rows": ("review", room.data, "--header-rows", 11),
        "an unknown column": ("risk", room.data, "--quasi", "無い列"),
        "a goal": ("plan", room.data, "--k", 1),
        "an alternative": ("plan", room.data, "--k", 2, "--choose", 9),
        "a place": ("plan", room.data, "--k", 2, "--out", "nowhere/plan.yaml"),
        "over an input": ("anonymize", room.data, "--plan", "plan.yaml", "--out", room.data),
        "a plan for others": ("anonymize", room.data, "--plan", "plan.yaml", "--out", "out.csv"),
        "a table": ("protect", room.data, "--threshold", 5, "--dimensions", "無い列"),
        "a method": ("protect", room.data, "--threshold", 5, "--method", "round"),
        "no message": ("chat", room.data),
        "a slip": ("chat", "dta.csv", "審査して"),
        "no review": ("report", "wrong.yaml", "--format", "json", "--out", "out.json"),
        "no document": ("knowledge", "remove", "nothing"),
        "usage": ("review", "--cells", "x"),
    }
    return {name: room.say(*words) for name, words in calls.items()}


ANY: dict[str, Door] = {"review": review, "chat": chat, "report": report}
PEOPLE: dict[str, Door] = {"risk": risk, "plan": plan, "anonymize": anonymize}
OF_INPUT: dict[str, dict[str, Door]] = {
    "ward_platform": {
        **ANY,
        **PEOPLE,
        "anonymize by hand": platform_by_hand,
        "protect": protect_records(
            *("町丁目,性別", "町丁目,要介護度"),
            more={
                "amounts": (
                    *("--dimensions", "町丁目", "--identifier", "世帯番号"),
                    *("--value", "合計所得金額", "--rule", "dominance:1,60", "--rule", "p:10"),
                ),
                "mobile": (
                    *("--preset", "mobile_statistics", "--threshold", 5),
                    *("--dimensions", "町丁目", "--identifier", "宛名番号"),
                ),
            },
        ),
    },
    "patients_open_data": {
        **ANY,
        **PEOPLE,
        "protect": protect_records("年代,性別", "居住地,性別", more={}),
    },
    "small_area_table": {**ANY, "risk": risk, "protect": protect_table},
    "published_pair": {**ANY, **PEOPLE},
    "no_data": {
        "ask": ask,
        "chat": chat_alone,
        "rules": rules,
        "knowledge": knowledge,
    },
    "refused": {"commands": refused},
}
