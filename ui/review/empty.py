"""Before the first upload: what the desk does, and how to begin."""

import streamlit as st

from ui.html import items, paragraph, tag, text
from ui.language import _


def draw() -> None:
    """Teach the three ways to begin."""
    st.header(_("何を審査しますか"), anchor=False)
    paragraph(
        _(
            "提案されたデータの定義書（スキーマ）や実データを渡すと、慎重な扱いを要する項目と"
            "特異なデータを、理由と根拠の条文を添えて示します。加工の案と書類の案も作ります。"
        )
    )
    st.subheader(_("はじめ方"), anchor=False)
    st.html(
        tag(
            "ol",
            "".join(
                tag("li", tag("b", text(head)) + tag("p", text(body), "mk-text"))
                for head, body in _steps()
            ),
            "mk-list",
        )
    )
    st.page_link("ui/pages/cases.py", label=_("まず練習用の事例を開いてみる"))
    st.subheader(_("渡せるファイル"), anchor=False)
    st.html(
        items(
            text(line)
            for line in (
                _("実データ：CSV、TSV、Excel（xlsx、xls）、ODS"),
                _("定義書：OpenAPI、JSON Schema、項目一覧（Excel）、個人情報ファイル簿、SQLなど"),
                _("定義書と実データを一緒に渡すと、両者の食い違いも調べます。"),
            )
        )
    )
    paragraph(
        _(
            "渡したファイルはこの画面のメモリの中だけで扱います。保存も外部への送信もしません。"
            "画面を閉じると、まもなく消えます。"
        ),
        "mk-small",
    )


def _steps() -> list[tuple[str, str]]:
    return [
        (
            _("ファイルを添付する"),
            _("相談の欄の左にある「＋」を押し、定義書か実データ、または両方を選んで送信します。"),
        ),
        (
            _("要点を読む"),
            _("気をつける項目と指摘が、大事なものから順に並びます。根拠の札を押すと条文が出ます。"),
        ),
        (
            _("相談し、加工の案を選ぶ"),
            _(
                "「一人しかいない人は？」「20歳ごとにしたら？」のように、ふだんの言葉で尋ねられます。"
            ),
        ),
    ]
