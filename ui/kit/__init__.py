"""What the views are built from: HTML, tables, charts, citations, colours."""
