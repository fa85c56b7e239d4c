"""XML and HTML opened safely: nothing outside the file is loaded, no entity is expanded."""

from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from core import InputError
from intake.upload import allow_bytes

SAFE = {"resolve_entities": False, "no_network": True}
"""What every parser of XML that came from outside is told."""
_LARGEST = 64 << 20
"""Bytes of markup; the tree takes about ten times as many."""


def read_xml(content: bytes) -> Any:
    """The root element. Raises InputError where the XML is damaged or too large."""
    return _read(content, etree.XMLParser(load_dtd=False, **SAFE))


def read_html(text: str) -> Any:
    """The root element of a page, comments left out; None for an empty one.

    Raises InputError where the page is damaged or too large.
    """
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    return _read(text.encode(), parser)


def _read(content: bytes, parser: Any) -> Any:
    allow_bytes(len(content), _LARGEST)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise InputError.of("intake.file.damaged") from None
