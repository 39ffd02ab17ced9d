"""A list as a file: where to, how far, and what was written."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtWidgets import QWidget

from migdesk.domain.listing import Query
from migdesk.i18n import N_
from migdesk.services import listing
from migdesk.services.workbooks import exporting
from migdesk.ui import errors
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.file_dialogs import ask_save
from migdesk.ui.parts.messages import Notice
from migdesk.ui.workbooks.watching import Watching
from migdesk.ui.workplace import Workplace

_TITLE = N_("Export the list")
_WRITING = N_("Writing the file")
_WRITTEN = N_("Rows written: {n}, {file}")
_FOLDER = N_("Open its folder")
_ENDINGS = (".xlsx", ".csv", ".json")


def ask_and_export(work: Workplace, parent: QWidget, query: Query) -> None:
    """Ask for a file and write the list into it, as it is filtered and ordered."""
    name = f"{said(listing.TITLES[query.name])} {work.desk.today.isoformat()}.xlsx"
    path = ask_save(parent, _TITLE, name, _ENDINGS, work.memory)
    if path:
        export(work, parent, query, path)


def export(work: Workplace, parent: QWidget, query: Query, path: Path) -> None:
    """Write a list into a file, in a reader's thread."""
    watching = Watching(parent, _WRITING)

    def tell(rows: int) -> None:
        show = functools.partial(errors.open_folder, path.parent)
        words = said(_WRITTEN, n=number(rows), file=path.name)
        work.noticed.emit(Notice(Tone.OK, words, said(_FOLDER), show))

    service = functools.partial(exporting.export_list, progress=watching.progress)
    done, failed = watching.end(tell), watching.end(work.tell_error)
    work.tasks.read(service, work.desk, query, path, done=done, failed=failed)
