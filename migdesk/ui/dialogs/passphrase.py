"""An encrypted office asks for its passphrase before its window opens; a wrong one says so and asks again."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from migdesk import crash
from migdesk.domain.errors import Invalid, MigDeskError, StoreProblem
from migdesk.domain.fields import Flag, Spec, Text
from migdesk.domain.finding import Finding, block
from migdesk.i18n import N_
from migdesk.services.desk import Clock, Desk
from migdesk.services.opening import open_whole
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.entry.picking import Sources
from migdesk.ui.errors import BUG
from migdesk.ui.help.window import add_help_key
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action, Button, Command
from migdesk.ui.parts.blocks import text
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.tasks import Tasks

TOPIC = "problems"
_TITLE = N_("This office is encrypted")
_LEAD = N_("Its file cannot be read without the passphrase that was given when the office was made.")
_OTHER = N_("It cannot be opened…")
_OPEN, _CLOSE, _OPENING = N_("Open the office"), N_("Close"), N_("Opening…")
_MISSING = N_("“{label}” is empty.")
_PASSPHRASE, _SHOW = N_("Passphrase"), N_("Show what is typed")
_WIDE = 480


@dataclass(frozen=True, slots=True)
class Secret(Text):
    """A line that is taken exactly as typed: a blank in a passphrase counts."""

    def read(self, raw: object, *, today: date) -> str:
        """As typed."""
        return "" if raw is None else str(raw)


SHOWN = Spec("shown", Flag(_SHOW), False)
"""The box that makes hidden letters readable."""


def hide_letters(form: Form, *names: str) -> None:
    """Show dots in these fields until the box `shown` of the form is ticked."""

    def follow(changed: str = "shown") -> None:
        if changed == "shown":
            shown = form.boxes["shown"].value()
            mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
            for name in names:
                line = form.boxes[name].input.widget()
                assert isinstance(line, QLineEdit)
                line.setEchoMode(mode)

    form.changed.connect(follow)
    follow()


def findings_of(error: Exception, home: Path, field: str | None = None) -> list[Finding]:
    """What to say about an error in a window that has no strip of messages; a bug leaves a report."""
    if isinstance(error, Invalid):
        return list(error.findings)
    if isinstance(error, MigDeskError):
        return [block(error.code, error.words().replace("{", "(").replace("}", ")"), field)]
    crash.write(error, home)
    return [block("bug", BUG, field)]


class PassphraseDialog(QDialog):
    """`desk` is the open office after the window was accepted; `gave_up` is what a person found no passphrase for.

    `refused` is what a passphrase from the command line gave already.
    """

    def __init__(self, home: Path, clock: Clock, tasks: Tasks, refused: StoreProblem | None = None) -> None:
        super().__init__()
        add_help_key(self, TOPIC)
        self.desk: Desk | None = None
        self.gave_up: StoreProblem | None = None
        self._refused: StoreProblem | None = None
        self._home, self._clock, self._tasks = home, clock, tasks
        sources = Sources(today=clock.today, tasks=tasks)
        asked = Spec("passphrase", Secret(_PASSPHRASE, required=True), False)
        self.form = Form([asked, SHOWN], [Section("", (("passphrase",), ("shown",)))], sources)
        hide_letters(self.form, "passphrase")
        self.form.boxes["passphrase"].input.entered.connect(self.open_office)
        self.form.save_wanted.connect(self.open_office)
        self._others = FindingsView()
        self._open = Command(Action("office.open", _OPEN, self.open_office, "open"), self)
        self._close = Command(Action("office.close", _CLOSE, self.reject), self)
        self.other = Command(Action("office.other", _OTHER, self.look_for_another_way), self)
        self._other_button = Button(self.other, "link")
        self._other_button.hide()
        self._lay_out()
        self.retranslate()
        self.form.go_to("passphrase")
        if refused:
            self._failed(refused)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._other_button)
        buttons.addStretch(1)
        buttons.addWidget(Button(self._close))
        buttons.addWidget(Button(self._open, "primary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        lines: tuple[QWidget, ...] = (
            Label(_TITLE, "title").wrapped(),
            Label(_LEAD, "muted").wrapped(),
            text(str(self._home), "small"),
        )
        for line in lines:
            column.addWidget(line)
        column.addWidget(self.form, 1)
        column.addWidget(self._others)
        column.addLayout(buttons)
        self.resize(_WIDE, 380)

    def open_office(self) -> None:
        """Try what is typed, away from the window."""
        typed = str(self.form.values()["passphrase"])
        if not typed:
            self.form.show_findings([block("missing", _MISSING, "passphrase", label=said(_PASSPHRASE))])
            return
        if self._open.isEnabled():
            self._open.lock(_OPENING)
            service = functools.partial(open_whole, clock=self._clock, passphrase=typed)
            self._tasks.run(service, self._home, done=self._opened, failed=self._failed)

    def look_for_another_way(self) -> None:
        """The passphrase is lost or the file is: another folder, a backup."""
        self.gave_up = self._refused
        self.reject()

    def retranslate(self) -> None:
        """Name the window in the current language."""
        self.setWindowTitle(f"MigDesk · {said(_TITLE)}")

    def _opened(self, desk: Desk) -> None:
        self.desk = desk
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._open.unlock()
        if isinstance(error, StoreProblem):
            self._refused = error
            self._other_button.show()
        found = findings_of(error, self._home, "passphrase")
        self._others.show_findings(self.form.show_findings(found))
        line = self.form.boxes["passphrase"].input.widget()
        if isinstance(line, QLineEdit):
            line.selectAll()
