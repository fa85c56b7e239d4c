"""Papers: a plain document tree, and how it becomes Word, Excel, HTML or JSON.

Composing what a paper says is the desk's work; nothing here knows what a review is.
"""

from papers.document import Block, Document, Heading, Pairs, Paragraph, Sheet
from papers.render import FORMATS, Format, render

__all__ = [
    "FORMATS",
    "Block",
    "Document",
    "Format",
    "Heading",
    "Pairs",
    "Paragraph",
    "Sheet",
    "render",
]
