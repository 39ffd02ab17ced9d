"""Which people a command about many is for: those of a receiving person, or of a view that is kept."""

from __future__ import annotations

from datetime import date

from migdesk.cli.keys import party_uid
from migdesk.cli.parser import WrongUsage
from migdesk.domain.errors import NotFound
from migdesk.i18n import N_
from migdesk.services import bulk_status, views
from migdesk.services.desk import Desk


def at_host(desk: Desk, key: str, on: date) -> list[str]:
    """Who lives at a receiving person on a day.

    Raises:
        NotFound: no such receiving person.
    """
    uid = party_uid(desk, key)
    if uid is None:
        raise NotFound(key)
    return bulk_status.at_party(desk, uid, on)


def of_view(desk: Desk, name: str) -> list[str]:
    """Whom the rows of a view are about.

    Raises:
        WrongUsage: its list is not about people.
    """
    view = views.find_seen(desk, name)
    if view.of_list not in bulk_status.OF_PERSONS:
        text = N_("The list of this view is not about people: {known} are.")
        raise WrongUsage(text, known=", ".join(bulk_status.OF_PERSONS))
    return bulk_status.in_list(desk, views.read(view).query(view.of_list))
