"""A small window in which the photo of a person is cut from a picture, with keys alone if one likes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid, MigDeskError
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import block, blocking
from migdesk.domain.person import Person
from migdesk.domain.photo import Cut, Shape
from migdesk.i18n import N_
from migdesk.services.people import photos
from migdesk.services.people.photos import Picture
from migdesk.ui.look import theme
from migdesk.ui.look.flow import FlowRow
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.answer_line import answer_line
from migdesk.ui.parts.blocks import column
from migdesk.ui.parts.choice_button import ChoiceColumn
from migdesk.ui.parts.clickable import PushButton
from migdesk.ui.parts.file_dialogs import ask_picture
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.photo import Photo
from migdesk.ui.scans.crop_view import CropView
from migdesk.ui.scans.given import Given, given_in
from migdesk.ui.workplace import Workplace

_TITLE, _OF = N_("Photo"), N_("Photo: {name}")
_LEAD = N_("Arrows move the frame, with Shift faster; plus and minus scale it. The mouse may help.")
_FROM_FILE, _PASTE = N_("From a file…"), N_("Paste")
_SAVE, _SAVED = N_("Save the photo"), N_("Photo saved: {name}")
_SIZE, _RESULT = N_("Size of the photo"), N_("As it will be")
_NOTHING = N_("There is neither a picture nor a file to paste.")
_SHARE = 0.8
"""Of a picture's height the frame takes at first."""


class PhotoDialog(QDialog):
    """Cuts and saves; closes when it is done."""

    def __init__(self, work: Workplace, person: Person) -> None:
        super().__init__(work.window)
        self._work = work
        self._person = person
        self._picture: Picture | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setWindowTitle(said(_TITLE))
        self.crop = CropView()
        self.shapes = ChoiceColumn()
        self.shapes.show_choices([(one.value, choice_label(one)) for one in Shape])
        self.shapes.choose(Shape.SMALL.value)
        self.shapes.chosen.connect(self._reshape)
        self.outcome = Photo()
        self.file, self.paste_button = PushButton(said(_FROM_FILE)), PushButton(said(_PASTE))
        self.save_button = PushButton(said(_SAVE))
        self._findings = FindingsView()
        self._connect()
        self._lay_out()
        self.resize(QSize(720, 560).boundedTo(self.screen().availableSize()))
        self.crop.setFocus()

    def _connect(self) -> None:
        self.crop.moved.connect(self._show_result)
        self.file.clicked.connect(lambda _on=False: self.choose())
        self.paste_button.clicked.connect(lambda _on=False: self.paste())
        self.save_button.setDefault(True)
        self.save_button.setEnabled(False)
        for keys, run in (
            (QKeySequence("Ctrl+V"), self.paste),
            (QKeySequence("Ctrl+Return"), self.save),
        ):
            QShortcut(keys, self).activated.connect(run)
        self._work.add_help_key(self)

    def _lay_out(self) -> None:
        right = Scrolled(
            column(
                Label(_SIZE, "strong"),
                self.shapes,
                Label(_RESULT, "strong"),
                self.outcome,
                gap=theme.S,
                stretch=True,
            )
        )
        right.setFixedWidth(200)
        middle = QHBoxLayout()
        middle.setSpacing(theme.L)
        middle.addWidget(self.crop, 1)
        middle.addWidget(right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        whole.setSpacing(theme.M)
        heading = Label("", "section").wrapped()
        heading.say(_OF, name=self._person.full_name)
        whole.addWidget(heading)
        whole.addWidget(Label(_LEAD, "muted").wrapped())
        whole.addWidget(FlowRow(self.file, self.paste_button))
        whole.addLayout(middle, 1)
        whole.addWidget(self._findings)
        whole.addLayout(answer_line(self, self.save_button, self.save))

    def choose(self) -> None:
        """A picture from a file."""
        if path := ask_picture(self, _TITLE, self._work.memory):
            self.take(Given((path,)))

    def paste(self) -> None:
        """The picture, or the file, in the clipboard."""
        given = given_in(QApplication.clipboard().mimeData())
        if given:
            self.take(given)
        else:
            self._findings.show_findings([block("nothing", _NOTHING)])

    def take(self, given: Given) -> None:
        """Read a picture away from the window, then show it."""
        self._findings.show_findings(())
        self._work.tasks.read(_read, given, done=self._show, failed=self._failed, patience=0)

    def save(self) -> None:
        """Cut, keep, close."""
        if self._picture is None or self.crop.cut is None or not self.save_button.isEnabled():
            return
        self.save_button.setEnabled(False)
        self._work.tasks.run(
            photos.save_photo,
            self._work.desk,
            self._person.uid,
            self._picture.scan,
            self.crop.cut,
            done=self._done,
            failed=self._failed,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A picture may be dropped."""
        if given_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first that was dropped."""
        event.acceptProposedAction()
        self.take(given_in(event.mimeData()))

    def _show(self, found: tuple[Picture, QImage]) -> None:
        self._picture, image = found
        shape = Shape(self.shapes.key() or Shape.SMALL.value)
        cut = Cut(shape, self._picture.proportion)
        self.crop.show_picture(image, cut.scaled(_SHARE))
        self._show_result()
        self.crop.setFocus()

    def _reshape(self, key: str) -> None:
        if self.crop.cut:
            self.crop.set_cut(self.crop.cut.shaped(Shape(key)))

    def _show_result(self) -> None:
        self.outcome.show_image(self.crop.part())
        if self._picture and self.crop.cut:
            found = photos.check_cut(self._picture, self.crop.cut)
            self._findings.show_findings(found)
            self.save_button.setEnabled(not blocking(found))

    def _done(self, done: Done[Person]) -> None:
        self._work.tell_done(said(_SAVED, name=done.value.full_name), done.changes.op)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(self._picture is not None)
        if isinstance(error, Invalid):
            self._findings.show_findings(error.findings)
        elif isinstance(error, MigDeskError):
            words = error.words().replace("{", "(").replace("}", ")")
            self._findings.show_findings([block(error.code, words)])
        else:
            self._work.tell_error(error)


def _read(given: Given) -> tuple[Picture, QImage]:
    picture = photos.open_picture(given.read()[0])
    return picture, QImage.fromData(picture.screen)


def ask_photo(work: Workplace, person: Person) -> PhotoDialog:
    """Open the window over its page; the page waits."""
    dialog = PhotoDialog(work, person)
    dialog.open()
    return dialog
