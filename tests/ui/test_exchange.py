"""Exchange: a workbook is seen row by row before anything is written; lists are given out as files."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from migdesk.domain.arrival import Arrival
from migdesk.domain.batch import Batch, RowFate
from migdesk.domain.listing import Query
from migdesk.domain.place import Place
from migdesk.i18n import LANGUAGES, N_
from migdesk.services.arrivals import arrivals
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.upkeep import classifier, journal
from migdesk.services.upkeep.classifier import Newer, Renamed
from migdesk.services.workbooks import batches, importing, workbooks
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.look.theme import Tone
from migdesk.ui.memory import Forgetful
from migdesk.ui.parts import file_dialogs
from migdesk.ui.screens import exchange
from migdesk.ui.screens.exchange import open_import
from migdesk.ui.shell.main_window import Page
from migdesk.ui.workbooks import export_list, places
from migdesk.ui.workbooks.import_wizard import COLUMNS, DONE, FILE, ROWS, ImportWizard
from migdesk.ui.workbooks.places import PlacesDialog
from tests import make
from tests.ui import counter
from tests.ui.keys import press
from tests.ui.seen import assert_all_named, assert_nothing_clipped
from tests.ui.watchdog import assert_stays_alive

HEADINGS = (
    "№",
    "Фамилия",
    "Имя",
    "Дата рождения",
    "Пол",
    "Гражданство",
    "Номер документа",
    "Дата прибытия",
    "Цель",
    "Населенный пункт",
    "Любимый цвет",
)


@pytest.fixture
def desk(new_desk):
    return new_desk


@pytest.fixture
def window(application, desk, tasks, qtbot):
    made = counter.window_of(desk, tasks)
    qtbot.addWidget(made)
    return made


def workbook(path, rows=6, *, headings=HEADINGS, bad=2):
    """Rows that can be taken, and `bad` with a country that does not exist."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(headings)
    for at in range(rows):
        country = "Нарния" if at < bad else "Узбекистан"
        sheet.append(
            (
                *(
                    at + 1,
                    f"Ташкентов{chr(1072 + at % 32)}",
                    "Отабек",
                    date(1988, 3, 1 + at % 28),
                    "м",
                    country,
                ),
                *(f"AB{5550000 + at}", date(2026, 11, 20), "Учёба", "551010000", "синий"),
            )
        )
    book.save(path)
    return path


def wizard(window) -> ImportWizard:
    open_import(window)
    settle()
    return window.findChild(ImportWizard)


def test_every_row_is_shown_before_anything_is_written(window, desk, tmp_path):
    page = wizard(window)
    page.open_file(workbook(tmp_path / "in.xlsx"))
    settle()
    assert page.bar.at() == ROWS
    assert desk.store.select(Arrival, "1") == []
    assert page.rows.chips() == ["all", "added", "failed", "remarks"]
    assert page.rows.list.model.rowCount() == 2
    page.rows.choose("all")
    assert page.rows.list.model.rowCount() == 6
    page.rows.list.model.want(0, 5)
    marked = page.rows.list.model.row(0)
    problems = [str(cell) for cell in marked if isinstance(cell, workbooks.Marked)]
    assert problems == ["Нарния"]
    assert page.rows.sum.text() == "read 6 = added 4 + changed 0 + unchanged 0 + skipped 0 + not taken 2"


def test_two_columns_of_one_heading_are_asked_about_before_any_row_is_taken(window, tmp_path):
    """The rows went in without a surname."""
    headings = (*HEADINGS[:-1], "Фамилия")
    page = wizard(window)
    page.open_file(workbook(tmp_path / "in.xlsx", bad=0, headings=headings))
    settle()
    assert page.bar.at() == COLUMNS
    assert (page._plan.counts["added"], page._plan.counts["failed"]) == (0, 6)
    page.columns.answered.emit(workbooks.with_mapping(page._answers, 1, "surname"))
    settle()
    assert (page._plan.counts["added"], page._plan.counts["failed"]) == (6, 0)


def test_rows_are_narrowed_by_the_kind_of_problem_and_explained(window, tmp_path):
    page = wizard(window)
    page.open_file(workbook(tmp_path / "in.xlsx"))
    settle()
    page.rows.choose("all")
    page.rows.choose_kind("unknown_code")
    assert page.rows.list.model.rowCount() == 2
    assert "F2" in page.rows._why.words()
    assert "Нарния" in page.rows._why.words()


def test_one_button_takes_the_rows_as_one_operation_that_undo_takes_back(window, desk, tmp_path):
    page = wizard(window)
    page.open_file(workbook(tmp_path / "in.xlsx"))
    settle()
    taken = []
    page.finished.connect(taken.append)
    page._take.click()
    settle()
    (batch,) = taken
    counts = {fate: getattr(batch, fate.value) for fate in RowFate}
    assert batch.read == sum(counts.values()) == 6
    assert counts[RowFate.ADDED] == len(desk.store.select(Arrival, "annulled_on IS NULL")) == 4
    assert page.bar.at() == DONE
    assert page.isAncestorOf(QApplication.focusWidget())
    assert batches.open_batch(desk, batch.uid).op
    journal.undo_last(desk)
    assert desk.store.select(Arrival, "annulled_on IS NULL") == []


def test_those_who_live_elsewhere_are_refused_until_it_is_ticked_that_they_moved(window, desk, tmp_path):
    page = wizard(window)
    page.open_file(workbook(tmp_path / "in.xlsx", rows=2, bad=0))
    settle()
    assert page.rows.moves.isHidden()
    page._take.click()
    settle()
    book = openpyxl.load_workbook(workbook(tmp_path / "later.xlsx", rows=3, bad=0))
    for row in list(book.active.iter_rows())[1:]:
        row[7].value, row[9].value = date(2026, 11, 22), "110000000"
    book.save(tmp_path / "later.xlsx")
    page.begin_again()
    page.open_file(tmp_path / "later.xlsx")
    settle()
    assert (page._plan.counts["added"], page._plan.counts["failed"]) == (1, 2)
    assert not page.rows.moves.isHidden()
    page.rows.moves.click()
    settle()
    assert (page.bar.at(), page._plan.counts["added"]) == (ROWS, 3)
    assert not page.rows.moves.isHidden()
    page._take.click()
    settle()
    assert len(desk.store.live(Arrival, left_on=None)) == 3
    page.begin_again()
    page.open_file(tmp_path / "in.xlsx")
    settle()
    assert not page.rows.moves.isChecked()


def test_the_marked_workbook_is_handed_back(window, tmp_path, monkeypatch):
    page = wizard(window)
    page.open_file(workbook(tmp_path / "in.xlsx"))
    settle()
    target = tmp_path / "back.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page.give_back()
    cell = openpyxl.load_workbook(target).worksheets[0]["F2"]
    assert cell.value == "Нарния"
    assert cell.comment is not None
    assert window.frame("import").told().tone is Tone.OK


def test_a_column_is_mapped_by_hand_and_remembered_for_files_of_the_same_shape(
    application, desk, tasks, qtbot, tmp_path
):
    memory = Forgetful()
    headings = tuple("Где живёт" if one == "Населенный пункт" else one for one in HEADINGS)
    window = counter.window_of(desk, tasks, memory)
    qtbot.addWidget(window)
    page = wizard(window)
    page.open_file(workbook(tmp_path / "one.xlsx", headings=headings))
    settle()
    assert page.bar.at() == COLUMNS
    picker = page.columns.pickers[9]
    picker.set_value("settlement")
    picker.changed.emit()
    settle()
    page._next.click()
    page._take.click()
    settle()
    assert len(desk.store.select(Arrival, "1")) == 4
    again = counter.window_of(desk, tasks, memory)
    qtbot.addWidget(again)
    page = wizard(again)
    page.open_file(workbook(tmp_path / "two.xlsx", rows=8, headings=headings))
    settle()
    assert page.bar.at() == ROWS
    assert page._plan.counts["unchanged"] == 4


def test_unknown_columns_are_named_never_dropped_silently(window, tmp_path):
    page = wizard(window)
    page.open_file(workbook(tmp_path / "in.xlsx"))
    settle()
    columns = {one.heading: one.meaning for one in workbooks.columns_of(page._plan)}
    assert columns["Любимый цвет"] is workbooks.Meaning.UNKNOWN
    assert Counter(columns.values())[workbooks.Meaning.READ] == 9


def test_a_doubt_about_dates_is_asked_once_for_the_column(window, tmp_path):
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for at in range(3):
        book.active.append(
            (
                *(at, "Ташкентов", f"Отабек{chr(1072 + at)}", f"0{at + 1}/02/1988", "м", "Узбекистан"),
                *(f"AB{at}5550000", date(2026, 11, 20), "Учёба", "551010000", ""),
            )
        )
    book.save(path)
    page = wizard(window)
    page.open_file(path)
    settle()
    assert page.bar.at() == COLUMNS
    (question,) = workbooks.questions_of(page._plan)
    assert (question.label, question.count) == ("Date of birth", 2)
    page.columns.answered.emit(workbooks.with_days(page._answers, question.key, month_first=True))
    settle()
    assert workbooks.questions_of(page._plan) == []
    born = [row.draft.members[0].person.birth_date.month for row in page._plan.rows]
    assert born == [1, 2, 3]


def test_a_file_that_is_no_workbook_is_refused_with_its_reason(window, tmp_path):
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"no workbook")
    page = wizard(window)
    page.open_file(path)
    settle()
    assert page.bar.at() == FILE
    notice = window.frame("import").told()
    assert notice.tone is Tone.BAD
    assert "letter.xlsx" in notice.words


def test_the_template_comes_back_as_a_workbook_the_program_knows(window, tmp_path, monkeypatch):
    target = tmp_path / "template"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(target), "Excel workbook (*.xlsx)")
    )
    page = wizard(window)
    page.save_template()
    assert (tmp_path / "template.xlsx").is_file()
    assert window.frame("import").told().words == "template.xlsx"


def test_a_list_is_given_out_as_it_is_filtered(window, desk, tmp_path):
    for name in ("Айгүл", "Сәуле"):
        draft = ArrivalDraft(
            (Member(make.person(given=name), (make.document(),), apart=True),), make.arrival(), make.address()
        )
        arrivals.register_arrival(desk, draft)
    target = tmp_path / "people.xlsx"
    export_list.export(window.work, window, Query("people", words="сәуле"), target)
    settle()
    rows = list(openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True))
    assert sum(1 for row in rows if any("Сәуле" in str(cell) for cell in row)) == 1
    assert not any("Айгүл" in str(cell) for row in rows for cell in row)
    assert "1" in window.frame("today").told().words


def test_the_kind_of_file_is_added_when_nobody_typed_it(application, tmp_path, monkeypatch):
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "list"), "JSON (*.json)")
    )
    memory = Forgetful()
    path = file_dialogs.ask_save(None, "Export the list", "list.xlsx", (".xlsx", ".json"), memory)
    assert path == tmp_path / "list.json"
    assert memory.recall("files/folder") == str(tmp_path)


def test_a_long_import_runs_elsewhere_and_can_be_stopped(application, desk, threads, qtbot, tmp_path):
    window = counter.window_of(desk, threads)
    qtbot.addWidget(window)
    path = workbook(tmp_path / "long.xlsx", rows=3000, bad=0)
    page = wizard(window)

    def act():
        page.begin_again()
        page.open_file(path)
        qtbot.waitUntil(lambda: page.bar.at() == ROWS, timeout=60_000)

    assert_stays_alive(act)
    page.begin_again()
    page.open_file(path)
    page.progress.stop.click()
    qtbot.waitUntil(lambda: page._stack.currentWidget() is page.zone, timeout=60_000)
    assert desk.store.select(Batch, "1") == []


def test_batches_are_listed_and_only_the_newest_can_be_undone(application, desk, tasks, qtbot, tmp_path):
    first = importing.apply(desk, importing.preview(desk, workbook(tmp_path / "one.xlsx", bad=0))).value
    assert batches.open_batch(desk, first.uid).op
    arrivals.register_arrival(
        desk,
        ArrivalDraft(
            (Member(make.person(), (make.document(),), apart=True),), make.arrival(), make.address()
        ),
    )
    assert not batches.open_batch(desk, first.uid).op


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wizard_and_the_page_fit_and_speak(
    application, catalogues, desk, tasks, qtbot, language, tmp_path
):
    application.speak(language)
    window = counter.window_of(desk, tasks)
    qtbot.addWidget(window)
    importing.apply(desk, importing.preview(desk, workbook(tmp_path / "one.xlsx")))
    build = functools.partial(exchange.body, window.work)
    window.open_tab(Page("exchange", "exchange", N_("Exchange"), build, help="excel"), "exchange")
    page = wizard(window)
    steps = (FILE, COLUMNS, ROWS)
    page.open_file(workbook(tmp_path / "in.xlsx", rows=9))
    settle()
    for size in (QSize(1366, 768), QSize(1024, 640), QSize(683, 384)):
        window.resize(size)
        for step in steps:
            page.go_to(step)
            QApplication.processEvents()
            settle()
            assert_nothing_clipped(window)
            assert_all_named(window)
    window.resize(1366, 768)
    window.open("exchange")
    settle()
    assert_nothing_clipped(window)
    window.open("import")
    press(page, Qt.Key.Key_Escape)
    assert "import" not in window.tabs()


@pytest.fixture
def newer():
    """What a workbook with one new, one renamed, one closed place would change."""
    old = Place("551010000", 3, "551000000", "Павлодар қ.", "г.Павлодар", "Pavlodar city", "city")
    new = replace(old, code="551010100", kk="Бейбіт а.")
    return Newer("kato.xlsx", (new,), (new,), (Renamed(old, new),), (old,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_newer_places_are_shown_before_they_hold(application, catalogues, window, qtbot, newer, language):
    application.speak(language)
    dialog = PlacesDialog(window.work, newer, window)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert dialog.take.hasFocus()
    assert_nothing_clipped(dialog)
    assert_all_named(dialog)


def test_enter_puts_newer_places_in_force_and_says_so(window, desk, newer, monkeypatch):
    taken, told = [], []
    monkeypatch.setattr(classifier, "take", lambda _desk, what, progress: taken.append(what) or what)
    window.work.noticed.connect(told.append)
    dialog = PlacesDialog(window.work, newer, window)
    dialog.show()
    press(dialog.take, Qt.Key.Key_Return)
    settle()
    assert taken == [newer]
    assert told[0].words.startswith("Places in force: 1. New 1")


def test_a_file_that_is_no_classifier_is_refused_in_words(window, tmp_path):
    told = []
    window.work.noticed.connect(told.append)
    file = tmp_path / "list.csv"
    file.write_text("a;b;c\n1;2;3\n", encoding="utf-8")
    places.read(window.work, window, file)
    settle()
    assert told[0].tone is Tone.BAD
    assert "name_kaz" in told[0].words
