"""`quota wait add|next|skip|include|strike|list` and `quota what-if`: who is next, and what would come of it."""

from __future__ import annotations

from collections.abc import Iterator

from migdesk.cli.call import Call
from migdesk.cli.keys import person_of
from migdesk.cli.output import Answer, changed, day_words, plain, record_document, table
from migdesk.cli.parser import Verbs, WrongUsage, add_group, add_verb, count
from migdesk.cli.pots import pot_given, pot_key, pot_key_headings, pot_verb
from migdesk.cli.terms import pot_document
from migdesk.domain.case import Case
from migdesk.domain.errors import NotFound
from migdesk.domain.fields import Moment, choice_label
from migdesk.domain.quota import Waiting
from migdesk.i18n import N_, _
from migdesk.services.facts import members
from migdesk.services.quotas import waiting, what_if
from migdesk.services.quotas.waiting import Place, Wish
from migdesk.services.quotas.what_if import Outcome, Supposed, Wanted


def add(group: Verbs) -> None:
    """Add both to the verbs of the quota."""
    verbs = add_group(group, "wait", _(N_("the waiting list of a pot")))
    made = pot_verb(verbs, "add", _(N_("enter somebody at the end of the line")), enter)
    made.add_argument("--person", metavar="PERSON", help=_(N_("uid, IIN, document number or label")))
    made.add_argument("--case", metavar="CASE", help=_(N_("number or uid of an open case")))
    made.add_argument(
        "--units", type=count, metavar="N", help=_(N_("how many units; the family when left out"))
    )
    pot_verb(verbs, "next", _(N_("whose turn it is")), show_next)
    made = add_verb(verbs, "skip", _(N_("pass over who is next, once, with a reason")), skip)
    made.add_argument("entry", metavar="ENTRY", help=_(N_("number or uid of the entry")))
    made.add_argument("--reason", required=True, metavar="CODE", help=_(N_("code of the list skip_reasons")))
    made.add_argument("--words", required=True, metavar="TEXT", help=_(N_("the circumstances")))
    made = add_verb(verbs, "include", _(N_("take who is next: units are held for him")), include)
    made.add_argument("entry", metavar="ENTRY", help=_(N_("number or uid of the entry")))
    made = add_verb(verbs, "strike", _(N_("take an entry off the list")), strike)
    made.add_argument("entry", metavar="ENTRY", help=_(N_("number or uid of the entry")))
    made.add_argument("--reason", required=True, metavar="TEXT", help=_(N_("why")))
    made = add_verb(verbs, "list", _(N_("everybody in line, with the proof of the order")), list_line)
    made.add_argument("--ever", action="store_true", help=_(N_("those too who wait no more")))
    made = pot_verb(group, "what-if", _(N_("who would be included, and when the units would end")), suppose)
    made.add_argument(
        "--count",
        action="append",
        default=[],
        metavar="[C=]N",
        help=_(N_("so many applications, of a category if named; may be given several times")),
    )
    made.add_argument("--case", action="append", default=[], metavar="CASE", help=_(N_("an open case")))
    made.add_argument("--open", action="store_true", help=_(N_("every open case of the pot")))
    made.add_argument("--line", action="store_true", help=_(N_("everybody in its waiting list")))


def _case(call: Call, key: str) -> Case:
    found = call.desk.store.named(Case, key)
    if found is None:
        raise NotFound(key)
    return found


def enter(call: Call) -> Answer:
    """Enter somebody in line.

    Raises:
        Invalid: waits already, or was included before.
        NotFound: no such person or case.
    """
    args, desk, pot = call.args, call.desk, pot_given(call)
    if args.case:
        asked = waiting.wish_of_case(desk, _case(call, args.case).uid)
        wish = Wish(pot, asked.person, args.units or asked.units, asked.family, asked.case)
    elif args.person:
        person = person_of(desk, args.person).uid
        family = members.family_of(desk, person) if args.units != 1 else None
        together = len(members.household(desk, Case(person=person, family=family))) if family else 1
        wish = Wish(pot, person, args.units or together, family)
    else:
        raise WrongUsage(N_("Give one of: {names}."), names="--person --case")
    return _changed(call, waiting.enter(desk, wish).value)


def _changed(call: Call, entry: Waiting) -> Answer:
    (place,) = [one for one in waiting.line(call.desk, ever=True) if one.entry.uid == entry.uid]
    return Answer(_document(place), table(_headings(), [_cells(call, place)]))


def show_next(call: Call) -> Answer:
    """Whose turn it is; exit code 1 when nobody waits.

    Raises:
        NotFound: nobody waits.
    """
    found = waiting.next_of(call.desk, pot_given(call))
    if found is None:
        raise NotFound(_(N_("the waiting list")))
    return _changed(call, found)


def skip(call: Call) -> Answer:
    """Pass over who is next.

    Raises:
        Invalid: the reason is not in the list.
        Refused: somebody else is next, or nobody stands behind.
        NotFound: no such entry.
    """
    args, desk = call.args, call.desk
    done = waiting.skip(desk, waiting.get(desk, args.entry).uid, args.reason, args.words)
    reason = desk.lists.label(waiting.REASONS, done.value.reason)
    return changed(done, [(_(N_("Passed over")), args.entry), (_(N_("Reason")), reason)])


def include(call: Call) -> Answer:
    """Take who is next.

    Raises:
        Refused: somebody else is next, or fewer units are free.
        NotFound: no such entry.
    """
    desk = call.desk
    return _changed(call, waiting.include(desk, waiting.get(desk, call.args.entry).uid).value)


def strike(call: Call) -> Answer:
    """Take an entry off the list.

    Raises:
        Refused: it waits no more.
        NotFound: no such entry.
    """
    desk = call.desk
    return _changed(
        call, waiting.strike(desk, waiting.get(desk, call.args.entry).uid, call.args.reason).value
    )


def list_line(call: Call) -> Answer:
    """Everybody in line."""
    found = waiting.line(call.desk, ever=call.args.ever)
    rows = (_cells(call, one) for one in found)
    return Answer([_with_skips(call, one) for one in found], table(_headings(), rows, right={0, 4}))


def _headings() -> list[str]:
    words = N_("Place in the queue"), N_("Number"), N_("Entered at"), N_("Name"), N_("Units"), N_("State")
    return [*(_(one) for one in words), _(N_("Passed over")), *pot_key_headings(), _(N_("Journal"))]


def _cells(call: Call, one: Place) -> list[object]:
    entry = one.entry
    return [
        *(one.place or "", entry.number, Moment("").show(entry.entered_at), one.name, entry.units),
        *(
            choice_label(entry.state) if entry.state else "",
            one.skipped or "",
            *pot_key(call, one.pot),
            one.hash[:12],
        ),
    ]


def _with_skips(call: Call, one: Place) -> dict[str, object]:
    """An entry with when, why and for whom it was passed over."""
    skips = waiting.skips_of(call.desk, one.entry.uid) if one.skipped else ()
    return _document(one) | {"skips": [record_document(skip) for skip in skips]}


def _document(one: Place) -> dict[str, object]:
    proof = {"op": one.op, "hash": one.hash, "at": plain(one.entry.entered_at)}
    pot: dict[str, object] = {"stream": one.pot.stream.value, "region": one.pot.region, "year": one.pot.year}
    pot |= {"category": one.pot.category or None, "activity": one.pot.activity or None}
    told = {"place": one.place, "behind": one.behind, "skipped": one.skipped, "pot": pot, "proof": proof}
    return record_document(one.entry) | told | {"findings": []}


def suppose(call: Call) -> Answer:
    """What would come of applications; writes nothing.

    Raises:
        Invalid: nothing is asked.
    """
    found = [
        what_if.suppose(call.desk, pot_given(call, category), wanted) for category, wanted in _wanted(call)
    ]
    return Answer([_supposed(one) for one in found], _supposed_lines(call, found))


def _wanted(call: Call) -> Iterator[tuple[str | None, list[Wanted]]]:
    """By category what is asked; the category of the command line for what names none."""
    args, desk, pot = call.args, call.desk, pot_given(call)
    chosen: list[Wanted] = []
    if args.line:
        chosen += what_if.of_line(desk, pot)
    if args.open or args.case:
        named = None if args.open else [_case(call, key).uid for key in args.case]
        chosen += what_if.of_cases(desk, pot, named)
    by_category: dict[str, int] = {}
    for given in args.count:
        category, _equals, units = given.rpartition("=")
        by_category[category] = by_category.get(category, 0) + count(units)
    if chosen or not by_category:
        yield None, [*chosen, *what_if.of_count(by_category.pop("", 0))]
    for category, units in by_category.items():
        yield category or None, what_if.of_count(units)


def _supposed(one: Supposed) -> dict[str, object]:
    lines = [
        {
            "label": line.wanted.label,
            "uid": line.wanted.uid or None,
            "units": line.wanted.units,
            "outcome": line.outcome.value,
            "free": line.free,
        }
        for line in one.lines
    ]
    sums = {outcome.value: one.units(outcome) for outcome in Outcome}
    return {
        "before": pot_document(one.before),
        "after": pot_document(one.after),
        "units": sums,
        "lines": lines,
    }


def _supposed_lines(call: Call, found: list[Supposed]) -> Iterator[str]:
    for one in found:
        yield ", ".join(str(part) for part in pot_key(call, one.before.pot) if part)
        headings = [
            _(N_("Application")),
            _(N_("Units")),
            _(N_("What would become of it")),
            _(N_("Free then")),
        ]
        rows = (
            [line.wanted.label, line.wanted.units, choice_label(line.outcome), line.free]
            for line in one.lines
        )
        yield from table(headings, rows, right={1, 3})
        words = _(N_("Free: {before} now, {after} then. Runs out: {day} now, {then} then."))
        yield words.format(
            before=one.before.balance.free,
            after=one.after.balance.free,
            day=day_words(one.before.forecast),
            then=day_words(one.after.forecast),
        )
