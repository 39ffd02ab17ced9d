"""`note add|list|allow`, `family minor|guardian|trace`: notes not everybody may read, and children who came alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migdesk.cli.call import Call
from migdesk.cli.keys import party_uid, person_of
from migdesk.cli.output import (
    Answer,
    changed,
    day_words,
    finding_lines,
    findings_document,
    pairs,
    record_document,
    table,
)
from migdesk.cli.parser import Verbs, WrongUsage, add_group, add_verb, day
from migdesk.cli.people import person_document
from migdesk.domain.change import Op
from migdesk.domain.fields import choice_label
from migdesk.domain.protection import NoteKind, PersonNote, Unaccompanied, Visibility
from migdesk.i18n import N_, _
from migdesk.services.families import minors, tracing
from migdesk.services.people import notes, referrals
from migdesk.services.people.notes import Notes
from migdesk.services.people.referrals import Referral, ReferredTo
from migdesk.services.upkeep import rights

_PERSON = N_("uid, IIN, document number or label")


def add(verbs: Verbs) -> None:
    """Add the group of notes."""
    group = add_group(
        verbs, "note", _(N_("dated notes on a person; restricted ones only for those with the right"))
    )
    made = add_verb(group, "add", _(N_("write a note")), write)
    made.add_argument("person", metavar="PERSON", help=_(_PERSON))
    made.add_argument("text", metavar="TEXT", help=_(N_("what is noted")))
    made.add_argument(
        "--about",
        choices=[one.value for one in NoteKind],
        default=NoteKind.GENERAL.value,
        help=_(N_("what the note is about")),
    )
    made.add_argument("--open", action="store_true", help=_(N_("everybody in the office may read it")))
    made.add_argument("--date", type=day, metavar="DATE", help=_(N_("date of the note; today when left out")))
    sent = add_verb(
        group, "referral", _(N_("referral of a victim of trafficking, as a restricted note")), refer
    )
    sent.add_argument("person", metavar="PERSON", help=_(_PERSON))
    sent.add_argument("--by", required=True, metavar="TEXT", help=_(N_("who detected the person")))
    sent.add_argument("--signs", required=True, metavar="TEXT", help=_(N_("signs")))
    sent.add_argument("--needs", default="", metavar="TEXT", help=_(N_("urgent needs")))
    sent.add_argument("--consent", action="store_true", help=_(N_("the person consents")))
    to = [one.value for one in ReferredTo]
    sent.add_argument("--to", required=True, choices=to, help=_(N_("who takes over")))
    sent.add_argument("--body", default="", metavar="TEXT", help=_(N_("name of the body")))
    sent.add_argument("--accepted", default="", metavar="TEXT", help=_(N_("accepted: date and name")))
    sent.add_argument(
        "--date", type=day, metavar="DATE", help=_(N_("day of the detection; today when left out"))
    )
    listed = add_verb(group, "list", _(N_("notes on a person; opening restricted ones is journalled")), show)
    listed.add_argument("person", metavar="PERSON", help=_(_PERSON))
    given = add_verb(group, "allow", _(N_("who may read restricted notes; give the right or take it")), allow)
    given.add_argument("login", metavar="LOGIN", nargs="?", help=_(N_("login of the operator")))
    given.add_argument("--off", action="store_true", help=_(N_("take the right")))
    given.add_argument(
        "--last", action="store_true", help=_(N_("with --off: it is meant that nobody has the right then"))
    )


def add_to_family(group: Verbs) -> None:
    """Add the verbs on children who came alone to the group of families."""
    made = add_verb(group, "minor", _(N_("a child who came without parents, and the guardian")), save_minor)
    add = made.add_argument
    add("person", metavar="PERSON", help=_(_PERSON))
    add("--since", type=day, metavar="DATE", help=_(N_("since when; today when left out")))
    add("--guardian", metavar="PERSON", help=_(N_("guardian: uid, IIN, document number or label")))
    add("--body", metavar="UID|BIN", help=_(N_("organisation that is the guardian: uid or BIN")))
    add("--basis", default="", metavar="TEXT", help=_(N_("act that names the guardian")))
    add("--ended", type=day, metavar="DATE", help=_(N_("the day on which it ended")))
    opened = add_verb(
        group, "guardian", _(N_("who answers for a child who came alone; opening is journalled")), open_minor
    )
    opened.add_argument("person", metavar="PERSON", help=_(_PERSON))
    sought = add_verb(
        group, "trace", _(N_("who may be of one family with a person, and by which signs")), trace
    )
    sought.add_argument("person", metavar="PERSON", help=_(_PERSON))


def write(call: Call) -> Answer:
    """Write a note.

    Raises:
        NotFound: no such person.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    note = PersonNote(
        person=person_of(desk, args.person).uid,
        written_on=args.date or call.today,
        matter=NoteKind(args.about),
        visibility=Visibility.OFFICE if args.open else Visibility.RESTRICTED,
        text=args.text,
    )
    done = notes.write(desk, note)
    return changed(done, [(_(N_("Note written")), day_words(done.value.written_on))])


def refer(call: Call) -> Answer:
    """Refer a victim of trafficking.

    Raises:
        NotFound: no such person.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    sheet = Referral(
        detected_on=args.date or call.today,
        detected_by=args.by,
        signs=args.signs,
        needs=args.needs,
        consent=args.consent,
        referred_to=ReferredTo(args.to),
        body=args.body,
        accepted=args.accepted,
    )
    done = referrals.refer(desk, person_of(desk, args.person).uid, sheet)
    return changed(done, [(_(N_("Note written")), day_words(done.value.written_on))])


def show(call: Call) -> Answer:
    """Notes of a person: those for everybody; the restricted ones too for who may read them.

    Raises:
        NotFound: no such person.
    """
    desk = call.desk
    person = person_of(desk, call.args.person).uid
    found = notes.look(desk, person)
    opens = found.has_restricted and found.may_read
    restricted = notes.open_restricted(desk, person).value if opens else ()
    told = [*found.known, *restricted]
    document = {
        "notes": [record_document(one) for one in told],
        "restricted_exist": found.has_restricted,
        "readers": [one.login for one in found.readers],
    }
    return Answer(document, _lines(told, found))


def _lines(told: Iterable[PersonNote], found: Notes) -> Iterator[str]:
    headings = [_(N_("Date")), _(N_("About")), _(N_("Written by")), _(N_("Text of the note"))]
    rows = ([day_words(one.written_on), _matter(one), one.author, one.text] for one in told)
    yield from table(headings, rows)
    if found.has_restricted and not found.may_read:
        names = ", ".join(one.name for one in found.readers) or "—"
        yield _(N_("There are restricted notes; these may open them: {names}.")).format(names=names)


def _matter(note: PersonNote) -> str:
    return choice_label(note.matter) if note.matter else ""


def allow(call: Call) -> Answer:
    """Give or take the right to restricted notes; without a login say who has it.

    Raises:
        Refused: by whom it is not given, or not to this one; the last one has to mean it.
        WrongUsage: the right of nobody is to be taken.
    """
    args, desk = call.args, call.desk
    if args.login:
        if args.off:
            done = rights.withdraw_right(desk, args.login, last=args.last)
        else:
            done = rights.give_right(desk, args.login)
        words = Op.TAKE_RIGHT if args.off else Op.GIVE_RIGHT
        return changed(done, [(choice_label(words), done.value.name)])
    if args.off:
        raise WrongUsage(N_("Name the operator."))
    found = notes.readers(desk)
    return Answer(
        [one.login for one in found],
        table([_(N_("Login")), _(N_("Name"))], [[one.login, one.name] for one in found]),
    )


def save_minor(call: Call) -> Answer:
    """Say that a child is alone, who the guardian is, or that it ended; who may not open it is not told the rest.

    Raises:
        NotFound: no such person, guardian or organisation.
        Invalid: what is wrong, field by field.
    """
    args, desk = call.args, call.desk
    person = person_of(desk, args.person)
    known = minors.of_person(desk, person.uid)
    guardian = person_of(desk, args.guardian).uid if args.guardian else None
    body = party_uid(desk, args.body)
    done = minors.say(
        desk,
        Unaccompanied(
            person=person.uid,
            since=args.since or (known.since if known and args.ended else call.today),
            until=args.ended,
            guardian=guardian,
            body=body,
            basis=args.basis,
        ),
    )
    law = minors.said_by_law(desk, person) if not args.ended else []
    told = [*done.findings, *law]
    document = {"uid": done.value.uid, "person": person.uid, "restricted": True}
    if notes.may_read(desk):
        document |= record_document(done.value)
    rows = [(_(N_("Unaccompanied minor")), person.full_name)]
    return Answer(
        {**document, "findings": findings_document(done.findings), "law": findings_document(told)},
        [*pairs(rows), *finding_lines(told)],
    )


def open_minor(call: Call) -> Answer:
    """Who answers for a child who is alone; the journal says who opened it.

    Raises:
        NotFound: no such person, or nobody said that he is alone.
        Refused: the operator has no right to restricted entries.
    """
    desk = call.desk
    person = person_of(desk, call.args.person)
    found = minors.open_details(desk, person.uid).value
    rows = [
        (_(N_("Unaccompanied minor")), person.full_name),
        (_(N_("Since")), day_words(found.entry.since)),
        (_(N_("Guardian")), found.guardian or "—"),
        (_(N_("Act that names the guardian")), found.entry.basis or "—"),
        (_(N_("Note")), found.entry.note or "—"),
    ]
    return Answer(record_document(found.entry) | {"guardian_name": found.guardian or None}, pairs(rows))


def trace(call: Call) -> Answer:
    """Who may be of the family.

    Raises:
        NotFound: no such person.
        Refused: it is a child who came alone, and the operator has no right to restricted entries.
    """
    desk = call.desk
    found = tracing.trace(desk, person_of(desk, call.args.person).uid)
    document = [
        {**person_document(one.person), "family": one.family, "signs": [sign.words for sign in one.signs]}
        for one in found
    ]
    headings = [_(N_("Name")), _(N_("Born")), _(N_("Why")), "uid"]
    rows = (
        [
            one.person.full_name,
            one.person.born_words,
            "; ".join(sign.words for sign in one.signs),
            one.person.uid,
        ]
        for one in found
    )
    return Answer(document, table(headings, rows))
