"""The JSON of `register` made into a draft; whatever cannot be read is a finding that names its key.

    {"person": {…}, "document": {…} or "documents": […],
     "members": [{"person": {…}, "documents": […], "relation": "spouse"}],   or "family"
     "earlier": "move", or {"way": "left", "left_on": …}, or {"way": "both", "why": …}
     "party": {…, "address": {…}},                                          or "host"
     "address": {…}, "arrival": {…}, "stay": {"entered_on", "basis", "valid_until"},
     "details": {…}}                                                        of the arrival's purpose

Names are those of the records' fields; codes may be given as codes or as words of the list in any language,
dates are ISO. `{"uid": "…"}` in a person or party names one of the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, TypeVar

from migdesk.cli.document_values import OWN, given_fields, options, read_word, unsound
from migdesk.cli.member_keys import read_earlier, with_zone
from migdesk.cli.written import at_member, typed
from migdesk.domain.arrival import Arrival
from migdesk.domain.earlier import Earlier
from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Code, Ref, spec, specs
from migdesk.domain.finding import Finding, block
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Person, TravelDocument
from migdesk.domain.record import Record, read_fields
from migdesk.domain.register import RECORDS
from migdesk.i18n import N_
from migdesk.services import asked_values, panels
from migdesk.services.arrivals import arrivals, parties
from migdesk.services.arrivals.arrivals import ArrivalDraft, Member
from migdesk.services.desk import Desk
from migdesk.services.people.zones import Said, fill

R = TypeVar("R", bound=Record)

_TOP = {
    "person", "document", "documents", "members", "family", "relation", "party", "host", "address", "arrival",
    "stay", "details", "mrz", "earlier",
}  # fmt: skip
_HEAD = ("person", "document", "documents", "mrz")
_MEMBER = (*_HEAD, "relation", "mrz", "earlier")
_STAY = {"entered_on": "entered_on", "basis": "basis", "valid_until": "stay_until"}
_NEAR = 5
_ALIKE = 0.5
"""How alike a key must be, from 0 to 1, to be told instead of all of them."""


def stay_fields() -> dict[str, str]:
    """The keys of a stay, each with the field of the arrival that it fills."""
    return dict(_STAY)


class Intake:
    """One document being read: collects findings while the draft is made."""

    def __init__(self, desk: Desk, file: str, *, apart: bool = False, earlier: Earlier | None = None) -> None:
        self._desk = desk
        self._apart = apart
        self._earlier = earlier
        self._file = file
        self.findings: list[Finding] = []

    def draft(self, raw: Any) -> ArrivalDraft:
        """The draft of a document.

        Raises:
            BadFile: a key holds another kind of thing than it should.
        """
        top = self._object(raw, "")
        for key in top:
            if key not in _TOP:
                self._unknown(key, key, _TOP)
        host_key = self._one_of(top, "party", "host")
        given = dict(self._object(top.get(host_key), host_key)) if top.get(host_key) is not None else None
        host_address = given.pop("address", None) if given else None
        arrival = self._arrival(top)
        self._earlier = self._earlier_of(top.get("earlier"), "earlier")
        host = self._party(given, "host") if given is not None else None
        draft = ArrivalDraft(
            members=tuple(self._members(top)),
            arrival=arrival,
            address=self._optional(Address, top.get("address"), "address"),
            host=host,
            host_address=self._optional(Address, host_address, "host.address"),
        )
        return replace(draft, details=self.details(top.get("details"), arrivals.panel_of(draft)))

    def details(self, raw: Any, purpose: str) -> dict[str, Any]:
        """The values of a purpose's own fields.

        Raises:
            BadFile: they are no object.
        """
        fields = {one.key: one.field for one in panels.fields_of(purpose)}
        given = {} if raw is None else dict(self._object(raw, asked_values.PLACE))
        for key in list(given):
            message = unsound(fields[key], given[key]) if key in fields and given[key] is not None else ""
            if message:
                self.findings.append(block("wrong_kind", message, f"{asked_values.PLACE}.{key}"))
                del given[key]
        values, findings = panels.read_given(purpose, given, today=self._desk.today)
        self.findings += findings
        for key, value in values.items():
            field = fields[key]
            if isinstance(field, Code) and value:
                values[key] = self._code(field.list, value, f"{asked_values.PLACE}.{key}")
        return values

    def party(self, raw: Any) -> tuple[Party, Address | None]:
        """A receiving person from a document of its own.

        Raises:
            BadFile: a key holds another kind of thing than it should.
        """
        given = dict(self._object(raw, ""))
        place = given.pop("address", None)
        party = self._party(given, "")
        return party, self._corrected(party.address, place)

    def person(self, raw: Any) -> Person:
        """A person of the register, named by its uid, with what a document gives over him.

        Raises:
            BadFile: a key holds another kind of thing than it should.
        """
        return self._of_register(Person, dict(self._object(raw, "")))

    def document(self, raw: Any, person: str | None) -> TravelDocument:
        """A travel document of the register, named by its uid, or a new one of a person.

        Raises:
            BadFile: a key holds another kind of thing than it should.
        """
        given = dict(self._object(raw, ""))
        if person and "uid" not in given:
            said = Said(Person(), self._document(given, ""), typed(given, "document"))
            return replace(fill(self._desk, said)[1], person=person)
        return self._of_register(TravelDocument, given)

    def arrival(self, raw: Any) -> tuple[Arrival, Address | None]:
        """An arrival of the register, named by its uid, with what a document gives over it and its address.

        Raises:
            BadFile: a key holds another kind of thing than it should.
        """
        given = dict(self._object(raw, ""))
        place = given.pop("address", None)
        arrival = self._of_register(Arrival, given)
        return arrival, self._corrected(arrival.address, place)

    def _of_register(self, cls: type[R], given: dict[str, Any]) -> R:
        if "uid" not in given:
            message = N_("Name the record by its uid; “find” and “document list” tell it.")
            self.findings.append(block("missing", message, "uid"))
        return self._known(cls, given, "")

    def _corrected(self, uid: str | None, raw: Any) -> Address | None:
        """What a document says of an address, over the one that stands there now."""
        if raw is None:
            return None
        known = self._desk.store.find(Address, uid) if uid else None
        values = self._values(Address, self._object(raw, "address"), "address")
        return parties.corrected_address(known or Address(), values)

    def _party(self, given: dict[str, Any], place: str) -> Party:
        """A receiving person; the kind of a new one follows from its number when it is not given."""
        party = self._known(Party, given, place)
        told = party.rev == 0 and given.get("kind") is None
        kind = parties.kind_of(party.number, self._desk.today) if told else None
        return replace(party, kind=kind) if kind else party

    def _members(self, top: Mapping[str, Any]) -> Iterable[Member]:
        number = 0
        if any(top.get(key) is not None for key in _HEAD):
            yield self._member({key: top.get(key) for key in (*_HEAD, "relation")}, 0)
            number = 1
        key = self._one_of(top, "members", "family")
        listed = top.get(key)
        if isinstance(listed, dict):
            listed, key = listed.get("members"), f"{key}.members"
        for place, one in enumerate(self._list(listed, key)):
            yield self._member(self._object(one, f"{key}[{place}]"), number + place)

    def _member(self, given: Mapping[str, Any], number: int) -> Member:
        place = f"members.{number}"
        for key in given:
            if key not in _MEMBER:
                self._unknown(f"{place}.{key}", key, _MEMBER)
        is_zone_alone = given.get("person") is None and given.get("mrz") is not None
        who = {} if is_zone_alone else given.get("person")
        person = self._known(Person, dict(self._object(who, f"{place}.person")), place)
        key = self._one_of(given, "documents", "document")
        documents = with_zone(given, key).get(key)
        rows = [documents] if isinstance(documents, dict) else self._list(documents, f"{place}.{key}")
        read = [self._document(row, f"{place}.documents.{number}") for number, row in enumerate(rows)]
        known = typed(given.get("person"), "person")
        for number, row in enumerate(rows):
            said = Said(person, read[number], known | typed(row, "document"))
            person, read[number], told = fill(self._desk, said)
            self.findings += at_member(told, place, number)
        relation = self._relation(given.get("relation"), place)
        earlier = self._earlier_of(given.get("earlier"), f"{place}.earlier")
        return Member(person, tuple(read), relation, apart=self._apart, earlier=earlier)

    def _earlier_of(self, raw: Any, place: str) -> Earlier | None:
        """What becomes of an open arrival elsewhere: said of a member, of all of them, or on the command line."""
        if raw is None:
            return self._earlier
        answer, findings = read_earlier(raw, place, self._desk.today)
        self.findings += findings
        return answer

    def _document(self, raw: Any, place: str) -> TravelDocument:
        given = dict(self._object(raw, place))
        lines = given.get("mrz")
        if isinstance(lines, list) and all(isinstance(one, str) for one in lines):
            given["mrz"] = "\n".join(lines)
        return self._new(TravelDocument, given, place)

    def _relation(self, raw: Any, place: str) -> str:
        if raw is None:
            return ""
        if not isinstance(raw, str):
            raise BadFile(self._file, f"{place}.relation", N_("A text is expected."))
        return self._code("relations", raw, f"{place}.relation")

    def _arrival(self, top: Mapping[str, Any]) -> Arrival:
        given = dict(self._object(top.get("arrival"), "arrival")) if top.get("arrival") is not None else {}
        stay = self._object(top.get("stay"), "stay") if top.get("stay") is not None else {}
        for key, value in stay.items():
            if key not in _STAY:
                self._unknown(f"stay.{key}", key, _STAY)
            elif given.get(_STAY[key]) not in (None, "", value):
                message = N_("This is given twice, with different values.")
                self.findings.append(block("given_twice", message, f"stay.{key}"))
            else:
                given[_STAY[key]] = value
        return self._new(Arrival, given, "arrival")

    def _optional(self, cls: type[R], raw: Any, place: str) -> R | None:
        return None if raw is None else self._new(cls, self._object(raw, place), place)

    def _known(self, cls: type[R], given: dict[str, Any], place: str) -> R:
        """A record of the register named by its uid, with what was given over it; else a new one."""
        uid = given.pop("uid", None)
        if uid is None:
            return self._new(cls, given, place)
        known = self._desk.store.find(cls, uid) if isinstance(uid, str) else None
        if known is None or known.is_annulled:
            self.findings.append(
                block("not_found", N_("The register has no such record."), _within(place, "uid"))
            )
            return self._new(cls, given, place)
        return replace(known, **self._values(cls, given, place))

    def _new(self, cls: type[R], given: Mapping[str, Any], place: str) -> R:
        return cls(**self._values(cls, given, place))

    def _values(self, cls: type[Record], given: Mapping[str, Any], place: str) -> dict[str, Any]:
        known = {one.name: one.field for one in specs(cls)}
        sound: dict[str, object] = {}
        for name, raw in given.items():
            if name in OWN.get(cls, ()) or name.startswith("annulled_"):
                message = N_("“{label}” is filled by the program.")
                label = spec(cls, name).field.label
                self.findings.append(block("own_field", message, _within(place, name), label=label))
            elif name not in known:
                self._unknown(_within(place, name), name, given_fields(cls))
            elif raw is not None and (message := unsound(known[name], raw)):
                self.findings.append(block("wrong_kind", message, _within(place, name)))
            elif raw is not None:
                sound[name] = read_word(cls, name, known[name], raw)
        values, findings = read_fields(cls, sound, today=self._desk.today)
        for one in findings:
            more = {"known": options(known[one.field or ""])} if one.code == "not_a_choice" else {}
            placed = replace(one, field=_within(place, one.field or ""), values={**one.values, **more})
            self.findings.append(placed)
        for name, value in values.items():
            field = known[name]
            if isinstance(field, Code) and value:
                values[name] = self._code(field.list, value, _within(place, name))
            elif isinstance(field, Ref) and value and not self._is_there(field.to, value):
                self.findings.append(
                    block("not_found", N_("The register has no such record."), _within(place, name))
                )
        return values

    def _is_there(self, table: str, uid: str) -> bool:
        of_table = (one for one in RECORDS if one.table == table)
        return any(self._desk.store.find(cls, uid) for cls in of_table)

    def _code(self, name: str, words: str, place: str) -> str:
        """The code that words mean; what means none or several is a finding with what it may mean."""
        heard = self._desk.lists.hear(name, words)
        self.findings += heard.told(words, place)
        if heard.code is not None:
            return heard.code
        near = [f"{label} ({key})" for key, label in self._desk.lists.find(name, words, limit=_NEAR)]
        message = N_("“{code}” is not in the list.")
        if len(near) == 1:
            message = N_("“{code}” is not in the list. Did you mean {near}? Give the code.")
        elif near:
            message = N_("“{code}” may mean several: {near}. Give the code.")
        values = {"code": words, "near": "; ".join(near)}
        self.findings.append(block("unknown_code", message, place, **values))
        return ""

    def _unknown(self, place: str, name: str, known: Iterable[str]) -> None:
        near = get_close_matches(name, sorted(known), _NEAR, _ALIKE) or sorted(known)
        message = N_("There is no field “{name}”. There are: {near}. All keys: register --keys.")
        self.findings.append(block("unknown_field", message, place, name=name, near=", ".join(near)))

    def _one_of(self, given: Mapping[str, Any], name: str, other: str) -> str:
        """Which of two names for one thing was used; both at once is a finding."""
        if given.get(name) is not None and given.get(other) is not None:
            message = N_("Give either “{name}” or “{other}”.")
            self.findings.append(block("given_twice", message, other, name=name, other=other))
        return name if given.get(name) is not None else other

    def _object(self, raw: Any, place: str) -> Mapping[str, Any]:
        if not isinstance(raw, dict):
            raise BadFile(self._file, place, N_("An object of names and values is expected."))
        return raw

    def _list(self, raw: Any, place: str) -> list[Any]:
        if raw is None:
            return []
        if not isinstance(raw, list):
            raise BadFile(self._file, place, N_("A list is expected."))
        return raw


def _within(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
