"""Reports: figures of the store under a layout from data, as PDF, workbook, CSV or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from migdesk import paths
from migdesk.domain.appointment import VisitState
from migdesk.domain.case_check import CheckOutcome
from migdesk.domain.errors import BadFile, Invalid, NotFound
from migdesk.domain.fields import Moment, choice_label
from migdesk.domain.finding import block
from migdesk.domain.payment import PaidBy
from migdesk.domain.quota import Stream
from migdesk.domain.report import ReportResult, ReportSpec, read_report
from migdesk.domain.report_fill import ReportFrame, fill_report
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_, current_language, language
from migdesk.services import due_terms
from migdesk.services.arrivals import movements
from migdesk.services.desk import Desk
from migdesk.services.law import Law
from migdesk.services.quotas import quotas, waiting
from migdesk.services.quotas.quotas import Pot
from migdesk.services.terms import appointments
from migdesk.store import reports, watches

Figures = Sequence[tuple[str, str, str, str, int]]
_COUNTRY, _REGION, _AGE, _EDUCATION = range(4)


def list_reports() -> list[ReportSpec]:
    """Every report that exists as data, the one that leads before the others, those by their codes.

    Raises:
        BadFile: a report file is wrong; names the key.
    """
    specs = (_read(path) for path in (paths.resources() / "reports").glob("*.toml"))
    return sorted(specs, key=lambda spec: (not spec.leads, spec.code))


def _read(path: Path) -> ReportSpec:
    spec = read_report(path.read_text(encoding="utf-8"), path.name)
    for at, query in enumerate(spec.queries):
        if query not in _QUERIES:
            known = ", ".join(_QUERIES)
            raise BadFile(path.name, f"section[{at}].query", N_("Expected one of: {known}."), known=known)
    return spec


def get_report(code: str) -> ReportSpec:
    """A report by its code.

    Raises:
        NotFound: there is none.
    """
    for spec in list_reports():
        if spec.code == code:
            return spec
    raise NotFound(code)


def run(desk: Desk, code: str, since: date, until: date) -> ReportResult:
    """A report over a period, in the current language.

    Raises:
        NotFound: no such report.
        Invalid: the period ends before it begins.
    """
    if until < since:
        raise Invalid([block("before_start", N_("The period ends before it begins."), "to")])
    spec = get_report(code)
    figures = _Figures(desk, since, until)
    rows = {section.key: _QUERIES[section.query](figures) for section in spec.sections}
    as_of = min(until, desk.today)
    office = desk.office.on_paper(current_language())
    frame = ReportFrame(since, until, as_of, office.name, desk.signer.name, office.head)
    return fill_report(spec, rows, desk.lists.label, frame)


def save(result: ReportResult, target: Path) -> Path:
    """A report as a file; the ending says which kind: .pdf, .xlsx, .csv or .json.

    Raises:
        BadFile: another ending, or the file cannot be written.
        Invalid: a text holds letters that cannot be printed.
    """
    if target.suffix.lower() == ".pdf":
        from migdesk.paper.report import draw_report  # noqa: PLC0415 - reportlab only when a PDF is wanted

        with language(result.language), whole_file(target) as file:
            file.write_bytes(draw_report(result).content)
        return target
    from migdesk.exchange.reportbook import write_report  # noqa: PLC0415 - openpyxl only for a workbook

    write_report(target, result)
    return target


class _Figures:
    """The rows of each query a report may name; what several need is asked once."""

    def __init__(self, desk: Desk, since: date, until: date) -> None:
        self._desk = desk
        self._since = since
        self._until = until
        self._sums: tuple[Figures, Figures] | None = None

    def _figures(self) -> tuple[Figures, Figures]:
        if self._sums is None:
            store, ages = self._desk.store, _ages(self._desk.law, self._until)
            self._sums = (
                reports.arrived(store, self._since, self._until, ages),
                reports.granted(store, self._since, self._until, ages, self._desk.office.region),
            )
        return self._sums

    def by(
        self,
        place: int,
        *,
        order: Iterable[str] = (),
        name: Callable[[str], str] = str,
        working: bool = False,
    ) -> list[tuple[Any, ...]]:
        sums = []
        for figures in self._figures():
            counted = Counter[str]()
            for row in figures:
                if not working or row[_AGE] == "working":
                    counted[name(str(row[place]))] += row[4]
            sums.append(counted)
        arrived, granted = sums
        codes = list(order) or sorted({*arrived, *granted}, key=lambda code: (-arrived[code], code))
        return [(code, arrived[code], granted[code]) for code in codes if arrived[code] or granted[code]]

    def by_education(self) -> list[tuple[Any, ...]]:
        order = (*self._desk.lists.items("education"), "")
        return self.by(_EDUCATION, order=order, working=True)

    def totals(self) -> list[tuple[Any, ...]]:
        arrived, granted = (sum(row[4] for row in figures) for figures in self._figures())
        counted = reports.totals(self._desk.store, self._since, self._until)
        pot = Pot(Stream.KANDAS, self._desk.office.region, self._until.year)
        balance = quotas.check_pot(self._desk, pot, on=min(self._until, self._desk.today)).balance
        return [
            ("arrived", arrived),
            ("families", counted["families"]),
            ("granted", granted),
            ("extended", counted["extended"]),
            ("refused", counted["refused"]),
            ("quota_allotted", balance.allotted),
            ("quota_used", balance.used),
            ("quota_free", balance.free),
        ]

    def notices(self) -> list[tuple[Any, ...]]:
        lists, rows = self._desk.lists, []
        for row in reports.notices(self._desk.store, self._since, self._until):
            received, channel, host, number, foreigner, citizenship, passport, entered, place, line, *rest = (
                row
            )
            until, late, official = rest
            address = ", ".join(part for part in (lists.label("kato", place or ""), line) if part)
            rows.append(
                (
                    _day(received),
                    channel,
                    host or "",
                    number or "",
                    foreigner,
                    citizenship,
                    passport or "",
                    _day(entered),
                    address,
                    _day(until),
                    int(late) if late else None,
                    official,
                )
            )
        return rows

    def visits(self) -> list[tuple[Any, ...]]:
        """Appointments of the period by time; who called off is not on the list."""
        found = appointments.list_visits(self._desk, self._since, self._until)
        return [
            (
                one.day,
                one.at,
                one.window,
                one.name,
                one.phone,
                one.service,
                one.purpose,
                choice_label(one.state or VisitState.DUE),
                one.number,
            )
            for one in found
            if one.state is not VisitState.CANCELLED
        ]

    def waiting(self) -> list[tuple[Any, ...]]:
        """Everybody in line who was entered by the end of the period, pot by pot in the order of entry."""
        last = self._until.isoformat()
        rows = []
        for one in waiting.line(self._desk):
            at = Moment("").show(one.entry.entered_at)
            if one.entry.entered_at and one.entry.entered_at.date().isoformat() <= last:
                stream = choice_label(one.pot.stream)
                pot = ", ".join(part for part in (stream, str(one.pot.year), *one.pot.key[3:]) if part)
                known = (one.place, one.entry.number, at, one.name, one.entry.units, one.skipped or None)
                rows.append((pot, one.pot.region, *known, one.hash[:12]))
        return rows

    def payments_by(self, place: int, by_state: bool | None = None) -> list[tuple[Any, ...]]:
        """Payments of the period by rule, payer or region; those of one direction where it is named."""
        sums: dict[str, tuple[int, ...]] = {}
        for row in reports.payments(self._desk.store, self._since, self._until):
            if by_state not in (None, row[1] == PaidBy.STATE):
                continue
            key, more = str(row[place]), row[3]
            known = sums.get(key, (0,) * len(more))
            sums[key] = tuple(one + other for one, other in zip(known, more, strict=True))
        return [(key, *sums[key]) for key in sorted(sums)]

    def watches(self) -> list[tuple[Any, ...]]:
        """Watched cases of the period by region: orders, checks by outcome, ends, and who is still watched."""
        found = watches.by_region(self._desk.store, self._since, self._until)
        names = ("orders", *CheckOutcome, "released", "ended", "running")
        return [
            (region and region + "0000000", *(found[region].get(name, 0) for name in names))
            for region in sorted(found)
        ]

    def due(self) -> list[tuple[Any, ...]]:
        """Terms that are overdue, or announced and due by the end of the period."""
        return due_terms.lines(self._desk, self._until)

    def movements(self) -> list[tuple[Any, ...]]:
        """Who came and who left, by day."""
        return movements.lines(self._desk, self._since, self._until)

    def moved_sums(self) -> list[tuple[Any, ...]]:
        """How many came and left."""
        return movements.sums(self._desk, self._since, self._until)


def _ages(law: Law, on: date) -> reports.Ages:
    """The ages by which people are grouped, as they hold on the last day of the period."""
    working, pension = (int(law.value(f"report.{code}", on)) for code in ("working_age", "pension_age"))
    return reports.Ages(working, pension)


_QUERIES: dict[str, Callable[[_Figures], list[tuple[Any, ...]]]] = {
    "summary.totals": _Figures.totals,
    "summary.by_country": lambda figures: figures.by(_COUNTRY),
    "summary.by_region": lambda figures: figures.by(_REGION, name=lambda two: two and two + "0000000"),
    "summary.by_age": lambda figures: figures.by(_AGE, order=("working", "minor", "pension", "unknown")),
    "summary.by_education": _Figures.by_education,
    "journal.arrivals": _Figures.notices,
    "visits.list": _Figures.visits,
    "waiting.list": _Figures.waiting,
    "terms.due": _Figures.due,
    "movements.sums": _Figures.moved_sums,
    "movements.list": _Figures.movements,
    "watches.by_region": _Figures.watches,
    "payments.to_state_by_rule": lambda figures: figures.payments_by(0, by_state=False),
    "payments.by_state_by_rule": lambda figures: figures.payments_by(0, by_state=True),
    "payments.by_payer": lambda figures: figures.payments_by(1),
    "payments.to_state_by_region": lambda figures: figures.payments_by(2, by_state=False),
    "payments.by_state_by_region": lambda figures: figures.payments_by(2, by_state=True),
}
"""What a report's `query` may name."""


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
