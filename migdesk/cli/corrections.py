"""`person`, `arrival`, `document list|save|annul`: what was registered wrongly is put right, record by record."""

from __future__ import annotations

from typing import Any, TypeVar

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.intake import Intake
from migdesk.cli.keys import party_uid, person_of
from migdesk.cli.output import Answer, changed, record_document, table
from migdesk.cli.parser import Parser, Verbs, add_group, add_verb
from migdesk.domain.change import Done
from migdesk.domain.errors import BadFile, Invalid
from migdesk.domain.fields import spec
from migdesk.domain.finding import blocking
from migdesk.domain.person import TravelDocument
from migdesk.domain.record import Record
from migdesk.i18n import N_, _
from migdesk.services import panels
from migdesk.services.arrivals import arrivals
from migdesk.services.people import documents, people

R = TypeVar("R", bound=Record)

_FILE = N_("the document; - is standard input")
_KEYS = N_("Needs an office. Keys: uid, and what is to be changed; see: register --keys.")
_PERSON = N_("uid, IIN, document number or label")
_COLUMNS = ("kind", "number", "issuer", "issued_on", "expires_on")


def add(verbs: Verbs) -> None:
    """Add both verbs and the group."""
    whom = add_verb(
        verbs, "person", _(N_("correct a person from a JSON document")), correct_person, needs=_(_KEYS)
    )
    where = add_verb(
        verbs,
        "arrival",
        _(N_("correct an arrival and its address from a JSON document")),
        correct_arrival,
        needs=_(_KEYS),
    )
    group = add_group(verbs, "document", _(N_("travel documents of a person")))
    shown = add_verb(group, "list", _(N_("the documents of a person with their uids")), list_documents)
    shown.add_argument("person", metavar="PERSON", help=_(_PERSON))
    saved = add_verb(
        group,
        "save",
        _(N_("correct a document, or add one, from a JSON document")),
        save_document,
        needs=_(
            N_("Needs an office. Keys: those of a document, and uid to correct one or person to add one.")
        ),
    )
    for made in (whom, where, saved):
        made.add_argument("file", metavar="FILE", help=_(_FILE))
    _add_annul(group)


def _add_annul(group: Verbs) -> None:
    gone: Parser = add_verb(
        group, "annul", _(N_("take a document written by mistake out of account; it is kept")), annul_document
    )
    gone.add_argument("document", metavar="UID", help=_(N_("uid of the document; see: document list")))
    gone.add_argument("--why", required=True, metavar="TEXT", help=_(N_("reason of the annulment")))


def correct_person(call: Call) -> Answer:
    """Write what a document says of a person over what the register has.

    Raises:
        BadFile: no JSON, or a key holds another kind of thing than it should.
        Invalid: what is wrong, key by key; nothing was written.
    """
    intake = Intake(call.desk, files.name_of(call.args.file))
    person = _sound(call, intake, intake.person(files.read_json(call.args.file)))
    done = people.save_person(call.desk, person)
    return changed(done, [(_(N_("Person saved")), done.value.full_name)])


def correct_arrival(call: Call) -> Answer:
    """Write what a document says of an arrival over what the register has; `host` may be an IIN or BIN.

    Raises:
        BadFile: no JSON, or a key holds another kind of thing than it should.
        Invalid: what is wrong, key by key; nothing was written.
        NotFound: the receiving person is none.
    """
    intake = Intake(call.desk, files.name_of(call.args.file))
    raw = files.read_json(call.args.file)
    if isinstance(raw, dict) and isinstance(raw.get("host"), str):
        raw = raw | {"host": party_uid(call.desk, raw["host"])}
    given = raw.pop("details", None) if isinstance(raw, dict) else None
    arrival, address = intake.arrival(raw)
    details = None if given is None else intake.details(given, panels.code_of(arrival))
    done = arrivals.correct_arrival(call.desk, _sound(call, intake, arrival), address, details)
    return changed(done, [(_(N_("Arrival corrected")), done.value.number)])


def list_documents(call: Call) -> Answer:
    """The documents that count, the one valid longest first.

    Raises:
        NotFound: no such person.
    """
    desk = call.desk
    held = people.open_file(desk, person_of(desk, call.args.person).uid).documents
    headings = [*(_(spec(TravelDocument, name).field.label) for name in _COLUMNS), "uid"]
    rows = [
        [
            *(desk.lists.show(spec(TravelDocument, name).field, getattr(one, name)) for name in _COLUMNS),
            one.uid,
        ]
        for one in held
    ]
    return Answer([record_document(one) for one in held], table(headings, rows))


def save_document(call: Call) -> Answer:
    """Correct a document named by its uid, or add one to a person.

    Raises:
        BadFile: no JSON, or a key holds another kind of thing than it should.
        Invalid: what is wrong, key by key; nothing was written.
        NotFound: no such person.
    """
    name = files.name_of(call.args.file)
    raw = files.read_json(call.args.file)
    if not isinstance(raw, dict):
        raise BadFile(name, "", N_("An object of names and values is expected."))
    given: dict[str, Any] = dict(raw)
    key = given.pop("person", None)
    if key is not None and not isinstance(key, str):
        raise BadFile(name, "person", N_("A text is expected."))
    intake = Intake(call.desk, name)
    holder = person_of(call.desk, key).uid if key else None
    document = _sound(call, intake, intake.document(given, holder))
    return _told(documents.save_document(call.desk, document), _(N_("Travel document saved")))


def annul_document(call: Call) -> Answer:
    """Take a document out of account.

    Raises:
        NotFound: no such document, or it is annulled already.
        Invalid: the reason is empty.
    """
    document = documents.get_document(call.desk, call.args.document)
    done = documents.annul_document(call.desk, document, call.args.why)
    return _told(done, _(N_("Travel document annulled")))


def _told(done: Done[TravelDocument], words: str) -> Answer:
    return changed(done, [(words, done.value.number)])


def _sound(call: Call, intake: Intake, rec: R) -> R:
    if blocking(intake.findings):
        raise Invalid(intake.findings)
    call.notes += intake.findings
    return rec
