"""The first minute: make the office of this machine, or look at a sample one."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from migdesk.domain.errors import Cancelled, Invalid, MigDeskError
from migdesk.domain.fields import Code, Spec, specs
from migdesk.domain.finding import Finding, block
from migdesk.domain.office import Office
from migdesk.domain.place import Place
from migdesk.i18n import N_
from migdesk.services import opening
from migdesk.services.desk import Clock, Desk
from migdesk.ui import theme
from migdesk.ui.blocks import column
from migdesk.ui.choice_button import ChoiceColumn
from migdesk.ui.choice_list import Choices
from migdesk.ui.editor import Form, Section
from migdesk.ui.findings_view import FindingsView
from migdesk.ui.labels import Label
from migdesk.ui.picking import Sources
from migdesk.ui.progress_panel import ProgressPanel
from migdesk.ui.style import mark
from migdesk.ui.tasks import Tasks
from migdesk.ui.words import said

_TITLE = N_("Welcome to MigDesk")
_TEXT = N_("There is no office on this machine yet. Its data stay here, in one file: {folder}")
_MAKE, _SAMPLE = N_("Make the office here"), N_("Look at a sample office first")
_SAMPLE_TEXT = N_(
    "Two thousand invented people with arrivals, cases, permits and quota. Your own office can be made later."
)
_PASS, _AGAIN = N_("Passphrase (optional)"), N_("The passphrase again")
_PASS_TEXT = N_("With a passphrase the file is encrypted. If it is lost, nobody can open the office.")
_DIFFERENT, _SHORT = N_("The two passphrases differ."), N_("A passphrase has at least 8 characters.")
_OPEN, _CANCEL = N_("Begin"), N_("Cancel")
_MAKING, _FILLING = N_("The office is being made"), N_("The sample office is being filled")
_MISSING = N_("“{label}” is empty.")
_LEAST = 8
_REGIONS = "regions"


class FirstRun(QDialog):
    """`desk` is the open office after it was accepted."""

    def __init__(self, home: Path, clock: Clock, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home, self._clock, self._tasks = home, clock, tasks
        self._regions: dict[str, Place] = {}
        self.desk: Desk | None = None
        self.setWindowTitle(said(_TITLE))
        self.resize(620, 620)
        self.way = ChoiceColumn()
        self.way.show_choices([("make", said(_MAKE)), ("sample", said(_SAMPLE))])
        self.way.chosen.connect(self._turn)
        self.form = Form(_office_specs(), _SECTIONS, self._sources())
        self.passphrase, self.again = _secret(_PASS), _secret(_AGAIN)
        self._findings = FindingsView()
        self.progress = ProgressPanel()
        self.button, self._cancel = QPushButton(said(_OPEN)), QPushButton(said(_CANCEL))
        self._lay_out()
        tasks.read(opening.list_regions, done=self._take_regions)
        self.way.choose("make")
        self._turn("make")
        self.form.save_wanted.connect(self.begin)
        self.form.ended.connect(self.passphrase.setFocus)

    def _lay_out(self) -> None:
        make = column(
            self.form,
            Label(_PASS, "muted"),
            self.passphrase,
            Label(_AGAIN, "muted"),
            self.again,
            Label(_PASS_TEXT, "small").wrapped(),
            gap=theme.XS,
        )
        sample = column(Label(_SAMPLE_TEXT, "muted").wrapped(), stretch=True)
        self._pages = QStackedWidget()
        for page in (make, sample, self.progress):
            self._pages.addWidget(page)
        mark(self.button, look="primary")
        self.button.setDefault(True)
        self.button.clicked.connect(lambda _on=False: self.begin())
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(lambda _on=False: self.reject())
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._cancel)
        line.addWidget(self.button)
        text = Label("", "muted").wrapped()
        text.say(_TEXT, folder=str(self._home))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        whole.setSpacing(theme.M)
        for part in (Label(_TITLE, "title"), text, self.way):
            whole.addWidget(part)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self._findings)
        whole.addLayout(line)

    def begin(self) -> None:
        """Make the office, or open the sample; away from the window, it takes some seconds."""
        self._findings.show_findings(())
        if self.way.key() == "sample":
            service = functools.partial(opening.open_sample, self._home, clock=self._clock)
            running = self._tasks.run(
                service, done=self._opened, failed=self._refused, progress=self.progress.show_step
            )
            self._wait(_FILLING, running.cancel)
            return
        problems = [*self.form.problems(), *self._missing(), *self._secrets()]
        if problems:
            self._findings.show_findings(self.form.show_findings(problems))
            return
        secret = self.passphrase.text() or None
        made = Office(**self.form.values())
        service = functools.partial(
            opening.make_office, self._home, made, clock=self._clock, passphrase=secret
        )
        self._tasks.run(service, done=self._opened, failed=self._refused)
        self._wait(_MAKING, _nothing)

    def _wait(self, message: str, cancel: Any) -> None:
        self.progress.begin(message, cancel)
        self._pages.setCurrentIndex(2)
        self.button.setEnabled(False)

    def _opened(self, desk: Desk) -> None:
        self.desk = desk
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self._turn(self.way.key())
        if isinstance(error, Invalid):
            self._findings.show_findings(self.form.show_findings(error.findings))
        elif isinstance(error, MigDeskError) and not isinstance(error, Cancelled):
            words = error.words().replace("{", "(").replace("}", ")")
            self._findings.show_findings([block(error.code, words)])

    def _missing(self) -> list[Finding]:
        return [
            block("missing", _MISSING, box.name, label=box.spec.field.label) for box in self.form.missing()
        ]

    def _secrets(self) -> list[Finding]:
        secret = self.passphrase.text()
        if secret != self.again.text():
            return [block("passphrase", _DIFFERENT)]
        return [block("passphrase", _SHORT)] if secret and len(secret) < _LEAST else []

    def _turn(self, way: str) -> None:
        self._pages.setCurrentIndex(0 if way == "make" else 1)
        if way == "make":
            self.form.go_to("region")

    def _take_regions(self, regions: list[Place]) -> None:
        self._regions = {one.code: one for one in regions}

    def _sources(self) -> Sources:
        return Sources(
            today=lambda: date.min if self._clock is None else self._clock.today(),
            tasks=self._tasks,
            choices=self._find_region,
            names=lambda _list, code: self._regions[code].name if code in self._regions else code,
        )

    def _find_region(self, _list: str, words: str) -> Choices:
        wanted = words.strip().casefold()
        return [
            (one.code, one.name)
            for one in self._regions.values()
            if any(wanted in text.casefold() for text in (one.kk, one.ru, one.en, one.code))
        ]


_SECTIONS = (Section("", (("region",), ("code", "phone"), ("name",), ("head",))),)


def _office_specs() -> list[Spec]:
    """The fields of an office; its region is chosen among the shipped ones, there are no places yet."""
    known: Mapping[str, Spec] = {one.name: one for one in specs(Office)}
    region = known["region"]
    field = Code(region.field.label, required=True, list=_REGIONS)
    return [Spec("region", field, False), *(known[name] for name in ("code", "phone", "name", "head"))]


def _secret(message: str) -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(said(message))
    return line


def _nothing() -> None:
    """Making an office is too short to be stopped."""
