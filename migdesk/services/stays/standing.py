"""The history of a person's status: what he was here, from when to when, on what ground, and since when it is known.

Presence by crossings, permits, the status of a kandas and citizenship, the latest first. Whether a stay was lawful on
a day is not kept: it is judged anew for the day that is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from migdesk.domain.arrival import Stay
from migdesk.domain.fields import choice_label
from migdesk.domain.permit import Permit, PermitState
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.people import people
from migdesk.services.people.people import PersonFile
from migdesk.store import past

_HELD = frozenset({PermitState.GRANTED, PermitState.EXTENDED, PermitState.REVOKED})
_KANDAS = "kandas"
_CROSSING = N_("crossing of the border")
_CROSSING_AT = N_("crossing of the border, {point}")
_FILE = N_("the person's file")
_REVOKED = N_("{number}, revoked: {grounds}")
_EXTENSION = N_("{number}, an extension")


class What(StrEnum):
    """Of what a line of the history tells."""

    STAY = "stay"
    PERMIT = "permit"
    KANDAS = "kandas"
    CITIZENSHIP = "citizenship"

    @classmethod
    def labels(cls) -> dict[What, str]:
        """What a person reads."""
        return {
            cls.STAY: N_("Presence"),
            cls.PERMIT: N_("Permit"),
            cls.KANDAS: N_("Kandas status"),
            cls.CITIZENSHIP: N_("Citizenship"),
        }


@dataclass(frozen=True, slots=True)
class Period:
    """One status: from a day to a day, both included, `words` what it is, `basis` on what it rests.

    No first day means that it is not known, no last day that it lasts. `known_on` is the day on which the office
    wrote it down, `corrected_on` a later day on which it changed what it had written. `record` is its uid.
    """

    what: What
    since: date | None
    until: date | None
    words: str
    basis: str
    record: str
    known_on: date | None = None
    corrected_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it was so on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def history(desk: Desk, key: str) -> list[Period]:
    """The history of a person given by uid, IIN, document number or label, the latest first.

    Raises:
        NotFound: nobody has it.
    """
    return of_file(desk, people.open_file(desk, people.get_person(desk, key).uid))


def of_file(desk: Desk, file: PersonFile) -> list[Period]:
    """The history of a person whose file is open."""
    told = past.told_of(desk.store, [one.uid for one in (*file.stays, *file.permits)])
    found = [*_stays(file), *_permits(desk, file)]
    dated = [_dated(one, told.get(one.record)) for one in found]
    dated.sort(key=lambda one: (one.since or date.min, one.what is not What.STAY), reverse=True)
    return [*dated, *_citizenships(desk, file)]


def _dated(one: Period, told: tuple[str, str] | None) -> Period:
    if told is None:
        return one
    first, last = map(_day_of, told)
    return Period(
        one.what,
        one.since,
        one.until,
        one.words,
        one.basis,
        one.record,
        known_on=first,
        corrected_on=last if last != first else None,
    )


def _day_of(at: str) -> date:
    return datetime.fromisoformat(at).astimezone().date()


def _stays(file: PersonFile) -> Iterator[Period]:
    for one in file.stays:
        if one.entered_on:
            yield Period(What.STAY, one.entered_on, one.left_on, _basis(one), _crossing(one), one.uid)


def _basis(stay: Stay) -> str:
    return choice_label(stay.basis) if stay.basis else _(N_("ground not known"))


def _crossing(stay: Stay) -> str:
    words = _(_CROSSING_AT).format(point=stay.border_point) if stay.border_point else _(_CROSSING)
    return f"{words} ({choice_label(stay.source)})" if stay.source else words


def _permits(desk: Desk, file: PersonFile) -> Iterator[Period]:
    for one in file.permits:
        if one.state in _HELD and (one.valid_from or one.granted_on):
            what = What.KANDAS if one.kind == _KANDAS else What.PERMIT
            words = desk.lists.label("permit_kinds", one.kind)
            yield Period(what, one.valid_from or one.granted_on, _end(one), words, _ground(one), one.uid)


def _end(permit: Permit) -> date | None:
    """The last day on which it was in force: a permit does not hold on the day of its revocation."""
    ends = [permit.ends_on, permit.revoked_on - timedelta(days=1) if permit.revoked_on else None]
    return min((one for one in ends if one), default=None)


def _ground(permit: Permit) -> str:
    if permit.revoked_on:
        return _(_REVOKED).format(number=permit.number, grounds=permit.grounds)
    return _(_EXTENSION).format(number=permit.number) if permit.extends else permit.number


def _citizenships(desk: Desk, file: PersonFile) -> Iterator[Period]:
    """What the file said of citizenship, the latest first: of when it was acquired the file knows nothing."""
    written: list[tuple[str, str]] = []
    for at, value in past.values_of(desk.store, file.person.uid, "citizenship"):
        if value and (not written or written[-1][1] != value):
            written.append((at, value))
    ends: date | None = None
    for number, (at, code) in enumerate(reversed(written), start=1):
        known = _day_of(at)
        yield Period(
            What.CITIZENSHIP,
            known if number < len(written) else None,
            ends,
            desk.lists.label("countries", code),
            _(_FILE),
            file.person.uid,
            known_on=known,
        )
        ends = known - timedelta(days=1)
