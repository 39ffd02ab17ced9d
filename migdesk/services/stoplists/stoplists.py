"""External lists: which editions there are, by which people are checked, which are out of date, one removed.

A list never refuses anybody. Taking one in is `stop_taking`, checking a person `stop_checks`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import NotFound
from migdesk.domain.finding import Finding, Severity, warn
from migdesk.domain.stoplist import StopList
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.reasons import reason

STALE_AFTER = "external.stale_after"
"""The value that says after how many days a newer edition is to be asked for, unless a list has days of its own."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A list as it is shown: whether people are checked by it, and whether a newer one should be asked for."""

    stop_list: StopList
    in_force: bool
    stale: bool


def drop(desk: Desk, uid: str, why: str) -> Done[StopList]:
    """Take an edition out of account for a reason; the one before it is checked by again. It stays in the journal.

    Raises:
        NotFound: no such edition.
        Invalid: no reason is given, or a too long one.
    """
    edition, why = get_edition(desk, uid), reason(why, place="why")
    with desk.write(Op.DROP_STOPLIST) as tx:
        dropped = tx.annul(edition, why)
    return Done(dropped, tx.changes)


def get_edition(desk: Desk, uid: str) -> StopList:
    """An edition by its uid, or the one in force of the list of this name.

    Raises:
        NotFound: none, or several lists have this name.
    """
    found = desk.store.live(StopList, uid=uid)
    found = found or [one for one in in_force(desk) if one.name.casefold() == uid.strip().casefold()]
    if len(found) != 1:
        raise NotFound(uid)
    return found[0]


def editions(desk: Desk) -> list[Edition]:
    """Every edition, list by list, the latest first."""
    current, today = {one.uid for one in in_force(desk)}, desk.today
    known = sorted(desk.store.live(StopList), key=_age, reverse=True)
    known.sort(key=lambda one: one.key)
    return [Edition(one, one.uid in current, one.uid in current and one.is_stale(today)) for one in known]


def in_force(desk: Desk) -> tuple[StopList, ...]:
    """The latest edition of each list: by these people are checked."""
    return desk.keep("stop lists", (StopList.table,), partial(_read, desk))


def stale(desk: Desk) -> list[Finding]:
    """A warning for each list in force that is out of date."""
    return [tell_stale(one) for one in in_force(desk) if one.is_stale(desk.today)]


def tell_stale(one: StopList) -> Finding:
    """A warning that a list is out of date."""
    message = N_("The list “{list}” ({source}) is of {day} and out of date: ask for a newer one.")
    values = {"list": one.name, "source": one.source, "day": show_day(one.listed_on)}
    return warn("stoplist.stale", message, "listed_on", **values)


def stale_notes(desk: Desk) -> list[Finding]:
    """As `stale`, where it is told beside a person: whoever is not on an old list is not doubtful for that."""
    return [replace(one, severity=Severity.NOTE, field="stoplist") for one in stale(desk)]


def _read(desk: Desk) -> tuple[StopList, ...]:
    latest = {one.key: one for one in sorted(desk.store.live(StopList), key=_age)}
    return tuple(latest.values())


def _age(one: StopList) -> tuple[date, str]:
    """The day of the list; of two of one day the one that was taken in later."""
    return one.listed_on or date.min, one.uid
