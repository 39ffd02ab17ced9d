"""Choosing by typing: codes of lists, the few of an enumeration, other records; one editor for all three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from migdesk.domain.fields import Choice, Code, Field, Ref, choice_label
from migdesk.domain.finding import Finding, block
from migdesk.i18n import LANGUAGES, N_, language
from migdesk.ui.entry.choice_list import ChoiceList, Choices
from migdesk.ui.entry.inputs import ENTER
from migdesk.ui.entry.line import Line
from migdesk.ui.look import icons
from migdesk.ui.tasks import Tasks

_NOT_LISTED = N_("“{given}” is not in the list. F4 shows what there is.")


def _nothing(_where: str, _text: str) -> Choices:
    return ()


def _code_itself(_where: str, code: str) -> str:
    return code


@dataclass(frozen=True, slots=True)
class Sources:
    """Where editors get what they offer.

    `choices(list, text)` finds codes of a list by code or name in three languages, recent first;
    `names(list, code)` says one. `find(table, text)` and `titles(table, uid)` do the same for records.
    """

    today: Callable[[], date]
    tasks: Tasks
    choices: Callable[[str, str], Choices] = _nothing
    names: Callable[[str, str], str] = _code_itself
    find: Callable[[str, str], Choices] = _nothing
    titles: Callable[[str, str], str] = _code_itself
    before: Callable[[str], Any] = field(default=lambda _name: None)

    def offers(self, kind: Field) -> Callable[[str], Choices]:
        """What fits typed letters, for a kind of field."""
        if isinstance(kind, Choice):
            return lambda text: options_for(kind, text)
        if isinstance(kind, Code):
            return lambda text: self.choices(kind.list, text)
        return lambda text: self.find(kind.to, text) if isinstance(kind, Ref) else ()

    def name(self, kind: Field, value: Any) -> str:
        """What a person reads for a value of a kind of field."""
        if not value:
            return ""
        if isinstance(kind, Choice):
            return choice_label(value)
        if isinstance(kind, Code):
            return self.names(kind.list, value)
        return self.titles(kind.to, value) if isinstance(kind, Ref) else str(value)


def options_for(kind: Choice, text: str) -> Choices:
    """Options of an enumeration that fit typed letters, in any of the three languages."""
    wanted = text.strip().casefold()
    first: list[tuple[str, str]] = []
    later: list[tuple[str, str]] = []
    for option in kind.options or ():
        said = [option.value.casefold()]
        for code in LANGUAGES:
            with language(code):
                said.append(choice_label(option).casefold())
        if any(words.startswith(wanted) for words in said):
            first.append((option.value, choice_label(option)))
        elif any(wanted in words for words in said):
            later.append((option.value, choice_label(option)))
    return (*first, *later)


class PickInput(Line):
    """Type some letters, Enter takes the best; F4 or Down shows all there is.

    What is typed and not chosen stays, with a remark; nothing is guessed from it.
    """

    changed = Signal()
    left = Signal()
    entered = Signal()
    lookup_wanted = Signal()

    def __init__(self, kind: Field, sources: Sources) -> None:
        super().__init__()
        self._kind = kind
        self._sources = sources
        self._offers = sources.offers(kind)
        self._value: Any = kind.empty
        self._proposal: Any = None
        self._is_chosen = True
        self._turn = 0
        self._asked_for_all = False
        self._list = ChoiceList(self, show_codes=isinstance(kind, Code))
        self._list.picked.connect(self._pick)
        self.setMinimumWidth(96)
        sign = "search" if isinstance(kind, Ref) else "down"
        arrow = self.addAction(icons.icon(sign, "muted"), QLineEdit.ActionPosition.TrailingPosition)
        arrow.triggered.connect(self.show_all)
        self.textEdited.connect(self._edited)

    def value(self) -> Any:
        """The chosen value; empty while something else is typed."""
        return self._value if self._is_chosen else self._kind.empty

    def set_value(self, value: Any) -> None:
        """Show a value by its name."""
        self._value = self._kind.empty if value is None else value
        self._is_chosen = True
        self.setText(self._sources.name(self._kind, value))
        self.setCursorPosition(0)

    def typed(self) -> str:
        """As on the screen."""
        return self.text()

    def set_typed(self, text: str) -> None:
        """Bring a draft back: a name that fits exactly is chosen again."""
        self.setText(text)
        self._settle()

    def problem(self) -> Finding | None:
        """Something is typed that is not in the list."""
        return None if self._is_chosen else block("not_in_list", _NOT_LISTED, None, given=self.text())

    def propose(self, value: Any) -> None:
        """Offer a value in grey."""
        self._proposal = value
        self.offer_words(self._sources.name(self._kind, value))

    def widget(self) -> QWidget:
        """Itself."""
        return self

    def retranslate(self) -> None:
        """Say the chosen value in the current language."""
        if self._is_chosen:
            self.set_value(self._value)

    def show_all(self) -> None:
        """Show what there is, recent first; the record lookup is the form's."""
        if isinstance(self._kind, Ref):
            self.lookup_wanted.emit()
        elif not self.isReadOnly():
            self.setFocus()
            self._asked_for_all = True
            self._ask("")

    def close_list(self) -> None:
        """Close what is open."""
        self._turn += 1
        self._asked_for_all = False
        self._list.close_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the open list, take from it, open it; else it is a line like any other."""
        keys = event.key()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: self._list.page(),
            Qt.Key.Key_PageUp: -self._list.page(),
        }
        if keys in ENTER:
            self._enter(event)
        elif self._list.is_open() and keys in steps:
            self._list.move_mark(steps[Qt.Key(keys)])
        elif self._list.is_open() and keys == Qt.Key.Key_Escape:
            self.close_list()
        elif keys == Qt.Key.Key_F4 or (keys == Qt.Key.Key_Down and not event.modifiers()):
            self.show_all()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab takes the marked line too, then goes on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
        ):
            self.take_marked()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed in full counts as chosen; then tell."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.close_list()
            if not self._is_chosen:
                self._settle()
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list would hang beside its editor."""
        super().resizeEvent(event)
        self.close_list()

    def _enter(self, event: QKeyEvent) -> None:
        self.take_marked()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        if not self.text() and self._proposal:
            self.set_value(self._proposal)
            self.changed.emit()
        self.entered.emit()

    def take_marked(self) -> None:
        """Take the marked line of the open list, where something was typed or the whole list was asked for."""
        marked = self._list.current()
        if marked and (self._asked_for_all or self.text().strip() or not self._is_chosen):
            self._pick(*marked)
        self.close_list()

    def _edited(self, text: str) -> None:
        self._is_chosen = not text.strip()
        self._value = self._kind.empty
        self.changed.emit()
        if text.strip():
            self._ask(text)
        else:
            self.close_list()

    def _ask(self, text: str) -> None:
        self._turn += 1
        turn = self._turn
        self._sources.tasks.read(self._offers, text, done=lambda found: self._show(turn, found))

    def _show(self, turn: int, found: Choices) -> None:
        if turn == self._turn and self.isVisible():
            self._list.open(found, str(self.value() or ""))

    def _pick(self, code: str, name: str) -> None:
        self._value = (
            self._kind.options(code) if isinstance(self._kind, Choice) and self._kind.options else code
        )
        self._is_chosen = True
        self.setText(name)
        self.setCursorPosition(0)
        self.close_list()
        self.changed.emit()

    def _settle(self) -> None:
        """A code or a whole name typed without choosing is as good as chosen."""
        wanted = self.text().strip().casefold()
        if not wanted:
            self._value, self._is_chosen = self._kind.empty, True
            return
        self._is_chosen = False
        fits = [one for one in self._offers(wanted) if wanted in (one[0].casefold(), one[1].casefold())]
        if len(fits) == 1:
            self._pick(*fits[0])
