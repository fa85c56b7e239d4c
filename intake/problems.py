"""The problems a definition can have."""

from core import InputError, Message, Problem
from intake.upload import allow_bytes


def problem(name: str, code: str, ja: str, en: str) -> InputError:
    """An error about one file."""
    return InputError(Problem(code=code, message=Message(ja=ja, en=en), source=name))


def too_large(name: str, limit: int) -> InputError:
    """More bytes than the limit."""
    try:
        allow_bytes(limit + 1, limit)
    except InputError as error:
        return error
    raise AssertionError


def too_many(name: str, what: str, limit: int) -> InputError:
    """More columns, rows or cells than the limit."""
    return InputError.of(f"intake.file.too_many_{what}", limit=limit, source=name)


def damaged(name: str) -> InputError:
    """A file that says it is of a format and is not."""
    return InputError.of("intake.file.damaged", source=name)


def not_a_schema(name: str) -> InputError:
    """A file given as a schema that describes no columns."""
    return InputError.of("intake.file.not_a_schema", source=name)
