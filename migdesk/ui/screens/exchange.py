"""Exchange: workbooks taken in, each as one operation that can be undone, and lists given out."""

from __future__ import annotations

import functools

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from migdesk.domain.listing import Filter, Query, Test
from migdesk.i18n import N_
from migdesk.services import listing
from migdesk.services.workbooks import importing
from migdesk.ui.files.events import batch_file
from migdesk.ui.later import Later
from migdesk.ui.lists.filters import View
from migdesk.ui.lists.office_reading import Front
from migdesk.ui.look.theme import Tone
from migdesk.ui.look.words import said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.file_dialogs import ask_save
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.parts.messages import Notice
from migdesk.ui.parts.panel import Words
from migdesk.ui.screens.list_page import ListPage
from migdesk.ui.screens.list_spec import ListSpec
from migdesk.ui.shell.main_window import Page
from migdesk.ui.shell.office_window import OfficeWindow
from migdesk.ui.workbooks.export_list import ask_and_export
from migdesk.ui.workbooks.import_wizard import TITLE as TAKE
from migdesk.ui.workbooks.import_wizard import ImportWizard
from migdesk.ui.workbooks.places import TITLE as PLACES
from migdesk.ui.workbooks.places import ask_and_take
from migdesk.ui.workplace import Workplace

_TEMPLATE = N_("Save an empty template")
_EXPORT = N_("Export any list")
_SAVED = N_("Template saved: {file}")
_LISTS = N_("External lists…")
_OPEN_LISTS = Later("workbooks.stoplists:open_lists")

SPEC = ListSpec(
    name="batches",
    title=N_("Exchange"),
    file=batch_file.SPEC,
    watches=frozenset({"batch"}),
    empty=Words(
        "import",
        N_("No workbook was taken in yet"),
        N_("Take one from Excel: every row is shown before anything is written."),
    ),
    views=(
        View("all", N_("All")),
        View("today", N_("Today"), (Filter("taken_at", Test.FROM, "today"),)),
    ),
    fronts=(
        Front("number", 120),
        Front("file", 220),
        Front("taken_at", 130),
        Front("read", 80),
        Front("failed", 90),
    ),
    words=lambda text: (Filter("file", Test.CONTAINS, text),),
)


def export_menu(work: Workplace, page: QWidget) -> QMenu:
    """Every list there is, each to be given out as a file."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in listing.NAMES:
        run = functools.partial(ask_and_export, work, page, Query(name))
        menu.addAction(said(listing.TITLES[name])).triggered.connect(lambda _on=False, run=run: run())
    return menu


def body(work: Workplace, frame: PageFrame) -> QWidget:
    """The page of the side bar."""
    page = ListPage(work, frame, SPEC)
    frame.set_actions(
        Action("exchange.take", TAKE, work.import_wanted.emit, "import", "Ctrl+O"),
        Action("exchange.template", _TEMPLATE, functools.partial(_save_template, work, page), "save"),
        Action("exchange.places", PLACES, functools.partial(ask_and_take, work, page), "import"),
        Action("exchange.stoplists", _LISTS, functools.partial(_OPEN_LISTS, work), "people", "Ctrl+Shift+L"),
        Action("exchange.export", _EXPORT, functools.partial(_open_menu, work, page), "export"),
    )
    return page


def _open_menu(work: Workplace, page: QWidget) -> None:
    menu = export_menu(work, page)
    corner = page.mapToGlobal(page.rect().topRight())
    menu.popup(corner - QPoint(menu.sizeHint().width(), 0))


def _save_template(work: Workplace, page: QWidget) -> None:
    path = ask_save(page, _TEMPLATE, "arrivals.xlsx", (".xlsx",), work.memory)
    if path:
        told = functools.partial(work.noticed.emit, Notice(Tone.OK, said(_SAVED, file=path.name)))
        work.tasks.read(
            importing.save_template, work.desk, path, done=lambda _path: told(), failed=work.tell_error
        )


def open_import(window: OfficeWindow) -> None:
    """Open the wizard in its tab; the one that is open comes to the front."""

    def build(frame: PageFrame) -> QWidget:
        return ImportWizard(window.work, frame)

    window.open_tab(Page("import", "import", TAKE, build, help="excel"), said(TAKE))
