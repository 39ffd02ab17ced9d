"""Photos and scans: which files an office keeps, told by their content, and how large one may be."""

from __future__ import annotations

from typing import Annotated, ClassVar

from migdesk.domain.fields import Code, Ref, Text, Whole
from migdesk.domain.record import Record, record
from migdesk.i18n import N_

LARGEST = 20_000_000
"""Bytes of one file. A page of A4 at 300 dpi takes some 1 000 000; more than this is a scanner set wrongly."""

MOST_PAGES = 5_000
"""Pages of one file; more is an archive, not a paper of somebody."""

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
)
HEAD = 8
"""So many first bytes tell what a file is."""

ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif", "application/pdf": ".pdf"}
PDF = "application/pdf"
PHOTO = "photo"
"""The kind of a person's photo."""


def media_of(head: bytes) -> str:
    """What a file is by its first bytes, whatever it is called; nothing for a kind that is not kept."""
    return next((media for beginning, media in _BEGINNINGS if head.startswith(beginning)), "")


@record
class Attachment(Record):
    """A photo or a scan in the file of a person or of a case; its content is kept once, by its digest (SHA-256)."""

    table: ClassVar[str] = "attachment"
    title: ClassVar[str] = N_("Scan or photo")

    person: Annotated[str | None, Ref(N_("Person"), to="person")] = None
    case: Annotated[str | None, Ref(N_("Case"), to="cases")] = None
    kind: Annotated[str, Code(N_("What it is"), required=True, list="attachment_kinds")] = ""
    name: Annotated[str, Text(N_("File name"), max=200)] = ""
    media: Annotated[str, Text(N_("Media type"), max=80)] = ""
    digest: Annotated[str, Text(N_("Digest"), required=True, max=64)] = ""
    pages: Annotated[int | None, Whole(N_("Pages"), max=MOST_PAGES)] = None
    size: Annotated[int | None, Whole(N_("Size in bytes"))] = None
