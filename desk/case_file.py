"""A case's description from a YAML file."""

from pydantic import ValidationError

from core import CaseFacts, InputError, Message, Problem, yaml12
from desk.procedure import FIELDS


def read_case(name: str, content: bytes) -> CaseFacts:
    """The case a YAML file describes.

    Raises:
        InputError: it is not YAML, or names fields a case does not have.
    """
    try:
        raw = yaml12.load(content.decode("utf-8-sig")) or {}
        return CaseFacts.model_validate(raw)
    except (yaml12.YAMLError, UnicodeDecodeError) as error:
        raise InputError.of(
            "case-not-yaml",
            ja="案件の説明をYAMLとして読めません。字下げと文字コード（UTF-8）を確かめてください。",
            en="The case is not readable as YAML. Check its indentation and encoding (UTF-8).",
            source=name,
        ) from error
    except ValidationError as error:
        fields = dict.fromkeys(
            ".".join(str(p) for p in e["loc"] if not isinstance(p, int)) or "case"
            for e in error.errors(include_input=False, include_url=False)
        )
        raise InputError(_problem(name, field) for field in fields) from None


def _problem(source: str, field: str) -> Problem:
    if label := FIELDS.get(field):
        message = Message(
            ja=f"「{field}」（{label.ja}）に、その値は入れられません。書き方を確かめてください。",
            en=f"“{field}” ({label.en}) cannot hold that value. Check how it is written.",
        )
    else:
        message = Message(
            ja=f"「{field}」という欄はありません。使える欄：{'、'.join(FIELDS)}。",
            en=f"There is no field “{field}”. Fields: {', '.join(FIELDS)}.",
        )
    return Problem(code="case-field", source=source, message=message)
