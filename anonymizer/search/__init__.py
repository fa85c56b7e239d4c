"""Searching for the generalisation that keeps most: full-domain and local."""
