"""The offline chat model: a deterministic reading of the conversation, with tool calls."""

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
)
from langchain_core.messages.tool import tool_call
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

from assistant.dialogue import Action, Context
from assistant.grammar import parse
from assistant.prompt import context_in

NOTHING_TO_ADD = '{"claims": []}'


class OfflineModel(BaseChatModel):
    """A pure function of the messages: one tool call a step, then nothing to add."""

    @property
    def _llm_type(self) -> str:
        return "mekiki-offline"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The grammar already knows the desk's tools."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        action, place = next_action(messages)
        if action is None:
            message = AIMessage(content=NOTHING_TO_ADD)
        else:
            call = tool_call(name=action.tool, args=action.args, id=f"call_{place}")
            message = AIMessage(content="", tool_calls=[call])
        return ChatResult(generations=[ChatGeneration(message=message)])


def next_action(messages: Sequence[BaseMessage]) -> tuple[Action | None, int]:
    """The next thing the last user message asks for, and how many are done."""
    asked = max(n for n, m in enumerate(messages) if isinstance(m, HumanMessage))
    done = sum(isinstance(m, ToolMessage) for m in messages[asked:])
    told = [str(m.content) for m in messages if isinstance(m, SystemMessage)]
    context = context_in(told[-1]) if told else Context()
    actions = parse(str(messages[asked].content), context).actions
    return (actions[done] if done < len(actions) else None), done
