"""What is asked to give, change, hand over or give back units of a quota."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.fields import Choice, Code, Day, Spec, Text, Whole, spec
from migdesk.domain.quota import Allotment, PartnerKind, Quota, Stream
from migdesk.i18n import N_
from migdesk.services.desk import Desk
from migdesk.services.quotas import quotas
from migdesk.services.quotas.quotas import Partner, Pot
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.questions.form_dialog import WIDE, FormDialog, Question, ask
from migdesk.ui.look.words import number, said
from migdesk.ui.workplace import Workplace

_MOST = 1_000_000
_STREAM = Spec("stream", Choice(N_("Stream"), required=True, options=Stream), True)
_REGION = Spec("region", Code(N_("Region"), required=True, list="kato"), False)
_YEAR = Spec("year", Whole(N_("Year"), required=True, min=2000, max=2100, grouped=False), True)
_CATEGORY = Spec("category", Code(N_("Category"), list="labour_categories"), False)
_ACTIVITY = Spec(
    "activity", Code(N_("Activity (OKED)"), hint=N_("A section, where it is divided so"), list="oked"), False
)
_COUNTRY = spec(Quota, "country")
_UNITS = Spec("units", Whole(N_("Units"), required=True, min=1, max=_MOST), True)
_CHANGE = Spec(
    "units",
    Whole(N_("Units"), hint=N_("With a minus to take away"), required=True, min=-_MOST, max=_MOST),
    True,
)
_ACT = Spec(
    "act", Text(N_("Act"), hint=N_("Order or letter, its date and number"), required=True, max=300), False
)
_ON = Spec("on", Day(N_("Date"), required=True), True)
_PARTNER = Spec("partner", Text(N_("From or to"), required=True, max=80), False)
_PARTNER_IS = Spec("partner_is", Choice(N_("Who that is"), required=True, options=PartnerKind), True)
_LETTER = spec(Allotment, "letter")
_OVERRIDE = Spec(
    "override",
    Text(N_("Past the limit: why"), hint=N_("Only the head; the reason stays in the journal"), max=300),
    False,
)

POT_SPECS = (_STREAM, _YEAR, _REGION, _CATEGORY, _ACTIVITY, _COUNTRY)
"""The fields that say which pot is meant."""
POT_ROWS = (("stream", "year"), ("region", "category"), ("activity", "country"))
"""How they stand on a form."""
_DONE = N_("{n} units entered: {act}")


@dataclass(frozen=True, slots=True)
class _Deed:
    """Its name, title, lead, own fields with their rows, and what saves them."""

    code: str
    title: str
    lead: str
    specs: tuple[Spec, ...]
    rows: tuple[tuple[str, ...], ...]
    save: Any


def ask_allot(work: Workplace, pot: Pot | None) -> FormDialog:
    """Units for this office."""
    lead = N_("From the limit of the region, by a letter or an order.")
    rows = (("units", "on"), ("act", "override"))
    return _ask(
        work,
        pot,
        _Deed("allot", N_("Allot units to this office"), lead, (_UNITS, _ON, _OVERRIDE), rows, _allot),
    )


def ask_adjust(work: Workplace, pot: Pot | None) -> FormDialog:
    """A changed limit."""
    lead = N_("By an act that the rules of this program do not know yet.")
    rows = (("units", "on"), ("act",))
    return _ask(work, pot, _Deed("adjust", N_("Change the limit"), lead, (_CHANGE, _ON), rows, _adjust))


def ask_transfer(work: Workplace, pot: Pot | None) -> FormDialog:
    """Units for a sub-office, another office or region, or from one."""
    lead = N_("To a sub-office, another office or region; a minus receives them.")
    own = (_CHANGE, _ON, _PARTNER, _PARTNER_IS, _LETTER)
    rows = (("units", "on"), ("partner", "partner_is"), ("act", "letter"))
    return _ask(work, pot, _Deed("transfer", N_("Hand over units"), lead, own, rows, _transfer))


def ask_give_back(work: Workplace, pot: Pot | None) -> FormDialog:
    """Units that this office does not need."""
    lead = N_("To those who allotted them; only what is free.")
    rows = (("units", "on"), ("act",))
    return _ask(work, pot, _Deed("give_back", N_("Give units back"), lead, (_UNITS, _ON), rows, _give_back))


def _ask(work: Workplace, pot: Pot | None, deed: _Deed) -> FormDialog:
    question = Question(
        key=f"quota.{deed.code}",
        title=deed.title,
        button=deed.title,
        lead=deed.lead,
        specs=(*POT_SPECS, *deed.specs, _ACT),
        sections=(Section("", (*POT_ROWS, *deed.rows)),),
        save=deed.save,
        words=lambda done: with_warnings(
            said(_DONE, n=number(done.value.units or 0), act=done.value.act), done.findings
        ),
        values={**pot_values(work, pot), "on": work.desk.today, "partner_is": PartnerKind.OFFICE},
        width=WIDE,
        start="units" if pot else "",
    )
    return ask(work, question)


def pot_values(work: Workplace, pot: Pot | None) -> dict[str, Any]:
    """What the fields of a pot begin with."""
    desk = work.desk
    chosen = pot or Pot(Stream.KANDAS, desk.office.region, desk.today.year)
    return {
        "stream": pot.stream if pot else None,
        "year": chosen.year,
        "region": chosen.region,
        "category": chosen.category,
        "activity": chosen.activity,
        "country": chosen.country,
    }


def pot_typed(values: dict[str, Any]) -> Pot:
    """The pot that the fields name."""
    divided = (values["category"] or "", values["activity"] or "", values["country"] or "")
    return Pot(values["stream"], values["region"], values["year"], *divided)


def _allot(desk: Desk, values: dict[str, Any]) -> Done[Allotment]:
    given = {"on": values["on"], "override": values["override"] or ""}
    return quotas.allot(desk, pot_typed(values), values["units"], values["act"], **given)


def _adjust(desk: Desk, values: dict[str, Any]) -> Done[Allotment]:
    return quotas.adjust(desk, pot_typed(values), values["units"], values["act"], on=values["on"])


def _give_back(desk: Desk, values: dict[str, Any]) -> Done[Allotment]:
    return quotas.give_back(desk, pot_typed(values), values["units"], values["act"], on=values["on"])


def _transfer(desk: Desk, values: dict[str, Any]) -> Done[Allotment]:
    partner = Partner(values["partner"], values["partner_is"], values["letter"] or "")
    pot, act = pot_typed(values), values["act"]
    return quotas.transfer(desk, pot, values["units"], partner, act, on=values["on"])
