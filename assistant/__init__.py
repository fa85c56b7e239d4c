"""The conversation: an agent whose tools are the desk's."""

from assistant.agent import Assistant, Turn, warm
from assistant.dialogue import Action
from assistant.provider import Provider

__all__ = ["Action", "Assistant", "Provider", "Turn", "warm"]
