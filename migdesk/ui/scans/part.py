"""The scans in a file: a list with the pages beside it; files come by choosing, dropping, pasting, or a scanner."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.scan import ENDINGS, Attachment
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import attachments
from migdesk.services.people.attachments import Shown
from migdesk.ui.files.pieces.short_list import ShortList, column, record_rows, show
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.papers.pdf_view import PagesView
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_save, ask_scans
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.panel import Words
from migdesk.ui.scans.given import Given, given_in
from migdesk.ui.scans.taking import ask_annulment, ask_kind, paste_scan
from migdesk.ui.scans.watched import ScannerLine
from migdesk.ui.workplace import Workplace

TITLE = N_("Scans")
_ADD, _PASTE, _SAVE, _ANNUL = N_("Add files…"), N_("Paste"), N_("Save to a file…"), N_("Annul…")
_EMPTY = Words("attach", N_("No scans yet"), N_("Add files, drop them here, or paste a picture (Ctrl+V)."))
_ADD_TITLE, _SAVE_TITLE = N_("Scans to take in"), N_("Save the scan")
_SAVED = N_("Scan saved: {file}")
_FIRST = N_("The first {n} of {all} pages are shown.")
_MOST_PAGES = 12
_BESIDE_FROM = 620
"""Pixels of width from which pages are shown beside the list."""


class ScansPart(QWidget):
    """The scans of a person or a case, by the uid of its record."""

    def __init__(self, work: Workplace, owner: str, scans: Sequence[Attachment]) -> None:
        super().__init__()
        self._work = work
        self._owner = owner
        self._scans = {one.uid: one for one in scans}
        self._wanted = ""
        self.setAcceptDrops(True)
        self.view = show(work, _list_of(scans), self.save)
        self.pages = PagesView()
        self.told = Label("", "small").wrapped()
        self.buttons = {
            "add": self._button(_ADD, self.add),
            "paste": self._button(_PASTE, self.paste),
            "save": self._button(_SAVE, lambda: self.save(self.view.current_uid())),
            "annul": self._button(_ANNUL, lambda: self.annul(self.view.current_uid())),
        }
        self.scanner = ScannerLine(work, owner)
        paste = QShortcut(QKeySequence("Ctrl+V"), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        self._lay_out()
        self.view.current_changed.connect(self._preview)
        self.view.rows.setCurrentIndex(self.view.model.index(0, 0))
        self._preview(self.view.current_uid())

    def _lay_out(self) -> None:
        self._beside = QWidget()
        right = QVBoxLayout(self._beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.XS)
        right.addWidget(self.pages, 1)
        right.addWidget(self.told)
        below = QHBoxLayout()
        below.setSpacing(theme.M)
        below.addWidget(self.view, 3)
        below.addWidget(self._beside, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.S)
        whole.addWidget(FlowRow(*self.buttons.values()))
        whole.addWidget(self.scanner)
        whole.addLayout(below, 1)

    def add(self) -> None:
        """Choose files."""
        paths = ask_scans(self._work.window or self, _ADD_TITLE, self._work.memory)
        self.take(Given(tuple(paths)))

    def paste(self) -> None:
        """What lies in the clipboard: a picture, or files."""
        paste_scan(self._work, self._owner)

    def take(self, given: Given) -> None:
        """Ask what was given is, and keep it."""
        if given:
            ask_kind(self._work, self._owner, given)

    def save(self, uid: str) -> None:
        """Write a scan to a file of one's choice."""
        scan = self._scans[uid]
        ending = ENDINGS[scan.media]
        name = scan.name if scan.name.lower().endswith(ending) else scan.name + ending
        path = ask_save(self._work.window or self, _SAVE_TITLE, name, (ending,), self._work.memory)
        if path:
            words = said(_SAVED, file=path.name)
            self._work.tasks.run(
                attachments.save_to,
                self._work.desk,
                uid,
                path,
                done=lambda _scan: self._work.noticed.emit(Notice(Tone.OK, words)),
                failed=self._work.tell_error,
            )

    def annul(self, uid: str) -> None:
        """Ask why a scan no longer counts."""
        ask_annulment(self._work, self._scans[uid])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped."""
        if given_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        event.acceptProposedAction()
        self.take(given_in(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages are shown where there is room for them."""
        super().resizeEvent(event)
        self._beside.setVisible(self.width() >= _BESIDE_FROM and bool(self._scans))

    def _preview(self, uid: str) -> None:
        for key in ("save", "annul"):
            self.buttons[key].setEnabled(bool(uid))
        if uid != self._wanted:
            self._wanted = uid
            self.pages.show_pages([])
            self.told.say("")
            if uid:
                self._work.tasks.read(_pictures, self._work.desk, uid, done=self._show)

    def _show(self, found: tuple[Shown, list[QImage]]) -> None:
        shown, images = found
        if shown.attachment.uid != self._wanted:
            return
        self.pages.show_pages(images)
        more = (shown.attachment.pages or 1) > len(images)
        self.told.setVisible(more)
        if more:
            self.told.say(_FIRST, n=len(images), all=shown.attachment.pages)

    def _button(self, words: str, run: Callable[[], object]) -> PushButton:
        made = PushButton(said(words))
        made.clicked.connect(lambda _on=False: run())
        return made


def _pictures(desk: Desk, uid: str) -> tuple[Shown, list[QImage]]:
    shown = attachments.show(desk, uid, _MOST_PAGES)
    return shown, [QImage.fromData(page) for page in shown.pages]


def _list_of(scans: Sequence[Attachment]) -> ShortList:
    columns = (
        column(Attachment, "kind", 150),
        column(Attachment, "pages", 70),
        column(Attachment, "name", 190),
        column(Attachment, "size", 110),
    )
    rows = record_rows(columns, scans)
    return ShortList("file.scans", TITLE, columns, rows, [one.uid for one in scans], _EMPTY, ("size",))
