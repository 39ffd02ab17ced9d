"""`drafts`: what was begun in the window and is not registered or saved yet; and to throw one of it away."""

from __future__ import annotations

from typing import Any

from migdesk.cli.call import Call
from migdesk.cli.output import Answer, table, yes_no
from migdesk.cli.parser import Verbs, add_verb
from migdesk.domain.dates import show_moment
from migdesk.i18n import N_, _
from migdesk.services import parked
from migdesk.services.parked import Parked


def add(verbs: Verbs) -> None:
    """Add the verb with its own verbs; alone it lists."""
    text = N_("arrivals, groups and forms begun in the window and not saved yet")
    needs = _(N_("Needs an office."))
    made = add_verb(verbs, "drafts", _(text), list_drafts, needs=needs)
    own = made.add_subparsers(dest="drafts_verb", metavar=_(N_("VERB")), title=_(N_("Verbs")))
    add_verb(own, "list", _(N_("list them, the newest first")), list_drafts, needs=needs)
    dropped = add_verb(own, "drop", _(N_("throw one away for good")), drop_draft, needs=needs)
    dropped.add_argument("key", metavar="KEY", help=_(N_("its key, as the list says it")))


def list_drafts(call: Call) -> Answer:
    """The drafts, the newest first; the window goes on with them."""
    found = parked.list_parked(call.desk)
    headings = [_(N_("Names")), _(N_("Kept at")), _(N_("Open in a window")), _(N_("Key"))]
    rows = [
        (
            one.title or ", ".join(one.names),
            show_moment(one.at),
            yes_no(one.is_open_elsewhere),
            one.key,
        )
        for one in found
    ]
    return Answer([_document(one) for one in found], table(headings, rows))


def drop_draft(call: Call) -> Answer:
    """Throw a draft away."""
    one = parked.drop(call.desk, call.args.key)
    return Answer(_document(one), [_(N_("The draft was thrown away: {key}")).format(key=one.key)])


def _document(one: Parked) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": one.kind.value,
        "title": one.title,
        "names": list(one.names),
        "at": one.at.isoformat(),
        "about": one.about,
        "open_elsewhere": one.is_open_elsewhere,
    }
