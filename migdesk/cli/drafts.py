"""`drafts`: arrivals begun in the window and not registered yet."""

from __future__ import annotations

from migdesk.cli.call import Call
from migdesk.cli.output import Answer, table, yes_no
from migdesk.cli.parser import Verbs, add_verb
from migdesk.i18n import N_, _
from migdesk.services import parked


def add(verbs: Verbs) -> None:
    """Add the verb."""
    text = N_("arrivals begun in the window and not registered yet")
    add_verb(verbs, "drafts", _(text), list_drafts, needs=_(N_("Needs an office.")))


def list_drafts(call: Call) -> Answer:
    """The drafts of the intake, the newest first; the window goes on with them."""
    found = parked.list_parked(call.desk)
    document = [
        {
            "key": one.key,
            "names": list(one.names),
            "at": one.at.isoformat(),
            "about": one.about,
            "open_elsewhere": one.is_open_elsewhere,
        }
        for one in found
    ]
    headings = [_(N_("Names")), _(N_("Kept at")), _(N_("Open in a window"))]
    rows = [
        (", ".join(one.names), one.at.astimezone().strftime("%d.%m.%Y %H:%M"), yes_no(one.is_open_elsewhere))
        for one in found
    ]
    return Answer(document, table(headings, rows))
