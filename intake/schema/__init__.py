"""Schemas in every layout people have: documents, tables of items, forms, code lists."""

from intake.schema.assessment import joined
from intake.schema.document import parse_document
from intake.schema.sheet import Layout, parse_sheet, recognise_sheet

__all__ = ["Layout", "joined", "parse_document", "parse_sheet", "recognise_sheet"]
