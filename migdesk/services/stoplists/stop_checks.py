"""Checking a person against the external lists in force: likely matches with their reasons, and what was judged.

It is the one matching of people that decides how alike two are. A match asks to look again and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid, NotFound
from migdesk.domain.finding import Finding, warn
from migdesk.domain.identity import identity_of
from migdesk.domain.matching import Match, can_match, compare, share_number
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.record import faults
from migdesk.domain.stoplist import StopJudgement, StopList, StopRow
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.stoplists import stoplists
from migdesk.store import people as shelf
from migdesk.store import stoplists as rolls
from migdesk.store.stoplists import Judged as Judged

FIELD = "stoplist"
_MATCH = N_(
    "May be on the list “{list}” ({source}, of {day}): {reasons}. Compare the papers; a list alone refuses nothing."
)


@dataclass(frozen=True, slots=True)
class StopMatch:
    """A row of a list that may be the person, how alike they are, and whether somebody found out that it is not."""

    stop_list: StopList
    row: StopRow
    match: Match
    judged: Judged | None = None


def matches(desk: Desk, person: Person, documents: Sequence[TravelDocument] | None = None) -> list[StopMatch]:
    """Rows of the lists in force that may be a person, best first, those judged not to be the same at the end.

    Without `documents` those of the register are meant.
    """
    lists = {one.uid: one for one in stoplists.in_force(desk)}
    if not lists:
        return []
    papers = shelf.documents_of(desk.store, person.uid, desk.today) if documents is None else documents
    mine = identity_of(person, tuple(one.number for one in papers if one.number))
    said = rolls.judged(desk.store, person.uid) if person.uid else {}
    found = []
    for row in rolls.candidates(desk.store, mine, list(lists)):
        theirs, of = row.identity, lists[row.stop_list or ""]
        if not can_match(mine, theirs):
            continue
        match = compare(mine, theirs)
        # whoever shows the number of a list is told, however unlike the names are
        if match.verdict != "different" or share_number(mine, theirs):
            found.append(StopMatch(of, row, match, said.get(row.mark(of))))
    return sorted(found, key=lambda one: (one.judged is not None, -one.match.score))


def remarks(desk: Desk, person: Person, documents: Iterable[TravelDocument] | None = None) -> list[Finding]:
    """A warning for each match that nobody judged, naming list, source and its day; nothing blocks."""
    held = None if documents is None else tuple(documents)
    return [_remark(one) for one in matches(desk, person, held) if one.judged is None]


def at_registration(desk: Desk, person: Person, documents: Iterable[TravelDocument]) -> list[Finding]:
    """As `remarks`, of somebody who comes: with the documents shown, and those that the register has of him."""
    known = shelf.documents_of(desk.store, person.uid, desk.today) if person.uid else []
    return [replace(one, field="surname") for one in remarks(desk, person, (*documents, *known))]


def about(desk: Desk, person: Person, documents: Iterable[TravelDocument]) -> list[Finding]:
    """What the standing of a person says of the lists: the matches, and which lists are out of date."""
    if not stoplists.in_force(desk):
        return []
    return [*remarks(desk, person, documents), *stoplists.stale_notes(desk)]


def _remark(one: StopMatch) -> Finding:
    of = one.stop_list
    values = {"list": of.name, "source": of.source, "day": show_day(of.listed_on)}
    return warn("stoplist.match", _MATCH, FIELD, **values, reasons="; ".join(one.match.reasons))


def judge(desk: Desk, person: Person, row: str, why: str) -> Done[StopJudgement]:
    """Remember that a person is not the one of an entry, with the reason; it holds for later editions too.

    It is asked anew when a name, a date or a number of the person, or the entry itself, is changed.

    Raises:
        NotFound: no list in force has this entry.
        Invalid: the reason is missing.
    """
    entry = desk.store.find(StopRow, row)
    lists = {one.uid: one for one in stoplists.in_force(desk)}
    if entry is None or entry.is_annulled or entry.stop_list not in lists:
        raise NotFound(row)
    of = lists[entry.stop_list]
    said = StopJudgement(
        person=person.uid, of_list=f"{of.name} ({of.source})", entry=entry.mark(of), why=why.strip()
    )
    if wrong := faults(said):
        raise Invalid(wrong)
    with desk.write(Op.JUDGE_STOPLIST) as tx:
        for old in rolls.judgements_of(desk.store, person.uid, said.entry):
            tx.annul(old, "replaced")
        said = tx.put(said)
    return Done(said, tx.changes)


def judge_again(desk: Desk, person: Person, row: str) -> Done[StopJudgement]:
    """Take back what was said of a person and an entry: the match is told again.

    Raises:
        NotFound: nothing was said of them.
    """
    entry = desk.store.find(StopRow, row)
    of = desk.store.find(StopList, entry.stop_list or "") if entry else None
    known = rolls.judgements_of(desk.store, person.uid, entry.mark(of)) if entry and of else []
    if not known:
        raise NotFound(row)
    with desk.write(Op.JUDGE_STOPLIST) as tx:
        said = [tx.annul(one, "taken back") for one in known][-1]
    return Done(said, tx.changes)
