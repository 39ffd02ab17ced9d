"""Which known workbook a header belongs to, and which column is which. Nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from migdesk.exchange.sheet import REV, UID, SheetSpec, fold_header

Heading = tuple[str, ...]
"""The texts of a column's header from top to bottom; blank ones are left out."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Columns that are not read because the header leaves it open: several columns for one key, or several
    keys for one column. The operator's mapping decides."""

    columns: tuple[int, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a header means under one spec; columns are counted from 0.

    `columns` are read; `unknown`, `unclear`, `ignored` (row numbers, or set aside by the operator) are not;
    `contradicted` maps a column whose header now says another key than the one it was written with;
    `missing` are required keys that no column has; `rivals` are other specs that fit as well;
    `spoken` counts the columns whose own words say a key.
    """

    spec: SheetSpec
    headings: tuple[Heading, ...]
    columns: Mapping[int, str]
    unknown: tuple[int, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    ignored: tuple[int, ...] = ()
    contradicted: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    rivals: tuple[SheetSpec, ...] = ()
    spoken: int = 0

    @property
    def score(self) -> tuple[int, int, int]:
        """The higher, the better the spec fits."""
        own = sum(1 for key in self.columns.values() if key not in (UID, REV))
        return own + len(self.unclear), -len(self.missing), -len(self.unknown)

    @property
    def fits(self) -> bool:
        """Whether enough is known to read the sheet: two columns, and one of the required ones if any."""
        required = [column.key for column in self.spec.columns if column.required]
        met = not required or len(self.missing) < len(required)
        return self.score[0] >= min(2, len(self.spec.columns)) and met

    @property
    def shape(self) -> str:
        """The header as one text without case and punctuation: the same for workbooks of the same kind."""
        return "|".join(fold_header(" ".join(heading)) for heading in self.headings)


def recognise(
    headers: Sequence[str | Heading],
    specs: Sequence[SheetSpec],
    written: Mapping[str, Mapping[int, str]] | None = None,
    given: Mapping[int, str | None] | None = None,
) -> Recognition | None:
    """The spec that fits a header best; `None` when none has a word of it.

    `written` are machine keys by spec code and column, as our own workbooks carry them: they decide the
    spec; `given` is the operator's mapping (`None` sets a column aside) and overrides everything: of two
    columns with the same words the one that was not named is set aside.
    """
    headings = tuple(_heading(one) for one in headers)
    written = written or {}
    ours = [spec for spec in specs if spec.code in written]
    tried = [_under(spec, headings, written.get(spec.code, {}), given or {}) for spec in ours or specs]
    tried = [one for one in tried if one.score[0]]
    if not tried:
        return None
    best = max(tried, key=lambda one: one.score)
    rivals = tuple(one.spec for one in tried if one.score == best.score and one is not best)
    return replace(best, rivals=rivals)


def _heading(given: str | Heading) -> Heading:
    parts = (given,) if isinstance(given, str) else given
    kept: list[str] = []
    for part in (part.strip() for part in parts):
        if part and (not kept or kept[-1] != part):
            kept.append(part)
    return tuple(kept)


def _under(
    spec: SheetSpec,
    headings: tuple[Heading, ...],
    written: Mapping[int, str],
    given: Mapping[int, str | None],
) -> Recognition:
    meant = {at: spec.keys_for(heading) for at, heading in enumerate(headings)}
    spoken = sum(1 for keys in meant.values() if keys)
    contradicted = {
        at: (written[at], keys[0])
        for at, keys in meant.items()
        if at in written and at not in given and len(keys) == 1 and keys[0] != written[at]
    }
    meant.update({at: (key,) for at, key in written.items() if at in meant})
    known = {*spec.by_key, UID, REV}
    meant.update({at: (key,) if key in known else () for at, key in given.items() if key and at in meant})
    chosen = {key for key in given.values() if key}
    aside = [at for at, key in given.items() if key is None and at in meant]
    aside += [at for at, keys in meant.items() if at not in given and len(keys) == 1 and keys[0] in chosen]
    for at in (*contradicted, *aside):
        del meant[at]
    claims: dict[str, list[int]] = {}
    for at, keys in meant.items():
        if len(keys) == 1:
            claims.setdefault(keys[0], []).append(at)
    unclear = [Unclear((at,), keys) for at, keys in meant.items() if len(keys) > 1]
    unclear += [Unclear(tuple(found), (key,)) for key, found in claims.items() if len(found) > 1]
    columns = {found[0]: key for key, found in claims.items() if len(found) == 1}
    named = set(columns.values()) | {key for one in unclear for key in one.keys}
    nameless = [at for at, keys in meant.items() if not keys and headings[at]]
    return Recognition(
        spec=spec,
        headings=headings,
        columns=dict(sorted(columns.items())),
        unknown=tuple(at for at in nameless if not spec.is_ignored(headings[at])),
        unclear=tuple(unclear),
        ignored=(*aside, *(at for at in nameless if spec.is_ignored(headings[at]))),
        contradicted=contradicted,
        missing=tuple(one.key for one in spec.columns if one.required and one.key not in named),
        spoken=spoken,
    )
