"""What to say of one step once it is carried out."""

from collections.abc import Sequence

from anonymizer import words
from anonymizer.fields import Field
from anonymizer.known import ends, has_record, rare_rows
from anonymizer.ladders import NUMBERS, OTHER, READ
from anonymizer.plan import Plan, Step
from core import Message, Operation, mask
from measure import STAR


def remarks(
    before: Field, after: Field | None, step: Step, unread: Sequence[int], plan: Plan
) -> list[Message]:
    """Values grouped, suppressed, kept though rare or not known; promises of noise and keys."""
    said = []
    name = step.column
    if step.parameter in ("other", "group") and after is not None:
        grouped = int(after.counts[[t == OTHER for t in after.texts]].sum())
        say = words.unlisted if step.parameter == "other" else words.ungrouped
        if grouped:
            said.append(say(name, grouped))
    if step.operation in (Operation.TOP_CODE, Operation.BOTTOM_CODE) and after is not None:
        above = int(after.counts[[t.endswith("以上") for t in after.texts]].sum())
        below = int(after.counts[[t.endswith("以下") for t in after.texts]].sum())
        said.append(words.ends_grouped(name, above, below))
    least = max(plan.k, 2)
    open_ends = step.operation is Operation.KEEP and step.type in NUMBERS
    if open_ends and name not in plan.quasi and ends(before, least) != (None, None):
        said.append(words.ends_kept(name, least))
    if step.operation is Operation.NOISE:
        said.append(words.noise(name, float(step.parameter or 0)))
    if step.operation is Operation.PSEUDONYMIZE:
        said.append(words.pseudonyms(name))
    if step.operation is Operation.SUPPRESS_CELLS:
        least = int(step.parameter or plan.k)
        rare = rare_rows(before, least)
        if rare:
            said.append(words.rare_suppressed(name, rare, least))
    if step.type not in READ and step.operation is Operation.KEEP and not has_record(step):
        said.append(words.no_record(name))
    if step.operation is Operation.KEEP and name not in plan.quasi and step.type not in READ:
        rare = rare_rows(after, plan.k) if after is not None else 0
        if rare:
            said.append(words.rare_kept(name, rare, plan.k))
    if unread:
        rows = int(before.counts[list(unread)].sum())
        shapes = dict.fromkeys(mask(before.texts[i]) for i in unread if before.texts[i] != STAR)
        said.append(words.unread(name, rows, list(shapes)[:3]))
    return said
