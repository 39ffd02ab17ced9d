"""The question of `check stay` and the shape of its answer.

Reading the question from JSON, a crossing that cannot be read becomes a finding and the rest is counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from migdesk.domain.arrival import StayBasis
from migdesk.domain.datafile import Texts
from migdesk.domain.dates import NoSuchDay, read_iso_day
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding, Severity, block, warn
from migdesk.i18n import N_
from migdesk.rules.amounts import Amount
from migdesk.rules.presence import Crossing, Span

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_KEYS = ("citizenship", "basis", "crossings", "valid_until", "covered", "on", "reentry")
_CROSSING_KEYS = ("entered", "left")
_ALIASES = {"refugee": StayBasis.REFUGE, "asylum": StayBasis.REFUGE}
_GERMANY = {"D": "DEU"}
"""German documents print D where others have three letters."""


@dataclass(frozen=True, slots=True)
class StayQuestion:
    """What has to be known to judge a stay.

    `valid_until` is the term written in the visa or permit; `covered` are days that a visa, temporary or
    permanent residence permit covers, which no window counts; `refused` tells of crossings left out.
    """

    citizenship: str
    basis: StayBasis
    crossings: tuple[Crossing, ...] = ()
    valid_until: date | None = None
    covered: tuple[Span, ...] = ()
    refused: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PerEntry:
    """Days of one entry: the limit, those used, and the last lawful day by them."""

    limit: int
    used: int
    last_day: date

    def as_json(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {"limit": self.limit, "used": self.used, "last_day": self.last_day.isoformat()}


@dataclass(frozen=True, slots=True)
class WindowUse:
    """Days of the window: the limit, its length, those used and remaining, and how it was counted."""

    limit: int
    days: int
    used: int
    remaining: int
    method: str

    def as_json(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "limit": self.limit,
            "days": self.days,
            "used": self.used,
            "remaining": self.remaining,
            "method": self.method,
        }


@dataclass(frozen=True, slots=True)
class Overstay:
    """Days after the last lawful one, and the step of the code they meet; none where the code had none then."""

    days: int
    step: Amount | None = None

    def as_json(self) -> dict[str, object]:
        """Keys for a script."""
        return {"days": self.days, "step": self.step.as_json() if self.step else None}


@dataclass(frozen=True, slots=True)
class Reading:
    """Another answer to a question the sources leave open, and the last lawful day it would give."""

    setting: str
    option: str
    title: Texts
    words: Texts
    last_lawful_day: date


@dataclass(frozen=True, slots=True)
class StayJudgement:
    """The answer: `lawful` is nothing when it cannot be said from what was given.

    `last_lawful_day` is the last day if the person stays on without leaving; nothing when there is no end,
    no known end, or when not even the day of entry was lawful.
    """

    lawful: bool | None
    regime: str | None
    last_lawful_day: date | None
    per_entry: PerEntry | None = None
    window: WindowUse | None = None
    extended_by: tuple[str, ...] = ()
    why: tuple[Finding, ...] = field(default=())
    overstay: Overstay | None = None
    own_last_day: date | None = None
    """The last day before special regimes moved it; nothing when they did not."""
    readings: tuple[Reading, ...] = ()

    @property
    def light(self) -> str:
        """`red` when not lawful, `amber` when unknown or warned of, else `green`."""
        if self.lawful is False:
            return "red"
        doubtful = self.lawful is None or any(one.severity is not Severity.NOTE for one in self.why)
        return "amber" if doubtful else "green"

    def as_json(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "lawful": self.lawful,
            "regime": self.regime,
            "last_lawful_day": self.last_lawful_day.isoformat() if self.last_lawful_day else None,
            "per_entry": self.per_entry.as_json() if self.per_entry else None,
            "window": self.window.as_json() if self.window else None,
            "extended_by": list(self.extended_by),
            **({"own_last_day": self.own_last_day.isoformat()} if self.own_last_day else {}),
            **({"overstay": self.overstay.as_json()} if self.overstay else {}),
            "why": [finding.as_json() for finding in self.why],
        }


def read_question(raw: Mapping[str, object]) -> StayQuestion:
    """A question from the keys `citizenship`, `basis`, `crossings`, `valid_until`?, `covered`?.

    `crossings` are `{"entered", "left"}`, `covered` are `{"from", "until"}`, dates are ISO. A crossing that
    cannot be read is left out and told in `refused`. The keys `on` and `reentry` belong to the caller.

    Raises:
        Invalid: citizenship, basis, the term of a document or a covered time cannot be read, or a key is unknown: a
            departure under a misspelled one would be a stay that goes on.
    """
    findings = _unknown(raw, _KEYS)
    citizenship = _citizenship(raw.get("citizenship"), findings)
    basis = _basis(raw.get("basis"), findings)
    crossings, refused = _crossings(raw.get("crossings"), findings)
    valid_until = _day(raw.get("valid_until"))
    if valid_until is None and raw.get("valid_until") is not None:
        findings.append(_not_a_day("valid_until", raw["valid_until"]))
    covered = _covered(raw.get("covered"), findings)
    if findings or basis is None:
        raise Invalid(findings)
    return StayQuestion(citizenship, basis, crossings, valid_until, covered, refused)


def _unknown(raw: Mapping[str, object], known: tuple[str, ...], place: str = "") -> list[Finding]:
    message = N_("There is no field “{name}”.")
    return [block("unknown_field", message, f"{place}{key}", name=key) for key in raw if key not in known]


def _citizenship(raw: object, findings: list[Finding]) -> str:
    code = raw.strip().upper() if isinstance(raw, str) else ""
    code = _GERMANY.get(code, code)
    if not _COUNTRY.fullmatch(code):
        message = N_("Give the citizenship as a country code of three letters, such as UZB.")
        findings.append(block("not_a_country", message, "citizenship"))
    return code


def _basis(raw: object, findings: list[Finding]) -> StayBasis | None:
    words = raw.strip().lower() if isinstance(raw, str) else ""
    try:
        return _ALIASES.get(words) or StayBasis(words)
    except ValueError:
        known = ", ".join(basis.value for basis in StayBasis)
        findings.append(
            block("not_a_basis", N_("Give the ground of stay as one of: {known}."), "basis", known=known)
        )
        return None


def _crossings(raw: object, findings: list[Finding]) -> tuple[tuple[Crossing, ...], tuple[Finding, ...]]:
    if raw is None or not isinstance(raw, list | tuple):
        findings.append(
            block("not_a_list", N_("Give the crossings as a list of entries and departures."), "crossings")
        )
        return (), ()
    read: list[Crossing] = []
    refused: list[Finding] = []
    for position, one in enumerate(raw, start=1):
        if isinstance(one, Mapping):
            findings += _unknown(one, _CROSSING_KEYS, f"crossings[{position}].")
        crossing = _crossing(one)
        if crossing is None:
            message = N_(
                "A date of this crossing cannot be read: it is not counted. Write dates as 2026-03-05."
            )
            refused.append(warn("crossing.unreadable", message, f"crossings[{position}]"))
            refused += _impossible(one, f"crossings[{position}]")
        else:
            read.append(crossing)
    return tuple(read), tuple(refused)


def _crossing(raw: object) -> Crossing | None:
    if not isinstance(raw, Mapping):
        return None
    entered, left = _day(raw.get("entered")), _day(raw.get("left"))
    given = raw.get("left")
    if entered is None or (left is None and given is not None and given != ""):
        return None
    return Crossing(entered, left)


def _covered(raw: object, findings: list[Finding]) -> tuple[Span, ...]:
    found: list[Span] = []
    rows = raw if isinstance(raw, list | tuple) else [] if raw is None else [raw]
    for position, one in enumerate(rows, start=1):
        inner = one if isinstance(one, Mapping) else {}
        start, end = _day(inner.get("from")), _day(inner.get("until"))
        if start is None or end is None or end < start:
            findings.append(_not_a_day(f"covered[{position}]", inner.get("from"), inner.get("until")))
        else:
            found.append((start, end))
    return tuple(found)


def _impossible(raw: object, place: str) -> list[Finding]:
    """Which part of the days of a crossing no calendar has."""
    days = [(name, raw.get(name)) for name in ("entered", "left")] if isinstance(raw, Mapping) else []
    wrong = [(name, why) for name, day in days if (why := _no_such_day(day))]
    return [warn("not_a_date", why.text, f"{place}.{name}", **why.values) for name, why in wrong]


def _not_a_day(place: str, *given: object) -> Finding:
    for why in map(_no_such_day, given):
        if why:
            return block("not_a_date", why.text, place, **why.values)
    return block("not_a_date", N_("A date is expected here, written as 2026-03-05."), place)


def _no_such_day(raw: object) -> NoSuchDay | None:
    """What is impossible about a date written as ISO; nothing when it is none at all."""
    try:
        read_iso_day(raw if isinstance(raw, str) else "")
    except NoSuchDay as wrong:
        return wrong
    except ValueError:
        return None
    return None


def _day(raw: object) -> date | None:
    """A date or an ISO date in words; nothing for anything else."""
    if isinstance(raw, datetime):
        return None
    if isinstance(raw, date):
        return raw
    words = raw.strip() if isinstance(raw, str) else ""
    if not _ISO.fullmatch(words):
        return None
    try:
        return read_iso_day(words)
    except ValueError:
        return None
