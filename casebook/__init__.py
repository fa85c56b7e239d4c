"""Training cases with synthetic people: what is kept, and never personal data."""

from casebook.training import Quiz, Step, TrainingCase, load_case, training_cases

__all__ = ["Quiz", "Step", "TrainingCase", "load_case", "training_cases"]
