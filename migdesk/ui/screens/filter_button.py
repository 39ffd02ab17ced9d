"""The button that opens the filter window of a list, and says how many conditions are in force."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal

from migdesk.domain.change import Op
from migdesk.domain.fields import Choice, Field
from migdesk.domain.listing import Condition, Query, keys_of
from migdesk.i18n import N_
from migdesk.services import listing
from migdesk.ui.help.window import add_help_key
from migdesk.ui.lists.filter_window import FilterWindow
from migdesk.ui.look import fonts, icons
from migdesk.ui.look.style import mark
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.clickable import ToolButton
from migdesk.ui.workplace import Workplace

_WORDS, _WITH = N_("Conditions…"), N_("Conditions: {n}")
KEY, _TOPIC = "Ctrl+Shift+F", "finding"


class FilterButton(ToolButton):
    """`changed` comes when other conditions were chosen; `base` is what the page asks anyway."""

    changed = Signal()

    def __init__(self, work: Workplace, name: str, base: tuple[Condition, ...] = ()) -> None:
        super().__init__()
        self._work, self._name, self._base = work, name, base
        self._conditions: tuple[Condition, ...] = ()
        mark(self, look="filter")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(icons.icon("filter", "muted"))
        self.setIconSize(QSize(12, 12))
        self.setCheckable(True)
        self.setFont(fonts.font())
        self.clicked.connect(lambda _on=False: self.open_window())
        self.retranslate()

    def conditions(self) -> tuple[Condition, ...]:
        """Those in force."""
        return self._conditions

    def choose(self, conditions: tuple[Condition, ...]) -> None:
        """Put others in force, without telling."""
        self._conditions = conditions
        self.retranslate()

    def open_window(self) -> FilterWindow:
        """Show the window over the page."""
        self.setChecked(bool(self._conditions))
        asked = FilterWindow(
            self._work.window, fields_of(self._name), self._work.sources(), self._work.tasks, self._count
        )
        add_help_key(asked, _TOPIC)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.wanted.connect(self._take)
        asked.show_conditions(self._conditions)
        asked.open()
        return asked

    def retranslate(self) -> None:
        """Say how many conditions there are."""
        count = len(list(keys_of(self._conditions)))
        words = said(_WITH, n=number(count)) if count else said(_WORDS)
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({KEY})")
        self.setChecked(bool(count))

    def _take(self, conditions: tuple[Condition, ...]) -> None:
        self.choose(conditions)
        self.changed.emit()

    def _count(self, conditions: tuple[Condition, ...]) -> int:
        query = Query(self._name, (*self._base, *conditions))
        return listing.open_list(self._work.desk, query).count()


def fields_of(name: str) -> dict[str, Field]:
    """What may be asked about in a list, by column; what was done is one of the ops, not a word."""
    fields = {column.key: column.field for column in listing.columns_of(name)}
    if name == "journal":
        fields["code"] = replace(Choice(fields["code"].label), options=Op)
    return fields
