"""The one agent graph: a model, the desk's tools, one call at a time.

Heavy to import (about two seconds); `assistant.agent` loads it when a conversation begins.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, AgentState
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.tools import BaseTool, StructuredTool

from assistant.dialogue import Action, Context
from assistant.model import OfflineModel
from assistant.prompt import instructions
from assistant.provider import Provider
from desk import TOOLS, Tool
from knowledge import Claim

MOST_STEPS = 100
"""Graph steps of one turn: a model step and a tool step for each action."""
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)


class OneAtATime(AgentMiddleware[AgentState[Any], None, Any]):
    """Keep the first of several parallel calls, so that each one sees what the last one did."""

    def after_model(self, state: AgentState[Any], runtime: Any) -> dict[str, Any] | None:
        """Drop the calls after the first; the model asks again for what is left."""
        message = state["messages"][-1]
        if not isinstance(message, AIMessage) or len(message.tool_calls) < 2:
            return None
        kept = message.tool_calls[:1]
        return {"messages": [AIMessage(content="", tool_calls=kept, id=message.id)]}


def make_tools(act: Callable[[Action], str]) -> list[BaseTool]:
    """The desk's tools for a model; `act` carries an action out and answers the model."""
    return [_offered(entry, act) for entry in TOOLS.values()]


def _offered(entry: Tool[...], act: Callable[[Action], str]) -> BaseTool:
    def run(**arguments: Any) -> str:
        said = entry.arguments(**arguments).model_dump(mode="json", exclude_none=True)
        return act(Action(tool=entry.name, args=said))

    return StructuredTool.from_function(
        func=run, name=entry.name, description=entry.doc, args_schema=entry.arguments
    )


def open_model(provider: Provider | None) -> BaseChatModel:
    """The provider's model, or ours."""
    return provider.open() if provider else OfflineModel()


def run(
    model: BaseChatModel,
    act: Callable[[Action], str],
    context: Context,
    history: Sequence[tuple[str, str]],
    message: str,
) -> Iterator[str]:
    """Run one turn; yields the model's last words once, when it is done.

    `history` holds the turns before: what the user said, and what was done.
    """
    told: list[BaseMessage] = [SystemMessage(instructions(context))]
    for said, done in history:
        told += [HumanMessage(said), AIMessage(done)]
    told.append(HumanMessage(message))
    graph = create_agent(model, make_tools(act), middleware=[OneAtATime()])
    words = ""
    config: Any = {"recursion_limit": MOST_STEPS}
    for step in graph.stream({"messages": told}, config=config, stream_mode="updates"):  # type: ignore[call-overload,misc,arg-type,unused-ignore]
        words = _words(step) or words
        yield ""
    yield words


def _words(step: dict[str, Any]) -> str:
    messages = (step.get("model") or {}).get("messages") or []
    return messages[-1].text if messages and isinstance(messages[-1], AIMessage) else ""


def claims_in(words: str) -> tuple[Claim, ...]:
    """The claims in a model's last words; none where they are not what was agreed.

    >>> claims_in("No JSON here.")
    ()
    """
    found = _OBJECT.search(words)
    try:
        entries = json.loads(found[0])["claims"] if found else []
        return tuple(Claim.model_validate(entry) for entry in entries)
    except (ValueError, KeyError, TypeError):
        return ()
