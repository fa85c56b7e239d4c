"""What is said of how a text was read: what was guessed or mended, and what to do about it."""

from core import Message

_SHOWN = {
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "utf-8": "UTF-8",
    "latin-1": "ISO-8859-1",
    "cp1252": "Windows-1252",
}


def _named(encoding: str) -> str:
    return _SHOWN.get(encoding, encoding)


def unsure_encoding(encoding: str) -> Message:
    """Bytes fit an encoding, yet do not read as Japanese."""
    shown = _named(encoding)
    return Message(
        ja=f"文字コードを {shown} と推定しましたが、日本語としては読みにくい文字が多くあります。"
        "文字化けしている場合は、文字コードを選び直すか、「CSV UTF-8」で保存し直してください。",
        en=f"The encoding was taken to be {shown}, but much of the text does not read as Japanese. "
        'If it looks garbled, choose another encoding or save the file as "CSV UTF-8".',
    )


def mixed_encodings(line: int) -> Message:
    """Lines of UTF-8 and of CP932 in one file."""
    return Message(
        ja=f"UTF-8 の行と Shift_JIS の行が混在しています（{line:,} 行目から Shift_JIS）。"
        "行ごとに読み分けました。二つのファイルをつないだものなら、つなぎ目を確かめてください。",
        en=f"Lines in UTF-8 and in Shift_JIS are mixed (Shift_JIS from line {line:,}). "
        "Each was read by its own encoding. If two files were joined, check where they meet.",
    )


def nul_removed(count: int) -> Message:
    """NUL bytes taken out of a text."""
    return Message(
        ja=f"文字ではない制御コード（NUL）が {count:,} 個あり、取り除いて読みました。"
        "値の欠けがないか、元のシステムの出力を確かめてください。",
        en=f"{count:,} control codes (NUL) that are no characters were taken out. "
        "Check the export of the source system for missing values.",
    )


def marks_removed(count: int) -> Message:
    """Byte order marks in the middle of a text."""
    return Message(
        ja=f"ファイルの途中に BOM（先頭に付く目印）が {count:,} 個あり、取り除いて読みました。"
        "複数のファイルをつないだものとみられます。項目名の行が途中に混じっていないか"
        "確かめてください。",
        en=f"{count:,} byte order marks stood inside the file and were taken out. Several files "
        "seem to have been joined: check for further header rows among the data.",
    )


def garbling_undone(wrong: str, right: str) -> Message:
    """Text that had been decoded wrongly and saved, put right."""
    return Message(
        ja=f"{_named(right)} の文字を {_named(wrong)} として開いて保存したために"
        "文字化けしたファイルとみて、元の文字に戻して読みました。"
        "正しく読めているか確かめ、できれば元のデータから出し直してください。",
        en=f"The file looks garbled: {_named(right)} text opened as {_named(wrong)} and "
        "saved. It was read as it had been written. Check it, and export it again if you can.",
    )


def characters_lost(count: int) -> Message:
    """Characters that could not be decoded."""
    return Message(
        ja=f"文字化けした文字が {count:,} 個あり、「\ufffd」に置き換えて読みました。"
        "文字コードを確かめてください。",
        en=f"{count:,} characters could not be decoded and were read as \ufffd. "
        "Check the encoding.",
    )


def records_held(key: str) -> Message:
    """A list inside a JSON document that was taken for the table."""
    shown = key if len(key) <= 40 else f"{key[:39]}…"
    return Message(
        ja=f"JSON の中の一覧「{shown}」を表として読みました。ほかの部分は読んでいません。",
        en=f'The list "{shown}" inside the JSON was read as the table; the rest was not.',
    )


def one_column() -> Message:
    """Delimited text in which nothing was found to cut."""
    return Message(
        ja="1 列だけの表として読みました。列に分かれるはずなら、区切り文字と引用符を"
        "選び直してください。",
        en="Read as a table of one column. If there should be more, choose the delimiter and "
        "the quote again.",
    )


def no_rows() -> Message:
    """A header without data."""
    return Message(
        ja="項目名の行だけで、データの行がありません。",
        en="There is a row of column names and no data below it.",
    )


def unwrapped(columns: int) -> Message:
    """Values written as formulas (="001") to keep their zeros."""
    return Message(
        ja=f'="001" の形で書かれた値が {columns} 列にあり、引用符の中だけを値として読みました。',
        en=f'Values in {columns} columns are written as ="001"; what is inside the quotes was '
        "read.",
    )


def items_elsewhere(count: int) -> Message:
    """Registers whose record items stand on another sheet."""
    return Message(
        ja=f"記録項目を「別紙」などに譲っている個人情報ファイル簿が {count:,} 件あり、"
        "読んでいません。別紙の項目を記録項目の欄に書いてから読み直してください。",
        en=f"{count:,} registers refer to a separate sheet for their items and were not read. "
        "Write those items into the form and read it again.",
    )
