"""Generalisation hierarchies: given in files or built in for each type of column."""
