"""The photo of a person: cut from a picture, kept as a small JPEG, shown in the file and printed on papers."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import Invalid, NotFound
from migdesk.domain.person import Person
from migdesk.domain.photo import Cut, Shape
from migdesk.domain.scan import PDF, PHOTO, Attachment
from migdesk.paper.scans import BadPicture, cut_photo, page_file, proportion
from migdesk.services.attachments import SCREEN, Scan, no_photo
from migdesk.services.desk import Desk
from migdesk.store import contents

_JPEG = "image/jpeg"
_NAME = "{shape}.jpg"
_REPLACED = "replaced"


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture to cut a photo from: as it was read, and upright and small for the screen.

    `proportion` is its height divided by its width.
    """

    scan: Scan
    screen: bytes
    proportion: float


def open_picture(scan: Scan) -> Picture:
    """A picture for the window in which the photo is cut.

    Raises:
        Invalid: it is no picture, or cannot be shown.
    """
    if scan.media == PDF:
        raise Invalid([no_photo(scan.name)])
    try:
        return Picture(scan, page_file(scan.content, scan.media, 1, SCREEN), proportion(scan.content))
    except BadPicture:
        raise Invalid([no_photo(scan.name)]) from None


def photo_of(desk: Desk, person: Person) -> bytes | None:
    """The photo of a person, if there is one.

    Raises:
        NotFound: its content is gone.
    """
    found = desk.store.find(Attachment, person.photo) if person.photo else None
    return contents.read(desk.store, found.digest) if found else None


def save_photo(desk: Desk, uid: str, scan: Scan, cut: Cut) -> Done[Person]:
    """Give a person the photo cut from a picture; the one before is annulled as replaced.

    Raises:
        NotFound: no such person.
        Invalid: it is no picture.
    """
    if scan.media == PDF:
        raise Invalid([no_photo(scan.name)])
    try:
        content = cut_photo(scan.content, cut)
    except BadPicture:
        raise Invalid([no_photo(scan.name)]) from None
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
    return Done(saved, tx.changes)


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
