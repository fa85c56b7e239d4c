"""What a person gives beside the files: hierarchies edited by hand, and recipients' keys.

Both stay in memory. A hierarchy holds values of its column and a key opens pseudonyms, so neither
goes into a journal, a paper or a plan; and neither can be asked for in a conversation.
"""

import anonymizer
from core import ColumnType, Message, UsageError, say
from desk.workspace import Workspace


def proposed_hierarchy(session: Workspace, column: str) -> str:
    """The hierarchy in force for a column as CSV, to be edited; the built-in one if none was given.

    It names every value of the column: as confidential as the data.
    """
    held = session.need_column(column)
    given = session.hierarchies.get(column)
    if given is not None:
        return given.to_csv()
    kind = next((c.type for c in session.columns if c.name == column), ColumnType.UNKNOWN)
    return anonymizer.proposed_hierarchy(held, kind).to_csv()


def set_hierarchy(session: Workspace, column: str, content: bytes | None) -> Message:
    """Put a hierarchy in force for a column, or take it away (None); `undo` takes it back.

    Raises:
        InputError: it is no tree, or lacks values that the column holds.
        UsageError: there is no such column.
    """
    held = session.need_column(column)
    changed = {name: h for name, h in session.hierarchies.items() if name != column}
    if content is None:
        done = say("desk.hierarchies_and_keys.hierarchy_taken_away", column=column)
    else:
        changed[column] = anonymizer.parse_hierarchy(column, content)
        anonymizer.check_covers(changed[column], held)
        done = say("desk.hierarchies_and_keys.hierarchy_given", column=column)
    session.put_hierarchies(changed, done)
    return done


def set_key(session: Workspace, recipient: str, key: bytes) -> None:
    """Give one recipient's key for pseudonyms; without one a fresh key is used and forgotten.

    Raises:
        PlanError: the key could be guessed.
        UsageError: it is another recipient's.
    """
    others = {name: held for name, held in session.keys.items() if name != recipient}
    anonymizer.check_key(key.strip())
    if key.strip() in others.values():
        raise UsageError.of("desk.hierarchies_and_keys.key-shared")
    session.put_keys({**others, recipient: key.strip()})
