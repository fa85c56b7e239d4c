"""Personal data inside free text."""

from rules.detect.hidden.scan import DIRECT, hidden_data

__all__ = ["DIRECT", "hidden_data"]
