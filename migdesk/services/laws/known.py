"""What the office knew on a day: a person's records, the law and the special regimes as they stood at its end.

Two days are told apart: the day that is asked about, and the day whose knowledge answers. A fact that was corrected
later is read as it was written then, a file that was merged later is a file of its own, what was undone later still
holds. The packs of law shipped with the program are those of today's program, which the journal does not keep.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from migdesk.domain.case import Case, CaseMember
from migdesk.domain.change import Entry
from migdesk.domain.dates import show_day
from migdesk.domain.detail import Detail
from migdesk.domain.errors import Invalid, NotFound, Refused
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.law_pack import LawPack
from migdesk.domain.office import CalendarDay, Office, Operator, Setting
from migdesk.domain.person import Membership, Person, TravelDocument
from migdesk.domain.printout import Printout
from migdesk.domain.protection import NoteViewing, PersonNote
from migdesk.domain.record import Record
from migdesk.domain.scan import Attachment
from migdesk.domain.terms import TermKind
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.pack import Special
from migdesk.services import checks, permit_ends, stay_ends
from migdesk.services.desk import Clock, Desk
from migdesk.services.lists import Lists
from migdesk.services.people import labels, people
from migdesk.services.people.people import PersonFile
from migdesk.services.stays import status
from migdesk.services.stays.status import Status
from migdesk.services.terms.arrival_terms import begun_by
from migdesk.store import journal, past
from migdesk.store.links import links_to
from migdesk.store.past import PastStore

R = TypeVar("R", bound=Record)

_OF_THE_OFFICE: tuple[type[Record], ...] = (Office, Operator, Setting, CalendarDay, LawPack)
_NOT_ASKED: frozenset[type[Record]] = frozenset({Printout, Attachment, PersonNote, NoteViewing})
"""What hangs on a person and says nothing of his status: papers, pictures, notes that not everybody may read."""


class KnownDesk(Desk):
    """The office as it knew some people at the end of a day; whatever reads, reads what was known then."""

    def __init__(self, now: Desk, store: PastStore, known_on: date) -> None:
        super().__init__(now.home, store, clock=Clock(pretended=known_on), operator=now.operator)
        self._present = now

    @property
    def lists(self) -> Lists:
        """Closed lists are those of today: their codes are never given another meaning."""
        return self._present.lists

    def _read_law(self) -> Law:
        """The office's own packs, settings and days as of then, and the regimes announced by then."""
        return _as_announced(super()._read_law(), self.today)


class AnnouncedDesk(Desk):
    """The office as it is, under the special regimes that had been announced by a day: the law's side alone."""

    def __init__(self, now: Desk, announced_by: date) -> None:
        super().__init__(now.home, now.store, clock=now.clock, operator=now.operator)
        self.present, self._announced_by = now, announced_by

    def _read_law(self) -> Law:
        return _as_announced(super()._read_law(), self._announced_by)


def _as_announced(law: Law, day: date) -> Law:
    """A law, its special regimes as far as they had been announced by a day."""
    known = copy(law)
    known.specials = law.specials.known_on(day)
    return known


def status_as_announced(then: AnnouncedDesk, person: str, on: date) -> Status:
    """The status of a person by the records of today, under the special regimes that had been announced by a day.

    The register keeps the days of stays, permits and terms by all the acts it knows; here they are those of then.

    Raises:
        NotFound: nobody has this uid.
    """
    file = people.open_file(then, person)
    due = dict(_due_days(then, file))
    terms = (replace(one, due=due.get((one.kind, one.record_uid), one.due)) for one in file.terms)
    return status.file_status(then, replace(file, terms=tuple(terms)), on)


_FIELDS = {"notice_due": TermKind.NOTICE, "registration_due": TermKind.REGISTRATION}


def _due_days(then: AnnouncedDesk, file: PersonFile) -> Iterator[tuple[tuple[TermKind, str], date]]:
    """The terms of a file that end on another day by what had been announced, with that day."""
    someone = [file.person.uid]
    for stay in stay_ends.stale(then.store, then.law, then.today, someone):
        if stay.after:
            yield (TermKind.STAY, stay.uid), stay.after
    for permit in permit_ends.stale(then.store, then.law.specials, someone):
        yield (TermKind.PERMIT, permit.uid), permit.after or permit.written
    for arrival in file.arrivals:
        for one in begun_by(arrival):
            kept = getattr(arrival, one.field)
            if one.start and kept and kept == checks.last_day(then.present.law, one.code, one.start):
                due = checks.last_day(then.law, one.code, one.start)
                yield (_FIELDS[one.field], arrival.uid), due or kept


def regimes_since(desk: Desk, on: date, known_on: date) -> list[Special]:
    """The special regimes that bear on a day and had not been announced by another.

    One bears on a day when it acts on it, or moves what ended by then to that day or beyond.
    """
    moving = desk.law.specials.moving(on)
    return [one for one in desk.law.specials.about(on, moving) if one.announced > known_on]


@dataclass(frozen=True, slots=True)
class Known:
    """A person's status on a day as the office knew it on another; `now` is what it knows of that day today, nothing
    when it knows nobody of this file any more.

    `last` is the last op whose knowledge counts; `since` are the later ops on his records, the newest first.
    """

    known_on: date
    status: Status
    now: Status | None
    last: Entry | None
    since: tuple[Entry, ...]
    findings: tuple[Finding, ...]


def status_as_known(desk: Desk, key: str, on: date, known_on: date) -> Known:
    """The status of a person on a day by what the office knew at the end of another.

    The key is read as it was known then: an IIN that was corrected since finds whose it was.

    Raises:
        NotFound: nobody has the key, nor had it then.
        Refused: the file was made later, or the office was.
    """
    place = past.last_op(desk.store, _end_of(known_on))
    if not place:
        message = N_("The office has no records of {day} or before.")
        raise Refused([block("known.before_office", message, "known_on", day=show_day(known_on))])
    candidates = _candidates(desk, key, place)
    then = as_known(desk, candidates, known_on)
    try:
        person = _person_then(desk, then, key, candidates, known_on)
        found = status.person_status(then, person.uid, on)
        about = [person.uid, *_uids(then, person.uid)]
        entries = journal.entries_of(desk.store, about)
        end = _end_of(known_on)
        return Known(
            known_on=known_on,
            status=found,
            now=_now(desk, person, on),
            last=journal.last_before(desk.store, end),
            since=tuple(one for one in entries if one.at >= end),
            findings=tuple(_findings(desk, then, person, place)),
        )
    finally:
        then.close()


def _now(desk: Desk, person: Person, on: date) -> Status | None:
    try:
        return status.person_status(desk, person.uid, on)
    except NotFound:
        return None


def as_known(desk: Desk, persons: Iterable[str], known_on: date) -> KnownDesk:
    """The office as it knew some people at the end of a day; to be closed after use."""
    place = past.last_op(desk.store, _end_of(known_on))
    wanted = _cluster(desk, persons)
    records = [one for cls in _OF_THE_OFFICE for one in desk.store.select(cls, "1")]
    records += _files(desk, wanted)
    return KnownDesk(desk, PastStore(desk.store, past.as_they_stood(desk.store, records, place)), known_on)


def _end_of(day: date) -> str:
    """The first moment after a day by the clock of this office, as the journal writes moments."""
    local = datetime.combine(day + timedelta(days=1), time()).astimezone()
    return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _candidates(desk: Desk, key: str, place: int) -> set[str]:
    """Everybody whom a key may have meant: who has it, and who had it."""
    store = desk.store
    if store.find(Person, key):
        return {key}
    if holder := labels.find_holder(desk, key):
        return {holder.uid}
    number = key.replace(" ", "").upper()
    found = {one.uid for one in store.select(Person, "iin = ? AND iin <> ''", (number,))}
    found |= {one.person or "" for one in store.select(TravelDocument, "number = ?", (number,))}
    return found | past.once_of(store, number, place)


def _person_then(desk: Desk, then: KnownDesk, key: str, candidates: set[str], known_on: date) -> Person:
    """Whom the key meant then.

    Raises:
        NotFound: nobody.
        Refused: his file was made later.
    """
    alone = next(iter(candidates)) if len(candidates) == 1 else ""
    try:
        return people.get_person(then, key)
    except NotFound:
        pass
    if alone and labels.find_holder(desk, key):
        key = alone
    if alone and then.store.find(Person, alone):
        if key == alone:
            return people.get_person(then, key)
        message = N_("On {day} the office did not know this number.")
        raise Refused([block("known.not_number", message, "person", day=show_day(known_on))])
    made = journal.entries_of(desk.store, [alone])[-1:] if alone else []
    if not made:
        people.get_person(desk, key)  # says why nobody has it
        raise NotFound(key)
    message = N_("The office did not know this person on {day}: the file was made on {made}.")
    values = {"day": show_day(known_on), "made": show_day(_day_of(made[0]))}
    raise Refused([block("known.not_yet", message, "known_on", **values)])


def _day_of(entry: Entry) -> date:
    return datetime.fromisoformat(entry.at).astimezone().date()


def _cluster(desk: Desk, persons: Iterable[str]) -> set[str]:
    """Some people, and all whose files were ever one with theirs: their rows moved, and may have to move back."""
    pairs = past.merges(desk.store)
    found, size = set(persons), -1
    while len(found) != size:
        size = len(found)
        found |= {uid for pair in pairs if found & set(pair) for uid in pair}
    return found


def _files(desk: Desk, wanted: set[str]) -> Iterator[Record]:
    """Every row that may belong to the files of some people: theirs, and what those rows rest on."""
    rows = list(_naming(desk, Person.table, wanted))
    yield from rows
    yield from _by_uid(desk, Person, wanted)
    arrivals = {one.uid for one in rows if one.table == "arrival"}
    yield from _of(desk, Detail, "arrival", arrivals)
    cases = {one.case for one in rows if isinstance(one, CaseMember) and one.case}
    yield from _by_uid(desk, Case, cases)
    families = {one.family for one in rows if isinstance(one, Membership) and one.family}
    places = list(_of(desk, Membership, "family", families))
    yield from places
    yield from _by_uid(desk, Person, {one.person for one in places if one.person} - wanted)


def _naming(desk: Desk, table: str, uids: Iterable[str]) -> Iterator[Record]:
    for cls, names in links_to(table):
        if cls not in _NOT_ASKED:
            for name in names:
                yield from _of(desk, cls, name, uids)


def _by_uid(desk: Desk, cls: type[R], uids: Iterable[str]) -> Iterator[R]:
    return _of(desk, cls, "uid", uids)


def _of(desk: Desk, cls: type[R], name: str, uids: Iterable[str]) -> Iterator[R]:
    """Rows of one kind, annulled ones too, whose field is one of some uids."""
    given = sorted(uids)
    marks = ", ".join("?" * len(given))
    yield from desk.store.select(cls, f"[{name}] IN ({marks})", given) if given else ()


def _uids(then: KnownDesk, person: str) -> list[str]:
    """The records of a person as they hung on him then."""
    return [one.uid for one in _naming(then, Person.table, [person])]


def _findings(desk: Desk, then: KnownDesk, person: Person, place: int) -> Iterator[Finding]:
    """What has to be known to read the answer: files that were two or one, law that cannot be had as it was."""
    now = desk.store.get(Person, person.uid)
    if now.merged_into:
        message = N_("This file is now a part of the file of {name}.")
        name = people.get_person(desk, person.uid).full_name
        yield note("known.merged_since", message, "person", name=name)
    for other in desk.store.select(Person, "merged_into = ?", (person.uid,)):
        was = then.store.find(Person, other.uid)
        if was and not was.is_annulled:
            message = N_("The file of {name} was still a file of its own: its records are not counted here.")
            yield note("known.apart", message, "person", name=other.full_name)
    changed = sorted(_other_versions(desk, then, place))
    if changed:
        message = N_(
            "The law shipped with the program was of another version then: {packs}. Today's is applied."
        )
        yield note("known.other_version", message, None, packs=", ".join(changed))
    for problem in then.law.left_out:
        yield warn(
            "known.left_out",
            N_("A pack of the office cannot be read: {reason}"),
            None,
            reason=problem.words(),
        )


def _other_versions(desk: Desk, then: KnownDesk, place: int) -> Iterator[str]:
    """Shipped packs that the last op by then used in another version, with that version."""
    said = json.loads(desk.store.value("SELECT rules FROM op WHERE id = ?", (place,)) or "{}")
    own = {one.code for one in then.store.live(LawPack)}
    for pack, version in then.law.versions().items():
        if pack not in own and said.get(pack, version) != version:
            yield f"{pack} {said[pack]}"


def refuse_later(known_on: date, real: date) -> None:
    """Nobody knows today what will be known tomorrow.

    Raises:
        Invalid: the day is still to come.
    """
    if known_on > real:
        message = N_("{day} is still to come: give the day whose knowledge counts.")
        raise Invalid([block("known.in_future", message, "known_on", day=show_day(known_on))])
