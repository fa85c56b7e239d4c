"""The problems a file can have, each said once: what happened, and what to do."""

from core import InputError, Message, Problem


def problem(name: str, code: str, ja: str, en: str) -> InputError:
    """An error about one file."""
    return InputError(Problem(code=code, message=Message(ja=ja, en=en), source=name))


def empty(name: str) -> InputError:
    """Nothing in the file."""
    return problem(
        name,
        "empty_file",
        "ファイルに中身がありません。保存し直したファイルか、別のファイルを選んでください。",
        "The file is empty. Save it again or choose another file.",
    )


def no_table(name: str) -> InputError:
    """A readable file without a table in it."""
    return problem(
        name,
        "no_table",
        "表が見つかりません。項目名の行と、その下にデータの行がある表を用意してください。",
        "No table was found. Provide a table with a row of column names and rows of data below it.",
    )


def binary(name: str) -> InputError:
    """Bytes that are neither text nor a format we read."""
    return problem(
        name,
        "not_text",
        "文字のファイルとして読めません。"
        "CSV、Excel（XLSX）、Parquet、JSON のいずれかで保存し直してください。",
        "The file is not text. Save it as CSV, Excel (XLSX), Parquet or JSON.",
    )


def unknown_encoding(name: str) -> InputError:
    """Text in an encoding that none of ours decodes."""
    return problem(
        name,
        "unknown_encoding",
        "文字コードが分かりません。"
        "「CSV UTF-8」の形式で保存し直すか、文字コードを指定してください。",
        'The character encoding is not known. Save it as "CSV UTF-8", or name the encoding.',
    )


def foreign_encoding(name: str) -> InputError:
    """Text that reads as Chinese or Korean, not as Japanese."""
    return problem(
        name,
        "foreign_encoding",
        "日本語の文字コードではなく、中国語か韓国語の文字コード（GB18030、Big5、EUC-KR など）と"
        "みられます。作成したソフトで「CSV UTF-8」の形式で保存し直してください。"
        "日本語のファイルなら、文字コードを選んで読み直してください。",
        "The text is not in a Japanese encoding but seems to be in a Chinese or Korean one "
        '(GB18030, Big5, EUC-KR). Save it as "CSV UTF-8" in the program it came from. '
        "If it is Japanese, choose its encoding and read it again.",
    )


def garbled(name: str) -> InputError:
    """Text decoded wrongly and saved, with characters lost for good."""
    return problem(
        name,
        "garbled",
        "文字化けしたまま保存されたファイルです（縺、繧、ã などが並ぶ状態）。失われた文字は"
        "戻せません。元のデータから「CSV UTF-8」の形式で出し直してください。",
        "The file was saved while it was garbled (full of 縺, 繧 or ã), and characters were lost. "
        'Export it again from the original data as "CSV UTF-8".',
    )


def wrong_encoding(name: str, encoding: str) -> InputError:
    """The encoding the user named does not fit."""
    return problem(
        name,
        "wrong_encoding",
        f"指定された文字コード（{encoding}）では読めません。別の文字コードを選んでください。",
        f"The file cannot be read as {encoding}. Choose another encoding.",
    )


def too_large(name: str, limit: int) -> InputError:
    """More bytes than the limit."""
    size = f"{limit >> 20} MB" if limit >= 1 << 20 else f"{limit / 1000:,.0f} KB"
    return problem(
        name,
        "too_large",
        f"ファイルが大きすぎます（上限 {size}）。必要な列や期間に絞るか、分割してください。",
        f"The file is too large (limit {size}). "
        "Keep only the columns or the period needed, or split it.",
    )


def too_many(name: str, what: str, limit: int) -> InputError:
    """More columns, rows or cells than the limit."""
    ja = {"columns": "列", "rows": "行", "cells": "セル"}[what]
    return problem(
        name,
        f"too_many_{what}",
        f"{ja}が多すぎます（上限 {limit:,}）。"
        "区切り文字と見出しの位置を確かめ、必要な部分に絞ってください。",
        f"There are too many {what} (limit {limit:,}). "
        "Check the delimiter and the header, and keep only what is needed.",
    )


def fixed_width(name: str) -> InputError:
    """Lines of one length whose fields are padded and not separated."""
    return problem(
        name,
        "fixed_width",
        "固定長（桁位置で項目を区切る形式）のファイルとみられます。"
        "レイアウト表に従って項目に分け、CSV で出し直してください。",
        "This seems to be a file of fixed-length fields. Split the fields as its layout says and "
        "export it as CSV.",
    )


def damaged(name: str) -> InputError:
    """A file that says it is of a format and is not."""
    return problem(
        name,
        "damaged",
        "ファイルが壊れているか、途中で切れています。元のソフトで開き、保存し直してください。",
        "The file is damaged or cut off. Open it in the program it came from and save it again.",
    )


def not_a_schema(name: str) -> InputError:
    """A file given as a schema that describes no columns."""
    return problem(
        name,
        "not_a_schema",
        "項目の定義が見つかりません。項目名の一覧、個人情報ファイル簿、データベース定義書、"
        "OpenAPI・JSON Schema などを選んでください。"
        "実データのファイルなら、種類を「実データ」に変えて読み直してください。",
        "No column definitions were found. Choose a list of column names, a register of personal "
        "information files, a database definition, OpenAPI or JSON Schema. "
        'If the file holds data, read it again as "data".',
    )


def no_record_items(name: str) -> InputError:
    """An impact assessment in its basic form."""
    return problem(
        name,
        "no_record_items",
        "基礎項目評価書には記録項目の一覧がありません。重点項目評価書・全項目評価書の記録項目"
        "（別添）か、個人情報ファイル簿、データベース定義書を選んでください。",
        "The basic form of an impact assessment lists no record items. Choose the record items "
        "(annex) of the key-item or full form, the register, or a database definition.",
    )


def items_elsewhere(name: str) -> InputError:
    """A register that refers to another sheet for its items."""
    return problem(
        name,
        "items_elsewhere",
        "記録項目が「別紙」などに書かれており、このファイルにはありません。"
        "別紙の項目を記録項目の欄に書くか、別紙を項目の一覧として選んでください。",
        "The register refers to a separate sheet for its items, which is not in this file. "
        "Write the items into the form, or choose that sheet as a list of items.",
    )


def no_such_sheet(name: str) -> InputError:
    """The sheet or part the user named is not there."""
    return problem(
        name,
        "no_such_sheet",
        "指定されたシートがありません。シート名を確かめて選び直してください。",
        "There is no such sheet. Check the sheet names and choose again.",
    )


def unreadable(name: str, kind: str) -> InputError:
    """A reader gave up; `kind` names the sort of failure, never what was read."""
    return problem(
        name,
        "unreadable",
        f"ファイルを読み取れませんでした（{kind}）。CSV か Excel（XLSX）で保存し直してください。",
        f"The file could not be read ({kind}). Save it again as CSV or Excel (XLSX).",
    )


def locked(name: str) -> InputError:
    """A file that needs a password."""
    return problem(
        name,
        "encrypted",
        "パスワードがかかっています。元のソフトで開いてパスワードを外し、保存し直してください。",
        "The file is protected by a password. Open it, remove the password and save it again.",
    )


def bomb(name: str) -> InputError:
    """A packed file that would take far more room than it shows."""
    return problem(
        name,
        "unpacks_too_large",
        "展開すると大きくなりすぎるため、開かずに止めました。必要な表だけを新しいブックか CSV に"
        "保存し直してください。",
        "The file would become too large when unpacked and was not opened. "
        "Save only the table needed to a new workbook or CSV.",
    )


_ADVICE = {
    "to_table": (
        "表のデータを CSV か Excel（XLSX）で用意してください。",
        "Provide the table as CSV or Excel (XLSX).",
    ),
    "from_source": (
        "元になった Excel や CSV のファイルを選ぶか、表の部分を Excel に貼り付けて"
        "保存してください。",
        "Choose the Excel or CSV file it was made from, or copy the table into a workbook.",
    ),
    "unpack": (
        "展開（解凍）して、中の CSV や Excel のファイルを選んでください。",
        "Unpack it and choose the CSV or Excel file inside.",
    ),
    "export": (
        "必要な表を CSV に書き出してから選んでください。",
        "Export the table needed as CSV and choose that.",
    ),
    "page": (
        "ページの中に読み取れる表がありません。"
        "公開元が配っている CSV か Excel のファイルを選んでください。",
        "There is no table in it. Choose the CSV or Excel file that its publisher provides.",
    ),
}


def unsupported(name: str, ja: str, en: str, advice: str) -> InputError:
    """A format that is recognised and not read; `advice` is a key of what to do instead."""
    do_ja, do_en = _ADVICE[advice]
    return problem(
        name,
        "unsupported_format",
        f"{ja}は読み込めません。{do_ja}",
        f"This is {en}, which is not read. {do_en}",
    )
