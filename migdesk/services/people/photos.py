"""The photo of a person: cut from a picture, kept as a small JPEG, shown in the file and printed on papers."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, NotFound, refuse_if_blocked
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, block, note
from migdesk.domain.person import Person
from migdesk.domain.photo import ROUGH, SHARP, Cut, Shape
from migdesk.domain.scan import PDF, PHOTO, Attachment
from migdesk.i18n import N_
from migdesk.paper.scans import BadPicture, cut_photo, is_transparent, page_file, size_of
from migdesk.services.desk import Desk
from migdesk.services.people import shielded
from migdesk.services.people.attachments import SCREEN, Scan, no_photo
from migdesk.store import contents

_JPEG = "image/jpeg"
_NAME = "{shape}.jpg"
_REPLACED = "replaced"
_FILE = "file"

_SMALL = N_(
    "For the photo there are {width} × {height} pixels; {shape} needs at least {wide} × {high} "
    "({dots} dots an inch). Take a larger picture, or a larger part of it."
)
_ROUGH = N_(
    "For the photo there are {width} × {height} pixels; {shape} is printed sharply from {wide} × {high} "
    "({dots} dots an inch)."
)
_CLEAR = N_("Transparent parts of the picture are white on the photo.")
_BLANK = N_("There is nothing on this part of the picture: it is of one colour. Take another.")


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture to cut a photo from: as it was read, and upright and small for the screen.

    Width and height are pixels of the upright picture; `clear` says that something shines through.
    """

    scan: Scan
    screen: bytes
    width: int
    height: int
    clear: bool

    @property
    def proportion(self) -> float:
        """Height divided by width."""
        return self.height / self.width


def open_picture(scan: Scan) -> Picture:
    """A picture for the window in which the photo is cut.

    Raises:
        Invalid: it is no picture, or cannot be shown.
    """
    if scan.media == PDF:
        raise Invalid([no_photo(scan.name)])
    try:
        screen = page_file(scan.content, scan.media, 1, SCREEN)
        return Picture(scan, screen, *size_of(scan.content), is_transparent(scan.content))
    except BadPicture:
        raise Invalid([no_photo(scan.name)]) from None


def check_cut(picture: Picture, cut: Cut) -> list[Finding]:
    """What speaks against a part of a picture as a photo: too few pixels stop, few of them are told.

    No act with a number was found; 150 and 300 dots an inch are what printers go by.
    """
    left, top, right, bottom = cut.box(picture.width, picture.height)
    width, height = round(right - left), round(bottom - top)
    found = []
    for dots, code, make, text in (
        (ROUGH, "photo_small", block, _SMALL),
        (SHARP, "photo_rough", note, _ROUGH),
    ):
        wide, high = cut.shape.pixels_at(dots)
        if width < wide or height < high:
            values = {"width": width, "height": height, "wide": wide, "high": high, "dots": dots}
            found.append(make(code, text, _FILE, shape=choice_label(cut.shape), **values))
            break
    return [*found, note("photo_clear", _CLEAR, _FILE)] if picture.clear else found


def photo_of(desk: Desk, person: Person) -> bytes | None:
    """The photo of a person, if there is one and his file is not closed at this desk.

    Raises:
        NotFound: its content is gone.
    """
    if shielded.is_closed(desk, person.uid):
        return None
    found = desk.store.find(Attachment, person.photo) if person.photo else None
    return contents.read(desk.store, found.digest) if found else None


def save_photo(desk: Desk, uid: str, scan: Scan, cut: Cut) -> Done[Person]:
    """Give a person the photo cut from a picture; the one before is annulled as replaced.

    Raises:
        NotFound: no such person.
        Invalid: it is no picture, has too few pixels, or nothing is on it.
    """
    findings = check_cut(open_picture(scan), cut)
    refuse_if_blocked(findings)
    try:
        content = cut_photo(scan.content, cut)
    except BadPicture:
        raise Invalid([no_photo(scan.name)]) from None
    if not content:
        raise Invalid([block("photo_blank", _BLANK, _FILE), *findings])
    person = desk.store.get(Person, uid)
    if person.is_annulled:
        raise NotFound(uid)
    with desk.write(Op.SAVE_PHOTO) as tx:
        digest = contents.keep(tx.connection, content)
        same = tx.live(Attachment, person=uid, digest=digest)
        for old in tx.live(Attachment, person=uid, uid=person.photo or ""):
            if old.digest != digest:
                tx.annul(old, _REPLACED)
        photo = same[0] if same else tx.put(_described(uid, cut.shape, content, digest))
        saved = tx.put(person, photo=photo.uid)
    return Done(saved, tx.changes, tuple(findings))


def whole_picture(scan: Scan, shape: Shape) -> Cut:
    """The largest part in the middle of a picture, for doors without a window.

    Raises:
        Invalid: it is no picture.
    """
    return Cut(shape, open_picture(scan).proportion)


def _described(uid: str, shape: Shape, content: bytes, digest: str) -> Attachment:
    return Attachment(
        person=uid,
        kind=PHOTO,
        name=_NAME.format(shape=shape.value),
        media=_JPEG,
        digest=digest,
        pages=1,
        size=len(content),
    )
