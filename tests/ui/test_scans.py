"""Scans in the files of people and cases: chosen, dropped, pasted, from the scanner; the photo; scanned labels."""

from __future__ import annotations

import os
import threading
import time

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QDialog

from migdesk.domain.change import Op
from migdesk.domain.listing import Filter, Test
from migdesk.domain.person import Person
from migdesk.domain.photo import Shape
from migdesk.services.people import attachments, labels, photos
from migdesk.services.people.scanner import Waiting
from migdesk.services.upkeep import journal
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.files.pieces.file_view import FileView
from migdesk.ui.gallery.pictures import settle
from migdesk.ui.intake.page import IntakePage
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.scans import part as scans_part
from migdesk.ui.scans import photo_window, watched
from migdesk.ui.scans.given import Given
from migdesk.ui.scans.part import ScansPart
from migdesk.ui.scans.photo_window import PhotoDialog
from migdesk.ui.shell.search_popup import SearchPopup
from migdesk.ui.workplace import Kind
from tests import scans
from tests.ui.keys import press, scan, type_text
from tests.ui.offices import Eye
from tests.ui.seen import assert_all_named

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def uid(eye) -> str:
    return eye.first("people")


def tab(eye, kind: Kind, uid: str) -> ScansPart:
    """The tab of scans of a file, as it is now."""
    content = eye.file(kind, uid)
    part = content._tabs.open("scans")
    settle()
    assert isinstance(part, ScansPart)
    return part


def file(tmp_path, content: bytes, name: str = "passport.pdf"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def say_kind(eye, kind: str = "passport") -> None:
    window = eye.dialog()
    window.form.boxes["kind"].set_value(kind)
    window.save()
    eye.content()


def kept(eye, uid: str) -> list[tuple[str, str, int | None]]:
    return [(one.kind, one.name, one.pages) for one in attachments.list_of(eye.desk, uid)]


def test_files_are_chosen_and_named_by_their_kind(eye, uid, tmp_path, monkeypatch):
    path = file(tmp_path, scans.pdf(2))
    monkeypatch.setattr(scans_part, "ask_scans", lambda *_given: [path])
    tab(eye, Kind.PERSON, uid).buttons["add"].click()
    say_kind(eye)
    assert kept(eye, uid) == [("passport", "passport.pdf", 2)]
    assert journal.entries(eye.desk)[0].op is Op.ATTACH
    shown = tab(eye, Kind.PERSON, uid)
    assert shown.pages.count() == 2
    assert "Scans taken in: 1" in eye.told()


def test_a_scan_goes_into_a_case_too(eye, tmp_path, monkeypatch):
    case = eye.first("cases", Filter("state", Test.IS, "open"))
    path = file(tmp_path, scans.picture(), "a.jpg")
    monkeypatch.setattr(scans_part, "ask_scans", lambda *_given: [path])
    tab(eye, Kind.CASE, case).buttons["add"].click()
    say_kind(eye, "application")
    assert kept(eye, case) == [("application", "a.jpg", 1)]
    assert tab(eye, Kind.CASE, case).pages.count() == 1


def test_a_file_that_is_no_scan_is_told_in_the_window_and_nothing_is_kept(eye, uid, tmp_path, monkeypatch):
    path = file(tmp_path, b"no photo", "photo.jpg")
    monkeypatch.setattr(scans_part, "ask_scans", lambda *_given: [path])
    tab(eye, Kind.PERSON, uid).buttons["add"].click()
    window = eye.dialog()
    window.form.boxes["kind"].set_value("photo")
    window.save()
    assert window.isVisible()
    assert "photo.jpg" in window._others.words()
    assert kept(eye, uid) == []


def test_files_are_dropped(eye, uid, tmp_path):
    part = tab(eye, Kind.PERSON, uid)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file(tmp_path, scans.tiff(3), "scan")))])
    drop(part, data)
    say_kind(eye, "contract")
    assert kept(eye, uid) == [("contract", "scan", 3)]


def drop(widget, data: QMimeData) -> None:
    place = QPointF(QPoint(5, 5))
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    widget.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, data, left, none))
    settle()


def test_a_picture_is_pasted_with_the_keyboard(eye, uid):
    part = tab(eye, Kind.PERSON, uid)
    image = QImage(40, 50, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(image)
    part.buttons["add"].setFocus()
    eye.press(Qt.Key.Key_V, CONTROL)
    say_kind(eye, "certificate")
    assert kept(eye, uid) == [("certificate", "clipboard.png", 1)]


def test_an_empty_clipboard_is_said(eye, uid):
    part = tab(eye, Kind.PERSON, uid)
    QApplication.clipboard().clear()
    part.paste()
    assert eye.told() == "There is neither a picture nor a file to paste."


def attached(eye, uid: str, content: bytes | None = None) -> ScansPart:
    kept = attachments.look_at(content or scans.pdf(2), "scan.pdf")
    attachments.attach(eye.desk, uid, [kept], "passport")
    part = tab(eye, Kind.PERSON, uid)
    part.view.rows.setCurrentIndex(part.view.model.index(0, 0))
    settle()
    return part


def test_a_scan_is_saved_to_a_file(eye, uid, tmp_path, monkeypatch):
    part = attached(eye, uid)
    monkeypatch.setattr(scans_part, "ask_save", lambda *given: tmp_path / given[2])
    part.buttons["save"].click()
    assert (tmp_path / "scan.pdf").read_bytes() == scans.pdf(2)
    assert eye.told() == "Scan saved: scan.pdf"


def test_a_scan_is_annulled_with_its_reason(eye, uid):
    attached(eye, uid).buttons["annul"].click()
    window = eye.dialog()
    window.save()
    assert window.isVisible()
    window.form.boxes["annulled_why"].set_value("of somebody else")
    window.save()
    eye.content()
    assert kept(eye, uid) == []


def test_a_long_scan_shows_its_first_pages_and_says_so(eye, uid):
    part = attached(eye, uid, scans.pdf(15))
    assert part.pages.count() == 12
    assert part.told.text() == "The first 12 of 15 pages are shown."


def scanner_folder(eye, tmp_path, *names: str):
    folder = tmp_path / "scanner"
    folder.mkdir()
    for n, name in enumerate(names):
        os.utime(file(folder, scans.pdf(n + 1), name), (1_000_000, 1_000_000))
    eye.memory.keep(watched.FOLDER, str(folder))
    return folder


def test_new_files_of_the_scanner_are_offered_and_moved_when_taken(eye, uid, tmp_path):
    folder = scanner_folder(eye, tmp_path, "1.pdf", "2.pdf", "3.pdf")
    part = tab(eye, Kind.PERSON, uid)
    assert part.scanner.told.text() == "New files from the scanner: 3"
    part.scanner.take.click()
    say_kind(eye)
    assert [one[1] for one in kept(eye, uid)] == ["3.pdf", "2.pdf", "1.pdf"]
    assert sorted(path.name for path in (folder / "taken").iterdir()) == ["1.pdf", "2.pdf", "3.pdf"]
    part = tab(eye, Kind.PERSON, uid)
    assert part.scanner.told.text() == "No new files from the scanner."
    assert not part.scanner.take.isVisible()


def test_the_folder_of_the_scanner_is_this_machines_matter(eye, uid, tmp_path, monkeypatch):
    part = tab(eye, Kind.PERSON, uid)
    before = len(journal.entries(eye.desk))
    monkeypatch.setattr(watched, "ask_folder", lambda *_given: tmp_path / "gone")
    part.scanner.folder.click()
    assert eye.memory.recall(watched.FOLDER) == str(tmp_path / "gone")
    assert "cannot be reached" in part.scanner.told.text()
    assert len(journal.entries(eye.desk)) == before


def photo_of(eye, uid: str) -> PhotoDialog:
    content = eye.file(Kind.PERSON, uid)
    next(one for one in content.acts() if one.key == "person.photo").run()
    settle()
    found = [one for one in eye.window.findChildren(QDialog) if one.isVisible()]
    assert isinstance(found[0], PhotoDialog)
    return found[0]


def test_a_photo_is_cut_with_keys_alone(eye, uid, tmp_path, monkeypatch):
    path = file(tmp_path, scans.picture(size=(800, 600)), "me.jpg")
    monkeypatch.setattr(photo_window, "ask_picture", lambda *_given: path)
    dialog = photo_of(eye, uid)
    assert not dialog.save_button.isEnabled()
    dialog.file.click()
    settle()
    first = dialog.crop.cut
    press(dialog.crop, Qt.Key.Key_Left)
    press(dialog.crop, Qt.Key.Key_Up, SHIFT)
    press(dialog.crop, Qt.Key.Key_Plus)
    press(dialog.crop, Qt.Key.Key_Minus)
    press(dialog.crop, Qt.Key.Key_Minus)
    assert dialog.crop.cut.x < first.x
    assert dialog.crop.cut.y < first.y
    assert dialog.crop.cut.width > first.width
    dialog.shapes._buttons[Shape.PASSPORT.value].click()
    assert dialog.crop.cut.shape is Shape.PASSPORT
    press(dialog, Qt.Key.Key_Return, CONTROL)
    eye.content()
    content = photos.photo_of(eye.desk, eye.desk.store.get(Person, uid))
    assert QImage.fromData(content).size().toTuple() == (560, 720)
    assert "Photo saved" in eye.told()


def test_a_photo_is_pasted(eye, uid):
    dialog = photo_of(eye, uid)
    QApplication.clipboard().setImage(QImage.fromData(scans.picture(size=(300, 400))))
    dialog.paste()
    dialog.save()
    eye.content()
    assert photos.photo_of(eye.desk, eye.desk.store.get(Person, uid)) is not None


def test_a_part_of_too_few_pixels_is_told_while_it_is_cut_and_cannot_be_saved(eye, uid):
    dialog = photo_of(eye, uid)
    QApplication.clipboard().setImage(QImage.fromData(scans.picture(size=(240, 320))))
    dialog.paste()
    settle()
    assert "192 × 256" in dialog._findings.words() and dialog.save_button.isEnabled()
    press(dialog.crop, Qt.Key.Key_Plus)
    press(dialog.crop, Qt.Key.Key_Plus)
    press(dialog.crop, Qt.Key.Key_Plus)
    assert "177 × 236" in dialog._findings.words()
    assert not dialog.save_button.isEnabled()
    dialog.reject()


def test_a_picture_of_one_colour_is_refused_where_it_is_cut(eye, uid):
    dialog = photo_of(eye, uid)
    image = QImage(600, 800, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QApplication.clipboard().setImage(image)
    dialog.paste()
    dialog.save()
    settle()
    assert "of one colour" in dialog._findings.words()
    assert photos.photo_of(eye.desk, eye.desk.store.get(Person, uid)) is None
    dialog.reject()


def test_a_photo_that_is_no_photo_is_told_where_it_is_chosen(eye, uid, tmp_path):
    dialog = photo_of(eye, uid)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file(tmp_path, scans.pdf(), "me.pdf")))])
    drop(dialog, data)
    assert "me.pdf" in dialog._findings.words()
    assert not dialog.save_button.isEnabled()
    dialog.reject()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_everything_has_a_name(eye, uid, application, language):
    application.speak(language)
    assert_all_named(attached(eye, uid))
    dialog = photo_of(eye, uid)
    assert_all_named(dialog)
    dialog.reject()


def test_a_typed_label_opens_the_file_and_a_wrong_one_says_why(eye, uid, qtbot):
    label = labels.label(eye.desk, eye.desk.store.get(Person, uid))
    popup = eye.window.findChild(SearchPopup)
    eye.window.focus_search()
    type_text(eye.window.search, label[:-1] + ("X" if label[-1] != "X" else "Y"))
    qtbot.waitUntil(popup.isVisible)
    assert not popup.hits()
    assert "is not a label" in popup._hits.data(popup._hits.index(0, 0))
    eye.window.search.clear()
    type_text(eye.window.search, label.lower().replace("-", " "))
    qtbot.waitUntil(lambda: bool(popup.hits()))
    press(eye.window.search, Qt.Key.Key_Return)
    settle()
    assert eye.window.current() == f"person/{uid}"


def scan_card(eye, text: str) -> None:
    """As a scanner types: all at once, wherever the keyboard is."""
    scan(eye.window, text)
    settle()


def test_a_scanned_card_opens_the_file_wherever_the_keyboard_is(eye, uid):
    label = labels.label(eye.desk, eye.desk.store.get(Person, uid))
    eye.window.search.setFocus()
    eye.window.search.setText("аб")
    scan_card(eye, label)
    assert eye.window.current() == f"person/{uid}"
    assert eye.window.search.text() == "аб"


def test_a_scan_with_a_wrong_sign_says_so(eye, uid):
    label = labels.label(eye.desk, eye.desk.store.get(Person, uid))
    page = eye.window.current()
    scan_card(eye, label[:-1] + ("X" if label[-1] != "X" else "Y"))
    assert eye.window.current() == page
    assert "is not a label" in eye.told()


def test_a_card_scanned_into_the_intake_leaves_what_was_typed(eye, uid, qtbot):
    label = labels.label(eye.desk, eye.desk.store.get(Person, uid))
    eye.window.work.new_arrival_wanted.emit("")
    page = eye.window.findChild(IntakePage)
    qtbot.waitUntil(lambda: page.form.is_ready)
    field = page.form.boxes["person.surname_latin"].input.widget()
    field.setFocus()
    type_text(field, "Tokt")
    qtbot.wait(80)
    scan_card(eye, label)
    assert eye.window.current() == f"person/{uid}"
    assert field.text() == "Tokt"


def test_a_folder_that_takes_its_time_does_not_hold_the_window(desk, threads, monkeypatch, tmp_path, qtbot):
    """A folder on another machine may not answer for a while."""
    eye = Eye(desk, threads)
    qtbot.addWidget(eye.window)
    eye.memory.keep(watched.FOLDER, str(tmp_path))
    answer = threading.Event()

    def slow(folder, _now):
        answer.wait(5)
        return Waiting(folder)

    monkeypatch.setattr(watched.scanner, "look", slow)
    line = watched.ScannerLine(eye.window.work, eye.first("people"))
    qtbot.addWidget(line)
    began = time.monotonic()
    line.look()
    line.look()
    assert time.monotonic() - began < 0.5
    answer.set()
    qtbot.waitUntil(lambda: line.told.text() == "No new files from the scanner.")


def where(eye) -> str:
    """What the part with the cursor is called."""
    part = eye.window.focusWidget()
    return part.accessibleName() or part.text()


@pytest.mark.parametrize("part", ["add", "list"])
def test_the_cursor_stays_where_it_was_when_a_scan_is_taken_in(eye, uid, tmp_path, part):
    """It jumped to the photo."""
    attached(eye, uid)
    shown = tab(eye, Kind.PERSON, uid)
    (shown.buttons["add"] if part == "add" else shown.view.rows).setFocus()
    settle()
    before = where(eye)
    shown.take(Given((file(tmp_path, scans.picture(), "b.jpg"),)))
    say_kind(eye)
    settle()
    assert len(kept(eye, uid)) == 2
    assert where(eye) == before


def test_the_cursor_stays_where_it_was_when_a_photo_is_taken(eye, uid):
    content = eye.file(Kind.PERSON, uid)
    content.band.findChildren(PushButton)[2].setFocus()
    before = where(eye)
    dialog = photo_window.ask_photo(eye.window.work, eye.desk.store.get(Person, uid))
    QApplication.clipboard().setImage(QImage.fromData(scans.picture(size=(300, 400))))
    dialog.paste()
    settle()
    dialog.save()
    eye.content()
    assert photos.photo_of(eye.desk, eye.desk.store.get(Person, uid)) is not None
    assert where(eye) == before != "Photo"


def clip(picture: bool = True) -> None:
    if picture:
        QApplication.clipboard().setImage(QImage.fromData(scans.picture(size=(300, 400))))
    else:
        QApplication.clipboard().setText("05.03.2026")


@pytest.mark.parametrize("place", ["band", "tabs", "a day", "nowhere"])
def test_a_picture_is_pasted_wherever_the_cursor_is_in_the_file(eye, uid, place):
    content = eye.file(Kind.PERSON, uid)
    stay = content.tabs.open("stay")
    settle()
    parts = {
        "band": lambda: content.band.findChildren(PushButton)[1],
        "tabs": lambda: content.tabs._bar,
        "a day": lambda: stay.findChildren(LineInput)[0],
        "nowhere": lambda: eye.window.findChildren(FileView)[-1],
    }
    clip()
    parts[place]().setFocus()
    eye.press(Qt.Key.Key_V, CONTROL)
    say_kind(eye)
    assert kept(eye, uid) == [("passport", "clipboard.png", 1)]


def test_text_is_pasted_into_a_field_as_ever(eye, uid):
    field = eye.file(Kind.PERSON, uid).tabs.open("stay").findChildren(LineInput)[0]
    settle()
    clip(picture=False)
    field.setFocus()
    field.selectAll()
    eye.press(Qt.Key.Key_V, CONTROL)
    assert field.text() == "05.03.2026"
    assert not [one for one in eye.window.findChildren(QDialog) if one.isVisible()]
