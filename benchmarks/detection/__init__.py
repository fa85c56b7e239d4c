"""Test sets for the detectors: synthetic residents, memos, and planted unusual cells."""
