"""How data is handled, which versions apply, and what the desk cannot do."""

from importlib.metadata import version

import streamlit as st

from core import Status
from ui.html import items, table, tag, text
from ui.language import _


def draw() -> None:
    """The page, from what matters most to readers downwards."""
    st.header(_("データの扱い"), anchor=False)
    st.html(items(map(text, handling())))
    st.header(_("できること、できないこと"), anchor=False)
    st.html(items(map(text, limits())))
    st.header(_("言葉"), anchor=False)
    st.html(_words())
    st.header(_("版"), anchor=False)
    _versions()


def handling() -> list[str]:
    """What becomes of an upload."""
    return [
        _("添付したファイルは、この画面のためのメモリの中だけで扱い、ディスクに書きません。"),
        _("画面を閉じると、15秒ほどで消えます。画面を再読み込みしたときも、初めからになります。"),
        _("外部への通信はしません。画面の表示に使う部品も、すべてこのサーバーから配ります。"),
        _("ほかの利用者の画面から、あなたのファイルや相談の内容は見えません。"),
        _(
            "管理者が外部の言語モデルを設定したときだけ、項目単位の情報が送られることがあります。"
            "その場合も、欄の値は送りません。"
        ),
        _("書類と一覧では、値を伏せた形（文字×3、9999-99 など）で示します。"),
    ]


def limits() -> list[str]:
    """What the desk does not do."""
    return [
        _("ここで示すものは、すべて案です。決めるのは審議会と担当課です。"),
        _("安全かどうかを保証しません。ほかに公開されている情報まですべて知ることはできません。"),
        _("組合せの人数（k）などの目安は設定であり、法律に定めはありません。"),
        _("読み込ませていない条例や要綱の内容は答えられません。担当の部署にお尋ねください。"),
        _(
            "法令の要点は条文と照合していますが、個別の事案への当てはめは法務の担当にご確認ください。"
        ),
    ]


def _words() -> str:
    words = [
        (_("直接識別子"), _("氏名や番号のように、それだけで本人が分かる項目。")),
        (_("準識別子"), _("年齢や住所のように、組み合わせると本人が分かりうる項目。")),
        (_("要配慮個人情報"), _("病歴や犯罪の経歴など、法律が特に慎重な扱いを求める情報。")),
        (_("特異なデータ"), _("珍しい値や、ほかにいない組合せ。本人に結びつきやすい。")),
        (
            _("k（最も小さい集まり）"),
            _("同じ組合せの人が最も少ない集まりの人数。1 なら、ただ一人の人がいる。"),
        ),
        (_("一般化"), _("年齢を年代にするなど、値を粗くすること。")),
        (_("秘匿"), _("値を伏せること。")),
    ]
    return tag(
        "dl",
        "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in words),
        "mk-pairs mk-words",
    )


def _versions() -> None:
    from desk import own_rules
    from knowledge import cards
    from rules import in_force

    pack = in_force(own_rules())
    rows = [
        (_("ソフトウェア"), version("mekiki")),
        (
            _("規則"),
            _("{n} 件（版 {revision}）").format(n=len(pack.rules), revision=pack.revision[:12]),
        ),
        (_("根拠カード"), _("{n} 件").format(n=len(cards()))),
    ]
    st.html(
        tag("dl", "".join(tag("dt", text(k)) + tag("dd", text(v)) for k, v in rows), "mk-pairs")
    )
    st.html(
        table(_("照合した法令と指針の版"), [_("法令・指針"), _("版"), _("施行日")], texts_checked())
    )


def texts_checked() -> list[tuple[str, str, str]]:
    """Each law or guideline that was checked: its name, revision and effective date."""
    from knowledge import cards, citations

    found = {
        (cited.law, cited.revision, cited.effective_from or "—")
        for card in cards()
        if card.status is not Status.UNVERIFIED
        for cited in citations(card.id)
        if cited.revision
    }
    return sorted(found)
