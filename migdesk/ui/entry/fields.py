"""Which editor a kind of field has, and the box around it: label, required mark, pin, findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migdesk.domain.fields import Choice, Code, Field, Flag, Note, Ref, Spec
from migdesk.domain.finding import Finding
from migdesk.i18n import N_
from migdesk.ui.entry.inputs import Input, LineInput, NoteInput, show_state
from migdesk.ui.entry.line import Line
from migdesk.ui.entry.picking import PickInput, Sources
from migdesk.ui.entry.tick import FlagInput
from migdesk.ui.look import icons, sound, theme
from migdesk.ui.look.labels import ElidedLabel, Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.clickable import ToolButton
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.panel import Drawing

_REQUIRED = N_("required")
_PIN = N_("Keep this value for the next record")
PIN_KEY = "Shift+F8"
"""Turns the pin of the field with the cursor; F8 alone takes the value of the record before."""

EDITORS: dict[type[Field], Callable[[Any, Sources], Input]] = {
    Note: lambda field, sources: NoteInput(field, sources.today),
    Flag: lambda _field, _sources: FlagInput(),
    Choice: PickInput,
    Code: PickInput,
    Ref: PickInput,
}
"""Kinds with an editor of their own; every other kind is a line that its field reads."""


def editor_for(field: Field, sources: Sources) -> Input:
    """The editor of a kind of field."""
    make = EDITORS.get(type(field))
    return make(field, sources) if make else LineInput(field, sources.today)


class FieldBox(QWidget):
    """One field of a form, from its label to its findings.

    `changed` while typing, `left` when the editor is left, `entered` with Enter; all carry the name.
    `wrapped` is for narrow columns: a long label takes a second line.
    """

    changed = Signal(str)
    left = Signal(str)
    entered = Signal(str)
    source_asked = Signal(object)
    lookup_wanted = Signal(str)

    def __init__(
        self, spec: Spec, sources: Sources, parent: QWidget | None = None, *, wrapped: bool = False
    ) -> None:
        super().__init__(parent)
        self.name = spec.name
        self.spec = spec
        self.input = editor_for(spec.field, sources)
        self._findings: tuple[Finding, ...] = ()
        self._pin = ToolButton()
        self._view = FindingsView()
        self._view.asked.connect(self.source_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(self._label_row(wrapped=wrapped))
        column.addWidget(self.input.widget())
        column.addWidget(self._view)
        column.addStretch(1)
        self._connect()
        self.retranslate()

    def _label_row(self, *, wrapped: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        row.setContentsMargins(0, 0, 0, 0)
        label = "" if self._is_flag() else self.spec.field.label
        if wrapped:
            row.addWidget(Label(label, "muted").wrapped(), 1)
        else:
            line = ElidedLabel(label, "muted")
            line.setFixedHeight(20)
            row.addWidget(line)
        if self.spec.field.required:
            row.addWidget(Drawing("required", Tone.BAD, 10))
            row.addWidget(Label(_REQUIRED, "caption"))
        if not wrapped:
            row.addStretch(1)
        mark(self._pin, look="tiny")
        self._pin.setIconSize(QSize(14, 14))
        self._pin.setFixedSize(20, 20)
        self._pin.setCheckable(True)
        self._pin.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pin.setVisible(False)
        self._pin.toggled.connect(self._show_pin)
        row.addWidget(self._pin)
        return row

    def _connect(self) -> None:
        self.input.changed.connect(self._tell_changed)
        self.input.left.connect(self._tell_left)
        self.input.entered.connect(lambda: self.entered.emit(self.name))
        if isinstance(self.input, PickInput):
            self.input.lookup_wanted.connect(lambda: self.lookup_wanted.emit(self.name))

    def value(self) -> Any:
        """What is typed, read."""
        return self.input.value()

    def set_value(self, value: Any) -> None:
        """Show a value; what was said about the one before no longer holds."""
        self.input.set_value(value)
        self.show_findings(())

    def allow_pin(self) -> None:
        """Show the pin that keeps a value for the next record."""
        self._pin.setVisible(True)

    def turn_pin(self) -> bool:
        """Pin or unpin; false where no value is kept."""
        if not self._pin.isHidden():
            self._pin.toggle()
        return not self._pin.isHidden()

    def is_pinned(self) -> bool:
        """Whether the value stays for the next record."""
        return self._pin.isChecked()

    def set_pinned(self, pinned: bool) -> None:
        """Keep the value for the next record, or not."""
        self._pin.setChecked(pinned)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what a check says about this field, after what cannot be read in it."""
        self._findings = tuple(findings)
        self._show()

    def findings(self) -> tuple[Finding, ...]:
        """What is shown below the field now."""
        remark = self.input.remark() if isinstance(self.input, LineInput) else None
        own = (one for one in (self.input.problem(), remark) if one)
        return (*own, *self._findings)

    def retranslate(self) -> None:
        """Say label, mark and hint in the current language."""
        label = said(self.spec.field.label)
        widget = self.input.widget()
        if isinstance(widget, FlagInput):
            widget.setText(label)
        required = f", {said(_REQUIRED)}" if self.spec.field.required else ""
        widget.setAccessibleName(label + required)
        hint = said(self.spec.field.hint)
        if isinstance(widget, Line):
            widget.set_hint(hint)
        else:
            widget.setToolTip(hint)
        self._pin.setToolTip(f"{said(_PIN)} ({PIN_KEY})")
        self._pin.setAccessibleName(f"{said(_PIN)}: {label}")
        self._show_pin()

    def _is_flag(self) -> bool:
        return isinstance(self.spec.field, Flag)

    def _tell_changed(self) -> None:
        """While somebody types, old remarks would only be in the way."""
        if self._findings or not self._view.isHidden():
            self._findings = ()
            self._view.show_findings(())
            show_state(self.input.widget(), [])
        self.changed.emit(self.name)

    def _tell_left(self) -> None:
        self._show()
        if self.input.problem():
            sound.error()
        self.left.emit(self.name)

    def _show(self) -> None:
        findings = self.findings()
        self._view.show_findings(findings)
        show_state(self.input.widget(), list(findings))
        self.input.widget().setAccessibleDescription(self._view.words())

    def _show_pin(self, _on: bool = False) -> None:
        pinned = self._pin.isChecked()
        self._pin.setIcon(icons.icon("pinned" if pinned else "pin", "accent" if pinned else "muted"))
