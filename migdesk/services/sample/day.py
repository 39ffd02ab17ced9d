"""One working day in the sample office, done with the services an office uses; every paper is left in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.case import Case
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Refused
from migdesk.domain.fields import Text
from migdesk.domain.listing import Column, Query
from migdesk.domain.office import Office, Role
from migdesk.domain.party import Address, Party, PartyKind, PartyRole
from migdesk.domain.permit import Permit
from migdesk.domain.quota import Stream
from migdesk.i18n import N_, _, language
from migdesk.rules.law import MRP
from migdesk.services import account, law, reporting
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member, Registered
from migdesk.services.cases import case_file, cases
from migdesk.services.desk import Clock, Desk
from migdesk.services.matter import Verdict
from migdesk.services.papers import printing
from migdesk.services.permits import permits
from migdesk.services.progress import SILENT, Progress
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Pot
from migdesk.services.sample import extras, matters, register
from migdesk.services.sample.crowd import Crowd, Household
from migdesk.services.upkeep import office, rights
from migdesk.services.workbooks import exporting, importing

PERSONS = 5000
_ROWS = 60


@dataclass(slots=True)
class DayLog:
    """What was done, in order, and the files it left."""

    lines: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def tell(self, text: str, **values: object) -> None:
        """Note one thing done; `text` is an English message with named places."""
        self.lines.append(_(text).format(**values))


def make(
    home: Path,
    out: Path,
    *,
    persons: int = PERSONS,
    clock: Clock | None = None,
    progress: Progress = SILENT,
) -> DayLog:
    """Make the sample office in an empty folder, work one day in it, leave its papers in `out`.

    Raises:
        StoreProblem: there is an office in the folder already, or it cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    place = Office(
        code="PVL",
        name="Павлодар облысының жұмыспен қамту және көші-қон басқармасы (үлгі кеңсе)",
        name_ru="Управление занятости и миграции Павлодарской области (учебный офис)",
        region="550000000",
        head="Үлгі Басшы",
        head_post="Басқарма басшысы",
        head_post_ru="Руководитель управления",
        phone="+7 7182 00-00-00",
        address_line="Павлодар қ.",
    )
    asked = clock or Clock()
    clock = with_sums(asked)
    desk = office.init_office(home, place, clock=clock, operator="А. Серікова")
    try:
        # whoever looks at the sample may try what only a head does
        rights.set_role(desk, account.login(), Role.HEAD)
        register.fill(desk, persons, progress)
        extras.add(desk)
        matters.add(desk)
        log = work_a_day(desk, out)
    finally:
        desk.close()
    if clock is not asked:
        told = N_("No sums are known yet for that day: the day of the sample is {day}.")
        log.tell(told, day=show_day(clock.today()))
    return log


def with_sums(clock: Clock) -> Clock:
    """The clock, or one of the last day with sums in the shipped law: an older program still shows a whole day."""
    mrp = law.load().value_entry(MRP, clock.today())
    return clock if mrp.is_published(clock.today()) else Clock(mrp.published_until)


def work_a_day(desk: Desk, out: Path) -> DayLog:
    """The day: import, counter, commission, permit, papers, report, export."""
    log = DayLog()
    newcomers = Crowd(desk.today, seed=23, beside=5000)
    _import_workbook(desk, out, log, newcomers)
    family = _register_family(desk, log, newcomers)
    case = _decide_kandas(desk, log, family)
    _meet_the_quota(desk, log, family)
    _issue_labour_permit(desk, log)
    _print_papers(desk, out, log, family, case)
    _run_reports(desk, out, log)
    _export_lists(desk, out, log)
    return log


_HEADERS = (
    "№",
    "Ф.И.О.",
    "Фамилия (лат.)",
    "Имя (лат.)",
    "Дата рождения",
    "Пол",
    "Гражданство",
    "ИИН",
    "№ паспорта",
    "Действителен до",
    "Дата прибытия",
    "Цель",
    "Населённый пункт",
    "Улица, дом",
    "Принимающее лицо",
    "БИН",
)


def _import_workbook(desk: Desk, out: Path, log: DayLog, crowd: Crowd) -> None:
    """An employer's workbook with his own headings and his own mistakes."""
    from migdesk.exchange.tables import Table  # noqa: PLC0415 - workbook libraries only when one is written
    from migdesk.exchange.write import write_table  # noqa: PLC0415

    source, marked = out / "arrivals-from-employer.xlsx", out / "arrivals-marked.xlsx"
    with language("ru"):
        columns = [Column(f"c{n}", Text(header), 110) for n, header in enumerate(_HEADERS)]
        rows = list(_rows(desk, crowd))
        write_table(source, Table("employer", "Прибывшие", columns, rows, len(rows)))
    plan = importing.preview(desk, source)
    done = importing.apply(desk, plan)
    importing.save_marked(plan, marked)
    template = importing.save_template(desk, out / "arrivals-template.xlsx")
    log.files += [source, marked, template]
    log.tell(
        N_("Workbook imported: {read} rows read, {added} added, {failed} not taken and marked."),
        **plan.counts,
    )
    assert done.value.read == plan.counts["read"]


def _rows(desk: Desk, crowd: Crowd) -> Iterator[list[Any]]:
    """Sixty rows; every twelfth has something wrong, one repeats another."""
    rng, people = crowd.rng, _singles(crowd)
    first: list[Any] = []
    for n in range(1, _ROWS + 1):
        newcomer = next(people)
        person, document = newcomer.members[0].person, newcomer.members[0].document
        assert document is not None
        arrived = desk.today - timedelta(days=rng.randint(0, 6))
        row: list[Any] = [
            str(n),
            f"{person.surname} {person.given} {person.patronymic}".strip(),
            person.surname_latin,
            person.given_latin,
            show_day(person.birth_date.earliest()) if person.birth_date else "",
            {"m": "муж", "f": "жен"}.get(person.sex or "", ""),
            desk.lists.items("countries")[person.citizenship].ru,
            person.iin,
            document.number,
            show_day(document.expires_on),
            show_day(arrived),
            "работа",
            rng.choice(("г. Павлодар", "Екібастұз", "Ақсу қ.", "551010000")),
            f"ул. Абая, {rng.randint(1, 120)}",
            "ТОО «Үлгі Құрылыс»",
            "",
        ]
        first = first or row
        yield _spoiled(n, row, first)


def _spoiled(n: int, row: list[Any], first: list[Any]) -> list[Any]:
    if n == 12:
        row[4] = "31.02.1990"
    elif n == 24:
        row[6] = "Атлантида"
    elif n == 36:
        row[8] = ""
    elif n == 48:
        row[12] = "Абай"
    elif n == 57:
        row[7] = "123456789012"
    elif n == 60:
        row[1:10] = first[1:10]
    elif n % 9 == 0:
        row[1] = row[1].upper()
    return row


def _singles(crowd: Crowd) -> Iterator[Household]:
    """Foreign workers who came alone and have a passport."""
    for household in crowd.households(1_000_000):
        newcomer = household.members[0]
        if household.stream in ("labour", "eaeu", "household") and newcomer.document and newcomer.person.sex:
            yield household


def _register_family(desk: Desk, log: DayLog, crowd: Crowd) -> Registered:
    """A family of ethnic Kazakhs at the counter."""
    household = next(
        one
        for one in crowd.households(1_000_000)
        if one.stream == "kandas" and len(one.members) == 4 and all(m.document for m in one.members)
    )
    members = tuple(
        Member(one.person, (one.document,) if one.document else (), one.relation) for one in household.members
    )
    host = Party(kind=PartyKind.INDIVIDUAL, role=PartyRole.HOST, name="Үлгібаев Ерлан", phone="+77050000000")
    address = Address(place="551010000", line="Абай к-сі, 5-12")
    arrival = _first_arrival(household, desk.today)
    draft = ArrivalDraft(members, arrival, address, host, address)
    done = arrivals.register_arrival(desk, draft, duplicates=False)
    log.tell(
        N_("Family registered: arrival {number}; persons: {n}."),
        n=len(done.value.people),
        number=done.value.arrivals[0].number,
    )
    return done.value


def _first_arrival(household: Household, today: date) -> Arrival:
    return Arrival(
        purpose=household.purpose,
        entered_on=today - timedelta(days=1),
        arrived_on=today,
        basis=household.basis,
        border_point="Жібек жолы",
        notified_on=today,
        channel="paper",
    )


def _decide_kandas(desk: Desk, log: DayLog, family: Registered) -> Case:
    """From application to certificate."""
    case = cases.open_case(desk, _application(desk, family, "kandas_status")).value
    _bring_papers(desk, case)
    for step in case_file.open_file(desk, case.uid).steps[:3]:
        cases.do_step(desk, case.uid, step.code)
    decided = cases.decide(desk, case.uid, Verdict("grant", protocol="47", protocol_on=desk.today)).value
    log.tell(
        N_("Kandas status granted: case {number}, certificate {certificate}."),
        number=decided.number,
        certificate=decided.certificate,
    )
    return decided


def _meet_the_quota(desk: Desk, log: DayLog, family: Registered) -> None:
    """Inclusion in the regional quota: the last free units go to a commission's list, then the quota says no."""
    pot = Pot(Stream.KANDAS, desk.office.region, desk.today.year)
    free = quotas.check_pot(desk, pot).balance.free
    if free > 2:
        held = quotas.reserve(desk, quotas.Hold(pot, free - 2, reason="комиссия тізімі № 12")).value
        log.tell(N_("Quota: units reserved for the commission's list: {n}; left: 2."), n=held.units)
    case = cases.open_case(desk, _application(desk, family, "kandas_quota")).value
    _bring_papers(desk, case)
    try:
        cases.decide(desk, case.uid, Verdict("grant"))
    except Refused as refused:
        log.tell(
            N_("Case {number} was not granted: {reason}"),
            number=case.number,
            reason=refused.findings[0].words(),
        )
    labour = Case(
        service="foreign_labour_permit",
        person=family.people[0].uid,
        applied_on=desk.today,
        category="1",
    )
    opened = cases.open_case(desk, labour).value
    refused_case = cases.decide(desk, opened.uid, Verdict("refuse", grounds=("no_quota",))).value
    log.tell(N_("Case {number} refused for lack of quota."), number=refused_case.number)


def _issue_labour_permit(desk: Desk, log: DayLog) -> None:
    """A permit of the third category for a worker of the morning's workbook."""
    worker, employer = _worker(desk)
    permit = permits.issue(
        desk,
        Permit(
            kind="labour_permit",
            person=worker,
            employer=employer,
            category="3",
            position="дәнекерлеуші",
            activity="F",
            region=desk.office.region,
            applied_on=desk.today,
            valid_from=desk.today + timedelta(days=7),
            valid_until=desk.today + timedelta(days=371),
        ),
    ).value
    log.tell(N_("Labour permit {number} issued, category 3."), number=permit.number)


def _worker(desk: Desk) -> tuple[str, str]:
    here = desk.store.live(Arrival, purpose="work", left_on=None, order="id DESC")
    newest = next(one for one in here if one.host)
    return newest.person or "", newest.host or ""


def _print_papers(desk: Desk, out: Path, log: DayLog, family: Registered, case: Case) -> None:
    """Four kinds of paper, in Kazakh and in Russian."""
    papers = (
        ("notification_arrival", family.arrivals[0].uid),
        ("registration_slip", family.arrivals[0].uid),
        ("kandas_application", case.uid),
        ("kandas_decision", case.uid),
    )
    for code, uid in papers:
        for lang in ("kk", "ru"):
            target = out / f"{code}-{lang}.pdf"
            printing.print_form(desk, code, uid, target, lang=lang)
            log.files.append(target)
    log.tell(N_("Papers printed, PDF files: {n}."), n=2 * len(papers))


def _run_reports(desk: Desk, out: Path, log: DayLog) -> None:
    """The month's summary and the register of notices."""
    since = desk.today.replace(day=1)
    for code, endings in (("monthly_summary", (".pdf", ".xlsx")), ("arrivals_journal", (".pdf", ".xlsx"))):
        with language("kk"):
            result = reporting.run(desk, code, since, desk.today)
            for ending in endings:
                log.files.append(reporting.save(result, out / f"{code}{ending}"))
    log.tell(N_("Reports of the month are done."))


def _export_lists(desk: Desk, out: Path, log: DayLog) -> None:
    """What is handed on in the evening."""
    rows = exporting.export_list(desk, Query("arrivals"), out / "arrivals.xlsx")
    log.files.append(out / "arrivals.xlsx")
    log.tell(N_("Arrivals exported, rows: {n}."), n=rows)


def _application(desk: Desk, family: Registered, service: str) -> Case:
    return Case(
        service=service,
        person=family.people[0].uid,
        family=family.family.uid if family.family else None,
        applied_on=desk.today,
        channel="paper",
    )


def _bring_papers(desk: Desk, case: Case) -> None:
    for paper in case_file.open_file(desk, case.uid).lacking:
        cases.receive_paper(desk, case.uid, paper.code, pages=2)
