"""Reading a column's name: Japanese, kana, abbreviations, romanised, English."""

from rules.detect.names.reading import bare_name, name_parts, read_name
from rules.detect.names.words import HEAD, NameMatch, ends_as

__all__ = ["HEAD", "NameMatch", "bare_name", "ends_as", "name_parts", "read_name"]
