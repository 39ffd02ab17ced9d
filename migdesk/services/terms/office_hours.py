"""When the office receives: kept as its settings, in no act; the defaults are those of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from migdesk.domain.appointment import Appointment, OfficeHours, VisitState, minutes_of, read_time
from migdesk.domain.change import Done, Op
from migdesk.domain.dates import show_day
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.office import Setting
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.store.writer import Tx

_HOURS, _LUNCH, _MINUTES, _WINDOWS = "visits.hours", "visits.lunch", "visits.minutes", "visits.windows"
_MOST_WINDOWS = 8
_NAMED = 5
"""Appointments that are named when many are touched."""


class Reads(Protocol):
    """A store, or a write in progress."""

    def live(self, cls: type[Appointment], **given: Any) -> list[Appointment]:
        """Records that count, with the values given."""


def get_hours(desk: Desk) -> OfficeHours:
    """The hours of this office."""
    kept = {one.key: one.value for one in desk.store.live(Setting, key=[_HOURS, _LUNCH, _MINUTES, _WINDOWS])}
    usual = OfficeHours()
    opens, _dash, closes = kept.get(_HOURS, f"{usual.opens}-{usual.closes}").partition("-")
    start, _dash, end = kept.get(_LUNCH, f"{usual.lunch_from}-{usual.lunch_to}").partition("-")
    return OfficeHours(
        opens,
        closes,
        start,
        end,
        int(kept.get(_MINUTES, usual.minutes)),
        tuple(kept.get(_WINDOWS, "|".join(usual.windows)).split("|")),
    )


def check_hours(desk: Desk, hours: OfficeHours) -> list[Finding]:
    """What is wrong with other hours, and which appointments still ahead they touch."""
    hours, findings = _read(hours)
    return findings or _touched(desk, hours, _ahead(desk.store, desk.today))


def set_hours(desk: Desk, hours: OfficeHours) -> Done[OfficeHours]:
    """Other hours. A window with another name takes its appointments along; others that were made stay, and those
    that fit no more are named and shown apart.

    Raises:
        Invalid: a time that is none, an end before its beginning, no window; a window that is given up while
            people are expected there.
    """
    hours, findings = _read(hours)
    refuse_if_blocked(findings)
    with desk.write(Op.SAVE_SETTING) as tx:
        ahead = _ahead(tx, desk.today)
        findings = _touched(desk, hours, ahead)
        refuse_if_blocked(findings)
        renamed = _renamed(get_hours(desk), hours)
        for one in ahead:
            if one.window in renamed:
                tx.put(one, window=renamed[one.window])
        _write(tx, hours)
    return Done(hours, tx.changes, tuple(findings))


def _write(tx: Tx, hours: OfficeHours) -> None:
    wanted = {
        _HOURS: f"{hours.opens}-{hours.closes}",
        _LUNCH: f"{hours.lunch_from}-{hours.lunch_to}",
        _MINUTES: str(hours.minutes),
        _WINDOWS: "|".join(hours.windows),
    }
    for key, value in wanted.items():
        found = tx.live(Setting, key=key)
        tx.put(replace(found[0], value=value) if found else Setting(key=key, value=value))


def _ahead(reads: Reads, today: date) -> list[Appointment]:
    """Who is still expected, or here, from today on."""
    waiting = [VisitState.DUE, VisitState.CAME]
    found = reads.live(Appointment, state=waiting)
    return sorted((one for one in found if one.day and one.day >= today), key=lambda one: (one.day, one.at))


def _renamed(before: OfficeHours, after: OfficeHours) -> dict[str, str]:
    """Windows with another name: as many new names as old ones that are missing, in their order; else none."""
    gone = [one for one in before.windows if one not in after.windows]
    new = [one for one in after.windows if one not in before.windows]
    return dict(zip(gone, new, strict=True)) if len(gone) == len(new) else {}


def _touched(desk: Desk, hours: OfficeHours, ahead: Sequence[Appointment]) -> list[Finding]:
    """Appointments that go along with a window, that keep one from being given up, that fit no more."""
    before = get_hours(desk)
    renamed = _renamed(before, hours)
    found = []
    for window in (one for one in before.windows if one not in hours.windows):
        here = [one for one in ahead if one.window == window]
        if here and window in renamed:
            message = N_("Appointments that go from window {old} to window {new}: {n} ({who}).")
            values = {"old": window, "new": renamed[window], "n": len(here), "who": _who(here)}
            found.append(note("visits_moved", message, "windows", **values))
        elif here:
            message = N_(
                "At window {old} are expected: {who}. Give them another time or call them off, then give up "
                "the window."
            )
            found.append(block("window_in_use", message, "windows", old=window, n=len(here), who=_who(here)))
    outside = [one for one in ahead if not _fits(hours, one) and _fits(before, one)]
    if outside:
        message = N_("Appointments outside the new hours, which stay and are shown apart: {n} ({who}).")
        found.append(warn("visits_outside", message, "opens", n=len(outside), who=_who(outside)))
    return found


def _fits(hours: OfficeHours, visit: Appointment) -> bool:
    minutes = visit.minutes or hours.minutes
    return hours.is_open(visit.at, minutes) and not hours.is_lunch(visit.at, minutes)


def _who(visits: Sequence[Appointment]) -> str:
    """The first few by day, time and name."""
    words = [f"{show_day(one.day)} {one.at} {one.name}" for one in visits[:_NAMED]]
    return "; ".join([*words, "…"] if len(visits) > _NAMED else words)


def _read(hours: OfficeHours) -> tuple[OfficeHours, list[Finding]]:
    """The hours as they are kept, and what is wrong with them."""
    findings: list[Finding] = []
    times: dict[str, str] = {}
    for name in ("opens", "closes", "lunch_from", "lunch_to"):
        given = getattr(hours, name).strip()
        try:
            times[name] = read_time(given) if given or name in ("opens", "closes") else ""
        except ValueError:
            message = N_("“{given}” is not a time. Write it as 9:30.")
            findings.append(block("not_a_time", message, name, given=given))
    windows = tuple(dict.fromkeys(one.strip() for one in hours.windows if one.strip()))
    if not 1 <= len(windows) <= _MOST_WINDOWS:
        message = N_("There must be one window at least, and {most} at most.")
        findings.append(block("no_window", message, "windows", most=_MOST_WINDOWS))
    if not 5 <= hours.minutes <= 240:
        findings.append(block("bad_length", N_("A visit takes 5 to 240 minutes."), "minutes"))
    if findings:
        return hours, findings
    read = OfficeHours(**times, minutes=hours.minutes, windows=windows)
    return read, _check_order(read)


def _check_order(hours: OfficeHours) -> list[Finding]:
    found = []
    if minutes_of(hours.opens) + hours.minutes > minutes_of(hours.closes):
        found.append(block("before_start", N_("The day would end before it begins."), "closes"))
    if bool(hours.lunch_from) != bool(hours.lunch_to):
        found.append(block("half_lunch", N_("Give both ends of the break, or none."), "lunch_to"))
    elif hours.lunch_from and minutes_of(hours.lunch_from) >= minutes_of(hours.lunch_to):
        found.append(block("before_start", N_("The break would end before it begins."), "lunch_to"))
    return found
