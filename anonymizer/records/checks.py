"""Whether a plan or a goal fits a table at all."""

from collections.abc import Sequence

from anonymizer.records import words
from anonymizer.records.certificate import Certificate
from anonymizer.records.plan import Goal, Plan
from anonymizer.records.words import list_columns
from core import PlanError, Table


def check_plan(table: Table, plan: Plan) -> None:
    """Raise PlanError where the plan is for other columns, or its goal makes no sense here."""
    missing = [name for name in plan.columns if name not in table]
    if missing:
        raise PlanError.of(
            "plan_for_other_columns",
            ja=f"加工計画の列がファイルにありません: {list_columns(missing)}。"
            "別のファイルの計画でないか確かめるか、計画からその列を外してください。",
            en=f"The file lacks columns of the plan: {', '.join(missing)}. "
            "Check that the plan belongs to this file, or take them out of it.",
        )
    unplanned = [name for name in (*plan.quasi, *plan.sensitive) if name not in plan.columns]
    if unplanned:
        raise PlanError.of(
            "quasi_without_step",
            ja=f"加工の指定がない列が準識別子などに挙げられています: {list_columns(unplanned)}。"
            "列ごとの加工を加えてください。",
            en=f"Columns named as quasi-identifiers or sensitive have no step: "
            f"{', '.join(unplanned)}. Add a step for each.",
        )
    if (plan.l is not None or plan.t is not None) and not plan.sensitive:
        raise words.no_sensitive()
    _check_rows(table, plan.k if plan.quasi else 1)


def check_goal(table: Table, quasi: Sequence[str], goal: Goal) -> None:
    """Raise PlanError where the goal names unknown columns or asks for more than there is."""
    missing = [name for name in (*quasi, *goal.sensitive) if name not in table]
    if missing:
        raise PlanError.of(
            "unknown_column",
            ja=f"ファイルに無い列が指定されています: {list_columns(missing)}。"
            "見出しの名前を確かめてください。",
            en=f"The file has no such column: {', '.join(missing)}. Check the headers.",
        )
    _check_rows(table, goal.k)


def check_met(met: bool, certificate: Certificate) -> None:
    """Raise PlanError where a result may not leave: its plan or its certificate says so."""
    if met and certificate.passed:
        return
    why_ja = "".join(m.ja for m in certificate.failures)
    why_en = " ".join(m.en for m in certificate.failures)
    raise PlanError.of(
        "goal_not_met",
        ja=f"加工計画の目標をこのファイルでは満たせないため、書き出していません。{why_ja}"
        "「mekiki plan」で計画を作り直すか、列をもっと粗くしてください。",
        en="The plan's goal is not met on this file, so nothing was written. "
        f"{why_en}{' ' if why_en else ''}"
        "Make a new plan with “mekiki plan”, or widen a column further.",
        source=certificate.file,
    )


def _check_rows(table: Table, k: int) -> None:
    if not table.rows:
        raise PlanError.of(
            "no_rows",
            ja="データの行がありません。見出しの下にデータのあるファイルを選んでください。",
            en="There are no data rows. Choose a file with rows below its header.",
        )
    if k > table.rows:
        raise PlanError.of(
            "k_above_rows",
            ja=f"k={k} はデータの行数({table.rows}行)より大きいため、満たせません。"
            "kを小さくしてください。",
            en=f"k = {k} is more than the {table.rows} rows of the file. Choose a smaller k.",
        )
