"""Papers while other windows work: no window waits for a drawing, no number stands on two papers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from migdesk.domain.errors import BadFile, StoreProblem
from migdesk.domain.person import Person
from migdesk.domain.printout import Printout
from migdesk.paper import draw
from migdesk.paper.pages import count_pages
from migdesk.services.arrivals import arrivals
from migdesk.services.desk import Clock, open_desk
from migdesk.services.papers import printing
from migdesk.services.people import people
from tests import make
from tests.paper.words import page_text
from tests.services.test_arrivals import family

SLIP = "registration_slip"


@pytest.fixture
def arrived(desk):
    return arrivals.register_arrival(desk, family()).value


@pytest.fixture
def other(desk):
    opened = open_desk(desk.home, clock=Clock(make.TODAY), operator="tester")
    yield opened
    opened.close()


@pytest.fixture
def while_drawing(monkeypatch):
    """Do something in the middle of each drawing, as long as there is something to do."""
    waiting, drawn = [], draw.draw_form

    def slow(filled):
        if waiting:
            waiting.pop(0)()
        return drawn(filled)

    monkeypatch.setattr(draw, "draw_form", slow)
    return waiting


def words(content: bytes) -> str:
    return " ".join(page_text(content, number) for number in range(1, count_pages(content) + 1))


def test_another_window_saves_while_a_paper_is_drawn_and_the_paper_shows_what_it_saved(
    desk, other, arrived, tmp_path, while_drawing
):
    person = arrived.people[0]
    other.store.connection.execute("PRAGMA busy_timeout=100")
    while_drawing.append(
        lambda: people.save_person(other, replace(person, surname="Жаңа", surname_latin="ZHANA"))
    )
    done = printing.print_form(desk, SLIP, arrived.arrivals[0].uid, tmp_path / "p.pdf", lang="kk").value
    assert desk.store.get(Person, person.uid).surname == "Жаңа"
    assert "ZHANA" in words(done.content).upper()
    assert (tmp_path / "p.pdf").read_bytes() == done.content
    assert desk.store.value("SELECT last FROM series WHERE name LIKE '%-RS%'") == 1


def test_two_windows_that_print_one_paper_make_a_first_and_a_second_copy(
    desk, other, arrived, tmp_path, while_drawing
):
    uid, theirs = arrived.arrivals[0].uid, []
    while_drawing.append(
        lambda: theirs.append(printing.print_form(other, SLIP, uid, tmp_path / "theirs.pdf", lang="kk").value)
    )
    mine = printing.print_form(desk, SLIP, uid, tmp_path / "mine.pdf", lang="kk").value
    assert [(one.printout.number[-5:], one.printout.copy) for one in (*theirs, mine)] == [
        ("00001", 1),
        ("00001", 2),
    ]
    assert mine.content != theirs[0].content


def test_a_window_that_writes_without_a_pause_is_told_of_in_words(
    desk, other, arrived, tmp_path, while_drawing, monkeypatch
):
    monkeypatch.setattr(printing, "_ATTEMPTS", 2)
    for name in ("А", "Б"):
        while_drawing.append(lambda name=name: people.save_person(other, make.person(surname=name)))
    with pytest.raises(StoreProblem):
        printing.print_form(desk, SLIP, arrived.arrivals[0].uid, tmp_path / "p.pdf", lang="kk")
    assert list(tmp_path.glob("*.pdf")) == []
    assert desk.store.select(Printout, "1") == []


def test_a_file_that_cannot_take_its_name_leaves_no_line_that_counts(desk, arrived, tmp_path, monkeypatch):
    """The number was given: it stays with the annulled line, and the next paper has another."""
    uid, rename = arrived.arrivals[0].uid, Path.replace

    def held(self, target):
        raise PermissionError(13, "held by a viewer")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(BadFile):
        printing.print_form(desk, SLIP, uid, tmp_path / "p.pdf", lang="kk")
    monkeypatch.setattr(Path, "replace", rename)
    assert [(one.number[-5:], one.is_annulled) for one in desk.store.select(Printout, "1")] == [
        ("00001", True)
    ]
    assert list(tmp_path.glob("*.pdf")) == []
    done = printing.print_form(desk, SLIP, uid, tmp_path / "p.pdf", lang="kk").value.printout
    assert (done.number[-5:], done.copy) == ("00002", 1)


def test_a_copy_that_could_not_be_written_gives_its_count_to_nobody(desk, arrived, tmp_path, monkeypatch):
    uid, rename = arrived.arrivals[0].uid, Path.replace
    printing.print_form(desk, SLIP, uid, tmp_path / "1.pdf", lang="kk")

    def held(self, target):
        raise PermissionError(13, "held by a viewer")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(BadFile):
        printing.print_form(desk, SLIP, uid, tmp_path / "2.pdf", lang="kk")
    monkeypatch.setattr(Path, "replace", rename)
    done = printing.print_form(desk, SLIP, uid, tmp_path / "3.pdf", lang="kk").value.printout
    assert (done.number[-5:], done.copy) == ("00001", 3)


def test_the_file_takes_its_name_after_the_register_has_its_line(desk, other, arrived, tmp_path, monkeypatch):
    lines, rename = [], Path.replace

    def seen(self, target):
        lines.append(other.store.value("SELECT count(*) FROM printout"))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", seen)
    printing.print_form(desk, SLIP, arrived.arrivals[0].uid, tmp_path / "p.pdf", lang="kk")
    assert lines == [1]
