"""What a merge of two files leaves double: said before it, and what of it is settled with it.

Nothing is deleted: an arrival or a crossing that both files have stays as annulled, and comes back when the file is
taken apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from migdesk.domain.arrival import Arrival, Stay
from migdesk.domain.case import Case, CaseState
from migdesk.domain.current_document import current_of, why_current
from migdesk.domain.dates import show_day
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.kin import HEAD
from migdesk.domain.party import Address
from migdesk.domain.permit import Permit, PermitState
from migdesk.domain.person import Membership, Person, TravelDocument
from migdesk.i18n import N_
from migdesk.rules.presence import Crossing, unite
from migdesk.services.desk import Desk
from migdesk.services.people import kinship
from migdesk.store import families as shelf

STAYS_OPEN = "stays_open"
"""The question which of several open arrivals stays open."""

_CHOOSE = N_(
    "Open arrivals: {arrivals}. Choose which one stays open: the others are closed as the same stay, and their "
    "terms end. If the person lived at both, enter the move or the departure first."
)
_OPEN = N_(
    "Open arrivals: {arrivals}. {number} stays open; the others are closed as the same stay, and their terms end. "
    "Nothing is deleted."
)
_NOT_OFFERED = N_("This is none of the open arrivals: {arrivals}.")


def open_arrivals(desk: Desk, kept: str, gone: str) -> tuple[Arrival, ...]:
    """The open arrivals of both files, of which one stays open; none unless each file has one."""
    mine, theirs = (
        desk.store.live(Arrival, person=uid, left_on=None, order="arrived_on, id") for uid in (kept, gone)
    )
    return (*mine, *theirs) if mine and theirs else ()


def usual_arrival(desk: Desk, offered: Sequence[Arrival]) -> Arrival | None:
    """The one that stays open when all tell of one stay, the fullest of them; nothing when they differ."""
    told = {(one.arrived_on, one.purpose, *map(str.casefold, _place(desk, one))) for one in offered}
    if len(told) != 1:
        return None
    return max(offered, key=lambda one: sum(value is not None for value in _told_by(one)))


def arrival_words(desk: Desk, arrival: Arrival) -> str:
    """An arrival in one line: number, day, address."""
    place, line = _place(desk, arrival)
    parts = (arrival.number, show_day(arrival.arrived_on), desk.lists.label("kato", place), line)
    return ", ".join(part for part in parts if part)


def choose_arrival(desk: Desk, offered: Sequence[Arrival], key: str) -> Arrival | None:
    """The arrival that stays open, by uid or number, or the usual one; nothing when there is none to choose.

    Raises:
        Invalid: several differ and none was chosen, or what was chosen is none of them.
    """
    named = next((one for one in offered if key and key in (one.uid, one.number)), None)
    if named or not (offered or key):
        return named
    if key:
        raise Invalid([block("merge.not_offered", _NOT_OFFERED, STAYS_OPEN, arrivals=_listed(desk, offered))])
    usual = usual_arrival(desk, offered)
    if usual is None:
        raise Invalid([block("merge.open_arrivals", _CHOOSE, STAYS_OPEN, arrivals=_listed(desk, offered))])
    return usual


def check_arrivals(desk: Desk, offered: Sequence[Arrival], key: str = "") -> list[Finding]:
    """What becomes of the open arrivals; a block while one is to be chosen."""
    try:
        chosen = choose_arrival(desk, offered, key)
    except Invalid as wrong:
        return list(wrong.findings)
    if chosen is None:
        return []
    say = note if usual_arrival(desk, offered) else warn
    values = {"arrivals": _listed(desk, offered), "number": chosen.number}
    return [say("merge.open_arrivals", _OPEN, STAYS_OPEN, **values)]


def twin_stays(desk: Desk, kept: str, gone: str, stays_open: Arrival | None = None) -> list[Stay]:
    """Crossings that are in both files: of each pair the one that is let go, not that of the open arrival."""
    theirs = {(one.entered_on, one.left_on): one for one in desk.store.live(Stay, person=gone)}
    found = []
    for mine in desk.store.live(Stay, person=kept):
        twin = theirs.pop((mine.entered_on, mine.left_on), None)
        if twin:
            found.append(mine if stays_open and twin.arrival == stays_open.uid else twin)
    return found


def foretell(desk: Desk, kept: Person, gone: Person) -> list[Finding]:
    """What the kept file will have double or otherwise afterwards, the open arrivals excepted."""
    return [
        *_families(desk, kept, gone),
        *_spouses(desk, kept, gone),
        *_crossings(desk, kept, gone),
        *_main_document(desk, kept, gone),
        *_open_twice(desk, kept, gone),
    ]


def check_kin(desk: Desk, kept: Person, gone: Person) -> list[Finding]:
    """A block when one is a parent or grandparent of the other by the register: nobody is his own."""
    for elder, younger in ((kept, gone), (gone, kept)):
        if elder.uid in shelf.ancestors_of(desk.store, younger.uid):
            message = N_(
                "By the register {elder} is a parent or grandparent of {younger}: these are two people."
            )
            names = {"elder": elder.full_name, "younger": younger.full_name}
            return [block("merge.own_parent", message, None, **names)]
    return []


def _place(desk: Desk, arrival: Arrival) -> tuple[str, str]:
    found = desk.store.find(Address, arrival.address or "")
    return (found.place, found.line.strip()) if found else ("", "")


def _told_by(arrival: Arrival) -> tuple[object, ...]:
    return arrival.registered_on, arrival.notified_on, arrival.host, arrival.entered_on, arrival.document


def _listed(desk: Desk, arrivals: Iterable[Arrival]) -> str:
    return "; ".join(arrival_words(desk, one) for one in arrivals)


def _families(desk: Desk, kept: Person, gone: Person) -> Iterator[Finding]:
    mine, theirs = (
        {one.family or "": one for one in desk.store.live(Membership, person=who.uid, until=None)}
        for who in (kept, gone)
    )
    for family in mine.keys() & theirs.keys():
        message = N_(
            "Both are in one family: {relation} and {other}. If these are one person, one place is left: {relation}."
        )
        words = [desk.lists.label(kinship.RELATIONS, one[family].relation) for one in (mine, theirs)]
        yield warn("merge.one_family", message, None, relation=words[0], other=words[1])
    if not mine.keys() - theirs.keys() or not theirs.keys() - mine.keys():
        return
    heads = all(any(one.relation == HEAD for one in side.values()) for side in (mine, theirs))
    message = N_("The person will be in several families: {families}. All stay and are shown.")
    if heads:
        message = N_(
            "The person will head several families: {families}. All stay and are shown; choose one afterwards."
        )
    named = dict.fromkeys([*mine, *theirs])
    words_of = "; ".join(_family_words(desk, uid, {kept.uid, gone.uid}) for uid in named)
    yield (warn if heads else note)("merge.families", message, None, families=words_of)


def _family_words(desk: Desk, family: str, but: set[str]) -> str:
    """A family by the others in it, each with what he is to the head."""
    members = shelf.members_on(desk.store, family, desk.today)
    named = [
        f"{one.full_name} ({desk.lists.label(kinship.RELATIONS, place.relation)})"
        for place, one in members
        if one.uid not in but
    ]
    return ", ".join(named) or "—"


def _spouses(desk: Desk, kept: Person, gone: Person) -> Iterator[Finding]:
    mine, theirs = (
        {one.uid: one for one in kinship.spouses(desk, who.uid) if one.uid not in (kept.uid, gone.uid)}
        for who in (kept, gone)
    )
    if mine.keys() - theirs.keys() and theirs.keys() - mine.keys():
        message = N_(
            "The person will have several spouses: {names}. Both places stay; end the one that is over."
        )
        names = ", ".join(one.full_name for one in (mine | theirs).values())
        yield warn("merge.spouses", message, None, names=names)


def _crossings(desk: Desk, kept: Person, gone: Person) -> Iterator[Finding]:
    """Equal crossings are kept once; others that overlap count as one presence and are told."""
    twins = {one.uid for one in twin_stays(desk, kept.uid, gone.uid)}
    theirs = desk.store.live(Stay, person=gone.uid, order="entered_on")
    for one in theirs:
        if one.uid in twins:
            message = N_("The crossing {days} is in both files: it is kept once.")
            yield note("merge.same_crossing", message, None, days=_days(one))
    for mine in desk.store.live(Stay, person=kept.uid, order="entered_on"):
        for one in theirs:
            if one.uid not in twins and _is_one_visit(mine, one):
                message = N_(
                    "Crossings overlap: {days} and {other}. Both stay, their days are counted once; annul the wrong "
                    "one afterwards."
                )
                yield warn("merge.crossings", message, None, days=_days(mine), other=_days(one))


def _is_one_visit(*stays: Stay) -> bool:
    """Whether the counters of days make one visit of two stays."""
    crossings = [Crossing(one.entered_on, one.left_on) for one in stays if one.entered_on]
    return len(crossings) > 1 and len(unite(crossings)) == 1


def _days(stay: Stay) -> str:
    return f"{show_day(stay.entered_on)}–{show_day(stay.left_on) or '…'}"


def _main_document(desk: Desk, kept: Person, gone: Person) -> Iterator[Finding]:
    mine, both = (desk.store.live(TravelDocument, person=uids) for uids in ([kept.uid], [kept.uid, gone.uid]))
    before, after = current_of(mine, desk.today), current_of(both, desk.today)
    if before and after and _same_paper(before) != _same_paper(after):
        message = N_("The current document becomes {number} (until now {old}). {why}")
        why = why_current(both, desk.today)
        values = {"number": after.number, "old": before.number, "why": why.words() if why else ""}
        yield warn("merge.document", message, None, **values)


def _same_paper(document: TravelDocument) -> tuple[str, str, str]:
    return document.kind, document.number, document.issuer


def _open_twice(desk: Desk, kept: Person, gone: Person) -> Iterator[Finding]:
    """Open cases of one service, permits in force of one kind."""
    cases = [desk.store.live(Case, person=who.uid, state=CaseState.OPEN) for who in (kept, gone)]
    if numbers := _of_both([{(one.service, one.number) for one in side} for side in cases]):
        message = N_("Open cases of one service: {numbers}. Both stay open.")
        yield warn("merge.cases", message, None, numbers=numbers)
    permits = [desk.store.live(Permit, person=who.uid, state=PermitState.GRANTED) for who in (kept, gone)]
    held = [[one for one in side if one.in_force_on(desk.today)] for side in permits]
    if numbers := _of_both([{(one.kind, one.number) for one in side} for side in held]):
        message = N_("Permits of one kind in force: {numbers}. Both stay in force.")
        yield warn("merge.permits", message, None, numbers=numbers)


def _of_both(sides: list[set[tuple[str, str]]]) -> str:
    """The numbers of what both sides have of one kind."""
    common = {kind for kind, _number in sides[0]} & {kind for kind, _number in sides[1]}
    return ", ".join(sorted(number for side in sides for kind, number in side if kind in common))
