"""A backup from the window: where to, and whether it is made."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtWidgets import QWidget

from migdesk.i18n import N_
from migdesk.services.upkeep import office
from migdesk.ui import errors
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.file_dialogs import ask_save
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workplace import Workplace

BACKUP = N_("Make a backup")
_MAKING, _MADE = N_("The backup is being made…"), N_("Backup made: {file}")
_OPEN = N_("Open its folder")


def ask_and_back_up(work: Workplace, window: QWidget) -> None:
    """Ask for a name, then copy the office away from the window; the office works on meanwhile."""
    now = work.desk.clock.now().astimezone()
    name = f"{work.desk.office.code}-{now:%Y%m%d-%H%M}.sqlite"
    path = ask_save(window, BACKUP, name, (".sqlite",), work.memory)
    if path:
        back_up(work, path)


def back_up(work: Workplace, path: Path) -> None:
    """Make the copy and tell where it lies."""
    work.noticed.emit(Notice(Tone.INFO, said(_MAKING)))
    work.tasks.run(_replace, work, path, done=functools.partial(_tell, work), failed=work.tell_error)


def _replace(work: Workplace, path: Path) -> Path:
    """A file of this name goes, since the person was asked, but only when the new one is whole."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    return office.back_up(work.desk, beside).replace(path)


def _tell(work: Workplace, path: Path) -> None:
    show = functools.partial(errors.open_folder, path.parent)
    work.noticed.emit(Notice(Tone.OK, said(_MADE, file=path.name), said(_OPEN), show))
