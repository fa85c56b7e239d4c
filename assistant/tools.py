"""The desk's methods as LangChain tools. Loaded only when a conversation begins."""

import inspect
from collections.abc import Callable
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool

from assistant.calls import TOOLS, arguments_of
from assistant.desk_port import Desk
from assistant.dialogue import Action


def make_tools(act: Callable[[Action], str]) -> list[BaseTool]:
    """One tool for each method; `act` carries the action out and answers the model."""
    return [_tool(name, act) for name in TOOLS]


def _tool(name: str, act: Callable[[Action], str]) -> BaseTool:
    schema = arguments_of(name)

    def run(**arguments: Any) -> str:
        said = schema(**arguments).model_dump(mode="json", exclude_none=True)
        return act(Action(tool=name, args=said))

    return StructuredTool.from_function(
        func=run,
        name=name,
        description=inspect.getdoc(getattr(Desk, name)) or name,
        args_schema=schema,
    )
