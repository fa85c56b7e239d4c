"""The review page, one part of it per module."""
