"""`case …`: an application on its way through a public service, from `open` to `decide` and `ruling`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from migdesk.cli import appeals, bulk_cases, case_checks, employer_reports
from migdesk.cli.call import Call
from migdesk.cli.case_lines import case_document, case_lines
from migdesk.cli.key_value import answers as sum_answers
from migdesk.cli.key_value import key_value
from migdesk.cli.keys import party_uid, person_of, region_code
from migdesk.cli.output import Answer, changed, day_words
from migdesk.cli.parser import Verbs, WrongUsage, add_group, add_verb, count, day
from migdesk.domain.case import Case
from migdesk.domain.change import Done
from migdesk.domain.errors import refuse_if_blocked
from migdesk.domain.fields import choice_label
from migdesk.domain.party import Party
from migdesk.i18n import N_, _
from migdesk.services.cases import case_file, cases
from migdesk.services.desk import Desk
from migdesk.services.facts.case_answers import read_answers
from migdesk.services.facts.members import persons_of
from migdesk.services.matter import Verdict
from migdesk.services.terms import employer_reports as reports

_CASE = N_("number or uid of the case")
_ANSWER = N_("an answer to a question of the service; see: procedures show")


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "case", _(N_("applications for public services")))
    _add_open(group)
    shown = add_verb(group, "show", _(N_("a case with its papers, steps and decisions")), show)
    shown.add_argument("case", metavar="CASE", help=_(_CASE))

    chosen = add_verb(group, "members", _(N_("choose who of the family a case is for")), choose)
    chosen.add_argument("case", metavar="CASE", help=_(_CASE))
    _add_members(chosen.add_argument, required=True)

    paper = add_verb(group, "paper", _(N_("tick a paper that came in")), receive)
    paper.add_argument("case", metavar="CASE", help=_(_CASE))
    paper.add_argument("code", metavar="PAPER", help=_(N_("code of the paper; see: case show")))
    paper.add_argument(
        "--issued", type=day, metavar="DATE", help=_(N_("day of the paper, where its age counts"))
    )
    paper.add_argument("--pages", type=count, metavar="N", help=_(N_("how many pages")))
    paper.add_argument("--note", default="", metavar="TEXT", help=_(N_("a remark")))

    step = add_verb(group, "step", _(N_("mark a step as done")), do)
    step.add_argument("case", metavar="CASE", help=_(_CASE))
    step.add_argument("code", metavar="STEP", help=_(N_("code of the step; see: case show")))
    step.add_argument(
        "--done", type=day, metavar="DATE", help=_(N_("the day it was done; today when left out"))
    )
    step.add_argument("--note", default="", metavar="TEXT", help=_(N_("a remark")))
    said = add_verb(group, "answer", _(N_("answer questions of the service, or correct answers")), answer)
    said.add_argument("case", metavar="CASE", help=_(_CASE))
    said.add_argument("answers", nargs="+", metavar="KEY=VALUE", help=_(_ANSWER))
    _add_decide(group)
    appeals.add(group)
    employer_reports.add(group)
    case_checks.add(group)
    bulk_cases.add(group)


def _add_open(group: Verbs) -> None:
    made = add_verb(group, "open", _(N_("take an application")), open_case)
    add = made.add_argument
    add("service", metavar="SERVICE", help=_(N_("code of the service; see: procedures list")))
    words = N_(
        "applicant: uid, IIN, document number or label; of an employer one of its workers when left out"
    )
    add("person", metavar="PERSON", nargs="?", default="", help=_(words))
    add("--family", metavar="UID", help=_(N_("uid of the family that applies with him")))
    add("--party", metavar="UID|BIN", help=_(N_("employer or host: uid, IIN or BIN")))
    _add_members(add)
    add(
        "--region",
        default="",
        metavar="CODE",
        help=_(N_("KATO code or name; the office's region when left out")),
    )
    add("--category", default="", metavar="C", help=_(N_("category of foreign labour")))
    add("--applied", type=day, metavar="DATE", help=_(N_("day of filing; today when left out")))
    add("--channel", default="", metavar="CODE", help=_(N_("how it came in")))
    add("--answer", action="append", default=[], metavar="KEY=VALUE", help=_(_ANSWER))
    add("--note", default="", metavar="TEXT", help=_(N_("a remark")))


def _add_members(add: Any, **given: Any) -> None:
    words = N_("one of the people it is for: uid, IIN, document number or label; may be given again")
    add("--member", action="append", default=[], metavar="UID", help=_(words), **given)


def _add_decide(group: Verbs) -> None:
    made = add_verb(
        group, "decide", _(N_("decide a case; a grant takes its quota units and makes the permit")), decide
    )
    add = made.add_argument
    add("case", metavar="CASE", help=_(_CASE))
    add("decision", metavar="DECISION", help=_(N_("code of the decision; see: case show")))
    add("--decided", type=day, metavar="DATE", help=_(N_("day of the decision; today when left out")))
    add("--protocol", default="", metavar="TEXT", help=_(N_("protocol of the commission")))
    add("--protocol-on", type=day, metavar="DATE", help=_(N_("day of the protocol")))
    add(
        "--ground",
        action="append",
        default=[],
        metavar="CODE",
        help=_(N_("legal ground; may be given again")),
    )
    add("--words", default="", metavar="TEXT", help=_(N_("circumstances, beside the legal grounds")))
    add("--valid-until", type=day, metavar="DATE", help=_(N_("last day of the permit")))
    add(
        "--appeal-until",
        type=day,
        metavar="DATE",
        help=_(N_("last day of an appeal, where the act names it")),
    )
    what = N_("what a sum that becomes due asks for and the case does not tell; may be given again")
    add("--with", dest="with_", action="append", default=[], metavar="KEY=VALUE", help=_(what))


def open_case(call: Call) -> Answer:
    """Take an application.

    Raises:
        Invalid: what is wrong, field by field.
        NotFound: no such person or employer.
        WrongUsage: nobody is given, and no worker is known under whose name an employer's case could be kept.
    """
    args, desk = call.args, call.desk
    applicant = args.person or _speaker(desk, args.party)
    done = cases.open_case(
        desk,
        Case(
            service=args.service,
            person=person_of(desk, applicant).uid,
            family=args.family,
            party=party_uid(desk, args.party),
            region=region_code(desk, args.region),
            category=args.category,
            applied_on=args.applied or call.today,
            channel=args.channel,
            note=args.note,
        ),
        _members(desk, args.member, applicant),
        _answers(desk, args.service, args.applied or call.today, args.answer),
    )
    rows = [(_(N_("Case")), done.value.number), (_(N_("Decision due on")), day_words(done.value.due_on))]
    return _named(desk, done, rows)


def _speaker(desk: Desk, party: str | None) -> str:
    """The worker under whose name an application of an employer alone is kept."""
    employer = desk.store.find(Party, party_uid(desk, party) or "") if party else None
    found = reports.speaker_of(desk, employer) if employer else None
    if found is None:
        raise WrongUsage(N_("Give PERSON: the applicant, or one of the people of the employer."))
    return found


def _members(desk: Desk, given: Sequence[str], applicant: str) -> list[str]:
    """The people given by their keys, the applicant with them; nobody given leaves it to the service."""
    keys = [applicant, *given] if given else []
    return list(dict.fromkeys(person_of(desk, key).uid for key in keys))


def _named(desk: Desk, done: Done[Case], rows: list[tuple[str, str]]) -> Answer:
    """A case with the people it is for."""
    people = persons_of(desk, done.value)
    rows.append((_(N_("People")), "; ".join(one.full_name for one in people)))
    return changed(done, rows, members=[one.uid for one in people])


def choose(call: Call) -> Answer:
    """Say anew who of the family applies.

    Raises:
        Invalid: somebody is not of the applicant's family, or the law refuses somebody.
        Refused: the case is decided.
        NotFound: no such case or person.
    """
    args, desk = call.args, call.desk
    case = case_file.get_case(desk, args.case)
    done = cases.choose_members(desk, case.uid, _members(desk, args.member, case.person or ""))
    return _named(desk, done, [(_(N_("Case")), done.value.number)])


def show(call: Call) -> Answer:
    """A case with everything known of it.

    Raises:
        NotFound: no such case.
    """
    desk = call.desk
    file = case_file.open_file(desk, case_file.get_case(desk, call.args.case).uid)
    return Answer(case_document(file), case_lines(call.desk, file))


def answer(call: Call) -> Answer:
    """Answer questions of the service.

    Raises:
        WrongUsage: a value without its key.
        Invalid: the service has no such question, or an answer cannot be read.
        Refused: the case is decided.
        NotFound: no such case.
    """
    desk = call.desk
    case = case_file.get_case(desk, call.args.case)
    done = cases.answer(desk, case.uid, _answers(desk, case.service, case.applied_on, call.args.answers))
    file = case_file.open_file(desk, case.uid)
    rows = [(one.label, one.words) for one in file.answers if one.words]
    return changed(done, rows, answers={one.key: one.words for one in file.answers if one.words})


def _answers(desk: Desk, service: str, on: date | None, given: Sequence[str]) -> dict[str, Any]:
    """Answers written as `key=value`, read by the questions of the service."""
    words: dict[str, str] = {}
    for word in given:
        key, value = key_value(word)
        words[key] = value
    if not words:
        return {}
    values, findings = read_answers(desk, desk.get_procedure(service, on or desk.today), words)
    refuse_if_blocked(findings)
    return values


def receive(call: Call) -> Answer:
    """Tick a paper.

    Raises:
        Invalid: the service asks for no such paper, or it came in already.
        Refused: the case is decided.
        NotFound: no such case.
    """
    args, desk = call.args, call.desk
    case = case_file.get_case(desk, args.case)
    said = {"pages": args.pages, "note": args.note, "issued_on": args.issued}
    done = cases.receive_paper(desk, case.uid, args.code, **said)
    file = case_file.open_file(desk, case.uid)
    titles = {one.code: f"{one.code}: {one.title}" for one in file.papers}
    lacking = [one.code for one in file.lacking]
    missing = "; ".join(titles[one] for one in lacking)
    rows = [(_(N_("Received")), titles[done.value.code]), (_(N_("Still missing")), missing or "—")]
    return changed(done, rows, lacking=lacking)


def do(call: Call) -> Answer:
    """Mark a step.

    Raises:
        Invalid: no such step, done already, or the day contradicts.
        Refused: the case is decided.
        NotFound: no such case.
    """
    args, desk = call.args, call.desk
    case = case_file.get_case(desk, args.case)
    done = cases.do_step(desk, case.uid, args.code, on=args.done, note=args.note)
    steps = case_file.open_file(desk, case.uid).steps
    title = next((one.title for one in steps if one.code == done.value.code), "—")
    words = f"{done.value.code}: {title}, {day_words(done.value.done_on)}"
    return changed(done, [(_(N_("Done")), words)])


def decide(call: Call) -> Answer:
    """Decide a case.

    Raises:
        WrongUsage: the service has no such decision.
        Invalid: papers are missing, or a ground is not of this service.
        Refused: the case is decided, or the quota is used up.
        NotFound: no such case.
    """
    args, desk = call.args, call.desk
    case = case_file.get_case(desk, args.case)
    known = [one.code for one in case_file.open_file(desk, case.uid).decisions]
    if args.decision not in known:
        raise WrongUsage(N_("“{given}” is none of: {known}."), given=args.decision, known=", ".join(known))
    verdict = Verdict(
        args.decision,
        on=args.decided,
        protocol=args.protocol,
        protocol_on=args.protocol_on,
        grounds=tuple(args.ground),
        valid_until=args.valid_until,
        words=args.words,
        appeal_until=args.appeal_until,
        given=sum_answers(args.with_),
    )
    done = cases.decide(desk, case.uid, verdict)
    state = choice_label(done.value.state) if done.value.state else "—"
    rows = [(_(N_("Case")), done.value.number), (_(N_("State")), state)]
    if done.value.certificate:
        rows.append((_(N_("Certificate number")), done.value.certificate))
    return changed(done, rows, payments=list(case_file.open_file(desk, case.uid).payments))
