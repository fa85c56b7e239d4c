"""What the choices of the forms are called."""

from core import Message


def _m(ja: str, en: str) -> Message:
    return Message(ja=ja, en=en)


YES_NO: dict[bool, Message] = {True: _m("はい", "Yes"), False: _m("いいえ", "No")}
BODIES: dict[str, Message] = {
    "city": _m("市", "City"),
    "ward": _m("特別区", "Special ward"),
    "town": _m("町村", "Town or village"),
    "prefecture": _m("都道府県", "Prefecture"),
    "hospital": _m("病院", "Hospital"),
    "university": _m("大学", "University"),
    "assembly": _m("議会", "Assembly"),
}
CONSENTS: dict[str, Message] = {
    "opt_in": _m("事前に同意を得る", "Consent in advance (opt-in)"),
    "opt_out": _m("申出があれば除く（オプトアウト）", "Left out on request (opt-out)"),
    "none": _m("同意は得ない", "No consent"),
}
ANSWERS: dict[str, Message] = {
    "yes": _m("はい", "Yes"),
    "no": _m("いいえ", "No"),
    "undecided": _m("未定", "Undecided"),
    "none": _m("どれでもない", "None of these"),
    "nobody": _m("どこにも渡さない", "Nobody"),
    "counting": _m("人数を数える", "Counting people"),
    "identifying": _m("人を見分ける", "Telling who people are"),
    "security": _m("防犯", "Security"),
    "one_or_two": _m("1～2人", "1–2"),
    "three_or_four": _m("3～4人", "3–4"),
    "five_to_nine": _m("5～9人", "5–9"),
    "ten_or_more": _m("10人以上", "10 or more"),
    "outsourcing": _m("委託", "Outsourcing"),
    "service": _m("サービスの利用契約", "A service contract"),
    "out_of_purpose": _m("目的外の提供", "Provision beyond the purpose"),
    "in_purpose": _m("目的内の提供", "Provision within the purpose"),
    "item_1": _m("1号", "Item 1"),
    "item_2": _m("2号", "Item 2"),
    "item_3": _m("3号", "Item 3"),
    "item_4": _m("4号", "Item 4"),
    "automatic": _m("自動で消す", "Automatically"),
    "manual": _m("手作業で消す", "By hand"),
    "whole_organ": _m("機関の全体", "The whole body"),
    "this_duty_only": _m("この事務だけ", "This duty only"),
    "central": _m("一か所に集める", "In one place"),
    "distributed": _m("分けて持つ", "Distributed"),
    "stated": _m("書かれている", "Stated"),
    "unstated": _m("書かれていない", "Not stated"),
    "same_organ": _m("同じ機関の中", "Within the same body"),
    "other_organ": _m("市区町村の中の別の機関", "Another body of the municipality"),
    "other_public_body": _m("ほかの公的機関", "Another public body"),
    "assembly": _m("議会", "The assembly"),
    "private": _m("民間の事業者", "A private business"),
    "person": _m("本人", "The person"),
    "experts": _m("専門家だけ", "Experts only"),
    "mixed": _m("専門家と住民など", "Experts and residents"),
    "residents_only": _m("住民だけ", "Residents only"),
    "open_data": _m("オープンデータとして公表", "Published as open data"),
    "proposer": _m("提案した事業者", "The business that proposed"),
    "recipient_of_purpose": _m("利用目的にある相手", "A recipient named in the purpose"),
    "inside": _m("庁内だけ", "Inside only"),
    "occasional": _m("臨時", "Occasional"),
    "standing": _m("定期・常時", "Standing"),
    "office": _m("庁内から", "From the office"),
    "anywhere": _m("どこからでも", "From anywhere"),
    "banned": _m("禁じている", "Forbidden"),
    "silent": _m("書いていない", "Silent"),
    "allowed": _m("認めている", "Allowed"),
    "link_cut": _m("対応を断っている", "The link is cut"),
    "rules_62": _m("規則62条の加工", "Processed under rule 62"),
    "statistics": _m("統計情報", "Statistics"),
    "pseudonymised": _m("仮名加工情報", "Pseudonymised information"),
    "anonymised_public": _m("行政機関等匿名加工情報", "Anonymised information of public bodies"),
    "anonymised_private": _m("匿名加工情報（民間）", "Anonymised information (private)"),
    "personal": _m("個人情報のまま", "Still personal information"),
}
"""Answers to the questions of the rule pack; a pack of one's own may bring others."""
