"""The office on its own papers: names, head, address; and the name of who works at this desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from migdesk.domain.change import Done
from migdesk.domain.errors import Invalid
from migdesk.domain.fields import Spec, specs
from migdesk.domain.finding import Finding
from migdesk.domain.office import Office, Operator
from migdesk.domain.record import Record
from migdesk.i18n import N_
from migdesk.services import particulars
from migdesk.ui.entry.editor import Form, Section
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Workplace

_ABOUT = N_("These words stand on every paper and report of the office.")
_SAVE, _SAVED = N_("Save the particulars"), N_("Particulars of the office saved")
_OPERATOR = "operator."
_SECTIONS = (
    Section("", (("name", "name_ru"), ("head_post", "head_post_ru"), ("head", "phone"), ("address_line",))),
    Section(N_("Who works at this desk"), ((_OPERATOR + "name", _OPERATOR + "post"),)),
    Section(
        N_("How many may live at one address before a warning; empty: no warning"),
        (
            ("crowd_host", "crowd_employer"),
            ("crowd_school", "crowd_hotel"),
            ("crowd_hospital", "crowd_other"),
        ),
    ),
)


class OfficePage(QWidget):
    """One form over two records; what did not change is not written. `told` carries what was done, in words."""

    told = Signal(str)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        own = [Spec(_OPERATOR + one.name, one.field, one.optional) for one in specs(Operator)]
        self.form = Form([*specs(Office), *own], _SECTIONS, work.sources())
        self.button = QPushButton()
        mark(self.button, look="primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda _on=False: self.save())
        self.form.save_wanted.connect(self.save)
        self.form.ended.connect(self.button.setFocus)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(Label(_ABOUT, "muted").wrapped())
        whole.addWidget(self.form, 1)
        whole.addLayout(line)
        self.show_records()
        self.retranslate()

    def show_records(self) -> None:
        """The particulars as they are now."""
        office, signer = self._work.desk.office, self._work.desk.signer
        self.form.set_values({name: getattr(office, name) for name in self._names(operator=False)})
        self.form.set_values({_OPERATOR + name: getattr(signer, name) for name in self._names(operator=True)})

    def retranslate(self) -> None:
        """Everything in the current language."""
        self.button.setText(said(_SAVE))

    def save(self) -> None:
        """Write what changed: the office first, then who works here."""
        problems = self.form.problems()
        self.form.show_findings(problems)
        if problems:
            return
        signer = self._work.desk.signer
        wanted = replace(signer, **self._typed(operator=True))

        def then(_done: object = None) -> None:
            self._write(particulars.save_signer, signer, wanted, prefix=_OPERATOR)

        office = self._work.desk.office
        changed = replace(office, **self._typed(operator=False))
        self._write(particulars.save_office, office, changed, done=then)

    def _write(
        self, service: Any, before: Record, wanted: Record, *, done: Any = None, prefix: str = ""
    ) -> None:
        if wanted == before:
            if done:
                done()
            return

        def refuse(error: Exception) -> None:
            if isinstance(error, Invalid):
                self.form.show_findings([_at(prefix, one) for one in error.findings])
            else:
                self._work.tell_error(error)

        self._work.do(service, wanted, words=self._tell, failed=refuse, done=done)

    def _tell(self, _done: Done[Any]) -> str:
        words = said(_SAVED)
        self.told.emit(words)
        return words

    def _names(self, *, operator: bool) -> list[str]:
        begins = [name for name in self.form.boxes if name.startswith(_OPERATOR) is operator]
        return [name.removeprefix(_OPERATOR) for name in begins]

    def _typed(self, *, operator: bool) -> dict[str, Any]:
        prefix = _OPERATOR if operator else ""
        values = self.form.values()
        return {name: values[prefix + name] for name in self._names(operator=operator)}


def _at(prefix: str, finding: Finding) -> Finding:
    return replace(finding, field=prefix + (finding.field or ""))
