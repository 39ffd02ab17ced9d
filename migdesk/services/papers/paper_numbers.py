"""Numbers of papers: of which series a new one takes its own, and which copy comes next."""

from __future__ import annotations

from migdesk.domain.printout import NUMBER_ROOM, Printout
from migdesk.services.desk import Desk


def series_of(desk: Desk, form: str, own: str) -> str:
    """Letters of the series of which a new paper takes its number; none where it has one of its `own`.

    A protocol has the number of its session. Where the register has that already, as of another year or of a paper
    that says something else by now, its line has a number of a series that no protocol uses.
    """
    letters = "".join(word[0] for word in form.split("_")).upper()
    if not own:
        return letters
    is_free = len(own) <= NUMBER_ROOM and not desk.store.select(Printout, "number = ?", (own,))
    return "" if is_free else f"{letters}R"


def next_copy(desk: Desk, line: Printout) -> int:
    """Which copy comes next of a number in its language; that of an annulled line is not given again."""
    copies = desk.store.select(Printout, "number = ? AND language = ?", (line.number, line.language))
    return max((one.copy or 1 for one in copies), default=0) + 1
