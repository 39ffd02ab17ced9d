"""The first window of all: make the office of a folder, or look at a sample office beside it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from migdesk.domain.fields import Code, Spec, Text
from migdesk.domain.finding import Finding, block
from migdesk.domain.office import Office
from migdesk.i18n import N_
from migdesk.services.desk import Clock, Desk
from migdesk.services.lists import find_in, read_list
from migdesk.services.opening import make_sample, sample_home
from migdesk.services.upkeep.office import init_office
from migdesk.ui.dialogs.passphrase import SHOWN, Secret, findings_of, hide_letters
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.entry.picking import Sources
from migdesk.ui.help.window import add_help_key
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action, Button, Command
from migdesk.ui.parts.blocks import card, text
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.panel import Drawing
from migdesk.ui.parts.progress_panel import ProgressPanel
from migdesk.ui.shell.top_bar import LanguageSwitch
from migdesk.ui.tasks import Running, Step, Tasks

TOPIC = "first_day"
_TITLE = N_("There is no office in this folder yet")
_NEW, _MAKE = N_("A new office"), N_("Make the office")
_LOOK, _SAMPLE = N_("Look first"), N_("Open a sample office")
_LOOK_TEXT = N_(
    "A sample office with 5000 invented people and one working day in it. It is made in a folder of its own "
    "and never touches this one."
)
_MAKING, _FILLING = N_("The office is being made…"), N_("The sample office is being filled…")
_DAY = N_("One working day is being done in it…")
_LOCKED = N_("Passphrase, if the file of the office is to be encrypted")
_KEEP = N_("Nobody can read the office without it, and nobody can find it out: keep it in the safe.")
_MISSING = N_("“{label}” is empty.")
_DIFFER = N_("The two passphrases differ.")
_BLANK = N_("A passphrase neither begins nor ends with a blank.")
_REGIONS = "regions"
SPECS = (
    Spec(
        "code",
        Text(
            N_("Office code"),
            N_("It begins every number of the office, as in PVL-2026-000001."),
            True,
            max=12,
        ),
        False,
    ),
    Spec("region", Code(N_("Region"), required=True, list=_REGIONS), False),
    Spec("name", Text(N_("Name of the office"), required=True, max=300), False),
    Spec("passphrase", Secret(N_("Passphrase"), _KEEP), False),
    Spec("again", Secret(N_("The passphrase again")), False),
    SHOWN,
)
SECTIONS = (
    Section("", (("code",), ("region",), ("name",))),
    Section(_LOCKED, (("passphrase",), ("again",), ("shown",))),
)
_SIZE = (900, 700)


def region_sources(clock: Clock, tasks: Tasks) -> Sources:
    """Regions by type-ahead in three languages, before there is an office to ask."""
    return Sources(
        today=clock.today,
        tasks=tasks,
        choices=lambda name, typed: find_in(read_list(name).values(), typed),
        names=lambda name, code: read_list(name)[code].label,
    )


class FirstRun(QDialog):
    """`desk` is the open office after the window was accepted; `speak` changes the language of all."""

    def __init__(self, home: Path, clock: Clock, tasks: Tasks, speak: Callable[[str], object]) -> None:
        super().__init__()
        add_help_key(self, TOPIC)
        self.desk: Desk | None = None
        self._home, self._clock, self._tasks = home, clock, tasks
        self._is_busy = False
        self._running: Running | None = None
        self.form = Form(SPECS, SECTIONS, region_sources(clock, tasks))
        hide_letters(self.form, "passphrase", "again")
        self._others = FindingsView()
        self._sample_findings = FindingsView()
        self.make = Command(Action("office.make", _MAKE, self.make_office, "add"), self)
        self.sample = Command(Action("office.sample", _SAMPLE, self.make_sample, "open"), self)
        self._make_button = Button(self.make, "primary")
        self.progress = ProgressPanel()
        self.language = LanguageSwitch()
        self.language.chosen.connect(speak)
        self.form.save_wanted.connect(self.make_office)
        self.form.ended.connect(self._make_button.setFocus)
        self._lay_out()
        self.retranslate()
        self.form.go_to("code")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Label("MigDesk", "brand"))
        head.addStretch(1)
        head.addWidget(self.language)
        make_row = QHBoxLayout()
        make_row.addStretch(1)
        make_row.addWidget(self._make_button)
        new = card(self.form, self._others, make_row, title=_NEW)
        choices = QWidget()
        row = QHBoxLayout(choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.L)
        row.addWidget(new, 3)
        row.addLayout(self._look_first(), 2)
        self._stack = QStackedWidget()
        self._stack.addWidget(choices)
        self._stack.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.M, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(Label(_TITLE, "title").wrapped())
        column.addWidget(text(str(self._home), "muted"))
        column.addWidget(self._stack, 1)
        self.resize(*_SIZE)

    def _look_first(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Button(self.sample))
        row.addStretch(1)
        look = card(
            Drawing("people", Tone.PLAIN),
            Label(_LOOK_TEXT).wrapped(),
            text(str(sample_home(self._home)), "small"),
            self._sample_findings,
            row,
            title=_LOOK,
            gap=theme.M,
        )
        side = QVBoxLayout()
        side.addWidget(look)
        side.addStretch(1)
        return side

    def make_office(self) -> None:
        """Make the office with what is typed, unless something is missing."""
        problems = [*self.form.problems(), *self._missing(), *self._passphrase_problems()]
        self._others.show_findings(self.form.show_findings(problems))
        if problems or self._is_busy:
            return
        values = self.form.values()
        office = Office(code=values["code"], name=values["name"], region=values["region"])
        service = functools.partial(
            init_office, clock=self._clock, passphrase=str(values["passphrase"]) or None
        )
        self._begin(_MAKING, stoppable=False)
        self._tasks.run(service, self._home, office, done=self._opened, failed=self._making_failed)

    def make_sample(self) -> None:
        """Make the sample office in a folder beside, and open it."""
        if self._is_busy:
            return
        self._begin(_FILLING, stoppable=True)
        service = functools.partial(make_sample, self._home, clock=self._clock)
        running = self._tasks.run(
            service, done=self._opened, failed=self._sample_failed, progress=self._show_step
        )
        self._running = running if self._is_busy else None

    def stop(self) -> None:
        """Stop filling the sample office; what was made of it is taken away."""
        if self._running:
            self._running.cancel()

    def reject(self) -> None:
        """Esc stops what runs; a second time, or with nothing running, the window goes."""
        if self._is_busy:
            self.stop()
        else:
            super().reject()

    def retranslate(self) -> None:
        """Name the window in the current language."""
        self.setWindowTitle(f"MigDesk · {said(_TITLE)}")

    def _begin(self, message: str, *, stoppable: bool) -> None:
        self._is_busy = True
        self.progress.begin(message, self.stop)
        self.progress.stop.setVisible(stoppable)
        self._stack.setCurrentWidget(self.progress)

    def _end(self) -> None:
        self._is_busy, self._running = False, None
        self._stack.setCurrentIndex(0)

    def _show_step(self, step: Step) -> None:
        if not self._is_busy:
            return
        if step.done < step.total:
            self.progress.show_step(step)
        else:
            self.progress.begin(_DAY, self.stop)
            self.progress.stop.hide()

    def _opened(self, desk: Desk) -> None:
        self._is_busy = False
        self.desk = desk
        self.accept()

    def _making_failed(self, error: Exception) -> None:
        self._end()
        found = findings_of(error, self._home)
        self._others.show_findings(self.form.show_findings(found))

    def _sample_failed(self, error: Exception) -> None:
        self._end()
        self._sample_findings.show_findings(findings_of(error, self._home))

    def _missing(self) -> list[Finding]:
        return [
            block("missing", _MISSING, box.name, label=said(box.spec.field.label))
            for box in self.form.missing()
        ]

    def _passphrase_problems(self) -> list[Finding]:
        values = self.form.values()
        if values["passphrase"] != values["passphrase"].strip():
            return [block("blank", _BLANK, "passphrase")]
        return [block("differ", _DIFFER, "again")] if values["passphrase"] != values["again"] else []
