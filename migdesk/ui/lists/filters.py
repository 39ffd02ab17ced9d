"""Filters of a list: ready views with their counts, words, menus of values, a value picked by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from migdesk.domain.fields import Code, choice_label
from migdesk.domain.listing import Condition, Filter, Test
from migdesk.domain.person import Completeness
from migdesk.domain.relative_days import PERIODS
from migdesk.i18n import N_
from migdesk.ui.entry.picking import PickInput, Sources
from migdesk.ui.look import fonts, icons, theme
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.clickable import PushButton, ToolButton

Filters = tuple[Condition, ...]

_ANY = N_("any")
_WORDS = N_("Filter by words")
_SHORT_WORDS = N_("Filter…")
_PAUSE_MS = 120
_WIDEST = 190


@dataclass(frozen=True, slots=True)
class View:
    """A ready view of a list: key, English title, and the filters behind it; their days are said from today.

    One that `hides` is out of sight while it has no rows.
    """

    key: str
    title: str
    filters: Filters = ()
    hides: bool = False


UNFINISHED = Filter("state", Test.IS, Completeness.INCOMPLETE.value)
"""Files that lack something for an official paper."""


def by_growth(*more: Condition) -> tuple[View, ...]:
    """A view for each state of a file, up to one that was verified; drafts are no records yet."""
    titles = {
        Completeness.INCOMPLETE: N_("Incomplete"),
        Completeness.COMPLETE: N_("Complete"),
        Completeness.VERIFIED: N_("Verified"),
    }
    return tuple(
        View(state.value, title, (Filter("state", Test.IS, state.value), *more), hides=True)
        for state, title in titles.items()
    )


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a filter's menu; `words` says it in the current language."""

    code: str
    words: Callable[[], str]
    filters: Filters


class ViewChip(PushButton):
    """A ready view: its title and how many rows it has."""

    def __init__(self, view: View, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.view = view
        self._words = words
        self._count: int | None = None
        mark(self, look="quiet")
        self.setCheckable(True)
        self.setFont(fonts.font())
        self.toggled.connect(lambda on: self.show() if on and view.hides else None)
        self.retranslate()

    def show_words(self, words: str) -> None:
        """Say another title, which is data; the count of the one before is forgotten."""
        self._words, self._count = words, None
        self.retranslate()

    def show_count(self, count: int) -> None:
        """Say how many rows it has."""
        self._count = count
        if self.view.hides:
            self.setVisible(count > 0 or self.isChecked())
        self.retranslate()

    def retranslate(self) -> None:
        """Say title and count in the current language."""
        words = self._words or said(self.view.title)
        count = "" if self._count is None else f"\u2002{number(self._count)}"
        self.setText(f"{words}{count}".replace("&", "&&"))
        self.setAccessibleName(f"{words}, {self._count}" if self._count is not None else words)


class MenuFilter(ToolButton):
    """A few values in a menu; the chosen one is said on the button."""

    changed = Signal()

    def __init__(self, key: str, label: str, options: Sequence[Option], *, optional: bool = True) -> None:
        super().__init__()
        self.key = key
        self._optional = optional
        self._label = label
        self._options = {option.code: option for option in options}
        self._code = ""
        mark(self, look="filter")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(icons.icon("down", "muted"))
        self.setIconSize(QSize(12, 12))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCheckable(True)
        self.setFont(fonts.font())
        self._menu = QMenu(self)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.retranslate()

    def filters(self) -> Filters:
        """Those of the chosen value."""
        return self._options[self._code].filters if self._code else ()

    def value(self) -> str:
        """Code of the chosen value."""
        return self._code

    def choose(self, value: str) -> None:
        """Choose by code; an unknown one chooses nothing."""
        self._code = value if value in self._options else ""
        self.retranslate()

    def words(self) -> str:
        """The chosen value in the current language."""
        return self._options[self._code].words() if self._code else ""

    def retranslate(self) -> None:
        """Say label and choice in the current language."""
        label = said(self._label)
        whole = f"{label}: {self.words()}" if self._code else label
        self.setText(self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, _WIDEST))
        self.setToolTip(whole)
        self.setAccessibleName(whole)
        self.setChecked(bool(self._code))

    def _fill(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        lines = [(code, one.words()) for code, one in self._options.items()]
        if self._optional:
            lines.insert(0, ("", said(_ANY)))
        for code, words in lines:
            line = QAction(words, self._menu)
            line.setCheckable(True)
            line.setChecked(code == self._code)
            line.triggered.connect(lambda _on=False, code=code: self._take(code))
            group.addAction(line)
            self._menu.addAction(line)

    def _take(self, code: str) -> None:
        self.choose(code)
        self.changed.emit()


class PickFilter(PickInput):
    """A value of a long list, picked by typing; empty for all."""

    def __init__(self, key: str, field: Code, make: Callable[[str], Filters], sources: Sources) -> None:
        self.key = key
        self._label = field.label
        self._make = make
        super().__init__(field, sources)
        self.setFixedWidth(158)
        self.retranslate()

    def filters(self) -> Filters:
        """Those of the picked value."""
        code = self.value()
        return self._make(str(code)) if code else ()

    def choose(self, value: str) -> None:
        """Bring a value back."""
        self.set_value(value)

    def words(self) -> str:
        """The picked value in the current language."""
        return self.text() if self.value() else ""

    def retranslate(self) -> None:
        """Say the label where nothing is picked."""
        super().retranslate()
        self.set_label(said(self._label))
        self.setAccessibleName(said(self._label))


class WordsFilter(QLineEdit):
    """Words that narrow the list while they are typed; `asked` comes when the typing pauses.

    Down and Enter go to the rows by `left_down`, Esc empties.
    """

    asked = Signal(str)
    left_down = Signal()

    def __init__(self) -> None:
        super().__init__()
        mark(self, look="search")
        self.setFixedWidth(170)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("filter", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.text()))
        self.textChanged.connect(lambda _text: self._pause.start())
        self.retranslate()

    def begin(self, text: str) -> None:
        """Take up what somebody began to type in the rows."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.end(False)
        self.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down to the rows, or empty the box."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._pause.stop()
                self.asked.emit(self.text())
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say what may be typed."""
        self.setPlaceholderText(said(_SHORT_WORDS))
        self.setAccessibleName(said(_WORDS))
        self.setToolTip(f"{said(_WORDS)} (Ctrl+F)")


_OVER, _IN_7, _IN_30, _IN_90 = N_("ended"), N_("in 7 days"), N_("in 30 days"), N_("in 90 days")
_PAST = {
    "today": "today",
    "week": "last 7 days",
    "month": "this month",
    "last_month": "last month",
    "year": "this year",
    "last_year": "last year",
}


def past_periods(key: str) -> list[Option]:
    """Periods up to a day, for a column that says when something happened."""
    return [
        Option(code, _say(PERIODS[span]), (Filter(key, Test.WITHIN, span),)) for code, span in _PAST.items()
    ]


def coming_periods(key: str) -> list[Option]:
    """Periods from a day on, for a column that says until when something holds."""
    options = [Option("over", _say(_OVER), (Filter(key, Test.UNTIL, "today-1"),))]
    for code, words in (("7", _IN_7), ("30", _IN_30), ("90", _IN_90)):
        span = (Filter(key, Test.FROM, "today"), Filter(key, Test.UNTIL, f"today+{code}"))
        options.append(Option(code, _say(words), span))
    return options


def code_options(key: str, name: str, codes: Iterable[str], label: Callable[[str, str], str]) -> list[Option]:
    """Every value of a short closed list."""

    def option(code: str) -> Option:
        return Option(code, lambda: label(name, code), (Filter(key, Test.IS, code),))

    return [option(code) for code in codes]


def choice_options(key: str, choices: Iterable[StrEnum]) -> list[Option]:
    """Every value of an enumeration."""

    def option(choice: StrEnum) -> Option:
        return Option(choice.value, lambda: choice_label(choice), (Filter(key, Test.IS, choice.value),))

    return [option(choice) for choice in choices]


def inside_place(key: str, code: str) -> tuple[Filter, Filter]:
    """A place of the classifier and everything inside it: codes share their beginning."""
    stem = code.rstrip("0")
    stem += "0" * (len(stem) % 2)
    return (Filter(key, Test.FROM, code), Filter(key, Test.UNTIL, stem.ljust(9, "9")))


def _say(message: str) -> Callable[[], str]:
    return lambda: said(message)


def gap() -> QWidget:
    """Air between two groups of filters."""
    made = QWidget()
    made.setFixedSize(theme.S, 1)
    return made
