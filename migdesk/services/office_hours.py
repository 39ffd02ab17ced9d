"""When the office receives: kept as its settings, in no act; the defaults are those of the program."""

from __future__ import annotations

from dataclasses import replace

from migdesk.domain.appointment import OfficeHours, minutes_of, read_time
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.finding import Finding, block
from migdesk.domain.office import Setting
from migdesk.i18n import N_
from migdesk.services.desk import Desk

_HOURS, _LUNCH, _MINUTES, _WINDOWS = "visits.hours", "visits.lunch", "visits.minutes", "visits.windows"
_MOST_WINDOWS = 8


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


def set_hours(desk: Desk, hours: OfficeHours) -> Done[OfficeHours]:
    """Other hours; appointments that were made stay, and are shown apart where they fit no more.

    Raises:
        Invalid: a time that is none, an end before its beginning, no window.
    """
    hours, findings = _read(hours)
    refuse_if_blocked(findings)
    wanted = {
        _HOURS: f"{hours.opens}-{hours.closes}",
        _LUNCH: f"{hours.lunch_from}-{hours.lunch_to}",
        _MINUTES: str(hours.minutes),
        _WINDOWS: "|".join(hours.windows),
    }
    with desk.write(Op.SAVE_SETTING) as tx:
        for key, value in wanted.items():
            found = tx.live(Setting, key=key)
            tx.put(replace(found[0], value=value) if found else Setting(key=key, value=value))
    return Done(hours, tx.changes)


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
