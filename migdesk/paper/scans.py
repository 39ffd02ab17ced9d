"""Photos and scans as pictures: their pages counted and shown, a photo cut to the size that papers ask for."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from migdesk.domain.photo import Cut
from migdesk.domain.scan import PDF
from migdesk.paper.pages import opened, page_image

_FORMATS = ("JPEG", "PNG", "TIFF")
_MOST_PIXELS = 72_000_000
"""A page of A3 at 600 dpi; a larger picture would take more memory than an office's machine has to spare."""

_QUALITY = 88
_ORIENTATION, _LYING = 0x0112, (5, 6, 7, 8)
"""Of Exif: how the camera was held; in these the picture lies on its side."""
_OPAQUE = 255
_SAME = 8
"""Of 255 steps of a colour: what a camera or JPEG makes of one and the same."""
_DPI = 110
_INCH = 72


class BadPicture(ValueError):
    """The content is not what its beginning says, is damaged, or is locked with a password."""


def count_pages(content: bytes, media: str) -> int:
    """How many pages a file has; of a picture the first is read whole, so that a damaged one is seen here.

    Raises:
        BadPicture: it cannot be read.
    """
    if media == PDF:
        with _pdf(content) as document:
            return len(document)
    with _picture(content) as picture:
        picture.load()
        return int(getattr(picture, "n_frames", 1))


def page_file(content: bytes, media: str, number: int, most: int) -> bytes:
    """A page, counted from 1, as a picture for the screen of at most so many pixels a side.

    Raises:
        BadPicture: it cannot be read, or there is no such page.
    """
    if media == PDF:
        with _pdf(content) as document:
            if not 1 <= number <= len(document):
                raise BadPicture
            longest = max(*document.get_page_size(number - 1), 1)
        return page_image(content, number, min(_DPI, most * _INCH / longest)).png()
    with _picture(content) as picture:
        picture.seek(number - 1)
        picture.draft("RGB", (most, most))
        shown = _upright(picture)
        shown.thumbnail((most, most))
        return _jpeg(shown)


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of an upright picture in pixels.

    Raises:
        BadPicture: it is no picture that can be read.
    """
    with _picture(content) as picture:
        width, height = int(picture.width), int(picture.height)
        lies = picture.getexif().get(_ORIENTATION) in _LYING
        return (height, width) if lies else (width, height)


def is_transparent(content: bytes) -> bool:
    """Whether something shines through a picture.

    Raises:
        BadPicture: it is no picture that can be read.
    """
    with _picture(content) as picture:
        return bool(picture.has_transparency_data) and _alpha(picture).getextrema()[0] < _OPAQUE


def cut_photo(content: bytes, cut: Cut) -> bytes:
    """A part of a picture as the photo of a person: a JPEG of the size of its shape; nothing when it is blank.

    Raises:
        BadPicture: it is no picture that can be read.
    """
    with _picture(content) as picture:
        whole = _upright(picture)
        box = cut.box(whole.width, whole.height)
        part = whole.resize(cut.shape.pixels, box=box, reducing_gap=3.0)
        return _jpeg(part) if any(most - least > _SAME for least, most in part.getextrema()) else b""


@contextmanager
def _picture(content: bytes) -> Iterator[Any]:
    # Pillow takes time to import, and most windows show no scan
    from PIL import Image  # noqa: PLC0415

    # what Pillow may raise over a damaged file, as its own plugins do
    broken = (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        LookupError,
        TypeError,
        ArithmeticError,
        struct.error,
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        with picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise BadPicture
            yield picture
    except (*broken, Image.DecompressionBombError):
        raise BadPicture from None


def _upright(picture: Any) -> Any:
    """The picture as it was held by the camera, without the rest that a photo tells: where and by what."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - as above

    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I;16"):
        upright = upright.point(lambda value: value / 256).convert("L")
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    white = Image.new("RGB", upright.size, "white")
    white.paste(upright.convert("RGB"), mask=_alpha(upright))
    return white


def _alpha(picture: Any) -> Any:
    return picture.convert("RGBA").getchannel("A")


def _jpeg(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


@contextmanager
def _pdf(content: bytes) -> Iterator[Any]:
    import pypdfium2  # noqa: PLC0415 - 4 MB of library

    try:
        with opened(content) as document:
            yield document
    except pypdfium2.PdfiumError:
        raise BadPicture from None
