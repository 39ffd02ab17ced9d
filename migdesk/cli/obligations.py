"""`obligation`: the stay in a region that support obliges to, and what is repaid when it is broken."""

from __future__ import annotations

from migdesk.cli.call import Call
from migdesk.cli.keys import case_uid, person_of, region_code
from migdesk.cli.output import Answer, changed, day_words, record_document, table
from migdesk.cli.parser import Verbs, add_group, add_verb, day
from migdesk.domain.change import Done
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import block
from migdesk.domain.money import grouped
from migdesk.domain.payment import Obligation, ObligationState
from migdesk.domain.person import Person
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.payments import obligations

_PERSON = N_("uid, IIN, document number or label")


def add(verbs: Verbs) -> None:
    """Add the group."""
    bound = add_group(verbs, "obligation", _(N_("obligations to stay where support was received")))
    begun = add_verb(bound, "begin", _(N_("bind a person to stay from a day on")), begin)
    begun.add_argument("person", metavar="PERSON", help=_(_PERSON))
    begun.add_argument(
        "--region", default="", metavar="CODE", help=_(N_("the office's region when left out"))
    )
    begun.add_argument("--case", metavar="CASE", help=_(N_("number or uid of the case")))
    begun.add_argument("--from", dest="from_", type=day, metavar="DATE", help=_(N_("today when left out")))
    held = add_verb(bound, "list", _(N_("obligations of a person, or all that hold")), list_obligations)
    held.add_argument("person", nargs="?", metavar="PERSON", help=_(_PERSON))
    ended = add_verb(bound, "end", _(N_("end an obligation before its time")), end)
    ended.add_argument("person", metavar="PERSON", help=_(_PERSON))
    ended.add_argument("--why", required=True, metavar="TEXT", help=_(N_("the reason")))
    ended.add_argument("--broken", action="store_true", help=_(N_("it was broken: say what is to be repaid")))
    ended.add_argument("--day", type=day, metavar="DATE", help=_(N_("today when left out")))


def begin(call: Call) -> Answer:
    """Bind a person to stay.

    Raises:
        Refused: the law had no such term, or an obligation holds already.
        Invalid: the day is in the future, or the region is none.
        NotFound: no such person or case.
    """
    args, desk = call.args, call.desk
    person = person_of(desk, args.person).uid
    region, case = region_code(desk, args.region), case_uid(desk, args.case)
    return _bound(desk, obligations.begin(desk, person, region=region, case=case, on=args.from_))


def end(call: Call) -> Answer:
    """End an obligation before its time.

    Raises:
        NotFound: no such person.
        Invalid: nothing binds him, no reason, or a day outside it.
        Refused: it was ended already, or ran to its end.
    """
    args, desk = call.args, call.desk
    person = person_of(desk, args.person)
    known = obligations.listed(desk, person.uid)
    if not known:
        message = N_("{name} has no obligation to stay: nothing is there to be ended.")
        raise Invalid([block("obligation.nothing", message, "person", name=person.full_name)])
    runs = [one for one in known if one.state is ObligationState.OPEN]
    which = (runs or known)[-1]
    return _bound(desk, obligations.end(desk, which.uid, args.why, broken=args.broken, on=args.day))


def list_obligations(call: Call) -> Answer:
    """Obligations of a person, or all that hold, with what was received and may have to be repaid.

    Raises:
        NotFound: no such person.
    """
    desk, key = call.desk, call.args.person
    found = obligations.listed(desk, person_of(desk, key).uid if key else None)
    headings = [
        *(_(one) for one in (N_("Person"), N_("Region"), N_("Since"), N_("Until"), N_("State"))),
        *(_(one) for one in (N_("Received, tenge"), N_("To be repaid, tenge"), N_("Left on"))),
    ]
    rows, documents = [], []
    for one in found:
        received, gone = obligations.to_repay(desk, one), obligations.left_region(desk, one)
        left = gone.left_on if gone else None
        documents.append(record_document(one) | {"received": received, "left_on": left})
        rows.append([*_row(desk, one), grouped(received), _tenge(one.to_repay), show_day(left) or "—"])
    return Answer(documents, list(table(headings, rows, right={5, 6})))


def _row(desk: Desk, one: Obligation) -> list[str]:
    return [
        desk.store.get(Person, one.person or "").full_name,
        desk.lists.label("kato", one.region),
        *(day_words(one.began_on), day_words(one.ends_on)),
        choice_label(one.state) if one.state else "—",
    ]


def _tenge(value: int | None) -> str:
    return "—" if value is None else grouped(value)


def _bound(desk: Desk, done: Done[Obligation]) -> Answer:
    found = done.value
    name, region, since, until, state = _row(desk, found)
    rows = [
        *((_(N_("Person")), name), (_(N_("Region")), region)),
        *((_(N_("Since")), since), (_(N_("Until")), until), (_(N_("State")), state)),
    ]
    if found.ended_on:
        rows.append((_(N_("Ended on")), day_words(found.ended_on)))
    if found.to_repay is not None:
        rows.append((_(N_("To be repaid, tenge")), grouped(found.to_repay)))
    return changed(done, rows)
