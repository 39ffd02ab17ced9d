"""Two files of one person become one, and can become two again; or two people are said to be two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Change, Done, Entry, Op
from migdesk.domain.errors import NotFound, Refused, refuse_if_blocked
from migdesk.domain.fields import Spec, specs
from migdesk.domain.finding import Finding, block
from migdesk.domain.identity import identity_of
from migdesk.domain.matching import Match, compare
from migdesk.domain.other_names import OtherName, read, written
from migdesk.domain.person import Distinct, Membership, Person, TravelDocument
from migdesk.domain.protection import Unaccompanied
from migdesk.domain.record import Record, missing
from migdesk.domain.register import BY_TABLE
from migdesk.domain.scan import Attachment
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import growth, merge_checks, notes
from migdesk.store import distinct
from migdesk.store import journal as book
from migdesk.store import people as shelf
from migdesk.store.links import created_since, linked, links_to
from migdesk.store.writer import Tx, changed_since

_MERGED, SAME_STAY = "merged", "same_stay"
_SAME = block("same_file", N_("This is one file already."))
_OWN = frozenset({"other_names", "state", "merged_into", "annulled_on", "annulled_why"})
CHOICES = tuple(field.name for field in specs(Person) if field.name not in _OWN)
"""Fields of which a merge keeps one of two values."""
_NAMES = ("surname", "given", "patronymic", "surname_latin", "given_latin", "document_name")


Rows = Counter[type[Record]]
"""How many rows of each kind hang on a file."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two files to look at before they become one: fields that differ, rows and documents of each.

    `hindrances` say why they cannot become one as they are; `foretold` what will be double or otherwise, by the file
    that is kept. Of the `arrivals` one stays open; `stays_open` when all tell of one stay.
    """

    one: Person
    other: Person
    match: Match
    fields: tuple[Spec, ...]
    rows: tuple[Rows, Rows]
    documents: tuple[tuple[TravelDocument, ...], tuple[TravelDocument, ...]]
    hindrances: tuple[Finding, ...]
    foretold: Mapping[str, tuple[Finding, ...]]
    arrivals: tuple[Arrival, ...]
    stays_open: str

    @property
    def richer(self) -> str:
        """Uid of the file on which more rows hang, the older of two equals: the one to keep unless told so."""
        mine, theirs = (rows.total() for rows in self.rows)
        if mine == theirs:
            return min(self.one.uid, self.other.uid)
        return self.one.uid if mine > theirs else self.other.uid


@dataclass(frozen=True, slots=True)
class Edit:
    """A field of the kept file that was changed since the merge: what it was then, and what it is."""

    spec: Spec
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Mingled:
    """A merged file before it is taken apart: `later` rows and `edits` since may belong to either."""

    kept: Person
    gone: Person
    later: tuple[Record, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A file that was merged into another, and by which op."""

    gone: Person
    entry: Entry


def put_side_by_side(desk: Desk, one: str, other: str) -> SideBySide:
    """Compare two files field by field.

    Raises:
        NotFound: one of them is not in the register.
    """
    here, there = _living(desk, one), _living(desk, other)
    fields = tuple(
        field
        for field in specs(Person)
        if field.name not in _OWN and getattr(here, field.name) != getattr(there, field.name)
    )
    mine, theirs = (Counter(type(row) for row in _seen(desk, uid)) for uid in (one, other))
    today = desk.today
    papers = (
        tuple(shelf.documents_of(desk.store, one, today)),
        tuple(shelf.documents_of(desk.store, other, today)),
    )
    arrivals = merge_checks.open_arrivals(desk, one, other)
    usual = merge_checks.usual_arrival(desk, arrivals) if arrivals else None
    return SideBySide(
        here,
        there,
        compare(*(identity_of(*two) for two in zip((here, there), map(_numbers, papers), strict=True))),
        fields,
        (mine, theirs),
        papers,
        tuple(_hindrances(desk, here, there)),
        {
            kept.uid: tuple(merge_checks.foretell(desk, kept, gone))
            for kept, gone in ((here, there), (there, here))
        },
        arrivals,
        usual.uid if usual else "",
    )


def check_merge(desk: Desk, keep: str, other: str, stays_open: str = "") -> list[Finding]:
    """What stands against a merge, what will be double afterwards and what is settled with it; writes nothing.

    Raises:
        NotFound: one of the two is not in the register.
    """
    kept, gone = _living(desk, keep), _living(desk, other)
    if hindrances := _hindrances(desk, kept, gone):
        return hindrances
    offered = merge_checks.open_arrivals(desk, keep, other)
    return [*merge_checks.check_arrivals(desk, offered, stays_open), *merge_checks.foretell(desk, kept, gone)]


def merge(
    desk: Desk, keep: str, other: str, take: Collection[str] = (), stays_open: str = ""
) -> Done[Person]:
    """Make two files one: every row that hangs on `other` hangs on `keep` afterwards.

    Fields named in `take`, and those that are empty in `keep`, come from `other`; names that lose stay as other
    names, so that the search finds them. `other` is annulled and says where it went. Of the open arrivals of both
    files the one that `stays_open` (uid or number) is left open, the others are annulled as the same stay.

    Raises:
        NotFound: one of the two is not in the register.
        Refused: it is one file already, both have an IIN and these differ, or one is a parent of the other.
        Invalid: both have open arrivals that differ, and none of them was chosen.
        Stale: one of them was changed in the meantime.
    """
    kept, gone = _living(desk, keep), _living(desk, other)
    if hindrances := _hindrances(desk, kept, gone):
        raise Refused(hindrances)
    findings = check_merge(desk, keep, other, stays_open)
    with desk.write(Op.MERGE_FILES) as tx:
        offered = merge_checks.open_arrivals(desk, keep, other)
        chosen = merge_checks.choose_arrival(desk, offered, stays_open)
        for row in _twins(desk, kept.uid, gone.uid, chosen):
            tx.annul(row, _MERGED)
        for one in offered:
            if one != chosen:
                tx.annul(one, SAME_STAY)
        for row in list(linked(desk.store, Person.table, gone.uid)):
            _move(tx, row, gone.uid, kept.uid)
        tx.put(replace(gone, merged_into=kept.uid, annulled_on=tx.today, annulled_why=_MERGED))
        whole = _joined(kept, gone, take)
        documents = tx.live(TravelDocument, person=kept.uid)
        changed = growth.identity_changed(kept, whole)
        joined = tx.put(growth.settled(tx, whole, documents, changed=changed))
    return Done(joined, tx.changes, tuple(findings))


def list_merged(desk: Desk, uid: str) -> list[Merged]:
    """The files that were merged into this one, also those that came with another, the last first."""
    found = (_merged(desk, gone.uid) for gone in desk.store.select(Person, "merged_into = ?", (uid,)))
    return sorted((Merged(one.gone, one.entry) for one in found), key=lambda one: one.entry.at, reverse=True)


def gone_by(desk: Desk, entry: Entry) -> Person | None:
    """The file that an op merged into another and that is still there; nothing for any other op."""
    if entry.op is not Op.MERGE_FILES:
        return None
    for change in book.changes_of(desk.store, entry.uid):
        if change.table == Person.table and "merged_into" in change.after and "annulled_on" in change.after:
            gone = desk.store.find(Person, change.uid)
            return gone if gone and gone.merged_into else None
    return None


def look_apart(desk: Desk, uid: str) -> Mingled:
    """What is to be decided before a merged file becomes two again; `uid` is that of the file that went.

    Raises:
        NotFound: this file is not merged into another.
    """
    merged = _merged(desk, uid)
    return Mingled(merged.kept, merged.gone, tuple(_later(desk, merged)), tuple(_edits(desk, merged)))


def separate(desk: Desk, uid: str, give: Collection[str] = (), fields: Collection[str] = ()) -> Done[Person]:
    """Make two files of a merged one again, at any later time.

    Rows that the merge moved go back, fields it changed get their old value unless they were edited since. Of
    the rows added since, those named in `give` go to the file that comes back; of the fields edited since,
    those named in `fields` go there with their new value, and the kept file has its own again.

    Raises:
        NotFound: this file is not merged into another, or what is given was not added or edited since.
        Stale: somebody changed one of the rows in the meantime.
    """
    merged = _merged(desk, uid)
    kept, gone = merged.kept.uid, merged.gone.uid
    later = {row.uid: row for row in _later(desk, merged)}
    edits = {edit.spec.name: edit for edit in _edits(desk, merged)}
    for unknown in (*(set(give) - set(later)), *(set(fields) - set(edits))):
        raise NotFound(unknown)
    with desk.write(Op.SEPARATE_FILES) as tx:
        for change, names in _passed_on(desk, merged):
            tx.put_back(change, names)
        for change in reversed(merged.changes):
            tx.put_back(change, _returning(desk, change, merged, fields))
        for row_uid in give:
            _move(tx, later[row_uid], kept, gone)
        if fields:
            own = {name for change in merged.changes if change.uid == kept for name in change.after}
            was = {name: edits[name].was for name in fields if name not in own}
            tx.put(desk.store.get(Person, kept), **was)
            tx.put(desk.store.get(Person, gone), **{name: edits[name].now for name in fields})
    return Done(desk.store.get(Person, gone), tx.changes)


def say_distinct(desk: Desk, one: str, other: str, why: str) -> Done[Distinct]:
    """Remember that two files alike are two people: no list of duplicates proposes them again.

    Raises:
        NotFound: one of them is not in the register.
        Refused: it is one file.
        Invalid: the reason is missing.
    """
    first, second = sorted((_living(desk, one).uid, _living(desk, other).uid))
    if first == second:
        raise Refused([_SAME])
    said = Distinct(one=first, other=second, why=why.strip())
    refuse_if_blocked(missing(said))
    with desk.write(Op.SAY_DISTINCT) as tx:
        for old in desk.store.live(Distinct, one=first, other=second):
            tx.annul(old, "replaced")
        said = tx.put(said)
    return Done(said, tx.changes)


def distinct_pairs(desk: Desk) -> frozenset[frozenset[str]]:
    """Pairs of files that somebody said are two people, and that still are what he saw: see `distinct.still`."""
    return distinct.still(desk.store)


def _living(desk: Desk, uid: str) -> Person:
    found = desk.store.find(Person, uid)
    if found is None or found.is_annulled:
        raise NotFound(uid)
    return found


def _seen(desk: Desk, uid: str) -> Iterator[Record]:
    """Every row that hangs on a file; not that somebody answers for a child, where that is restricted."""
    for row in linked(desk.store, Person.table, uid):
        if not (isinstance(row, Unaccompanied) and row.person != uid and notes.is_hidden(desk, row)):
            yield row


def _numbers(documents: tuple[TravelDocument, ...]) -> tuple[str, ...]:
    return tuple(paper.number for paper in documents)


def _hindrances(desk: Desk, kept: Person, gone: Person) -> list[Finding]:
    if kept.uid == gone.uid:
        return [_SAME]
    if kept.iin and gone.iin and kept.iin != gone.iin:
        message = N_(
            "Both files have an IIN, and these differ. One of them is wrong, or these are two people."
        )
        return [block("two_iins", message, "iin")]
    return merge_checks.check_kin(desk, kept, gone)


def _joined(kept: Person, gone: Person, take: Collection[str]) -> Person:
    """The file as it is afterwards; names that lose are kept among the other names."""
    values: dict[str, Any] = {
        field.name: getattr(gone, field.name)
        for field in specs(Person)
        if field.name not in _OWN
        and getattr(gone, field.name) not in (None, "")
        and (field.name in take or getattr(kept, field.name) in (None, ""))
    }
    joined = replace(kept, **values)
    known = {getattr(joined, name).casefold() for name in _NAMES}
    words = [getattr(person, name) for person in (kept, gone) for name in _NAMES]
    lost = dict.fromkeys(word for word in words if word and word.casefold() not in known)
    entries = (*read(f"{kept.other_names}; {gone.other_names}"), *map(OtherName, lost))
    return replace(joined, other_names=written(entries))


def _twins(desk: Desk, kept: str, gone: str, stays_open: Arrival | None) -> list[Record]:
    """Rows of the file that goes which the other has too, and what said that the two are two people."""
    store = desk.store
    papers = {(one.kind, one.number, one.issuer) for one in store.live(TravelDocument, person=kept)}
    families = {one.family for one in store.live(Membership, person=kept) if one.until is None}
    found: list[Record] = [
        one for one in store.live(TravelDocument, person=gone) if (one.kind, one.number, one.issuer) in papers
    ]
    pictures = {one.digest for one in store.live(Attachment, person=kept)}
    found += [one for one in store.live(Membership, person=gone) if one.family in families and not one.until]
    found += [one for one in store.live(Attachment, person=gone) if one.digest in pictures]
    found += merge_checks.twin_stays(desk, kept, gone, stays_open)
    found += [*store.live(Distinct, one=kept, other=gone), *store.live(Distinct, one=gone, other=kept)]
    return found


def _move(tx: Tx, row: Record, old: str, new: str) -> None:
    """Let a row name another file wherever it names this one."""
    names = dict(links_to(Person.table))[type(row)]
    tx.put(row, **{name: new for name in names if getattr(row, name) == old})


@dataclass(frozen=True, slots=True)
class _Merge:
    """A merge as the journal has it; `into` is the file it went into, `kept` the one where it is by now."""

    gone: Person
    into: str
    kept: Person
    entry: Entry
    changes: list[Change]


def _merged(desk: Desk, uid: str) -> _Merge:
    """How a file went into another, which may have gone into a third since."""
    gone = desk.store.find(Person, uid)
    if gone is None or not gone.merged_into:
        raise NotFound(uid)
    for entry in book.entries_of(desk.store, [uid]):
        own = book.changes_of(desk.store, entry.uid, record=uid)
        if entry.op is Op.MERGE_FILES and any("annulled_on" in change.after for change in own):
            into = next(str(change.after["merged_into"]) for change in own if "merged_into" in change.after)
            kept = desk.store.get(Person, gone.merged_into)
            return _Merge(gone, into, kept, entry, book.changes_of(desk.store, entry.uid))
    raise NotFound(uid)


def _later(desk: Desk, merged: _Merge) -> Iterator[Record]:
    """Rows of the kept file that were made since the merge; other files merged into it are no rows of it."""
    since = created_since(desk.store, merged.entry.uid) - {change.uid for change in merged.changes}
    for row in _seen(desk, merged.kept.uid):
        if row.uid in since and not isinstance(row, Person):
            yield row


def _edits(desk: Desk, merged: _Merge) -> Iterator[Edit]:
    """Fields of the kept file that somebody changed since the other came into it."""
    was: dict[str, object] = {}
    came = {entry.uid for entry in book.entries_of(desk.store, [merged.gone.uid])}
    for entry in book.entries_of(desk.store, [merged.kept.uid]):
        if entry.uid in came:
            break
        for change in book.changes_of(desk.store, entry.uid, record=merged.kept.uid):
            was |= change.before
    for field in specs(Person):
        if field.name in was and field.name not in _OWN:
            before, now = field.field.from_sql(was[field.name]), getattr(merged.kept, field.name)
            if before != now:
                yield Edit(field, before, now)


def _passed_on(desk: Desk, merged: _Merge) -> Iterator[tuple[Change, list[str]]]:
    """Values that the file brought and that went on with it into a third one, unless changed there since."""
    brought = {
        name: value for one in merged.changes if one.uid == merged.into for name, value in one.after.items()
    }
    into = merged.into
    while into != merged.kept.uid:
        step = _merged(desk, into)
        for change in step.changes:
            if change.uid == step.into:
                brought = {name: value for name, value in brought.items() if change.after.get(name) == value}
                yield change, [name for name in brought if name not in changed_since(desk.store, change)]
        into = step.into


def _returning(desk: Desk, change: Change, merged: _Merge, fields: Collection[str]) -> list[str]:
    """Which fields of a row go back: all but those that somebody changed since to what shall stay.

    A row that went on with the file into a third one was not changed by anybody.
    """
    unlike = changed_since(desk.store, change)
    if change.uid == merged.kept.uid:
        unlike -= set(fields)
    elif unlike and merged.into != merged.kept.uid:
        now = desk.store.get(BY_TABLE[change.table], change.uid)
        unlike = {
            name
            for name in unlike
            if (change.after[name], getattr(now, name)) != (merged.into, merged.kept.uid)
        }
    return [name for name in change.after if name not in unlike]
