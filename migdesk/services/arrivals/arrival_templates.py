"""Templates of arrivals: what all who come to one receiving person have in common, kept under a name.

They lie among what the office keeps by name, beside the saved views, and are everybody's: who kept one only says
so. A template never holds anything of a person: no name, document, visa, date, nor such details of a purpose as a
number of a contract.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import NotFound, Refused, refuse_if_blocked
from migdesk.domain.fields import spec
from migdesk.domain.finding import block
from migdesk.domain.party import Address, Party
from migdesk.domain.record import faults
from migdesk.domain.saved_view import Audience, SavedView
from migdesk.i18n import N_
from migdesk.services import asked_values, panels
from migdesk.services.desk import Desk
from migdesk.store.writer import Tx

_AT = "at:"
"""What the place of a template among the saved views begins with; the receiving person follows."""

OF_ARRIVAL = ("purpose", "basis", "channel", "from_country", "border_point", "transport")
OF_ADDRESS = ("place", "line", "rka")
OF_HOST = frozenset(
    {
        "company_name",
        "activity",
        "association_name",
        "association_number",
        "territory",
        "school_name",
        "to_country",
        "leaves_through",
        "clinic_name",
        "position",
        "housing_area",
        "owner_name",
        "state_rent",
    }
)
"""Details of purposes that are the same for everybody who comes to one place; the others are of one person."""


@dataclass(frozen=True, slots=True)
class Template:
    """Its uid, name and receiving person, who kept it, and its values by `arrival.…`, `address.…`, `details.…`."""

    uid: str
    name: str
    host: str
    operator: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def of_host(desk: Desk, host: str) -> list[Template]:
    """The templates of a receiving person, by name."""
    found = [_read(one) for one in desk.store.live(SavedView, of_list=_AT + host)]
    return sorted(found, key=lambda one: one.name.casefold())


def of_others(desk: Desk, host: str) -> list[tuple[str, Template]]:
    """The templates of all other receiving persons, each with the name of its own, by that name."""
    sql = "of_list LIKE ? AND of_list <> ? AND annulled_on IS NULL"
    found = [_read(one) for one in desk.store.select(SavedView, sql, (f"{_AT}%", _AT + host))]
    parties = ((desk.store.find(Party, one.host), one) for one in found)
    named = [(party.name, one) for party, one in parties if party and not party.is_annulled]
    return sorted(named, key=lambda pair: (pair[0].casefold(), pair[1].name.casefold()))


def get_template(desk: Desk, uid: str) -> Template:
    """A template by its uid.

    Raises:
        NotFound: there is none.
    """
    return _read(_known(desk, uid))


def keep(desk: Desk, arrival: str, name: str) -> Done[Template]:
    """Keep what an arrival has in common with the next ones there; the same name replaces what was kept under it.

    Raises:
        NotFound: no such arrival.
        Invalid: no name.
        Refused: the arrival has no receiving person.
    """
    made = desk.store.get(Arrival, arrival)
    if made.is_annulled:
        raise NotFound(arrival)
    if not made.host:
        message = N_("A template is kept for a receiving person; this arrival has none.")
        raise Refused([block("no_host", message, "host")])
    draft = SavedView(of_list=_AT + made.host, content=_written(desk, made), audience=Audience.ALL)
    return _put(desk, draft, name)


def rename(desk: Desk, uid: str, name: str) -> Done[Template]:
    """Call a template otherwise.

    Raises:
        NotFound: there is none.
        Invalid: no name.
        Refused: another template of this receiving person has the name.
    """
    known = _known(desk, uid)
    for one in of_host(desk, _host(known)):
        if one.uid != uid and one.name.casefold() == name.strip().casefold():
            message = N_("Another template of this receiving person is called “{name}”.")
            raise Refused([block("name_taken", message, "name", name=one.name)])
    return _put(desk, known, name)


def forget(desk: Desk, uid: str) -> Done[Template]:
    """Take a template away; arrivals that were filled from it stay as they are.

    Raises:
        NotFound: there is none.
    """
    known = _known(desk, uid)
    with desk.write(Op.FORGET_TEMPLATE) as tx:
        gone = tx.annul(known, known.name)
    return Done(_read(gone), tx.changes)


def _put(desk: Desk, view: SavedView, name: str) -> Done[Template]:
    me = desk.signer
    draft = replace(view, name=name.strip(), operator=me.login, role=me.role)
    refuse_if_blocked(faults(draft))
    with desk.write(Op.KEEP_TEMPLATE) as tx:
        saved = tx.put(_in_place_of_same(tx, draft))
    return Done(_read(saved), tx.changes)


def _in_place_of_same(tx: Tx, draft: SavedView) -> SavedView:
    same = [] if draft.rev else tx.live(SavedView, of_list=draft.of_list, name=draft.name)
    return replace(draft, uid=same[0].uid, rev=same[0].rev) if same else draft


def _known(desk: Desk, uid: str) -> SavedView:
    found = desk.store.find(SavedView, uid)
    if found is None or found.is_annulled or not found.of_list.startswith(_AT):
        raise NotFound(uid)
    return found


def _host(view: SavedView) -> str:
    return view.of_list.removeprefix(_AT)


def _written(desk: Desk, arrival: Arrival) -> str:
    address = desk.store.find(Address, arrival.address) if arrival.address else None
    values = {
        f"arrival.{name}": spec(Arrival, name).field.to_sql(getattr(arrival, name)) for name in OF_ARRIVAL
    }
    if address:
        values |= {f"address.{name}": getattr(address, name) for name in OF_ADDRESS}
    fields = {one.key: one.field for one in panels.fields_of(panels.code_of(arrival))}
    details = panels.details_of(desk.store, arrival)
    kept = {key: value for key, value in panels.filled(details).items() if key in OF_HOST}
    values |= {
        f"{asked_values.PLACE}.{key}": asked_values.text_of(fields[key], value) for key, value in kept.items()
    }
    return json.dumps({name: value for name, value in values.items() if value}, ensure_ascii=False)


def _read(view: SavedView) -> Template:
    """A kept template; of one that is damaged, or of another edition, only what is understood."""
    try:
        raw = json.loads(view.content)
    except ValueError:
        raw = {}
    values: dict[str, Any] = {"arrival.host": _host(view)}
    for name, kept in raw.items() if isinstance(raw, dict) else ():
        place, _dot, key = name.partition(".")
        try:
            if place == "arrival" and key in OF_ARRIVAL:
                values[name] = spec(Arrival, key).field.from_sql(kept)
            elif place == "address" and key in OF_ADDRESS:
                values[name] = str(kept)
        except ValueError:
            continue
    values |= _details(raw, str(values.get("arrival.purpose", "")), values.get("arrival.basis"))
    return Template(view.uid, view.name, _host(view), view.operator, values)


def _details(raw: Any, purpose: str, basis: Any) -> dict[str, Any]:
    """The details in a kept template, of the purpose it is for."""
    fields = {
        one.key: one.field for one in panels.fields_of(panels.code_of(Arrival(purpose=purpose, basis=basis)))
    }
    found = {}
    for key in OF_HOST & fields.keys():
        kept = raw.get(f"{asked_values.PLACE}.{key}") if isinstance(raw, dict) else None
        if isinstance(kept, str):
            found[f"{asked_values.PLACE}.{key}"] = asked_values.value_of(fields[key], kept)
    return found
