"""Where the cursor was in a file that is built anew: the part is found again by what it is called."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractButton, QWidget


@dataclass(frozen=True, slots=True)
class FocusPlace:
    """A part that takes the keyboard: its kind, its words, which of those alike it is, and its place among all.

    What was taken in adds lines and buttons, so the place alone would lead elsewhere; a part whose words changed is
    found by its kind, one that is gone by its place.
    """

    kind: str
    words: str
    nth: int
    at: int

    def bring_back(self, content: QWidget) -> None:
        """Put the cursor into the same part of a new content."""
        parts = _focusable(content)
        alike = [one for one in parts if _called(one) == (self.kind, self.words)]
        if alike:
            alike[min(self.nth, len(alike) - 1)].setFocus()
        elif parts:
            parts[min(self.at, len(parts) - 1)].setFocus()


def place_in(content: QWidget | None) -> FocusPlace | None:
    """Where in a content the cursor is, or will be when a small window over it closes; nothing when elsewhere."""
    focused = content.window().focusWidget() if content else None
    parts = _focusable(content) if content else []
    if focused not in parts:
        return None
    called = _called(focused)
    alike = [one for one in parts if _called(one) == called]
    return FocusPlace(*called, alike.index(focused), parts.index(focused))


def _focusable(content: QWidget) -> list[QWidget]:
    return [one for one in content.findChildren(QWidget) if one.focusPolicy()]


def _called(part: QWidget) -> tuple[str, str]:
    words = part.accessibleName() or (part.text() if isinstance(part, QAbstractButton) else "")
    return type(part).__name__, words
