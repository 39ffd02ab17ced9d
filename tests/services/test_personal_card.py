"""The personal card: printed for a person with nothing but a name, with his photo and the label of his file."""

from __future__ import annotations

import pytest

from migdesk.domain.errors import NotFound
from migdesk.domain.photo import Cut, Shape
from migdesk.paper.layout import lay_out
from migdesk.paper.marks import Code
from migdesk.services.papers import offering, printing
from migdesk.services.people import labels, people, photos
from migdesk.services.people.attachments import look_at
from tests import make, scans
from tests.paper.forms import samples
from tests.paper.words import page_text


@pytest.fixture
def person(desk):
    return people.save_person(desk, make.person()).value


def test_the_card_has_the_label_and_is_found_by_it(desk, person, tmp_path):
    label = labels.label(desk, person)
    printed = printing.print_form(desk, "personal_card", label, tmp_path / "card.pdf", lang="ru").value
    words = page_text(printed.content, 1)
    assert words.count(label) == 2
    assert "Қасымова Айгүл" in words
    assert printed.printout.about == person.uid
    assert people.open_file(desk, person.uid).printouts[0].form == "personal_card"


def test_its_codes_hold_the_label_and_nothing_else():
    laid_out = lay_out(samples("personal_card").filled("ordinary", "kk"))
    codes = [
        mark.payload
        for page in laid_out.pages
        for _top, strip in page.strips
        for mark in strip.marks
        if isinstance(mark, Code)
    ]
    assert codes == ["K7F-3M2-X"] * 2


def test_the_photo_is_printed_on_it(desk, person):
    without = len(printing.preview(desk, "personal_card", person.uid, lang="kk"))
    photos.save_photo(desk, person.uid, look_at(scans.picture(), "p.jpg"), Cut(Shape.SMALL, 4 / 3))
    assert len(printing.preview(desk, "personal_card", person.uid, lang="kk")) > without + 1_000


def test_it_is_offered_for_a_person_only(desk):
    assert [one.code for one in offering.for_person(desk)] == ["personal_card"]
    assert "personal_card" not in {one.code for one in offering.for_arrival(desk)}


def test_nobody_gets_no_card(desk, tmp_path):
    with pytest.raises(NotFound):
        printing.print_form(desk, "personal_card", "nobody", tmp_path / "card.pdf")
