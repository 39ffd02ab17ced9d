"""What is asked to give, change or hand over units of a quota."""

from __future__ import annotations

from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.fields import Choice, Code, Day, Spec, Text, Whole
from migdesk.domain.quota import Allotment, Stream
from migdesk.i18n import N_
from migdesk.services import quotas
from migdesk.services.desk import Desk
from migdesk.services.quotas import Pot
from migdesk.ui.entry.editor import Section
from migdesk.ui.files.form_dialog import WIDE, FormDialog, Question, ask
from migdesk.ui.look.words import number, said
from migdesk.ui.workplace import Workplace

_MOST = 1_000_000
_STREAM = Spec("stream", Choice(N_("Stream"), required=True, options=Stream), True)
_REGION = Spec("region", Code(N_("Region"), required=True, list="kato"), False)
_YEAR = Spec("year", Whole(N_("Year"), required=True, min=2000, max=2100, grouped=False), True)
_CATEGORY = Spec("category", Code(N_("Category"), list="labour_categories"), False)
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

_POT = (("stream", "year"), ("region", "category"))
_ALLOT, _ALLOT_LEAD = (
    N_("Allot units to this office"),
    N_("From the limit of the region, by a letter or an order."),
)
_ADJUST, _ADJUST_LEAD = (
    N_("Change the limit"),
    N_("By an act that the rules of this program do not know yet."),
)
_TRANSFER, _TRANSFER_LEAD = (
    N_("Hand over units"),
    N_("To another office or region; a minus receives them."),
)
_DONE = N_("{n} units entered: {act}")


def ask_allot(work: Workplace, pot: Pot | None) -> FormDialog:
    """Units for this office."""
    return _ask(work, pot, (_UNITS, _ON), (_ALLOT, _ALLOT_LEAD), _allot)


def ask_adjust(work: Workplace, pot: Pot | None) -> FormDialog:
    """A changed limit."""
    return _ask(work, pot, (_CHANGE, _ON), (_ADJUST, _ADJUST_LEAD), _adjust)


def ask_transfer(work: Workplace, pot: Pot | None) -> FormDialog:
    """Units for another office, or from one."""
    return _ask(work, pot, (_CHANGE, _PARTNER), (_TRANSFER, _TRANSFER_LEAD), _transfer)


def _ask(
    work: Workplace, pot: Pot | None, own: tuple[Spec, ...], words: tuple[str, str], save: Any
) -> FormDialog:
    desk = work.desk
    values: dict[str, Any] = {
        "stream": pot.stream if pot else None,
        "year": pot.year if pot else desk.today.year,
        "region": pot.region if pot else desk.office.region,
        "category": pot.category if pot else "",
        "on": desk.today,
    }
    question = Question(
        title=words[0],
        button=words[0],
        lead=words[1],
        specs=(_STREAM, _YEAR, _REGION, _CATEGORY, *own, _ACT),
        sections=(Section("", (*_POT, tuple(one.name for one in own), ("act",))),),
        save=save,
        words=lambda done: said(_DONE, n=number(done.value.units or 0), act=done.value.act),
        values=values,
        width=WIDE,
    )
    return ask(work, question)


def _pot(values: dict[str, Any]) -> Pot:
    return Pot(values["stream"], values["region"], values["year"], values["category"] or "")


def _allot(desk: Desk, values: dict[str, Any]) -> Done[Allotment]:
    return quotas.allot(desk, _pot(values), values["units"], values["act"], on=values["on"])


def _adjust(desk: Desk, values: dict[str, Any]) -> Done[Allotment]:
    return quotas.adjust(desk, _pot(values), values["units"], values["act"], on=values["on"])


def _transfer(desk: Desk, values: dict[str, Any]) -> Done[Allotment]:
    return quotas.transfer(desk, _pot(values), values["units"], values["partner"], values["act"])
