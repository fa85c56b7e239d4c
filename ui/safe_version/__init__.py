"""The safe version: goals, plans, comparison, the table to publish, downloads."""
