"""`host templates|keep-template|rename-template|forget-template`, and `register --template`: what arrivals share."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from migdesk.cli.call import Call
from migdesk.cli.keys import party_uid
from migdesk.cli.output import Answer, pairs, table
from migdesk.cli.parser import Verbs, add_verb
from migdesk.domain.arrival import Arrival
from migdesk.domain.change import Done
from migdesk.domain.errors import NotFound
from migdesk.i18n import N_, _
from migdesk.services.arrivals import arrival_templates
from migdesk.services.arrivals.arrival_templates import Template

_NEEDS = N_("Needs an office.")
_TEMPLATE = N_("Template")
_GIVEN_BY_STAY = {"arrival.basis": ("stay", "basis")}


def add(group: Verbs) -> None:
    """Add the verbs to the group of receiving persons."""
    listed = add_verb(
        group, "templates", _(N_("the templates of arrivals there, with their values")), show, needs=_(_NEEDS)
    )
    listed.add_argument("party", metavar="PARTY", help=_(N_("receiving person: uid or number")))
    kept = add_verb(
        group,
        "keep-template",
        _(N_("keep what an arrival has in common with the next ones there, under a name")),
        keep,
        needs=_(_NEEDS),
    )
    kept.add_argument("arrival", metavar="ARRIVAL", help=_(N_("arrival: uid or number")))
    called = add_verb(group, "rename-template", _(N_("call a template otherwise")), rename, needs=_(_NEEDS))
    gone = add_verb(group, "forget-template", _(N_("take a template away")), forget, needs=_(_NEEDS))
    for made in (called, gone):
        made.add_argument("template", metavar="TEMPLATE", help=_(N_("its uid: see host templates")))
    for made in (kept, called):
        made.add_argument("--name", required=True, metavar="TEXT", help=_(N_("its name")))


def show(call: Call) -> Answer:
    """Show the templates of a receiving person.

    Raises:
        NotFound: no such receiving person.
    """
    uid = party_uid(call.desk, call.args.party)
    if uid is None:
        raise NotFound(call.args.party)
    found = arrival_templates.of_host(call.desk, uid)
    rows = ([one.name, one.operator, one.uid] for one in found)
    return Answer([_document(one) for one in found], table([_(_TEMPLATE), _(N_("Kept by")), "uid"], rows))


def keep(call: Call) -> Answer:
    """Keep a template from an arrival.

    Raises:
        NotFound: no such arrival.
        Invalid: no name.
        Refused: the arrival has no receiving person.
    """
    named = call.desk.store.named(Arrival, call.args.arrival)
    if named is None:
        raise NotFound(call.args.arrival)
    done = arrival_templates.keep(call.desk, named.uid, call.args.name)
    return _told(done, _(_TEMPLATE))


def rename(call: Call) -> Answer:
    """Call a template otherwise.

    Raises:
        NotFound: there is none.
        Invalid: no name.
        Refused: the name is taken.
    """
    done = arrival_templates.rename(call.desk, call.args.template, call.args.name)
    return _told(done, _(_TEMPLATE))


def forget(call: Call) -> Answer:
    """Take a template away.

    Raises:
        NotFound: there is none.
    """
    done = arrival_templates.forget(call.desk, call.args.template)
    return _told(done, _(N_("Template forgotten")))


def _told(done: Done[Template], label: str) -> Answer:
    return Answer(_document(done.value), pairs([(label, done.value.name), ("uid", done.value.uid)]))


def filled(template: Template, raw: dict[str, Any]) -> dict[str, Any]:
    """The document of an arrival with the values of a template beneath what it says itself."""
    host = template.values["arrival.host"]
    known = {} if raw.get("party") is not None or raw.get("host") is not None else {"party": {"uid": host}}
    purpose = _object(raw, "arrival").get("purpose")
    for name, value in template.values.items():
        place, _dot, key = name.partition(".")
        other, other_key = _GIVEN_BY_STAY.get(name, ("", ""))
        is_of_other = place == "details" and purpose not in (None, "", template.values.get("arrival.purpose"))
        if name != "arrival.host" and not is_of_other and _object(raw, other).get(other_key) is None:
            known.setdefault(place, {})[key] = _plain(value)
    for place, values in known.items():
        given = raw.get(place)
        known[place] = {**values, **given} if isinstance(given, dict) else values if given is None else given
    return {**raw, **known}


def _object(raw: dict[str, Any], place: str) -> dict[str, Any]:
    given = raw.get(place)
    return given if isinstance(given, dict) else {}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _document(one: Template) -> dict[str, Any]:
    values = {name: _plain(value) for name, value in one.values.items()}
    return {"uid": one.uid, "name": one.name, "host": one.host, "operator": one.operator, "values": values}
