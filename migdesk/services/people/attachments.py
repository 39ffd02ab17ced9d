"""Photos and scans in the files of people and cases: read, looked at, kept once, shown, saved, annulled."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from migdesk.domain.case import Case
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, NotFound, refuse_if_blocked
from migdesk.domain.finding import Finding, block
from migdesk.domain.person import Person
from migdesk.domain.record import faults
from migdesk.domain.scan import HEAD, LARGEST, MOST_PAGES, PDF, PHOTO, Attachment, media_of
from migdesk.exchange.givenfile import not_read, open_given
from migdesk.exchange.wholefile import whole_file
from migdesk.i18n import N_
from migdesk.paper.scans import BadPicture, count_pages, page_file
from migdesk.services import checks
from migdesk.services.desk import Desk
from migdesk.services.people import shielded
from migdesk.services.reasons import reason
from migdesk.store import contents
from migdesk.store.writer import Tx

_FILE = "file"
_LONGEST = 200
_MEGA = 1_000_000
SCREEN = 1_200
"""Pixels of the longer side of a page on the screen."""


@dataclass(frozen=True, slots=True, repr=False)
class Scan:
    """A file that was read and looked at: its name without folders, what it is, its pages, its bytes."""

    name: str
    media: str
    pages: int
    content: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """The first pages of a scan as pictures, and how many it has."""

    attachment: Attachment
    pages: tuple[bytes, ...]


def read_files(paths: Iterable[Path]) -> list[Scan]:
    """Files that are to be taken in; a large one is refused by its size before it is read.

    Raises:
        Invalid: each file that is too large, empty, damaged or of another kind, by its name.
        BadFile: there is no such file, or it may not be read.
    """
    scans: list[Scan] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            scans.append(look_at(_bytes_of(path), path.name))
        except Invalid as refusal:
            findings += refusal.findings
    refuse_if_blocked(findings)
    return scans


def look_at(content: bytes, name: str) -> Scan:
    """What a content is, whatever its name says.

    Raises:
        Invalid: too large, empty, or nothing that is kept.
    """
    shown = "".join(char for char in name if char.isprintable())[-_LONGEST:]
    _refuse_large(len(content), shown)
    media = media_of(content[:HEAD])
    if not media:
        message = N_("“{name}” is neither a picture (JPEG, PNG, TIFF) nor a PDF, whatever its name says.")
        raise Invalid([block("no_scan", message, _FILE, name=shown)])
    try:
        pages = count_pages(content, media)
    except BadPicture:
        message = N_(
            "“{name}” cannot be shown: it is damaged, locked with a password, or too large a picture."
        )
        raise Invalid([block("bad_scan", message, _FILE, name=shown)]) from None
    if pages > MOST_PAGES:
        message = N_(
            "“{name}” has {pages} pages; at most {most} are kept. Divide it, and take in what belongs to this file."
        )
        raise Invalid([block("too_many_pages", message, _FILE, name=shown, pages=pages, most=MOST_PAGES)])
    return Scan(shown, media, pages, content)


def attach(desk: Desk, owner: str, scans: Sequence[Scan], kind: str) -> Done[tuple[Attachment, ...]]:
    """Keep scans in the file of the person or case of this uid, as one op.

    Raises:
        NotFound: no such person or case, or it is annulled.
        Invalid: the kind is not in the list, a photo is no picture, or a scan is in the file already.
    """
    blank = replace(_place(desk, owner), kind=kind)
    records = [_described(blank, scan) for scan in _once(scans)]
    findings = [*(one for rec in records for one in faults(rec)), *checks.check_codes(desk, blank)]
    if kind == PHOTO:
        findings += [no_photo(one.name) for one in records if one.media == PDF]
    refuse_if_blocked(findings)
    with desk.write(Op.ATTACH) as tx:
        refuse_if_blocked(_there_already(tx, records))
        for scan in scans:
            contents.keep(tx.connection, scan.content)
        saved = tuple(tx.put(one) for one in records)
    return Done(saved, tx.changes)


def attach_files(desk: Desk, owner: str, paths: Sequence[Path], kind: str) -> Done[tuple[Attachment, ...]]:
    """Read files and keep them in a file.

    Raises:
        BadFile: a file cannot be read.
        Invalid: what is wrong with which file.
        NotFound: no such person or case.
    """
    return attach(desk, owner, read_files(paths), kind)


def list_of(desk: Desk, owner: str) -> list[Attachment]:
    """The scans of a person or of a case, the newest first; none of a file that is closed at this desk."""
    if shielded.hides_owner(desk, owner):
        return []
    found = [*desk.store.live(Attachment, person=owner), *desk.store.live(Attachment, case=owner)]
    return found[::-1]


def get(desk: Desk, uid: str) -> Attachment:
    """A scan that counts.

    Raises:
        NotFound: none has this uid, or it is annulled.
        Refused: it lies in a file that is closed at this desk.
    """
    found = desk.store.get(Attachment, uid)
    if found.is_annulled:
        raise NotFound(uid)
    shielded.refuse(desk, found.person or found.case or "")
    return found


def show(desk: Desk, uid: str, most: int) -> Shown:
    """The first `most` pages of a scan, for the screen; run in a reader's thread.

    Raises:
        NotFound: no such scan, or its content is gone.
        Invalid: the content is damaged.
    """
    attachment = get(desk, uid)
    content = contents.read(desk.store, attachment.digest)
    numbers = range(1, min(attachment.pages or 1, most) + 1)
    try:
        return Shown(attachment, tuple(page_file(content, attachment.media, n, SCREEN) for n in numbers))
    except BadPicture:
        raise Invalid([block("bad_scan", N_("This scan is damaged."), _FILE)]) from None


def save_to(desk: Desk, uid: str, target: Path) -> Attachment:
    """Write a scan to a file, byte by byte as it was taken in.

    Raises:
        NotFound: no such scan, or its content is gone.
        BadFile: the file cannot be written.
    """
    attachment = get(desk, uid)
    content = contents.read(desk.store, attachment.digest)
    with whole_file(target) as file:
        file.write_bytes(content)
    return attachment


def annul(desk: Desk, uid: str, why: str) -> Done[Attachment]:
    """Take a scan out of account; the journal keeps it. Of a person's photo nothing is left to show.

    Raises:
        NotFound: no such scan, or it is annulled already.
        Invalid: the reason is missing.
    """
    why, attachment = reason(why), get(desk, uid)
    with desk.write(Op.ANNUL_ATTACHMENT) as tx:
        for person in tx.live(Person, uid=attachment.person) if attachment.person else ():
            if person.photo == attachment.uid:
                tx.put(person, photo=None)
        saved = tx.annul(attachment, why)
    return Done(saved, tx.changes)


def _bytes_of(path: Path) -> bytes:
    with open_given(path) as file:
        _refuse_large(os.fstat(file.fileno()).st_size, path.name)
        try:
            return file.read(LARGEST + 1)
        except OSError as error:
            raise not_read(path, error) from None


def _refuse_large(size: int, name: str) -> None:
    if size > LARGEST:
        message = N_(
            "“{name}” has {size} MB; at most {most} MB are kept. Scan it in grey at 300 dpi, or in parts."
        )
        size = -(-size // _MEGA)
        raise Invalid([block("too_large", message, _FILE, name=name, size=size, most=LARGEST // _MEGA)])


def _place(desk: Desk, owner: str) -> Attachment:
    """An empty attachment in the file of a person or a case."""
    if desk.store.live(Person, uid=owner):
        return Attachment(person=owner)
    if desk.store.live(Case, uid=owner):
        return Attachment(case=owner)
    raise NotFound(owner)


def _described(blank: Attachment, scan: Scan) -> Attachment:
    return replace(
        blank,
        name=scan.name,
        media=scan.media,
        pages=scan.pages,
        size=len(scan.content),
        digest=contents.digest_of(scan.content),
    )


def _once(scans: Sequence[Scan]) -> list[Scan]:
    """Of files with the same content the first."""
    return list({contents.digest_of(one.content): one for one in reversed(scans)}.values())[::-1]


def no_photo(name: str) -> Finding:
    """That a file cannot be the photo of a person."""
    message = N_("“{name}” is no photo: take a JPEG, PNG or TIFF picture.")
    return block("no_photo", message, _FILE, name=name)


def _there_already(tx: Tx, records: Iterable[Attachment]) -> list[Finding]:
    """One content is in one file once."""
    message = N_("“{name}” is in this file already.")
    return [
        block("same_scan", message, _FILE, name=one.name)
        for one in records
        if tx.live(Attachment, person=one.person, case=one.case, digest=one.digest)
    ]
