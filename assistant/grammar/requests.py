"""From a message to tool calls: deterministic, offline, and never a wrong action on a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.dialogue import Action, Context, Pending
from assistant.grammar.clauses import Clause, read, split
from assistant.grammar.intents import Built, Intent, ask, build, intent_of
from assistant.grammar.slots import columns_meant
from assistant.grammar.slots import read as read_slot
from desk import TOOLS

_ASKING = frozenset(
    {"question", "definition", "asks", "why", "which", "procedure", "explain", "ground"}
)
_MOST_PLANS = 3
"""A number up to this chooses one of the plans proposed; a larger one is another k."""
_SHORT = 12
"""Characters that may stay unread beside the column or number of "the same for …"."""


@dataclass(frozen=True)
class Reading:
    """What a message asks for, in order; `pending` keeps what an answer will complete."""

    actions: tuple[Action, ...]
    pending: Pending | None = None


def parse(message: str, context: Context) -> Reading:
    """Read a message in Japanese or English.

    Args:
        message: the user's words.
        context: the columns of the review and what was said before; no cell values.
    """
    whole = read(message, context)
    requests, left = _requests(whole, context)
    spoken = context
    pending = context.dialogue.pending
    if pending and not requests and (actions := answer_to(pending, whole, context)):
        return Reading(actions)
    if not requests and (again := repeat(whole, context)):
        return _finish([Reading(again)], whole, context)
    built: list[Built] = []
    if any(i.tool == "propose_plan" and not i.set_default for _, i in requests):
        requests = [r for r in requests if r[1].tool != "propose_plan" or not r[1].set_default]
    for clause, intent in requests:
        made = any(action.tool == "propose_plan" for actions, _ in built for action in actions)
        if intent.tool == "propose_plan" and intent.set_default and made:
            continue
        built.append(build(intent, clause, spoken))
        spoken = _moved(spoken, clause, intent)
    if left:
        loose = intent_of(left, context, loose=True)
        if loose:
            built.append(build(loose, left, spoken))
        elif not built:
            built.append(_fallback(left, context))
    if not built:
        built.append(([ask("unclear", context)], None))
    return _finish([Reading(tuple(actions), waits) for actions, waits in built], whole, context)


def _moved(context: Context, clause: Clause, intent: Intent) -> Context:
    """The context after a request: "it" is the column named, "the first" a plan proposed."""
    meant: dict[str, Any] = {}
    if columns := columns_meant(clause, context).columns:
        meant["columns"] = columns[-1:]
    if intent.tool == "propose_plan":
        meant["listed"] = TOOLS[intent.tool].lists
    dialogue = context.dialogue.model_copy(update=meant)
    changing = context.changing or TOOLS[intent.tool].changes == "plan"
    return context.model_copy(update={"dialogue": dialogue, "changing": changing})


def _requests(whole: Clause, context: Context) -> tuple[list[tuple[Clause, Intent]], Clause | None]:
    """Clauses with an intent of their own; what has none joins its neighbour.

    In Japanese the verb comes last, so a clause without one belongs to the next;
    in English to the one before.
    """
    done: list[tuple[Clause, Intent]] = []
    carried: Clause | None = None
    for piece in split(whole):
        clause = carried.join(piece) if carried else piece
        context = _moved(context, *done[-1]) if done else context
        carried = None
        intent = None if _leans_forward(piece) else intent_of(clause, context)
        if intent and intent.gather and done and done[-1][1] is intent:
            done[-1] = (done[-1][0].join(clause), intent)
        elif intent:
            done.append((clause, intent))
        elif done and not whole.japanese:
            _append(done, clause, context)
        else:
            carried = clause
    if carried and (intent := intent_of(carried, context)):
        done.append((carried, intent))
        carried = None
    if carried and done and _append(done, carried, context):
        carried = None
    return done, carried


def _leans_forward(clause: Clause) -> bool:
    """A condition ("if ages are in bands,") belongs to what follows from it."""
    condition = clause.first("whatif")
    if not condition or clause.end >= len(clause.text):
        return False
    after = clause.flat[condition.end : clause.end].strip(" 、,。")
    before = clause.flat[clause.start : condition.start].strip()
    return not after if clause.japanese else not before and clause.flat[clause.end - 2] == ","


def _append(done: list[tuple[Clause, Intent]], clause: Clause, context: Context) -> bool:
    """Join a clause to the request before it, if that stays the same kind of request."""
    before, intent = done[-1]
    joined = before.join(clause)
    after = intent_of(joined, context)
    if after is None or after.tool not in {intent.tool, "protect_table"}:
        return False
    if after is not intent and after.tool == "set_case_fact":  # another fact, not more of the first
        done.append((clause, after))
    else:
        done[-1] = (joined, after)
    return True


def _fallback(clause: Clause, context: Context) -> Built:
    if clause.concepts & _ASKING:
        return [Action(tool="search_guidelines", args={"query": clause.words})], None
    return [ask("unclear", context)], None


def _finish(readings: Sequence[Reading], whole: Clause, context: Context) -> Reading:
    actions = [action for reading in readings for action in reading.actions]
    pending = next((r.pending for r in readings if r.pending), None)
    changed = any(a.tool == "change_plan" for a in actions)
    if changed and "whatif" in whole.concepts and actions[-1].tool == "change_plan":
        actions.append(Action(tool="preview"))
    return Reading(tuple(_merged(actions)), pending)


def _merged(actions: Sequence[Action]) -> list[Action]:
    """The same thing asked for twice in a row is done once; steps back count."""
    kept: list[Action] = []
    for action in actions:
        if not kept or action != kept[-1] or action.tool == "undo":
            kept.append(action)
    return kept


# --- what leans on the turn before ----------------------------------------------------


def answer_to(pending: Pending, said: Clause, context: Context) -> tuple[Action, ...]:
    """What was waiting for this answer, completed; nothing if this is no answer."""
    if pending.slot is None:
        return pending.actions if "yes" in said.concepts and "no" not in said.concepts else ()
    columns = _chosen(pending, said, context)
    return tuple(
        Action(tool=action.tool, args={"column": column, **action.args})
        for action in pending.actions
        for column in columns
    )


def _chosen(pending: Pending, said: Clause, context: Context) -> tuple[str, ...]:
    options = pending.options
    place = read_slot("ordinal", said, context) or read_slot("number", said, context)
    if options and place and 1 <= place <= len(options):
        return (options[int(place) - 1],)
    if options and "both" in said.concepts:
        return options
    named = columns_meant(said, context)
    fitting = tuple(c for c in named.columns if not options or c in options)
    for doubt in named.doubts:
        left = tuple(o for o in doubt.options if o in options)
        fitting += left if len(left) == 1 else ()
    return fitting


def repeat(said: Clause, context: Context) -> tuple[Action, ...]:
    """The last request with another column or another number ("郵便番号は？", "5歳刻みだと？")."""
    if again := _another_k(said, context):
        return (again,)
    last = [a for a in context.dialogue.last if TOOLS[a.tool].again]
    if not last or "this" in said.concepts:
        return ()
    shows = any(a.tool == "preview" for a in context.dialogue.last)
    column_tokens = [t for t in said.tokens if t.meaning.columns]
    named = columns_meant(said, context)
    if column_tokens and named.columns and not named.doubts and _is_short(said):
        args = {k: v for k, v in last[-1].args.items() if k != "column"}
        actions = [Action(tool=last[-1].tool, args={"column": c, **args}) for c in named.columns]
    elif "parameter" in last[-1].args and _is_short(said) and not column_tokens:
        number = read_slot("number", said, context)
        if number is None:
            return ()
        actions = [Action(tool=last[-1].tool, args={**last[-1].args, "parameter": number})]
    else:
        return ()
    if shows and last[-1].tool == "change_plan":
        actions.append(Action(tool="preview"))
    return tuple(actions)


def _another_k(said: Clause, context: Context) -> Action | None:
    """ "Rather 10" after plans for k = 5; a number as small as a plan's place chooses one."""
    last = context.dialogue.last[-1:]
    number = read_slot("number", said, context)
    if not last or last[0].tool != "propose_plan" or number is None or not _is_short(said):
        return None
    if number != int(number) or "column" in said.concepts:
        return None
    if steps := said.concepts & {"raise.up", "raise.down"}:
        number = int(last[0].args["k"]) + (-number if "raise.down" in steps else number)
    elif number <= _MOST_PLANS:
        return None
    return Action(tool="propose_plan", args={**last[0].args, "k": int(number)})


def _is_short(said: Clause) -> bool:
    """Nothing of weight is said beside the column or number."""
    return said.unread <= _SHORT
