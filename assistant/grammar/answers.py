"""Messages that lean on the turn before: answers to a question, and "the same for …"."""

from assistant.dialogue import Action, Context, Pending
from assistant.grammar.clauses import Clause
from assistant.grammar.reference import columns_meant
from assistant.grammar.slots import read

_REPEATABLE = frozenset({"change_plan", "explain_column", "list_unusual"})

_MOST_PLANS = 3
_SHORT = 12


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
    place = read("ordinal", said, context) or read("number", said, context)
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
    last = [a for a in context.dialogue.last if a.tool in _REPEATABLE]
    if not last or "this" in said.concepts:
        return ()
    shows = any(a.tool == "preview" for a in context.dialogue.last)
    column_tokens = [t for t in said.tokens if t.meaning.columns]
    named = columns_meant(said, context)
    if column_tokens and named.columns and not named.doubts and _is_short(said):
        args = {k: v for k, v in last[-1].args.items() if k != "column"}
        actions = [Action(tool=last[-1].tool, args={"column": c, **args}) for c in named.columns]
    elif "parameter" in last[-1].args and _is_short(said) and not column_tokens:
        number = read("number", said, context)
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
    number = read("number", said, context)
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
