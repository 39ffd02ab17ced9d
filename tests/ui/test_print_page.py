"""The print preview: paper as it will print, a printer or none, a copy that says so; and the law behind a remark."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog

from migdesk.domain.case import Case
from migdesk.domain.finding import Confidence, Source, block
from migdesk.domain.office import Office
from migdesk.domain.person import Person
from migdesk.domain.printout import Printout
from migdesk.i18n import LANGUAGES, N_, language
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.cases import cases
from migdesk.services.papers import printing
from migdesk.services.people import people
from migdesk.ui.dialogs.source import SourceDialog
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.look.theme import Tone
from migdesk.ui.memory import Forgetful
from migdesk.ui.papers import offsets
from migdesk.ui.papers import printer as printers
from migdesk.ui.papers.print_page import PrintPage, open_print
from migdesk.ui.workplace import Kind, Target
from tests import make
from tests.ui import counter
from tests.ui.keys import press
from tests.ui.seen import assert_all_named, assert_nothing_clipped


@pytest.fixture
def desk(new_desk):
    return new_desk


@pytest.fixture
def window(application, desk, tasks, qtbot):
    made = counter.window_of(desk, tasks)
    made.work.window = made
    qtbot.addWidget(made)
    return made


def an_arrival(desk, **given):
    member = Member(make.person(), (make.document(),))
    values = {"address": make.address(), "host": make.host(), **given}
    return arrivals.register_arrival(desk, ArrivalDraft((member,), make.arrival(), **values)).value.arrivals[
        0
    ]


def preview_of(window, arrival) -> PrintPage:
    open_print(window, Target(Kind.ARRIVAL, arrival.uid))
    settle()
    return window.findChild(PrintPage)


def pdf_printer(path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    return made


def test_the_preview_shows_the_pages_of_the_paper_and_writes_nothing(window, desk):
    page = preview_of(window, an_arrival(desk))
    assert page.forms.keys() == ["notification_arrival", "registration_slip", "slip_arrival", "slip_bring"]
    content = printing.preview(desk, "notification_arrival", page.uid)
    assert page.pages.count() == len(printing.page_images(content))
    assert desk.store.select(Printout, "1") == []


def test_where_the_program_has_no_paper_of_a_permit_the_page_says_so(window, desk):
    """It was silent: only slips were offered for a case of a labour permit, and nothing for the permit."""
    arrival = an_arrival(desk)
    asked = Case(service="labour_immigrant_permit", person=arrival.person, applied_on=make.TODAY)
    case = cases.open_case(desk, asked, (), {"months": 3}).value
    open_print(window, Target(Kind.CASE, case.uid))
    settle()
    page = window.findChild(PrintPage)
    assert page.forms.keys()[0] == "slip_case"
    assert "Permit to a labour immigrant" in page.lacking.text()
    assert page.lacking.isVisibleTo(page)


def test_another_language_draws_the_paper_anew(window, desk):
    page = preview_of(window, an_arrival(desk))
    before = page.pages._pages[0]._image
    page.languages.chosen.emit("kk")
    settle()
    assert page.pages._pages[0]._image != before


def test_a_paper_is_printed_numbered_and_leaves_no_file(window, desk, tmp_path):
    page = preview_of(window, an_arrival(desk))
    page.make_printer = lambda: pdf_printer(tmp_path / "paper.pdf")
    page.copies.set_value(2)
    page.print_now()
    settle()
    (printout,) = desk.store.select(Printout, "1")
    pages = printing.page_images((tmp_path / "paper.pdf").read_bytes(), 30)
    assert len(pages) == 2 * page.pages.count()
    assert printout.number in window.frame(window.current()).told().words
    assert sorted(path.name for path in desk.home.glob("*.pdf")) == []


def test_a_second_print_says_which_copy_it_is(window, desk, tmp_path):
    page = preview_of(window, an_arrival(desk))
    for turn in range(2):
        page.make_printer = lambda turn=turn: pdf_printer(tmp_path / f"paper{turn}.pdf")
        page.print_now()
        settle()
    assert [one.copy for one in desk.store.select(Printout, "1")] == [1, 2]
    assert "copy 2" in window.frame(window.current()).told().words


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_refuses_is_told_and_the_paper_stays_registered(window, desk, tmp_path):
    page = preview_of(window, an_arrival(desk))
    page.make_printer = lambda: pdf_printer(tmp_path / "no such folder" / "paper.pdf")
    page.print_now()
    settle()
    notice = window.frame(window.current()).told()
    (printout,) = desk.store.select(Printout, "1")
    assert notice.tone is Tone.BAD
    assert printout.number in notice.words


def test_how_a_printer_is_set_is_remembered_for_each_form_but_not_the_copies(
    window, desk, tmp_path, monkeypatch
):
    page = preview_of(window, an_arrival(desk))
    monkeypatch.setattr(printers, "installed", lambda: [""])  # what a printer into a file is called
    monkeypatch.setattr(printers, "printer_named", lambda _name: pdf_printer(tmp_path / "paper.pdf"))

    def choose(dialog):
        dialog.printer().setColorMode(QPrinter.ColorMode.GrayScale)
        dialog.printer().setPaperSource(QPrinter.PaperSource.Lower)
        dialog.printer().setCopyCount(3)
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", choose)
    page.choose_printer()
    again = page.make_printer()
    assert (again.colorMode(), again.paperSource()) == (
        QPrinter.ColorMode.GrayScale,
        QPrinter.PaperSource.Lower,
    )
    assert (page.copies.value(), again.copyCount()) == (3, 1)
    page.choose_form("slip_arrival")
    assert page.make_printer().colorMode() is QPrinter.ColorMode.Color
    assert [printers.printer_as(one) for one in ("", "[]", '{"printer": "gone"}')] == [None] * 3


def test_a_copy_on_both_sides_begins_on_a_sheet_of_its_own(window, desk, tmp_path, monkeypatch):
    content = printing.preview(desk, "slip_arrival", an_arrival(desk).uid)
    assert len(printing.page_images(content, 30)) == 1
    both = pdf_printer(tmp_path / "paper.pdf")
    monkeypatch.setattr(QPrinter, "duplex", lambda _printer: QPrinter.DuplexMode.DuplexLongSide)
    assert printers.draw(content, both, copies=2)
    pages = printing.page_images((tmp_path / "paper.pdf").read_bytes(), 30)
    tops = [
        QImage.fromData(one).scaled(64, 64).convertToFormat(QImage.Format.Format_Grayscale8) for one in pages
    ]
    assert [min(bytes(one.constBits())) < 250 for one in tops] == [True, False, True]


def _left_top(content) -> tuple[int, int]:
    """Pixels from the edges of the first page to what is printed, at 50 to the inch."""
    page = QImage.fromData(printing.page_images(content, 50)[0]).convertToFormat(
        QImage.Format.Format_Grayscale8
    )
    rows, wide = bytes(page.constBits()), page.bytesPerLine()
    dark = [at for at, one in enumerate(rows) if one < 128 and at % wide < page.width()]
    return min(at % wide for at in dark), dark[0] // wide


def test_a_printer_that_prints_beside_its_place_is_put_right(window, desk, tmp_path):
    """It drew every paper at the edge the printer gave, whatever the blank asked for."""
    content = printing.preview(desk, "slip_arrival", an_arrival(desk).uid)
    plain, shifted = pdf_printer(tmp_path / "plain.pdf"), pdf_printer(tmp_path / "shifted.pdf")
    assert printers.draw(content, plain)
    assert printers.draw(content, shifted, 1, (5.08, -2.54))
    (left, top), (other_left, other_top) = (
        _left_top((tmp_path / name).read_bytes()) for name in ("plain.pdf", "shifted.pdf")
    )
    assert (abs(other_left - left - 10) <= 1, abs(other_top - top + 5) <= 1) == (True, True)


def test_the_offset_is_kept_by_printer_and_form_and_printed_with(window, desk, monkeypatch):
    page = preview_of(window, an_arrival(desk))
    page.offsets.right.set_typed("-1,5")
    page.offsets.right.changed.emit()
    assert offsets.recall(window.work.memory, "", "notification_arrival") == (-1.5, 0.0)
    page.offsets.down.set_typed("far")
    page.offsets.down.changed.emit()
    assert page.offsets.offset() == (-1.5, 0.0)
    page.choose_form("slip_arrival")
    assert page.offsets.offset() == offsets.NONE
    page.choose_form("notification_arrival")
    drawn = []
    monkeypatch.setattr(printers, "draw", lambda content, *given: drawn.append((content[:4], *given)) or True)
    page.make_printer = lambda: "printer"
    page.print_test()
    settle()
    assert drawn == [(b"%PDF", "printer", 1, (-1.5, 0.0))]
    assert desk.store.select(Printout, "1") == []
    page.print_now()
    settle()
    assert drawn[1][1:] == ("printer", 1, (-1.5, 0.0))


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"a@": 3}', '{"a@": [99, 0]}', '{"a@": ["x", 1]}'])
def test_offsets_that_somebody_spoiled_are_none(kept):
    memory = Forgetful()
    memory.keep("print/offsets", kept)
    assert offsets.recall(memory, "", "a") == offsets.NONE
    offsets.keep(memory, "HP 1", "a", (0.5, -2.0))
    assert offsets.recall(memory, "HP 1", "a") == (0.5, -2.0)


def test_without_a_printer_the_paper_can_be_saved(window, desk, tmp_path, monkeypatch):
    page = preview_of(window, an_arrival(desk))
    assert printers.installed() == []
    assert "No printer" in page._commands[0].toolTip()
    target = tmp_path / "notice.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page.save_as()
    settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert len(desk.store.select(Printout, "1")) == 1


def a_changed_paper(window, desk, tmp_path) -> tuple[PrintPage, Printout]:
    """The preview of a paper that was printed before its data were corrected."""
    arrival = an_arrival(desk)
    target = tmp_path / "old.pdf"
    before = printing.print_form(desk, "notification_arrival", arrival.uid, target, lang="kk").value.printout
    person = desk.store.get(Person, arrival.person)
    people.save_person(desk, replace(person, surname="Ахметова"))
    page = preview_of(window, arrival)
    page.choose_language("kk")
    settle()
    return page, before


def test_a_paper_whose_data_changed_asks_which_one_is_wanted(window, desk, tmp_path, monkeypatch):
    page, before = a_changed_paper(window, desk, tmp_path)
    target = tmp_path / "new.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    assert before.number in page.again.words.text()
    assert "have changed" in page._commands[1].toolTip()
    page.save_as()
    settle()
    assert not target.exists()
    page.again.choice.chosen.emit("new")
    settle()
    page.save_as()
    settle()
    newest = desk.store.live(Printout, order="id DESC")[0]
    assert (newest.replaces, newest.copy) == (before.number, 1)
    assert page.again.isHidden()


def test_the_old_paper_is_copied_as_it_was(window, desk, tmp_path, monkeypatch):
    page, before = a_changed_paper(window, desk, tmp_path)
    today = page.pages._pages[0]._image
    page.again.choice.chosen.emit("copy")
    settle()
    assert page.pages._pages[0]._image != today
    page.make_printer = lambda: pdf_printer(tmp_path / "paper.pdf")
    page.print_now()
    settle()
    newest = desk.store.live(Printout, order="id DESC")[0]
    assert (newest.number, newest.copy, newest.replaces) == (before.number, 2, "")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_question_fits_its_column(window, desk, tmp_path, code):
    page, _before = a_changed_paper(window, desk, tmp_path)
    with language(code):
        page.retranslate()
        settle()
        assert_nothing_clipped(page)
        assert_all_named(page)


def test_a_replaced_paper_of_the_register_is_copied_or_printed_anew(window, desk, tmp_path):
    page, before = a_changed_paper(window, desk, tmp_path)
    printing.print_form(desk, "notification_arrival", page.uid, tmp_path / "b.pdf", lang="kk")
    open_print(window, Target(Kind.PRINTOUT, before.uid))
    settle()
    again = window.findChildren(PrintPage)[-1].again
    assert before.number in again.words.text()
    again.choice.chosen.emit("copy")
    assert again.copy_of == before.uid


def test_a_paper_of_the_register_is_printed_again(window, desk, tmp_path):
    page = preview_of(window, an_arrival(desk))
    page.choose_form("registration_slip")
    page.choose_language("kk")
    page.make_printer = lambda: pdf_printer(tmp_path / "paper.pdf")
    page.print_now()
    settle()
    (printout,) = desk.store.select(Printout, "1")
    open_print(window, Target(Kind.PRINTOUT, printout.uid))
    settle()
    again = window.findChildren(PrintPage)[-1]
    assert (again.forms.key(), again.languages.key()) == ("registration_slip", "kk")
    assert again.pages.count() >= 1


def test_a_file_that_is_not_complete_says_what_is_missing(window, desk):
    page = preview_of(window, an_arrival(desk, host=None, address=None))
    assert page.pages.count() == 0
    assert "Missing" in page._panel.text.text()
    assert "Receiving person" in page._panel.text.text()


def test_what_the_paper_asks_is_answered_before_it_is_drawn(window, desk):
    page = preview_of(window, an_arrival(desk))
    (ask,) = printing.get_form("notification_arrival", desk.today).asks[:1]
    before = page.pages._pages[0]._image
    page.questions.answer(ask.key, "№ 123456789, 01.02.2020")
    assert page.questions.answers() == {ask.key: "№ 123456789, 01.02.2020"}
    page.show_pages()
    settle()
    assert page.pages._pages[0]._image != before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_fits_and_speaks(application, catalogues, desk, tasks, qtbot, language):
    application.speak(language)
    window = counter.window_of(desk, tasks)
    qtbot.addWidget(window)
    preview_of(window, an_arrival(desk))
    for size in (QSize(1366, 768), QSize(1024, 640), QSize(683, 384)):
        window.resize(size)
        QApplication.processEvents()
        settle()
        assert_nothing_clipped(window)
    assert_all_named(window)


def test_the_law_behind_a_remark_is_shown_with_how_far_it_was_checked(window):
    source = Source("Order 83", "p. 4", "adilet.zan.kz", Confidence.UNVERIFIED)
    dialog = SourceDialog(source, window)
    dialog.show()
    words = " ".join(
        one.accessibleName() or getattr(one, "text", str)() for one in dialog.findChildren(counter.QWidget)
    )
    for part in ("Order 83", "p. 4", "adilet.zan.kz", "not verified"):
        assert part in words
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_label_of_a_missing_field_is_said_in_the_language_of_the_reader(application, catalogues):
    finding = block("missing", N_("“{label}” is empty."), "surname", label="Surname")
    application.speak("kk")
    assert "Surname" not in finding.words()
    assert Office.title == "Office"


def test_answers_of_the_last_print_stand_in_their_fields(window, desk, tmp_path):
    """A ticked “yes” never reached the paper, and a second print asked everything again."""
    arrival = an_arrival(desk)
    case = cases.open_case(
        desk, Case(service="kandas_status", person=arrival.person, applied_on=make.TODAY)
    ).value
    given = {"was_citizen": "yes", "region": "Ақсу"}
    printing.print_form(desk, "kandas_application", case.uid, tmp_path / "a.pdf", lang="kk", answers=given)
    open_print(window, Target(Kind.CASE, case.uid))
    settle()
    page = window.findChild(PrintPage)
    answers = page.questions.answers()
    assert {key: answers[key] for key in given} == given
    page.questions.answer("was_citizen", "no")
    assert page.questions.answers()["was_citizen"] == "no"
