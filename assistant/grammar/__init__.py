"""Free Japanese and English into tool calls: a small grammar, written down as data."""

from assistant.grammar.requests import Reading, parse

__all__ = ["Reading", "parse"]
