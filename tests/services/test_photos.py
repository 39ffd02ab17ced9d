"""The photo of a person: cut to its shape, kept small, replaced, printed."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from migdesk.domain.errors import Invalid, NotFound
from migdesk.domain.person import Person
from migdesk.domain.photo import Cut, Shape
from migdesk.domain.scan import Attachment
from migdesk.services.people import attachments, people, photos
from migdesk.services.people.attachments import look_at
from migdesk.services.upkeep import journal
from tests import make, scans


@pytest.fixture
def person(desk):
    return people.save_person(desk, make.person()).value


def picture(**given):
    return look_at(scans.picture(**given), "me.jpg")


@pytest.mark.parametrize(("shape", "size"), [(Shape.SMALL, (480, 640)), (Shape.PASSPORT, (560, 720))])
def test_a_photo_is_a_jpeg_of_its_shape_and_of_sane_size(desk, person, shape, size):
    photos.save_photo(desk, person.uid, picture(size=(4000, 3000)), Cut(shape, 0.75))
    kept = photos.photo_of(desk, desk.store.get(Person, person.uid))
    with Image.open(io.BytesIO(kept)) as shown:
        assert (shown.format, shown.size) == ("JPEG", size)
    assert len(kept) < 100_000
    assert [one.kind for one in attachments.list_of(desk, person.uid)] == ["photo"]


def test_the_part_that_was_chosen_is_kept(desk, person):
    two = Image.new("RGB", (800, 400), "#f00")
    two.paste("#00f", (400, 0, 800, 400))
    two.paste("#0ff", (590, 190, 600, 200))
    out = io.BytesIO()
    two.save(out, "PNG")
    cut = Cut(Shape.SMALL, 0.5, x=0.75, y=0.5, width=0.3)
    photos.save_photo(desk, person.uid, look_at(out.getvalue(), "two.png"), cut)
    with Image.open(io.BytesIO(photos.photo_of(desk, desk.store.get(Person, person.uid)))) as shown:
        red, _green, blue = shown.getpixel((240, 320))
    assert (red < 40, blue > 200) == (True, True)


def codes(desk, person, scan, cut=None):
    """What is said of a photo that is saved, or refused."""
    try:
        done = photos.save_photo(desk, person.uid, scan, cut or photos.whole_picture(scan, Shape.SMALL))
    except Invalid as refusal:
        assert desk.store.get(Person, person.uid).photo is None
        return [one.code for one in refusal.findings]
    return [one.code for one in done.findings]


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ((1, 1), ["photo_small"]),
        ((3000, 3), ["photo_small"]),
        ((176, 236), ["photo_small"]),
        ((177, 236), ["photo_rough"]),
        ((353, 472), ["photo_rough"]),
        ((354, 472), []),
    ],
)
def test_a_photo_needs_so_many_pixels(desk, person, size, told):
    scan = picture(size=size, colour="#fff", kind="PNG")
    assert codes(desk, person, scan) == told


def test_the_larger_photo_needs_more(desk, person):
    scan = picture(size=(200, 260))
    assert codes(desk, person, scan, photos.whole_picture(scan, Shape.PASSPORT)) == ["photo_small"]


def test_too_few_pixels_are_told_with_the_figures(desk, person):
    scan = picture(size=(3000, 3))
    with pytest.raises(Invalid) as refusal:
        photos.save_photo(desk, person.uid, scan, photos.whole_picture(scan, Shape.SMALL))
    words = refusal.value.findings[0].words()
    assert "2 × 3 pixels" in words
    assert "177 × 236" in words


def drawn(mode, colour, mark=None):
    """A PNG with something in the middle."""
    image = Image.new(mode, (480, 640), colour)
    if mark is not None:
        image.paste(mark, (200, 200, 280, 300))
    out = io.BytesIO()
    image.save(out, "PNG")
    return look_at(out.getvalue(), "a.png")


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_shines_through_becomes_white_and_is_told(desk, person, mode):
    clear, solid = ((9, 9, 9, 0), (90, 80, 70, 255)) if mode == "RGBA" else ((9, 0), (90, 255))
    assert codes(desk, person, drawn(mode, clear, solid)) == ["photo_clear"]
    with Image.open(io.BytesIO(photos.photo_of(desk, desk.store.get(Person, person.uid)))) as shown:
        assert min(shown.getpixel((20, 20))) > 250


@pytest.mark.parametrize(
    ("mode", "colour", "told"),
    [
        ("RGBA", (9, 9, 9, 0), ["photo_blank", "photo_clear"]),
        ("RGB", "#7a7", ["photo_blank"]),
        ("L", 255, ["photo_blank"]),
        ("1", 0, ["photo_blank"]),
    ],
)
def test_a_picture_with_nothing_on_it_is_no_photo(desk, person, mode, colour, told):
    assert codes(desk, person, drawn(mode, colour)) == told


def test_a_picture_held_on_its_side_stands_upright_and_tells_no_place(desk, person):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "camera"
    scan = picture(size=(400, 200), exif=exif)
    opened = photos.open_picture(scan)
    assert opened.proportion == 2.0
    assert Image.open(io.BytesIO(opened.screen)).size == (200, 400)
    photos.save_photo(desk, person.uid, scan, photos.whole_picture(scan, Shape.SMALL))
    with Image.open(io.BytesIO(photos.photo_of(desk, desk.store.get(Person, person.uid)))) as shown:
        assert not shown.getexif()


def test_a_new_photo_takes_the_place_of_the_old_and_undo_brings_that_back(desk, person):
    first = photos.save_photo(desk, person.uid, picture(), Cut(Shape.SMALL, 4 / 3)).value
    second = photos.save_photo(desk, person.uid, picture(colour="#0aa"), Cut(Shape.SMALL, 4 / 3)).value
    assert first.photo != second.photo
    assert [one.uid for one in attachments.list_of(desk, person.uid)] == [second.photo]
    journal.undo_last(desk)
    assert desk.store.get(Person, person.uid).photo == first.photo
    assert [one.uid for one in attachments.list_of(desk, person.uid)] == [first.photo]


def test_the_same_photo_again_changes_nothing(desk, person):
    for _time in range(2):
        photos.save_photo(desk, person.uid, picture(), Cut(Shape.SMALL, 4 / 3))
    assert len(desk.store.select(Attachment, "1")) == 1


def test_annulling_a_photo_leaves_none(desk, person):
    with_photo = photos.save_photo(desk, person.uid, picture(), Cut(Shape.SMALL, 4 / 3)).value
    attachments.annul(desk, with_photo.photo, "of somebody else")
    assert desk.store.get(Person, person.uid).photo is None
    journal.undo_last(desk)
    assert photos.photo_of(desk, desk.store.get(Person, person.uid)) is not None


def test_a_pdf_is_no_photo(desk, person):
    scan = look_at(scans.pdf(), "me.pdf")
    for act in (
        lambda: photos.open_picture(scan),
        lambda: photos.save_photo(desk, person.uid, scan, Cut(Shape.SMALL, 1.0)),
    ):
        with pytest.raises(Invalid) as refusal:
            act()
        assert refusal.value.findings[0].code == "no_photo"


def test_nobody_has_no_photo(desk):
    with pytest.raises(NotFound):
        photos.save_photo(desk, "nobody", picture(), Cut(Shape.SMALL, 4 / 3))
