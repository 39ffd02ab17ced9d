"""Former names and other spellings below the fields of a person: entries with their kind, and the old name."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.fields import Choice, Text
from migdesk.domain.matching import SAME, compare_names
from migdesk.domain.other_names import NameKind, OtherName, read, written
from migdesk.domain.person import Person
from migdesk.i18n import N_
from migdesk.ui.entry.editor import Form
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.entry.picking import PickInput, Sources
from migdesk.ui.entry.tick import FlagInput
from migdesk.ui.look import icons, theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import said
from migdesk.ui.parts.blocks import row
from migdesk.ui.parts.clickable import PushButton, ToolButton

_TITLE, _ADD = N_("Former names, other spellings"), N_("Add a name")
_NAME, _KIND, _REMOVE = N_("Name"), N_("What it is"), N_("Take this name away")
_KEEP = N_("Keep “{name}” as a former name")
_KIND_WIDTH = 190
_BLOCKS = (("surname", "given", "patronymic"), ("surname_latin", "given_latin"))


class _Entry(QWidget):
    """One name and its kind."""

    def __init__(self, sources: Sources, one: OtherName) -> None:
        super().__init__()
        self.name = LineInput(Text(_NAME, max=160), sources.today)
        self.kind = PickInput(Choice(_KIND, options=NameKind), sources)
        self.kind.setFixedWidth(_KIND_WIDTH)
        self.remove = ToolButton()
        mark(self.remove, look="icon")
        self.remove.setIcon(icons.icon("close", "muted"))
        self.remove.setIconSize(QSize(theme.ICON, theme.ICON))
        for box, words in ((self.name, _NAME), (self.kind, _KIND), (self.remove, _REMOVE)):
            box.setAccessibleName(said(words))
        self.remove.setToolTip(said(_REMOVE))
        self.name.set_value(one.name)
        self.kind.set_value(one.kind)
        self.name.entered.connect(self.kind.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row(self.name, self.kind, self.remove, stretch=0))

    def value(self) -> OtherName:
        """What is typed."""
        return OtherName(str(self.name.value()), self.kind.value() or NameKind.SPELLING)


class OtherNamesPart(QWidget):
    """The entries of a person, and a tick to keep his name of now when it is typed over."""

    def __init__(self, sources: Sources, person: Person) -> None:
        super().__init__()
        self._sources, self._person = sources, person
        self.entries: list[_Entry] = []
        self.keep = FlagInput()
        self.keep.hide()
        self._kept_by_hand = False
        self.keep.changed.connect(self._choose)
        add = PushButton(said(_ADD))
        add.clicked.connect(lambda _on=False: self.add(OtherName("")).name.setFocus())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.L, 0, theme.L, theme.S)
        self._column.setSpacing(theme.S)
        self._column.addWidget(row(Label(_TITLE, "muted"), add, stretch=0))
        self._column.addWidget(self.keep)
        self._column.addStretch(1)
        self._show(read(person.other_names))

    def watch(self, form: Form) -> None:
        """Offer to keep the name of now as soon as another one is typed in the form."""
        form.changed.connect(lambda name: self._compare(form) if name in sum(_BLOCKS, ()) else None)

    def values(self) -> dict[str, object]:
        """The text of the entries, the old name among them if it is to be kept."""
        entries = [one.value() for one in self.entries]
        if not self.keep.isHidden() and self.keep.value():
            entries.append(OtherName(self._old(), NameKind.FORMER))
        return {"other_names": written(entries)}

    def show_person(self, person: Person) -> None:
        """The entries of the person as he is now, in place of those shown."""
        self._person = person
        self._show(read(person.other_names))

    def typed(self) -> str:
        """The entries as they stand, for a draft; the tick follows the fields above."""
        return written(entry.value() for entry in self.entries)

    def set_typed(self, text: str) -> None:
        """Bring a draft back."""
        self._show(read(text))

    def _show(self, names: Iterable[OtherName]) -> None:
        for entry in [*self.entries]:
            self._take_off(entry)
        for one in names:
            self.add(one)

    def add(self, one: OtherName) -> _Entry:
        """A line more."""
        entry = _Entry(self._sources, one)
        entry.remove.clicked.connect(lambda _on=False: self._take_off(entry))
        self.entries.append(entry)
        self._column.insertWidget(self._column.count() - 1, entry)
        return entry

    def _take_off(self, entry: _Entry) -> None:
        self.entries.remove(entry)
        self._column.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _choose(self) -> None:
        self._kept_by_hand = True

    def _compare(self, form: Form) -> None:
        """A slip of the hand that is mended need not be kept: the tick is set only for another name."""
        typed = form.values()
        new = " ".join(str(typed.get(name) or "") for name in self._block()).strip()
        old = self._old()
        is_other = bool(old and new) and " ".join(new.split()).casefold() != old.casefold()
        self.keep.setVisible(is_other)
        if is_other:
            self.keep.setText(said(_KEEP, name=old))
            self.keep.setAccessibleName(self.keep.text())
        if not self._kept_by_hand:
            self.keep.set_value(is_other and compare_names(old, new).score < SAME)

    def _block(self) -> tuple[str, ...]:
        return next((names for names in _BLOCKS if any(getattr(self._person, name) for name in names)), ())

    def _old(self) -> str:
        return " ".join(part for name in self._block() if (part := getattr(self._person, name)))
