"""Schemas in every layout people have: documents, tables of items, forms, code lists."""

from intake.schema.assessment import ANNEX, ANNEX_END, joined
from intake.schema.code_table import with_codes
from intake.schema.kinds import parse_document, parse_sheet, recognise_sheet
from intake.schema.register_form import elsewhere, is_register, items_of_appendix
from intake.schema.table_schema import are_fields

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
