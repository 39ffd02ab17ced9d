"""What a service file may not say: loose ends inside it, and codes that nothing of the program knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from migdesk.domain.datafile import Keys
from migdesk.domain.fields import Code, Day, Field, Flag, Whole
from migdesk.i18n import N_
from migdesk.rules.asked import codes_of
from migdesk.rules.facts import DAY, FACTS, FLAG, TEXT, WHOLE
from migdesk.rules.pack import in_force
from migdesk.rules.procedure import (
    AGAINST,
    CATEGORY,
    CHANNEL,
    COMMISSION,
    EXTEND,
    NO,
    OF_THE_CASE,
    REPLACE,
    YES,
    Decision,
    Procedure,
    ServiceField,
    When,
    meet,
)

_KIND = {Day: DAY, Whole: WHOLE, Flag: FLAG}
_FIELD, _COUNTED, _TERM = "field", ("months", "years"), "term:"


@dataclass(frozen=True, slots=True)
class Known:
    """The codes there are; `items` gives those of a list, or nothing for an unknown one. Places are not listed."""

    terms: Collection[str]
    amounts: Collection[str]
    forms: Collection[str]
    items: Callable[[str], Collection[str] | None]


def refuse_loose_ends(top: Keys, service: Procedure) -> None:
    """Refuse what the file alone shows to be wrong: a step after an unknown step, a decision without a ground.

    Raises:
        BadFile: names the key.
    """
    if not service.who:
        raise top.bad("who", N_("Say who may apply: at least one entry is expected here."))
    steps = {step.code for step in service.steps}
    for at, step in enumerate(service.steps, start=1):
        if step.after is not None and (step.after not in steps or step.after == step.code):
            raise top.bad(f"step[{at}].after", N_("There is no step “{code}”."), code=step.after)
        if step.commission and step.by != COMMISSION:
            raise top.bad(f"step[{at}].commission", N_("Only a step of a commission names one."))
    if service.fee_before is not None and (service.fee_before not in steps or service.fee is None):
        raise top.bad("fee_before", N_("There is no step “{code}”."), code=service.fee_before)
    decisions = {one.code for one in service.decisions}
    for at, ground in enumerate(service.grounds, start=1):
        if ground.decision not in decisions:
            raise top.bad(f"ground[{at}].decision", N_("There is no such decision here."))
    _refuse_fields(top, service)
    optional = {f"step[{at}].when" for at, step in enumerate(service.steps, start=1) if not step.required}
    for place, when in _conditions(service):
        _refuse_when(top, service, place, when, needed=place not in optional)
    for at, decision in enumerate(service.decisions, start=1):
        _refuse_decision(top, service, f"decision[{at}]", decision)


def _refuse_fields(top: Keys, service: Procedure) -> None:
    fed: dict[str, list[ServiceField]] = {}
    for at, one in enumerate(service.fields, start=1):
        place = f"field[{at}]"
        if one.code in OF_THE_CASE:
            raise top.bad(f"{place}.key", N_("A case has “{given}” anyway."), given=one.code)
        if one.fact is None:
            if one.days:
                raise top.bad(f"{place}.days", N_("Only a day that feeds a fact is counted."))
            continue
        if one.fact not in FACTS:
            raise top.bad(f"{place}.fact", N_("There is no fact “{fact}”."), fact=one.fact)
        _refuse_kind(top, place, one, FACTS[one.fact])
        others = fed.setdefault(one.fact, [])
        if any(meet(one, other) for other in others):
            raise top.bad(f"{place}.fact", N_("“{given}” stands here twice."), given=one.fact)
        others.append(one)


def _refuse_kind(top: Keys, place: str, one: ServiceField, wanted: str) -> None:
    kind = _KIND.get(type(one.field), TEXT)
    if kind == DAY and wanted == WHOLE:
        if one.days is None:
            raise top.bad(f"{place}.days", N_("Say how the days are counted: since or until."))
    elif kind != wanted:
        raise top.bad(f"{place}.fact", N_("The fact “{fact}” is of another kind."), fact=one.fact)
    elif one.days:
        raise top.bad(f"{place}.days", N_("Only a day that feeds a number is counted."))


def _conditions(service: Procedure) -> Iterator[tuple[str, When]]:
    for at, paper in enumerate(service.papers, start=1):
        if paper.when:
            yield f"paper[{at}].when", paper.when
    for at, step in enumerate(service.steps, start=1):
        if step.when:
            yield f"step[{at}].when", step.when


def _refuse_when(top: Keys, service: Procedure, place: str, when: When, *, needed: bool) -> None:
    if when.field in OF_THE_CASE:
        return
    field = service.field(when.field)
    if field is None:
        raise top.bad(f"{place}.field", N_("There is no field “{given}” here."), given=when.field)
    if needed and not field.field.required:
        message = N_("Papers and steps depend on it: the field “{given}” must be required.")
        raise top.bad(f"{place}.field", message, given=when.field)
    answers = _answers(field)
    for at, value in enumerate(when.values, start=1):
        if answers is not None and value not in answers:
            known = ", ".join(sorted(answers))
            raise top.bad(f"{place}.is[{at}]", N_("Expected one of: {known}."), known=known)


def _answers(field: ServiceField) -> set[str] | None:
    """The answers a field may have, as far as the file says; nothing for one of a list."""
    if field.options:
        return codes_of(field.options)
    if isinstance(field.field, Flag):
        return {YES, NO}
    return None


def _refuse_decision(top: Keys, service: Procedure, place: str, decision: Decision) -> None:
    if decision.does in (EXTEND, REPLACE) and decision.permit is None:
        raise top.bad(f"{place}.permit", N_("Name the kind of permit that it goes on with."))
    for cap in decision.caps:
        kind, _colon, key = cap.partition(":")
        field = service.field(key)
        if kind == _FIELD and (field is None or not isinstance(field.field, Day)):
            raise top.bad(f"{place}.caps", N_("There is no day “{given}” among the fields."), given=key)
        if kind in _COUNTED and (field is None or not isinstance(field.field, Whole)):
            raise top.bad(f"{place}.caps", N_("There is no number “{given}” among the fields."), given=key)
    if decision.caps and decision.permit is None:
        raise top.bad(f"{place}.caps", N_("There is no permit whose end could be capped."))
    if decision.does in AGAINST and (day := _groundless(service, decision)):
        message = N_("It has no legal ground on {day}: a decision against somebody names one.")
        raise top.bad(place, message, day=day.isoformat())


def _groundless(service: Procedure, decision: Decision) -> date | None:
    """The first day of a decision's life without any ground."""
    grounds = service.grounds_of(decision.code)
    ends = (one.until + timedelta(days=1) for one in grounds if one.until)
    for day in sorted({decision.since, *ends}):
        lives = in_force(decision, day)
        if lives and not any(in_force(one, day) for one in grounds):
            return day
    return None


def refuse_unknown(top: Keys, service: Procedure, known: Known) -> None:
    """Refuse codes of terms, amounts, permit kinds, forms, lists and answers that nothing of the program knows.

    Raises:
        BadFile: names the key.
    """
    for place, code, there, what in _named(service, known):
        if code not in there:
            raise top.bad(place, what, code=code)
    for at, one in enumerate(service.fields, start=1):
        if isinstance(one.field, Code) and not one.options and known.items(one.field.list) is None:
            raise top.bad(f"field[{at}].list", N_("There is no list “{code}”."), code=one.field.list)
    for place, when in _conditions(service):
        codes = known.items(_list_of(service, when.field))
        for at, value in enumerate(when.values if codes else (), start=1):
            if value not in (codes or ()):
                raise top.bad(f"{place}.is[{at}]", N_("“{code}” is not in the list."), code=value)


def _list_of(service: Procedure, key: str) -> str:
    """The list whose codes answer a field; nothing for one that is no code or brings its own answers."""
    if key in OF_THE_CASE:
        return {CHANNEL: "channels", CATEGORY: ""}[key]
    field: Field | None = found.field if (found := service.field(key)) and not found.options else None
    return field.list if isinstance(field, Code) else ""


_NO_TERM, _NO_AMOUNT = N_("There is no term “{code}”."), N_("There is no amount “{code}”.")
_NO_FORM, _NO_KIND = N_("There is no form “{code}”."), N_("There is no kind of permit “{code}”.")


def _named(service: Procedure, known: Known) -> Iterator[tuple[str, str, Collection[str], str]]:
    """Every code a file names: where it stands, the code, the codes there are, and what to say of an unknown one."""
    kinds, channels = known.items("permit_kinds") or (), known.items("channels") or ()
    for at, code in enumerate(service.channels, start=1):
        yield f"channels[{at}]", code, channels, N_("“{code}” is not in the list.")
    for at, form in enumerate(service.forms, start=1):
        yield f"forms[{at}]", form, known.forms, _NO_FORM
    yield from _effects(service, known, kinds)
    for at, step in enumerate(service.steps, start=1):
        if step.term:
            yield f"step[{at}].term", step.term, known.terms, _NO_TERM
        if step.commission:
            there = known.items("commissions") or ()
            yield f"step[{at}].commission", step.commission, there, N_("“{code}” is not in the list.")
    for at, decision in enumerate(service.decisions, start=1):
        for key, given, there, what in _named_by(decision, known, kinds):
            yield f"decision[{at}].{key}", given, there, what


def _effects(
    one: Procedure | Decision, known: Known, kinds: Collection[str]
) -> Iterator[tuple[str, str, Collection[str], str]]:
    """What a service and each of its decisions may name: terms, a kind of permit, a fee."""
    for key, term in (("term", one.term), ("appeal", one.appeal)):
        if term:
            yield key, term, known.terms, _NO_TERM
    if one.permit:
        yield "permit", one.permit, kinds, _NO_KIND
    if one.fee:
        yield "fee", one.fee, known.amounts, _NO_AMOUNT


def _named_by(
    decision: Decision, known: Known, kinds: Collection[str]
) -> Iterator[tuple[str, str, Collection[str], str]]:
    yield from _effects(decision, known, kinds)
    for cap in decision.caps:
        if cap.startswith(_TERM):
            yield "caps", cap.removeprefix(_TERM), known.terms, _NO_TERM
    for at, payment in enumerate(decision.payments, start=1):
        yield f"payments[{at}]", payment, known.amounts, _NO_AMOUNT
    for at, form in enumerate(decision.forms, start=1):
        yield f"forms[{at}]", form, known.forms, _NO_FORM
