"""Actions that stand on many pages: a new arrival (F7), take from Excel, refresh (F5), edit (F2), print (Ctrl+P)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from migdesk.i18n import N_
from migdesk.ui.parts.actions import Action, Command
from migdesk.ui.parts.frame import PageFrame
from migdesk.ui.workplace import EDITABLE, PRINTABLE, Kind, Target, Workplace

_ARRIVAL, _IMPORT, _REFRESH = N_("Register an arrival"), N_("Take from Excel"), N_("Refresh")
_AGAIN, _WORDS = N_("Arrival again"), N_("Filter by words")
_EDIT, _PRINT, _EXPORT = N_("Edit"), N_("Print"), N_("Export")


def new_arrival(work: Workplace, person: str = "") -> Action:
    """F7: a new arrival, in the file of a `person` his own once more."""
    title = _AGAIN if person else _ARRIVAL
    return Action("arrival.new", title, lambda: work.new_arrival_wanted.emit(person), "add", "F7")


def add_common(
    work: Workplace,
    frame: PageFrame,
    refresh: Callable[[], object],
    others: Sequence[Action] = (),
    *,
    person: str = "",
) -> Command | None:
    """F5 on every page, F7 as a key (for a `person` in his file), other actions as buttons; gives back F7."""
    added = None
    if work.listens(work.new_arrival_wanted):
        added = frame.add_command(new_arrival(work, person))
    if others:
        frame.set_actions(None, *others)
    _add_refresh(frame, refresh)
    return added


def add_at_counter(
    work: Workplace, frame: PageFrame, refresh: Callable[[], object], others: Sequence[Action] = ()
) -> None:
    """Pages where people are received: F7 is the primary button, Excel stands beside it."""
    found = list(others)
    if work.listens(work.import_wanted):
        found.insert(0, Action("import", _IMPORT, work.import_wanted.emit, "import"))
    primary = new_arrival(work) if work.listens(work.new_arrival_wanted) else None
    if primary or found:
        frame.set_actions(primary, *found)
    _add_refresh(frame, refresh)


def words_action(name: str, run: Callable[[], object]) -> Action:
    """Ctrl+F goes to the words by which a page is narrowed."""
    return Action(f"{name}.words", _WORDS, run, "", "Ctrl+F", in_bar=False)


def _add_refresh(frame: PageFrame, refresh: Callable[[], object]) -> None:
    frame.add_command(Action("page.refresh", _REFRESH, refresh, "refresh", "F5"))


def add_record_keys(
    work: Workplace, frame: PageFrame, kind: Kind, target: Callable[[], Target | None]
) -> None:
    """F2 and Ctrl+P for the record that is looked at."""

    def send(signal: str) -> None:
        wanted = target()
        if wanted:
            (work.edit_wanted if signal == "edit" else work.print_wanted).emit(wanted)

    if work.listens(work.edit_wanted) and kind in EDITABLE:
        frame.add_command(Action("record.edit", _EDIT, lambda: send("edit"), "edit", "F2"))
    if work.listens(work.print_wanted) and kind in PRINTABLE:
        frame.add_command(Action("record.print", _PRINT, lambda: send("print"), "print", "Ctrl+P"))


def export_action(run: Callable[[], object]) -> Action:
    """The rows of a list as a workbook."""
    return Action("list.export", _EXPORT, run, "export")


def details_action(run: Callable[[], object]) -> Action:
    """The same with the details of purposes as columns."""
    return Action("list.export_details", N_("Export with details"), run, "export")
