"""The waiting list with what proves its order: the op that entered each, and its hash in the journal's chain."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.store.database import Store
from migdesk.store.told import NAME

_ENTRIES = f"""
SELECT w.uid, {NAME},
  EXISTS (SELECT 1 FROM waiting_skip s WHERE s.waiting = w.uid AND s.taken IS NULL AND s.annulled_on IS NULL)
    AND w.state = 'waiting',
  (SELECT count(*) FROM waiting_skip s WHERE s.waiting = w.uid AND s.annulled_on IS NULL),
  coalesce(o.uid, ''), coalesce(o.hash, '')
FROM waiting w JOIN person p ON p.uid = w.person JOIN quota q ON q.uid = w.quota
LEFT JOIN change c ON c.uid = w.uid AND c.created LEFT JOIN op o ON o.id = c.op
WHERE w.annulled_on IS NULL AND (:ever OR w.state = 'waiting') AND (:pot IS NULL OR w.quota = :pot)
ORDER BY q.year, q.stream, q.region, q.category, q.activity, q.country, w.id
"""


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """An entry, the name of its person, whether it stands behind, how often it was passed over, and its op."""

    uid: str
    name: str
    behind: bool
    skipped: int
    op: str
    hash: str


def in_order(store: Store, pot: str | None, *, ever: bool) -> list[Row]:
    """Entries of one pot, or of all, in the order of entry."""
    rows = store.rows(_ENTRIES, {"pot": pot, "ever": int(ever)})
    return [Row(str(r[0]), str(r[1]), bool(r[2]), int(r[3]), str(r[4]), str(r[5])) for r in rows]
