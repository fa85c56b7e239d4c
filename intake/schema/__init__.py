"""Schemas in every layout people have: documents, tables of items, forms, code lists."""

from intake.schema.annex import ANNEX, ANNEX_END
from intake.schema.assessment import joined
from intake.schema.codes import with_codes
from intake.schema.document import parse_document
from intake.schema.json_schema import are_fields
from intake.schema.register import elsewhere, is_register, items_of_appendix
from intake.schema.sheet import parse_sheet, recognise_sheet

__all__ = [
    "ANNEX",
    "ANNEX_END",
    "are_fields",
    "elsewhere",
    "is_register",
    "items_of_appendix",
    "joined",
    "parse_document",
    "parse_sheet",
    "recognise_sheet",
    "with_codes",
]
