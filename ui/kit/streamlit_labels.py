"""What the framework itself says, in English and in Japanese."""

import json

from core import Language

_WORDS: tuple[tuple[str, str], ...] = (
    ("App pages", "画面の一覧"),
    ("Sidebar", "画面の一覧の枠"),
    ("Expand sidebar", "画面の一覧を開く"),
    ("Collapse sidebar", "画面の一覧を閉じる"),
    ("Link to heading", "この見出しへのリンク"),
    ("file upload", "ファイルの添付"),
    ("Upload files", "ファイルを選んで添付する"),
    ("Upload a file", "ファイルを一つ選んで添付する"),
    ("Send message", "送信する"),
    ("Open", "選択肢を開く"),
    ("Close", "閉じる"),
    ("Clear value", "選択を取り消す"),
    ("Choose an option", "選んでください"),
    ("Choose options", "選んでください（いくつでも）"),
    ("Increment", "増やす"),
    ("Decrement", "減らす"),
    ("Pagination", "ページの一覧"),
    ("Previous page", "前のページ"),
    ("Next page", "次のページ"),
    ("Page ", "ページ "),
    ("Delete file", "添付を外す"),
    ("Remove file", "添付を外す"),
)
"""Names of buttons and fields; one that ends with a space is only the beginning."""


def words(to: Language) -> str:
    """What to replace by what, as JSON: a name that is shown is in one language or the other.

    >>> json.loads(words("en"))[0]
    ['画面の一覧', 'App pages']
    """
    pairs = _WORDS if to == "ja" else tuple((ja, en) for en, ja in _WORDS)
    return json.dumps(pairs, ensure_ascii=False)
