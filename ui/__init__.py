"""The browser door: pages as files, one view per module."""
