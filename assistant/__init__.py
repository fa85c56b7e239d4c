"""The conversation: an agent whose tools are the desk's methods."""

from assistant.agent import Assistant, warm
from assistant.dialogue import Action
from assistant.provider import Provider
from assistant.turn import Turn

__all__ = ["Action", "Assistant", "Provider", "Turn", "warm"]
