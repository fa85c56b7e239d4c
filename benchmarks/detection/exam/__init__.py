"""Examination sets: tables of municipalities by hands that had not seen the detectors."""
