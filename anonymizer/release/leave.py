"""A file that leaves: processed under a secret of its own, its rows in an order nobody knows, and
judged as it was written."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from anonymizer.hierarchies.hierarchy import Hierarchy
from anonymizer.records.apply import Processed, apply
from anonymizer.records.fields import Readings
from anonymizer.records.keyed import check_key
from anonymizer.records.plan import Plan
from anonymizer.release.attackers import Aside
from anonymizer.release.certificate import Certificate, certify_content
from anonymizer.release.write import Written, encode
from core import Message, Progress, Table, inherited, part, watchable
from measure import owners_of


@dataclass(frozen=True, eq=False)
class Released:
    """A file, not yet on any disk, and everything that is known of it."""

    name: str
    content: bytes = field(repr=False)
    processed: Processed
    """What the plan made of the table, its rows still in their old order."""
    certificate: Certificate
    notes: tuple[Message, ...]

    @property
    def written(self) -> Written:
        """What is said of the file."""
        return Written.of(self.name, self.processed.table, self.content, self.notes)


@watchable
def leave(
    table: Table,
    plan: Plan,
    name: str,
    *,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    keys: Mapping[str, bytes] | None = None,
    secret: bytes | None = None,
    published: Sequence[Table] = (),
    readings: Readings | None = None,
    progress: Progress = inherited,
) -> Released:
    """Carry out a plan and make the file of that name (.csv or .xlsx) with its certificate.

    Ties, noise and the order of the rows are drawn from `secret`, which is made anew where none is
    given; the same secret gives the same file. `published` are lists or releases that readers have
    already. Raises PlanError as `apply` and `encode` do, and where the secret is weak.
    """
    if secret is not None:
        check_key(secret)
    secret = secret or secrets.token_bytes(32)
    processed = apply(
        table,
        plan,
        hierarchies=hierarchies,
        keys=keys,
        secret=secret,
        readings=readings,
        progress=part(progress, 0.0, 0.5),
    )
    drawn = hmac.new(secret, b"order", hashlib.sha256).digest()
    places = np.random.default_rng(int.from_bytes(drawn, "big")).permutation(table.rows)
    columns = (replace(c, codes=c.codes[places]) for c in processed.table)
    shown = Table(tuple(columns), table.rows)
    content, notes = encode(shown, Path(name).suffix.lower(), progress=part(progress, 0.5, 0.7))
    owners = owners_of(table, plan.unit)
    aside = Aside(
        owners=None if owners is None else owners[places],
        places=places,
        published=published,
        hierarchies=hierarchies or {},
    )
    certificate = certify_content(name, content, plan, aside, progress=part(progress, 0.7, 1.0))
    return Released(name, content, processed, certificate, notes)
