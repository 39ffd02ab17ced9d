"""A window that is gone is told nothing more."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from migdesk.domain.person import Person
from migdesk.services.people import people
from migdesk.ui.gallery.scenes import window_over
from tests import make


def test_a_desk_may_write_after_its_window_is_gone(application, catalogues, tmp_path):
    desk = make.desk(tmp_path / "office")
    window = window_over(desk)
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    people.save_person(desk, make.person())
    assert len(desk.store.live(Person)) == 1
    desk.close()
