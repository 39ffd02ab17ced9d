"""What an eye or a screen reader would complain about: words cut off, parts outside, controls without a name."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QToolButton,
    QWidget,
)

from migdesk.ui.look.labels import ElidedLabel


def assert_nothing_clipped(window: QWidget) -> None:
    """Fail when words do not fit, or when a part lies partly outside the part that holds it.

    Parts that leave out the end of their words on purpose must have the whole as their tooltip.
    """
    complaints = [
        complaint for widget in _visible(window) for complaint in (*_words(widget), *_place(widget))
    ]
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


def _scrolls(holder: QWidget) -> bool:
    """The inside of a scroll area may be larger than what is in sight of it."""
    area = holder.parentWidget()
    return isinstance(holder, QAbstractScrollArea) or (
        isinstance(area, QAbstractScrollArea) and area.viewport() is holder
    )


def _who(widget: QWidget) -> str:
    text = widget.text() if hasattr(widget, "text") and callable(widget.text) else ""
    return f"{type(widget).__name__} “{text or widget.accessibleName() or widget.objectName()}”"
