"""The office cannot be opened: what happened, what to do, and the ways on."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QInputDialog, QLineEdit, QVBoxLayout

from migdesk.domain.errors import MigDeskError
from migdesk.domain.finding import Finding
from migdesk.i18n import N_
from migdesk.services.desk import Clock
from migdesk.services.opening import is_damaged, is_sealed
from migdesk.services.upkeep.office import Doubtful, restore, restore_unchanged
from migdesk.ui.dialogs.passphrase import findings_of
from migdesk.ui.help.window import add_help_key
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action, Button, Command
from migdesk.ui.parts.blocks import card, column, text
from migdesk.ui.parts.file_dialogs import ask_backup, ask_folder
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.panel import Drawing
from migdesk.ui.tasks import Tasks

_TITLE, _WELL = N_("The office cannot be opened"), N_("The backup is in its place")
_WHAT_TO_DO = N_("What to do")
_RESTORE_TEXT = N_(
    "Put the last backup in its place. The file that is there now is kept beside it, and nothing is deleted."
)
_KEPT = N_("The file that was there before is kept as {name}.")
_AGAIN, _OTHER, _BACKUP = N_("Try again"), N_("Choose another folder…"), N_("Restore a backup…")
_OPEN, _CLOSE, _RESTORING = N_("Open the office"), N_("Close"), N_("The backup is being put in its place…")
_NEVERTHELESS = N_("Restore it nevertheless")
_PASSPHRASE = N_("Passphrase of the backup:")
_FOLDER_OF = N_("Folder of the office")
_WIDE = 620
TOPIC = "problems"


class Way(StrEnum):
    """What the person chose; nothing chosen is `CLOSE`."""

    CLOSE = "close"
    AGAIN = "again"


class ProblemDialog(QDialog):
    """`way` and `home` say how to go on after the window is closed."""

    def __init__(self, home: Path, problem: MigDeskError, clock: Clock, tasks: Tasks) -> None:
        super().__init__()
        self.way, self.home = Way.CLOSE, home
        self._problem, self._clock, self._tasks = problem, clock, tasks
        self._title = Label(_TITLE, "title").wrapped()
        self._what, self._to_do = Label("", "strong").wrapped(), Label("").wrapped()
        self._findings = FindingsView()
        self.again = Command(Action("problem.again", _AGAIN, self.try_again, "refresh"), self)
        self.enter = Command(Action("problem.open", _OPEN, self.try_again, "open"), self)
        self.other = Command(Action("problem.folder", _OTHER, self.choose_folder, "folder"), self)
        self.backup = Command(Action("problem.backup", _BACKUP, self.choose_backup, "undo"), self)
        self.nevertheless = Command(
            Action("problem.doubtful", _NEVERTHELESS, self.accept_doubtful, "undo"), self
        )
        self._told: list[Finding] = []
        self._doubtful: tuple[Path, str | None, Doubtful] | None = None
        self._leave = Command(Action("problem.close", _CLOSE, self.reject), self)
        self._open_button = Button(self.enter, "primary")
        self._again_button = Button(self.again, "primary")
        self._others = [Button(self.other), Button(self.backup), Button(self.nevertheless)]
        self._lay_out()
        self.retranslate()
        self._again_button.setFocus()
        add_help_key(self, TOPIC)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.M)
        head.addWidget(Drawing("warn", Tone.WARN, 32))
        head.addWidget(self._title, 1)
        ways = QHBoxLayout()
        for button in self._others[:2]:
            ways.addWidget(button)
        ways.addStretch(1)
        doubtful = QHBoxLayout()
        doubtful.addWidget(self._others[2])
        doubtful.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button(self._leave))
        buttons.addWidget(self._again_button)
        buttons.addWidget(self._open_button)
        self._open_button.hide()
        self._others[1].setVisible(is_damaged(self._problem))
        self._others[2].hide()
        where = column(Label(_FOLDER_OF, "caption"), text(str(self.home), "small"), gap=0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        whole.setSpacing(theme.M)
        whole.addLayout(head)
        whole.addWidget(self._what)
        whole.addWidget(card(self._to_do, self._findings, ways, doubtful, title=_WHAT_TO_DO, gap=theme.M))
        whole.addWidget(where)
        whole.addStretch(1)
        whole.addLayout(buttons)
        self.setMinimumWidth(_WIDE)

    def retranslate(self) -> None:
        """What happened and what to do, in the current language."""
        self.setWindowTitle(f"MigDesk · {said(_TITLE)}")
        problem = self._problem
        hint = said(_RESTORE_TEXT) if is_damaged(problem) else said(problem.hint, **problem.values)
        words = problem.words()
        self._what.show_text(words.removesuffix(said(problem.hint, **problem.values)).strip() or words)
        self._to_do.show_text(hint)
        self._to_do.setVisible(bool(hint))

    def try_again(self) -> None:
        """Close the window and open the folder once more."""
        self.way = Way.AGAIN
        self.accept()

    def choose_folder(self) -> None:
        """Another office, or a place for a new one."""
        chosen = ask_folder(self, _OTHER, self.home.parent)
        if chosen:
            self.home = chosen
            self.try_again()

    def choose_backup(self) -> None:
        """Put a backup in the place of the damaged file."""
        kept = self.home / "backups"
        source = ask_backup(self, _BACKUP, kept if kept.is_dir() else self.home)
        if source is None:
            return
        passphrase = None
        try:
            sealed = is_sealed(source)
        except OSError:
            sealed = False  # `restore` says what is wrong with it
        if sealed:
            mode = QLineEdit.EchoMode.Password
            passphrase, given = QInputDialog.getText(self, said(_BACKUP), said(_PASSPHRASE), mode)
            if not given:
                return
        self.put_back(source, passphrase)

    def put_back(self, source: Path, passphrase: str | None = None) -> None:
        """Restore away from the window; what was there before stays beside it. A changed backup is asked about."""
        self._doubtful = None
        self._run(restore_unchanged, source, passphrase)

    def accept_doubtful(self) -> None:
        """Take the backup although it was changed from outside, as the person was told."""
        if self._doubtful:
            source, passphrase, _told = self._doubtful
            self._run(restore, source, passphrase)

    def _run(self, service: Callable[..., Path | None], source: Path, passphrase: str | None) -> None:
        for command in (self.again, self.other, self.backup, self.nevertheless):
            command.lock(_RESTORING)
        self._told.clear()
        task = functools.partial(service, clock=self._clock, passphrase=passphrase, told=self._told.extend)
        failed = functools.partial(self._failed, source, passphrase)
        self._tasks.run(task, self.home, source, done=self._restored, failed=failed)

    def _restored(self, kept: Path | None) -> None:
        self._title.say(_WELL)
        self._findings.show_findings(self._told)
        self._what.hide()
        for button in (*self._others, self._again_button):
            button.hide()
        self._to_do.show_text(said(_KEPT, name=kept.name) if kept else "")
        self._to_do.setVisible(kept is not None)
        self._open_button.show()
        self._open_button.setFocus()

    def _failed(self, source: Path, passphrase: str | None, error: Exception) -> None:
        for command in (self.again, self.other, self.backup, self.nevertheless):
            command.unlock()
        self._doubtful = (source, passphrase, error) if isinstance(error, Doubtful) else None
        self._others[2].setVisible(self._doubtful is not None)
        self._findings.show_findings(findings_of(error, self.home))
        QTimer.singleShot(0, self, self.adjustSize)
