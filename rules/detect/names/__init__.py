"""Reading a column's name: Japanese, kana, abbreviations, romanised, English."""

from rules.detect.names.base import HEAD, INSIDE, NameMatch
from rules.detect.names.reading import bare_name, name_parts, read_name

__all__ = ["HEAD", "INSIDE", "NameMatch", "bare_name", "name_parts", "read_name"]
