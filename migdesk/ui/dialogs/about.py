"""About the program: versions for support, checks of the office, licences; nothing of the office leaves by it."""

from __future__ import annotations

from PySide6.QtCore import QSysInfo, Qt, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from migdesk import about, crash
from migdesk.i18n import N_
from migdesk.services.upkeep import doctor
from migdesk.services.upkeep.doctor import Check
from migdesk.ui import errors
from migdesk.ui.help.window import add_help_key
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import column, text
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.lazy_tabs import LazyTabs, Tab
from migdesk.ui.parts.panel import Drawing, Panel, Words
from migdesk.ui.parts.pills import SYMBOLS
from migdesk.ui.workplace import Workplace

TOPIC = "safety"
_TITLE = N_("About MigDesk")
_TEXT = N_(
    "The desk of a regional migration office. Everything works without a network; "
    "nothing leaves this machine by itself."
)
_DIAGNOSTICS = N_("For support: versions only, no names, numbers or folders")
_COPY, _COPIED = N_("Copy the text"), N_("Copied")
_REPORTS, _CLOSE = N_("Error reports"), N_("Close")
_PROGRAM, _CHECKS, _LICENCES = N_("Program"), N_("Checks"), N_("Licences")
_LOOKING = Words(
    "clock", N_("The office is being checked…"), N_("In a large office this takes some minutes.")
)
_WELL, _ILL = N_("Everything is as it should be."), N_("Something needs a look; each line says what to do.")
_OK, _NOT_OK = N_("ok"), N_("not ok")
_USED = (
    ("Fira Sans", N_("© 2012–2015 Mozilla Foundation and Telefonica S.A.; SIL Open Font License 1.1")),
    ("IBM Plex Serif", N_("© 2017 IBM Corp.; SIL Open Font License 1.1")),
    (
        "Qt, PySide6",
        N_(
            "© The Qt Company Ltd. and contributors; GNU Lesser General Public License 3.0. The libraries lie "
            "beside the program as files of their own and may be replaced by others of the same interface."
        ),
    ),
)
_SIZE = (640, 520)


def diagnostics() -> str:
    """Versions of the program and of the window system."""
    return "\n".join([about.diagnostics(), f"Qt {qVersion()}", QSysInfo.prettyProductName()])


class AboutDialog(QDialog):
    """Esc closes. The checks run when their tab is opened, away from the window."""

    def __init__(self, work: Workplace) -> None:
        super().__init__(work.window)
        add_help_key(self, TOPIC)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said(_TITLE))
        self.resize(*_SIZE)
        self._work = work
        self.text = QPlainTextEdit(diagnostics())
        self.copy = QPushButton(said(_COPY))
        self.tabs = LazyTabs(
            [
                Tab("program", _PROGRAM, self._program),
                Tab("checks", _CHECKS, lambda: Checkup(work)),
                Tab("licences", _LICENCES, _licences),
            ]
        )
        close = QPushButton(said(_CLOSE))
        close.clicked.connect(lambda _on=False: self.accept())
        mark(close, look="primary")
        close.setDefault(True)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        whole.setSpacing(theme.S)
        whole.addWidget(Label("MigDesk " + about.version(), "title"))
        whole.addWidget(Label(_TEXT).wrapped())
        whole.addWidget(self.tabs, 1)
        whole.addLayout(line)

    def _program(self) -> QWidget:
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(said(_DIAGNOSTICS))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(lambda _on=False: self._copy())
        reports, crashes = QPushButton(said(_REPORTS)), self._work.desk.home / crash.FOLDER
        reports.setAutoDefault(False)
        reports.setEnabled(crashes.is_dir())
        reports.clicked.connect(lambda _on=False: errors.open_folder(crashes))
        line = QHBoxLayout()
        line.addWidget(self.copy)
        line.addWidget(reports)
        line.addStretch(1)
        page = column(Label(_DIAGNOSTICS, "muted").wrapped(), self.text, line)
        page.setContentsMargins(0, theme.S, 0, theme.S)
        return page

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(said(_COPIED))


class Checkup(QWidget):
    """What the doctor finds; `checks` is empty until he is done."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self.checks: list[Check] = []
        self._work = work
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, theme.S, 0, theme.S)
        self._shown: QWidget = Panel(_LOOKING)
        self._whole.addWidget(self._shown)
        work.tasks.read(doctor.examine, work.desk, done=self._show, failed=self._fail)

    def _show(self, checks: list[Check]) -> None:
        self.checks = checks
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, theme.S, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for at, one in enumerate(checks):
            tone = Tone.OK if one.ok else Tone.BAD
            word = text(said(_OK if one.ok else _NOT_OK), "small", wrapped=False)
            mark(word, ink=tone.value)
            detail = column(text(one.name, "strong"), text(one.detail, "small"), gap=0)
            grid.addWidget(Drawing(SYMBOLS[tone], tone, theme.ICON), at, 0, top)
            grid.addWidget(word, at, 1, top)
            grid.addWidget(detail, at, 2)
        verdict = Label(_WELL if all(one.ok for one in checks) else _ILL, "strong").wrapped()
        self._put(Scrolled(column(verdict, lines, gap=theme.M, stretch=True)))

    def _fail(self, error: Exception) -> None:
        words = errors.notice_of(error, self._work.desk.home).words
        failed = Panel(Words("bad", _NOT_OK, tone=Tone.BAD))
        failed.text.show_text(words)
        failed.text.show()
        self._put(failed)

    def _put(self, shown: QWidget) -> None:
        self._whole.removeWidget(self._shown)
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = shown
        self._whole.addWidget(shown)


def _licences() -> QWidget:
    parts = [
        column(text(name, "strong"), Label(words, "muted").wrapped(), gap=theme.XS) for name, words in _USED
    ]
    page = Scrolled(column(*parts, gap=theme.L, stretch=True))
    page.setContentsMargins(0, theme.S, 0, theme.S)
    return page
