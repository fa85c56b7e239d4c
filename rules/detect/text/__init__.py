"""Personal data inside free text."""

from rules.detect.text.free_text import DIRECT, hidden_data, hidden_totals, hidden_types

__all__ = ["DIRECT", "hidden_data", "hidden_totals", "hidden_types"]
