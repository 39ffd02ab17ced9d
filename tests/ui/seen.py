"""What an eye or a screen reader would complain about: words cut off, parts outside, controls without a name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from migdesk.domain.listing import Look
from migdesk.ui.lists.rows import Rows
from migdesk.ui.look.labels import ElidedLabel
from migdesk.ui.parts.tab_bar import TabBar

_FEW = 12
"""So many rows of a list are looked at."""


def assert_nothing_clipped(window: QWidget) -> None:
    """Fail when words do not fit, or when a part lies partly outside the part that holds it.

    Tabs must all be in sight.

    Parts that leave out the end of their words on purpose must have the whole as their tooltip.
    """
    complaints = [
        complaint
        for widget in _visible(window)
        for complaint in (*_words(widget), *_place(widget), *_tabs(widget))
    ]
    assert not complaints, "\n".join(complaints)


def assert_cells_whole(window: QWidget) -> None:
    """Fail when a cell of the first rows of a list is cut while other columns have the room it lacks."""
    complaints = [complaint for widget in _visible(window) for complaint in _cells(widget)]
    assert not complaints, "\n".join(complaints)


def assert_all_named(window: QWidget) -> None:
    """Fail when something that takes the focus has no accessible name."""
    nameless = [
        _who(widget)
        for widget in _visible(window)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollBar)
        and not _name(widget)
    ]
    assert not nameless, "\n".join(nameless)


def _name(widget: QWidget) -> str:
    proxied = widget.focusProxy() or widget
    found = QAccessible.queryAccessibleInterface(proxied)
    return found.text(QAccessible.Text.Name) if found else ""


def _visible(window: QWidget) -> Iterator[QWidget]:
    return (widget for widget in (window, *window.findChildren(QWidget)) if widget.isVisible())


def _words(widget: QWidget) -> Iterator[str]:
    if hasattr(widget, "is_elided"):
        if widget.is_elided() and not widget.toolTip():
            yield f"{_who(widget)}: the end is left out without a tooltip"
        if isinstance(widget, ElidedLabel) and widget.fontMetrics().height() > widget.height():
            yield f"{_who(widget)}: too low"
    elif isinstance(widget, QLabel) and widget.wordWrap():
        if widget.heightForWidth(widget.width()) > widget.height():
            yield f"{_who(widget)}: {widget.height()} high, needs {widget.heightForWidth(widget.width())}"
    else:
        yield from _size(widget)


def _size(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QPushButton):
        need = widget.sizeHint()
        if need.width() > widget.width() or need.height() > widget.height():
            yield f"{_who(widget)}: {widget.size().toTuple()}, needs {need.toTuple()}"
    elif (
        isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    ):
        if widget.iconSize().width() > widget.width():
            yield f"{_who(widget)}: {widget.width()} wide, its icon {widget.iconSize().width()}"
    elif isinstance(widget, QAbstractButton) and widget.sizeHint().width() > widget.width():
        yield f"{_who(widget)}: {widget.width()} wide, needs {widget.sizeHint().width()}"


def _place(widget: QWidget) -> Iterator[str]:
    holder = widget.parentWidget()
    if holder is None or widget.isWindow() or _scrolls(holder) or isinstance(holder, QLineEdit):
        return
    if not widget.geometry().isEmpty() and not holder.rect().contains(widget.geometry()):
        yield f"{_who(widget)}: {widget.geometry().getRect()} outside {_who(holder)} {holder.rect().getRect()}"


def _tabs(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, TabBar) and widget.count():
        last = widget.count() - 1
        end = widget.tabRect(last).right()
        if end > widget.width():
            yield f"{_who(widget)}: “{widget.tabText(last)}” ends at {end} of {widget.width()}"


def _cells(widget: QWidget) -> Iterator[str]:
    """Cells cut that would fit if the columns shared their room otherwise."""
    if not isinstance(widget, Rows) or widget.model() is None:
        return
    model, shown = widget.model(), range(min(widget.model().rowCount(), _FEW))
    columns = [at for at in range(model.columnCount()) if not widget.isColumnHidden(at)]
    needs = {at: max(map(partial(_need, widget, at), shown), default=0) for at in columns}
    plain = [at for at in columns if model.columns[at].look is Look.PLAIN]
    over = {at: widget.columnWidth(at) - max(needs[at], widget.heading.needed(at)) for at in plain}
    spare = sum(one for one in over.values() if one > 0)
    for at in columns:
        if 0 < needs[at] - widget.columnWidth(at) <= spare:
            yield f"{_who(widget)}: column {at} is {widget.columnWidth(at)} wide, its words need {needs[at]}"


def _need(rows: Rows, at: int, row: int) -> int:
    return rows.cells.sizeHint(QStyleOptionViewItem(), rows.model().index(row, at)).width()


def _scrolls(holder: QWidget) -> bool:
    """The inside of a scroll area may be larger than what is in sight of it."""
    area = holder.parentWidget()
    return isinstance(holder, QAbstractScrollArea) or (
        isinstance(area, QAbstractScrollArea) and area.viewport() is holder
    )


def _who(widget: QWidget) -> str:
    text = widget.text() if hasattr(widget, "text") and callable(widget.text) else ""
    return f"{type(widget).__name__} “{text or widget.accessibleName() or widget.objectName()}”"
