"""Values written as `="001"`, as exports made for Excel do to keep leading zeros."""

from pyarrow import compute as pc

from core import Table

_WRAPPED = r'^="([^"]*)"$'


def unwrap(table: Table) -> tuple[Table, int]:
    """The table with such values freed, and in how many columns there were some.

    >>> freed, columns = unwrap(Table.of({"番号": ['="001"', '="002"'], "式": ["=A1", "x"]}))
    >>> freed["番号"].texts, freed["式"].texts, columns
    (['001', '002'], ['=A1', 'x'], 1)
    """
    wrapped = [pc.any(pc.match_substring_regex(c.values, _WRAPPED)).as_py() for c in table]
    if not any(wrapped):
        return table, 0
    arrays = []
    for column, is_wrapped in zip(table, wrapped, strict=True):
        values = column.values
        if is_wrapped:
            values = pc.replace_substring_regex(values, _WRAPPED, r"\1")
        arrays.append(values.take(column.codes))
    return Table.from_arrow([c.header for c in table], arrays), sum(map(bool, wrapped))
