"""Personal data inside free text."""

from rules.detect.hidden.scan import hidden_data

__all__ = ["hidden_data"]
