"""The printer of a form: asked for in the system's window once, and remembered as it was set there."""

from __future__ import annotations

import json

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from migdesk.ui.memory import Memory
from migdesk.ui.papers import printer

_LAST_PRINTER, _SETTINGS = "print/printer", "print/settings"


class ChosenPrinter:
    """Remembers for one operator; asks over a window."""

    def __init__(self, memory: Memory, over: QWidget) -> None:
        self._memory = memory
        self._over = over

    def known(self, form: str) -> QPrinter | None:
        """As it was set for this form; else the one used last, as the system sets it."""
        last = self._memory.recall(_LAST_PRINTER)
        as_system = printer.printer_named(last) if last in printer.installed() else None
        return printer.printer_as(self._settings(form)) or as_system

    def name(self, form: str) -> str:
        """What the printer of a form is called; nothing before one was chosen."""
        try:
            return str(json.loads(self._settings(form))["printer"])
        except (ValueError, TypeError, KeyError):
            return self._memory.recall(_LAST_PRINTER)

    def choose(self, form: str) -> QPrinter | None:
        """Ask for a printer in the system's window; it is remembered, and for this form how it is set."""
        chosen = self.known(form) or printer.printer_named("")
        if QPrintDialog(chosen, self._over).exec() != QPrintDialog.DialogCode.Accepted:
            return None
        self._memory.keep(_LAST_PRINTER, chosen.printerName())
        self._memory.keep(_key(form), printer.settings_of(chosen))
        return chosen

    def _settings(self, form: str) -> str:
        return self._memory.recall(_key(form))


def _key(form: str) -> str:
    return f"{_SETTINGS}/{form}"
