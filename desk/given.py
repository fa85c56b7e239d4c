"""What a person gives beside the files: hierarchies edited by hand, and recipients' keys.

Both stay in memory. A hierarchy holds values of its column and a key opens pseudonyms, so neither
goes into a journal, a paper or a plan.
"""

from collections.abc import Mapping

import anonymizer
from anonymizer import Hierarchy
from core import ColumnType, Message, UsageError
from desk.workspace import Workspace

SHORTEST = 16
"""Bytes in a key, at least."""


def proposed_hierarchy(session: Workspace, column: str) -> str:
    """The hierarchy in force for a column as CSV, to be edited; the built-in one if none was given.

    It names every value of the column: as confidential as the data.
    """
    table = session.need_table()
    _need_column(session, column)
    given = session.hierarchies.get(column)
    if given is not None:
        return given.to_csv()
    kind = next((c.type for c in session.columns if c.name == column), ColumnType.UNKNOWN)
    return anonymizer.proposed_hierarchy(table[column], kind).to_csv()


def set_hierarchy(session: Workspace, column: str, content: bytes | None) -> Message:
    """Put a hierarchy in force for a column, or take it away (None); `undo` takes it back.

    Raises:
        InputError: it is no tree, or lacks values that the column holds.
        UsageError: there is no such column.
    """
    table = session.need_table()
    _need_column(session, column)
    changed: dict[str, Hierarchy] = {n: h for n, h in session.hierarchies.items() if n != column}
    if content is None:
        done = Message(
            ja=f"「{column}」の階層の取り下げ", en=f"taking the hierarchy of “{column}” away"
        )
    else:
        changed[column] = anonymizer.parse_hierarchy(column, content)
        anonymizer.check_covers(changed[column], table[column])
        done = Message(ja=f"「{column}」の階層の指定", en=f"the hierarchy of “{column}”")
    session.put_hierarchies(changed, done)
    return done


def set_key(session: Workspace, recipient: str, key: bytes) -> None:
    """Give one recipient's key for pseudonyms; without one a fresh key is used and forgotten.

    Raises:
        UsageError: the key is too short, or another recipient's.
    """
    others: Mapping[str, bytes] = {n: k for n, k in session.keys.items() if n != recipient}
    if len(key.strip()) < SHORTEST:
        raise UsageError.of(
            "key-too-short",
            ja=f"仮名の鍵が短すぎます。{SHORTEST}バイト以上の鍵を指定してください。",
            en=f"The pseudonym key is too short. Give at least {SHORTEST} bytes.",
        )
    if key.strip() in others.values():
        raise UsageError.of(
            "key-shared",
            ja="二つの提供先に同じ鍵が指定されています。突き合わせを防ぐため、"
            "提供先ごとに別の鍵を使ってください。",
            en="Two recipients have the same key. Give each its own, "
            "so that they cannot join their files.",
        )
    session.put_keys({**others, recipient: key.strip()})


def _need_column(session: Workspace, column: str) -> None:
    if column not in session.need_table():
        raise UsageError.of(
            "unknown-column",
            ja=f"「{column}」という項目はありません。",
            en=f"There is no column “{column}”.",
        )
