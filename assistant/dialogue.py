"""What a conversation remembers, and what a model is told: never a cell value."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from core import ColumnType, Role
from desk import TOOLS, Session


class Action(BaseModel):
    """One use of a tool; columns under the file's own names."""

    model_config = ConfigDict(frozen=True)

    tool: str
    args: dict[str, Any] = Field(default_factory=dict)


class Cell(BaseModel):
    """A cell in the list shown last."""

    row: int
    column: str | None = None
    whole_row: bool = False
    """The row as a combination is meant, not one cell of it."""


class Pending(BaseModel):
    """A question put to the user, and what to do with the answer."""

    actions: tuple[Action, ...] = ()
    slot: str | None = None
    """The argument that is asked for; None where a yes is."""
    options: tuple[str, ...] = ()


class Dialogue(BaseModel):
    """What "it", "the second one" and "as before" stand for."""

    columns: tuple[str, ...] = ()
    """Spoken of last, or chosen on the screen."""
    row: int | None = None
    listed: str = ""
    """What was listed last, as a tool says (`Tool.lists`)."""
    items: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    last: tuple[Action, ...] = ()
    """What was done in the turn before."""
    goal: dict[str, int | float] = Field(default_factory=dict)
    pending: Pending | None = None

    def look(self, column: str | None, row: int | None = None) -> None:
        """A column or cell was chosen on the screen."""
        self.columns = (column,) if column else ()
        self.row = row

    def note(self, action: Action, data: Mapping[str, Any]) -> None:
        """Remember what was done, and what its outcome listed."""
        args = action.args
        if "column" in args:
            self.columns = (str(args["column"]),)
        self.row = args.get("row", self.row)
        if action.tool == "propose_plan":
            self.goal = {k: args[k] for k in ("k", "l", "t") if args.get(k) is not None}
        lists = TOOLS[action.tool].lists
        self.listed = lists or self.listed
        if lists == "columns":
            self.items = tuple(str(item["name"]) for item in data.get("columns", ()))
        elif lists == "cells":
            self.cells = tuple(
                Cell(
                    row=item["row"],
                    column=item.get("column"),
                    whole_row=item.get("kind") == "rare_combination",
                )
                for item in data.get("cells", ())
            )


class KnownColumn(BaseModel):
    """A column as a model knows it: no values."""

    name: str
    type: ColumnType = ColumnType.UNKNOWN
    role: Role = Role.OTHER
    parts: tuple[ColumnType, ...] = ()
    position: int = 0
    why: str = ""
    """What it was taken for and on which ground, in the language of the conversation."""


class Context(BaseModel):
    """All that a model is told about the review, beside the conversation."""

    columns: tuple[KnownColumn, ...] = ()
    datasets: tuple[str, ...] = ()
    rows: int | None = None
    threshold: int = 5
    changes: int = 0
    """How many changes of the plan or the case can be taken back."""
    changing: bool = False
    """Whether an earlier part of the message already changes the plan."""
    dialogue: Dialogue = Field(default_factory=Dialogue)
    lang: Literal["ja", "en"] = "ja"

    @classmethod
    def of(cls, desk: Session, dialogue: Dialogue, lang: Literal["ja", "en"]) -> "Context":
        """The context at this moment of a review."""
        columns = tuple(
            KnownColumn(
                name=c.name,
                type=c.type,
                role=c.role,
                parts=c.parts,
                position=c.position,
                why=c.why.text(lang),
            )
            for c in desk.columns
        )
        return cls(
            columns=columns,
            datasets=tuple(desk.datasets),
            rows=desk.rows,
            threshold=desk.threshold,
            changes=desk.changes,
            dialogue=dialogue,
            lang=lang,
        )

    def column(self, name: str) -> KnownColumn | None:
        """The column of that name."""
        return next((c for c in self.columns if c.name == name), None)
