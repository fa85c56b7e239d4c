"""The tools' names and arguments, read from the desk's methods."""

import inspect
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

from assistant.desk_port import Desk

TOOLS = (
    "list_columns",
    "explain_column",
    "list_unusual",
    "explain_cell",
    "measure_risk",
    "propose_plan",
    "choose_plan",
    "change_plan",
    "preview",
    "undo",
    "protect_table",
    "link_check",
    "search_guidelines",
    "check_procedure",
    "set_case_fact",
    "compare_schema",
    "make_report",
    "ask_back",
)


@cache
def arguments_of(tool: str) -> type[BaseModel]:
    """A tool's arguments, read from the signature of the desk's method.

    >>> arguments_of("choose_plan").model_validate({"number": 2}).number
    2
    """
    method = getattr(Desk, tool)
    hints = get_type_hints(method)
    fields: dict[str, Any] = {
        name: (hints[name], ... if parameter.default is parameter.empty else parameter.default)
        for name, parameter in list(inspect.signature(method).parameters.items())[1:]
    }
    return create_model(tool, __config__=ConfigDict(extra="forbid"), **fields)


def keywords(tool: str, args: dict[str, Any]) -> dict[str, Any]:
    """Arguments as the desk's method takes them: enums for their words.

    >>> keywords("list_columns", {"role": "sensitive"})
    {'role': <Role.SENSITIVE: 'sensitive'>}
    """
    given = arguments_of(tool).model_validate(args)
    return {name: getattr(given, name) for name in given.model_fields_set}
