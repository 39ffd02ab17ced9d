"""`attach`, `attachments list|save|annul`, `photo`: scans in the files of people and cases, and people's photos."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.keys import person_of
from migdesk.cli.output import Answer, changed, finding_lines, findings_document, record_document, table
from migdesk.cli.parser import Verbs, WrongUsage, add_group, add_verb
from migdesk.domain.change import Done
from migdesk.domain.errors import NotFound
from migdesk.domain.photo import Shape
from migdesk.domain.scan import ENDINGS, Attachment
from migdesk.i18n import N_, _
from migdesk.services.cases import case_file
from migdesk.services.desk import Desk
from migdesk.services.lists import read_list
from migdesk.services.people import attachments, photos, scanner, shielded

_OWNER = N_("a person (uid, IIN, document number, label) or a case (uid, number)")
_PERSON = N_("uid, IIN, document number or label")
_FILE = N_("a picture (JPEG, PNG, TIFF) or a PDF; - is standard input")


def add(verbs: Verbs) -> None:
    """Add the three verbs."""
    needs = _(N_("Needs an office."))
    kinds = list(read_list("attachment_kinds"))
    made = add_verb(
        verbs, "attach", _(N_("keep scans in the file of a person or a case")), attach, needs=needs
    )
    made.add_argument("owner", metavar="PERSON|CASE", help=_(_OWNER))
    made.add_argument("files", nargs="*", metavar="FILE", help=_(_FILE))
    made.add_argument("--kind", choices=kinds, required=True, help=_(N_("what it is")))
    made.add_argument(
        "--scanner",
        metavar="DIR",
        help=_(N_("take everything that waits in the scanner's folder; it is then moved to “taken” there")),
    )
    group = add_group(verbs, "attachments", _(N_("scans in files")))
    listed = add_verb(group, "list", _(N_("the scans of a person or a case")), list_scans, needs=needs)
    listed.add_argument("owner", metavar="PERSON|CASE", help=_(_OWNER))
    saved = add_verb(group, "save", _(N_("write a scan to a file")), save, needs=needs)
    saved.add_argument("uid", metavar="UID", help=_(N_("uid of the scan; see: attachments list")))
    saved.add_argument("--to", required=True, metavar="FILE", help=_(N_("the file; - is standard output")))
    gone = add_verb(group, "annul", _(N_("take a scan out of account")), annul, needs=needs)
    gone.add_argument("uid", metavar="UID", help=_(N_("uid of the scan; see: attachments list")))
    gone.add_argument("--why", required=True, metavar="TEXT", help=_(N_("reason of the annulment")))
    photo = add_verb(
        verbs, "photo", _(N_("give a person a photo: the middle of a picture")), save_photo, needs=needs
    )
    photo.add_argument("person", metavar="PERSON", help=_(_PERSON))
    photo.add_argument("file", metavar="FILE", help=_(N_("a picture (JPEG, PNG, TIFF); - is standard input")))
    shapes = [one.value for one in Shape]
    photo.add_argument("--shape", choices=shapes, default=shapes[0], help=_(N_("centimetres")))


def attach(call: Call) -> Answer:
    """Keep scans.

    Raises:
        WrongUsage: neither a file nor the scanner's folder is named, or both are.
        BadFile: a file cannot be read.
        Invalid: what is wrong with which file; nothing was kept.
        NotFound: no such person or case.
    """
    args, desk = call.args, call.desk
    if bool(args.files) == bool(args.scanner):
        raise WrongUsage(N_("Name files, or the scanner's folder with --scanner."))
    owner = _owner(desk, args.owner)
    if args.scanner:
        return _kept(desk, scanner.take_all(desk, owner, Path(args.scanner), args.kind))
    with ExitStack() as room:
        paths = [room.enter_context(files.source(one)) for one in args.files]
        return _kept(desk, attachments.attach_files(desk, owner, paths, args.kind))


def list_scans(call: Call) -> Answer:
    """The scans of a file.

    Raises:
        NotFound: no such person or case.
        Refused: it is closed at this desk.
    """
    desk = call.desk
    owner = _owner(desk, call.args.owner)
    shielded.refuse(desk, owner)
    return _listed(desk, attachments.list_of(desk, owner))


def save(call: Call) -> Answer:
    """Write a scan.

    Raises:
        NotFound: no such scan.
        BadFile: the file cannot be written.
    """
    args, desk = call.args, call.desk
    attachment = attachments.get(desk, args.uid)
    with files.target(args.to, ENDINGS[attachment.media]) as path:
        attachments.save_to(desk, args.uid, path)
    return Answer(record_document(attachment), [attachment.name], to_stderr=args.to == files.STANDARD)


def annul(call: Call) -> Answer:
    """Take a scan out of account.

    Raises:
        NotFound: no such scan, or it is annulled already.
        Invalid: the reason is empty.
    """
    done = attachments.annul(call.desk, call.args.uid, call.args.why)
    return changed(done, [(_(N_("Annulled")), done.value.name)])


def save_photo(call: Call) -> Answer:
    """Give a person a photo.

    Raises:
        BadFile: the file cannot be read.
        Invalid: it is no photo, or too large.
        NotFound: no such person.
    """
    args, desk = call.args, call.desk
    person = person_of(desk, args.person)
    with files.source(args.file) as path:
        scan = attachments.read_files([path])[0]
    done = photos.save_photo(desk, person.uid, scan, photos.whole_picture(scan, Shape(args.shape)))
    return changed(done, [(_(N_("Photo of")), done.value.full_name)])


def _owner(desk: Desk, key: str) -> str:
    """The uid of a case or a person, by what a clerk has at hand."""
    try:
        return case_file.get_case(desk, key).uid
    except NotFound:
        return person_of(desk, key).uid


def _kept(desk: Desk, done: Done[tuple[Attachment, ...]]) -> Answer:
    listed = _listed(desk, done.value)
    document = {"attachments": listed.document, "findings": findings_document(done.findings)}
    return Answer(document, [*listed.lines, *finding_lines(done.findings)])


def _listed(desk: Desk, found: list[Attachment] | tuple[Attachment, ...]) -> Answer:
    headings = [_(N_("What it is")), _(N_("File name")), _(N_("Pages")), _(N_("Size, kB")), "uid"]
    rows = (
        [
            desk.lists.label("attachment_kinds", one.kind),
            one.name,
            one.pages,
            -(-(one.size or 0) // 1000),
            one.uid,
        ]
        for one in found
    )
    return Answer([record_document(one) for one in found], table(headings, rows, right={2, 3}))
