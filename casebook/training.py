"""Training cases: synthetic data, a finished review, steps to walk through, a quiz."""

from functools import cache
from pathlib import Path
from typing import Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from core import CaseFacts, InputError, Message, listed, yaml12
from desk import TOOLS, Outcome, Session
from intake import Upload

CASES = Path(__file__).with_name("training")
ORDER = ("ward_platform", "patients_open_data", "small_area_table")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Part):
    """One step of the demonstration: what to look at, and the desk's own action for it."""

    title: Message
    text: Message
    tool: str
    args: dict[str, Any] = Field(default_factory=dict, validate_default=True)

    @field_validator("args")
    @classmethod
    def _of_the_tool(cls, args: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        tool = TOOLS.get(info.data.get("tool", ""))
        if tool is None:
            raise ValueError("unknown tool")
        return tool.checked(args)

    def run(self, session: Session) -> Outcome:
        """Carry the step out and say what came of it."""
        return session.call(self.tool, **self.args)


class Quiz(_Part):
    """A question with choices; `answer` is the number of the right one, from 1."""

    question: Message
    choices: tuple[Message, ...] = Field(min_length=2)
    answer: int = Field(ge=1)
    card: str
    """The guideline card that explains the answer."""

    @model_validator(mode="after")
    def _among(self) -> Self:
        if self.answer > len(self.choices):
            raise ValueError("the answer is not among the choices")
        return self


class TrainingCase(_Part):
    """A case to teach with. Its people are invented."""

    id: str
    title: Message
    summary: Message
    files: tuple[str, ...] = Field(min_length=1)
    case: CaseFacts
    steps: tuple[Step, ...] = Field(min_length=1)
    quiz: tuple[Quiz, ...] = ()
    folder: Path

    def open(self) -> Session:
        """A session with the case's files read and its review finished."""
        session = Session()
        session.set_case(self.case)
        session.add([Upload(name, (self.folder / name).read_bytes()) for name in self.files])
        session.suggest()
        return session


def load_case(folder: Path) -> TrainingCase:
    """Read a case from a folder with a `case.yaml` and its data files.

    Raises:
        InputError: the description cannot be read, or a file it names is missing.
    """
    try:
        raw = yaml12.load((folder / "case.yaml").read_text(encoding="utf-8"))
        case = TrainingCase(id=folder.name, folder=folder, **raw)
    except (OSError, yaml12.YAMLError, ValidationError, TypeError) as error:
        raise InputError.of("casebook.training.bad-training-case", source=folder.name) from error
    missing = [name for name in case.files if not (folder / name).is_file()]
    if missing:
        raise InputError.of(
            "casebook.training.training-file-missing", source=folder.name, names=listed(missing)
        )
    return case


@cache
def training_cases() -> tuple[TrainingCase, ...]:
    """The cases the product comes with, in teaching order."""
    return tuple(load_case(CASES / name) for name in ORDER)
