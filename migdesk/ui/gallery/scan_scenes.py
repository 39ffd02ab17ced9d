"""Pictures of scans and photos: for sample offices alone, into whose files some drawings are put."""

from __future__ import annotations

import functools
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from migdesk.domain.photo import Shape
from migdesk.services.desk import Desk
from migdesk.services.papers import printing
from migdesk.services.people import attachments, labels, people, photos
from migdesk.services.people.attachments import look_at
from migdesk.ui.files.cases.case_file import CaseContent
from migdesk.ui.files.people.person_file import PersonContent
from migdesk.ui.gallery.scenes import asked_over, file_content, full_life, window_over
from migdesk.ui.scans.given import Given
from migdesk.ui.scans.photo_window import PhotoDialog
from migdesk.ui.scans.taking import ask_kind
from migdesk.ui.scans.watched import FOLDER
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workplace import Kind

Scene = Callable[[], QWidget]

_MOMENT = 0.2


def typed(desk: Desk) -> dict[str, Scene]:
    """All of them."""
    uid = full_life(desk)
    person = people.get_person(desk, uid)
    case = people.open_file(desk, uid).cases[0]
    slip = printing.preview(desk, "personal_card", uid)
    page = look_at(_drawn(1200, 800), "passport-0001.png")
    attachments.attach(desk, uid, [look_at(slip, "contract.pdf")], "contract")
    attachments.attach(desk, uid, [page], "passport")
    attachments.attach(desk, case.uid, [page], "application")
    face = look_at(_drawn(1000, 800), "photo.jpg")
    photos.save_photo(desk, uid, face, photos.whole_picture(face, Shape.SMALL))
    wrong = labels.label(desk, person)[:-1]
    return {
        "scans-person": functools.partial(_person, desk, uid),
        "scans-case": functools.partial(_case, desk, case.uid),
        "scans-kind": functools.partial(_kind, desk, uid),
        "scans-photo": functools.partial(_photo, desk, uid, _image(1000, 800)),
        "scans-photo-small": functools.partial(_photo, desk, uid, _image(200, 160)),
        "scans-photo-empty": functools.partial(_photo, desk, uid, None),
        "search-label": functools.partial(_search, desk, wrong + ("X" if wrong[0] != "X" else "Y")),
    }


def _image(width: int, height: int) -> QImage:
    """Somebody before a wall."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(201, 214, 223))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(55, 89, 107))
    painter.drawEllipse(QRectF(width * 0.28, height * 0.62, width * 0.44, height * 0.7))
    painter.setBrush(QColor(217, 176, 140))
    painter.drawEllipse(QRectF(width * 0.39, height * 0.2, width * 0.22, height * 0.45))
    painter.end()
    return image


def _drawn(width: int, height: int) -> bytes:
    packed = QBuffer()
    packed.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(packed, QByteArray(b"PNG")).write(_image(width, height))
    return bytes(packed.data().data())


def _person(desk: Desk, uid: str) -> QWidget:
    """With two new files from the scanner."""
    window = window_over(desk)
    room = tempfile.TemporaryDirectory(prefix="migdesk-scanner-")
    for n in (1, 2):
        file = Path(room.name) / f"scan-{n}.png"
        file.write_bytes(_drawn(60 * n, 80))
        os.utime(file, (1, 1))
    window.work.memory.keep(FOLDER, room.name)
    window.destroyed.connect(room.cleanup)
    content = _opened(window, Kind.PERSON, uid)
    assert isinstance(content, PersonContent) and content.tabs
    content.tabs.open("scans")
    return window


def _case(desk: Desk, uid: str) -> QWidget:
    window = window_over(desk)
    content = _opened(window, Kind.CASE, uid)
    assert isinstance(content, CaseContent) and content.tabs
    content.tabs.open("scans")
    return window


def _opened(window: OfficeWindow, kind: Kind, uid: str) -> QWidget | None:
    window.show()
    window.work.open(kind, uid)
    return file_content(window)


def _kind(desk: Desk, uid: str) -> QWidget:
    window = window_over(desk)
    window.show()
    return asked_over(window, ask_kind(window.work, uid, Given(image=_image(40, 50))))


def _photo(desk: Desk, uid: str, image: QImage | None) -> QWidget:
    window = window_over(desk)
    window.show()
    dialog = PhotoDialog(window.work, people.get_person(desk, uid))
    if image:
        dialog.take(Given(image=image))
    return asked_over(window, dialog)


def _search(desk: Desk, text: str) -> QWidget:
    window = window_over(desk)
    window.show()
    window.focus_search()
    window.search.setText(text)
    window.search.asked.emit(text)
    until = time.monotonic() + _MOMENT
    while time.monotonic() < until:
        QApplication.processEvents()
    return window
