"""What is asked to hold units of a quota, to renew or release them, and about the waiting list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.fields import Code, Day, Ref, Spec, Text, Whole
from migdesk.domain.person import Person
from migdesk.domain.quota import Reservation, Skip, Waiting
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.people import people
from migdesk.services.quotas import quotas, waiting
from migdesk.services.quotas.quotas import Pot
from migdesk.ui.entry.editor import Section
from migdesk.ui.entry.people import with_people
from migdesk.ui.files.questions.form_dialog import NARROW, WIDE, FormDialog, Question, ask
from migdesk.ui.files.quotas.quota_questions import POT_ROWS, POT_SPECS, pot_typed, pot_values
from migdesk.ui.look.words import number, said
from migdesk.ui.workplace import Workplace

_UNITS = Spec("units", Whole(N_("Units"), required=True, min=1, max=10_000), True)
_WHO = N_("For whom")
_PERSON = Spec("person", Ref(_WHO, to=Person.table), True)
_ON = Spec("on", Day(N_("From which day"), required=True), True)
_UNTIL = Spec("until", Day(N_("Held until"), hint=N_("Then they go back by themselves; empty: no end")), True)
_WHAT_FOR = Spec("reason", Text(N_("What for"), max=300), False)
_WHY = Spec("why", Text(N_("Reason"), required=True, max=300), False)
_OVERRIDE = Spec(
    "override",
    Text(
        N_("Past the order or the limit: why"),
        hint=N_("Only the head; the reason stays in the journal"),
        max=300,
    ),
    False,
)
_REASON = Spec("reason", Code(N_("Reason"), required=True, list=waiting.REASONS), False)
_WORDS = Spec("words", Text(N_("Circumstances"), required=True, max=300), False)


def ask_reserve(work: Workplace, pot: Pot | None) -> FormDialog:
    """Units for one matter, to a last day if one is named."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Reservation]:
        return quotas.reserve(
            desk,
            quotas.Hold(
                pot_typed(values),
                values["units"],
                person=values["person"],
                reason=values["reason"] or "",
                on=values["on"],
                until=values["until"],
                override=values["override"] or "",
            ),
        )

    question = Question(
        key="quota.hold",
        title=N_("Hold units"),
        button=N_("Hold units"),
        specs=(*POT_SPECS, _UNITS, _PERSON, _ON, _UNTIL, _WHAT_FOR, _OVERRIDE),
        sections=(Section("", (*POT_ROWS, ("units", "person"), ("on", "until"), ("reason", "override"))),),
        save=save,
        words=lambda done: said(N_("Units held: {n}."), n=number(done.value.units or 0)),
        values={**pot_values(work, pot), "units": 1, "on": work.desk.today},
        sources=with_people(work.desk, work.sources()),
        width=WIDE,
        start="units" if pot else "",
    )
    return ask(work, question)


def ask_renew(work: Workplace, uid: str) -> FormDialog:
    """Another last day for units that are held or went back."""
    held = work.desk.store.get(Reservation, uid)
    return ask(
        work,
        Question(
            key=f"quota.renew/{uid}",
            title=N_("Hold units longer"),
            button=N_("Hold longer"),
            specs=(_UNTIL,),
            sections=(Section("", (("until",),)),),
            save=lambda desk, values: quotas.renew(desk, uid, values["until"]),
            words=lambda done: said(N_("Units held: {n}."), n=number(done.value.units or 0)),
            values={"until": held.held_until},
            width=NARROW,
        ),
    )


def ask_release(work: Workplace, uid: str) -> FormDialog:
    """Why units go back to the pot."""
    return ask(
        work,
        Question(
            key=f"quota.release/{uid}",
            title=N_("Return units to the pot"),
            button=N_("Return units"),
            specs=(_WHY,),
            sections=(Section("", (("why",),)),),
            save=lambda desk, values: quotas.release(desk, uid, values["why"]),
            words=lambda done: said(N_("Units returned: {n}."), n=number(done.value.units or 0)),
            values={},
            width=NARROW,
        ),
    )


def ask_wait(work: Workplace, pot: Pot | None) -> FormDialog:
    """Who is entered at the end of the line."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Waiting]:
        return waiting.enter(
            desk, waiting.wish_of_person(desk, pot_typed(values), values["person"] or "", values["units"])
        )

    required = replace(_PERSON, field=replace(_PERSON.field, required=True))
    question = Question(
        key="quota.wait",
        title=N_("Enter in the waiting list"),
        button=N_("Enter in line"),
        lead=N_("At the end of the line, with the next number and this moment."),
        specs=(*POT_SPECS, required, _UNITS),
        sections=(Section("", (*POT_ROWS, ("person", "units"))),),
        save=save,
        words=lambda done: said(N_("Entered in line: {number}."), number=done.value.number),
        values={**pot_values(work, pot), "units": 1},
        sources=with_people(work.desk, work.sources()),
        width=WIDE,
        start="person" if pot else "",
    )
    return ask(work, question)


def ask_skip(work: Workplace, entry: Waiting) -> FormDialog:
    """Why who is next is passed over for one turn."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Skip]:
        return waiting.skip(desk, entry.uid, values["reason"] or "", values["words"] or "")

    name = people.get_person(work.desk, entry.person or "").full_name
    question = Question(
        key=f"quota.skip/{entry.uid}",
        title=said(N_("Pass over {number}, {name}"), number=entry.number, name=name),
        button=N_("Pass over"),
        lead=N_("Once: after somebody else was taken it is this one's turn again."),
        specs=(_REASON, _WORDS),
        sections=(Section("", (("reason",), ("words",))),),
        save=save,
        words=lambda done: said(N_("Passed over: {number}."), number=entry.number),
        values={},
        width=NARROW,
    )
    return ask(work, question)


def ask_strike(work: Workplace, entry: Waiting) -> FormDialog:
    """Why an entry is struck off."""
    return ask(
        work,
        Question(
            key=f"quota.strike/{entry.uid}",
            title=said(N_("Strike off {number}"), number=entry.number),
            button=N_("Strike off"),
            specs=(_WHY,),
            sections=(Section("", (("why",),)),),
            save=lambda desk, values: waiting.strike(desk, entry.uid, values["why"]),
            words=lambda done: said(N_("Struck off the list: {number}."), number=done.value.number),
            values={},
            width=NARROW,
        ),
    )
