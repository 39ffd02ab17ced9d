"""Pairs of files that were said to be two people, as long as nothing was changed that the saying rested on."""

from __future__ import annotations

from migdesk.store.database import LIVE, Store

IDENTITY = (
    "surname",
    "given",
    "patronymic",
    "surname_latin",
    "given_latin",
    "document_name",
    "other_names",
    "birth_date",
    "sex",
    "iin",
    "number",
)
"""Fields of a person, and of his documents, that say who he is."""

_STILL = f"""
SELECT d.one, d.other FROM distinct_pair d WHERE {LIVE} AND NOT EXISTS (
  SELECT 1 FROM change c, json_each(c.after) field
  WHERE c.uid IN (SELECT d.one UNION ALL SELECT d.other
      UNION ALL SELECT p.uid FROM document p WHERE p.person IN (d.one, d.other))
    AND field.key IN ({",".join(f"'{name}'" for name in IDENTITY)})
    AND c.op > (SELECT max(said.op) FROM change said WHERE said.uid = d.uid AND said.created))
"""


def still(store: Store) -> frozenset[frozenset[str]]:
    """The pairs whose files have the same names, dates and numbers as when it was said.

    A changed name or number, and a document more, open the question again, whichever door they came by: the
    journal knows them all. Saying it once more closes it again.
    """
    return frozenset(map(frozenset, store.rows(_STILL)))
