"""Edit a receiving person, employer or school (F2), with its address, from wherever it is shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.fields import Spec, spec
from migdesk.domain.party import Address, Party
from migdesk.i18n import N_
from migdesk.services.arrivals import parties
from migdesk.services.desk import Desk
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.questions.addresses import ADDRESS, address_spec, corrected_address
from migdesk.ui.files.questions.form_dialog import WIDE, Fresh, Question, ask
from migdesk.ui.files.questions.hosts import with_hosts
from migdesk.ui.look.words import number, said
from migdesk.ui.workplace import Workplace

_TITLE, _SAVE, _DONE = N_("Edit: {name}"), N_("Save"), N_("Saved: {name}")
_SECTIONS = (
    Section(
        "",
        (
            ("name",),
            ("kind", "role"),
            ("number", "phone"),
            ("address.place", "address.line"),
            ("address.rka", "email"),
            ("head", "size"),
            ("activity",),
            ("note",),
        ),
    ),
)


def ask_party(work: Workplace, uid: str) -> None:
    """Read the receiving person and how many records name it, then ask."""
    work.tasks.read(_read, work.desk, uid, done=lambda read: _ask(work, *read))


def _read(desk: Desk, uid: str) -> tuple[Party, Address, int]:
    party = parties.get_party(desk, uid)
    address = parties.get_address(desk, party.address) if party.address else Address()
    return party, address, parties.count_naming(desk, uid)


def _ask(work: Workplace, party: Party, address: Address, named: int) -> None:
    names = [name for section in _SECTIONS for row in section.rows for name in row]

    def laid(party: Party, address: Address, _named: int = 0) -> Fresh:
        values = {name: _value(party, address, name) for name in names}
        return Fresh(values, partial(_save, party, address))

    found = laid(party, address)
    question = Question(
        key=f"party.edit/{party.uid}",
        title=said(_TITLE, name=party.name),
        button=_SAVE,
        specs=[_spec(name) for name in names],
        sections=_SECTIONS,
        save=found.save,
        words=lambda done: with_warnings(
            said(_DONE, name=done.value.name), [one for one in done.findings if one.field]
        ),
        values=found.values,
        lead=said(parties.NAMED, n=number(named)) if named else "",
        sources=with_hosts(work),
        width=WIDE,
        again=lambda desk: laid(*_read(desk, party.uid)),
    )
    ask(work, question)


def _save(party: Party, address: Address, desk: Desk, values: dict[str, Any]) -> Done[Party]:
    own = {name: value for name, value in values.items() if not name.startswith(ADDRESS)}
    return parties.save_party(desk, replace(party, **own), corrected_address(address, values))


def _spec(name: str) -> Spec:
    return address_spec(name) if name.startswith(ADDRESS) else spec(Party, name)


def _value(party: Party, address: Address, name: str) -> object:
    return getattr(address, name.removeprefix(ADDRESS)) if name.startswith(ADDRESS) else getattr(party, name)
