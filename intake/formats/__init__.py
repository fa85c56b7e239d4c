"""The formats of files: one module declares each, the registry finds them."""

from intake.formats.registry import Format, formats, recognise, told_apart

__all__ = ["Format", "formats", "recognise", "told_apart"]
