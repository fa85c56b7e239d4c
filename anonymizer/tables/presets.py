"""The practices of the survey and mobile-statistics guides, ready to choose by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.records.keyed import pseudonym
from anonymizer.tables.coarsen import collapse, merge_areas
from anonymizer.tables.neighbours import Adjacency
from anonymizer.tables.primary import Zeros
from anonymizer.tables.protect import Complement
from anonymizer.tables.spec import TableSpec
from anonymizer.tables.tabulate import tabulate
from core import InputError, Message, Table

PresetName = Literal["cheapest", "survey", "merge_areas", "collapse", "mobile_statistics"]


@dataclass(frozen=True)
class Preset:
    """A practice: what is done to the table first, and how the complement is chosen."""

    title: Message
    explanation: Message
    complement: Complement = "cheapest"
    zeros: Zeros = "publish"


PRESETS: dict[PresetName, Preset] = {
    "cheapest": Preset(
        Message(ja="最も少なく隠す", en="Hide the least"),
        Message(
            ja="基準に満たないセルを X とし、逆算を防ぐために隠すセルを最も少なくします。"
            "0 は - で示します。",
            en="Cells below the rule become X, and the fewest further cells are hidden to prevent "
            "working them out. Zeros are shown as -.",
        ),
    ),
    "survey": Preset(
        Message(ja="調査の慣行（次に小さいセル）", en="Survey practice (next-smallest)"),
        Message(
            ja="同じ行・列で次に小さいセルも X とします。0 も X になることがあり、隠さない 0 は - "
            "で示します。点検で逆算できるセルが残れば、さらに隠します。",
            en="The next-smallest cell of the same line becomes X as well, a zero among them; a "
            "zero that stays is -. Where the audits still see through, more is hidden.",
        ),
        complement="next_smallest",
        zeros="suppress",
    ),
    "merge_areas": Preset(
        Message(ja="小さい地区を隣に合算", en="Merge small areas"),
        Message(
            ja="合計が基準に満たない地区を隣の地区に合算し、隣の地区名で示して、合算を注記します。"
            "隣接の一覧がなければ、並び順で次の地区を隣とみなします。",
            en="An area whose total is below the rule is merged into its neighbour, under the "
            "neighbour's code, and the merger is stated. Without a list of neighbours the next "
            "area in order counts as one.",
        ),
    ),
    "collapse": Preset(
        Message(ja="小さい区分を「その他」に", en="Collapse small categories"),
        Message(
            ja="合計が基準に満たない区分をまとめて「その他」とし、足りなければ上位の区分だけを示して、"
            "まとめたことを注記します。",
            en="Categories whose total is below the rule are collapsed into one; where that is not "
            "enough, only the group above is shown. The note says so.",
        ),
    ),
    "mobile_statistics": Preset(
        Message(ja="人流統計の慣行（仮名化→集計→秘匿）", en="Mobile statistics practice"),
        Message(
            ja="番号を鍵付きの一方向の符号に置き換え、同じ人を一度だけ数えて集計し、"
            "小さい地域を隠します（この順で行います）。",
            en="Identifiers become keyed one-way codes, every person is counted once, and small "
            "areas are hidden, in that order.",
        ),
    ),
}


def prepare(
    spec: TableSpec,
    preset: PresetName,
    threshold: float,
    neighbours: Mapping[str, str] | None = None,
    area: str | None = None,
    adjacent: Adjacency | None = None,
) -> TableSpec:
    """What a preset does to a table before cells are hidden; the others leave it as it is.

    `area` names the dimension of areas; without it the first one is taken. `neighbours` and
    `adjacent` are those of `merge_areas`.

    Raises:
        InputError: no dimension has that name, or the table states contributors.
    """
    if preset == "merge_areas":
        if area is not None and area not in spec.names:
            raise InputError.of(
                "tables.no_column",
                ja="地区の列が表にありません。列の名前を確かめてください。",
                en="The table has no such column of areas. Check its name.",
                source=spec.name or None,
            )
        return merge_areas(
            spec, spec.names.index(area) if area else 0, threshold, neighbours, adjacent
        )
    if preset == "collapse":
        for dimension in range(len(spec.dims)):
            spec = collapse(spec, dimension, threshold)
    return spec


def mobile_statistics(
    table: Table,
    identifier: str,
    dimensions: Sequence[str],
    key: bytes,
    *,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    name: str = "",
) -> TableSpec:
    """De-identify with a keyed one-way code, then count every code once per combination.

    What comes out is ready for suppression, the third step. The codes go no further than here.

    Args:
        identifier: the column that tells whose record it is; empty ones count for nobody.
        key: at least 16 bytes, known to nobody who sees the records.

    Raises:
        InputError: a column is missing, or nothing is left to count.
    """
    if identifier not in table or identifier in dimensions or len(key) < 16:
        raise InputError.of(
            "tables.identifier",
            ja="人（端末）を示す列を、集計の列とは別に指定してください。鍵は16バイト以上にします。",
            en="Name a column that tells whose record it is, apart from those to count by. "
            "The key has at least 16 bytes.",
            source=name or None,
        )
    own = table[identifier]
    codes = [pseudonym(text, key, identifier) if text.strip() else "" for text in own.texts]
    number = {code: i for i, code in enumerate(dict.fromkeys(codes))}
    people = np.array([number[code] if code else -1 for code in codes])[own.codes]
    columns = [table[d].codes for d in dimensions if d in table]
    _, first = np.unique(np.stack([people, *columns], axis=1), axis=0, return_index=True)
    rows = np.sort(first[people[first] >= 0])
    present = [d for d in dimensions if d in table]
    taken = [table[d].values.take(pa.array(table[d].codes[rows])) for d in present]
    spec = tabulate(
        Table.from_arrow(present, taken), dimensions, hierarchies=hierarchies, name=name
    )
    several = len(rows) > len(np.unique(people[rows]))
    note = "同じ人を区分ごとに一度だけ数えた。"
    if several:
        note += "複数の区分に現れる人がいるため、計は延べ数である。"
    return spec.model_copy(update={"notes": (note,)})
