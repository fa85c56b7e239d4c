"""People get a message and a code; neither screen nor log gets a value."""

import logging

import pytest

from core import InputError, Message, Problem
from ui.boundary import describe

SECRET = "山田花子"


def failed(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_our_own_error_is_shown_in_both_languages() -> None:
    error = InputError(
        Problem(code="empty", message=Message(ja="空のファイルです。", en="The file is empty."))
    )
    assert describe(error).ja == "空のファイルです。"
    assert describe(error).en == "The file is empty."


def test_any_other_error_is_an_apology_with_the_code_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        shown = describe(failed(ValueError(f"cannot read {SECRET}")))
    assert SECRET not in shown.ja + shown.en + caplog.text
    assert "ValueError" in caplog.text
    code = caplog.text.split("unexpected ")[1].split()[0]
    assert code in shown.ja
    assert code in shown.en
