"""`series list|show|start`: the numbers of the office, what was given of them, and an own start number."""

from __future__ import annotations

from typing import Any

from migdesk.cli.call import Call
from migdesk.cli.output import Answer, pairs, table
from migdesk.cli.parser import Verbs, add_group, add_verb
from migdesk.domain.number_series import Block, NumberSeries, count, words
from migdesk.i18n import N_, _
from migdesk.services.papers import number_series

_NEEDS = N_("Needs an office.")
_SERIES, _NEXT, _GIVEN = N_("Series"), N_("Next number"), N_("Numbers given")
_GAPS, _SKIPPED, _VOIDED = N_("Gaps"), N_("Passed over by an own start"), N_("Annulled")


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "series", _(N_("series of numbers: what was given, gaps, own starts")))
    add_verb(group, "list", _(N_("every series of this office")), show_all, needs=_(_NEEDS))
    one = add_verb(group, "show", _(N_("one series, block by block")), show, needs=_(_NEEDS))
    start = add_verb(
        group,
        "start",
        _(N_("let a series go on with a higher number; only a head does, and never lower")),
        begin,
        needs=_(_NEEDS),
    )
    for made in (one, start):
        made.add_argument("series", metavar="SERIES", help=_(N_("what its numbers begin with: PVL-C2026")))
    start.add_argument(
        "--from", dest="first", type=int, required=True, metavar="NUMBER", help=_(N_("the next number"))
    )


def show_all(call: Call) -> Answer:
    """Show every series."""
    found = number_series.list_series(call.desk)
    headings = [_(one) for one in (_SERIES, N_("Of what"), _NEXT, _GIVEN, _GAPS, _VOIDED)]
    rows = (
        [one.name, _(one.of), one.coming, words(one.given), words(one.gaps), words(one.voided)]
        for one in found
    )
    return Answer([_document(one) for one in found], table(headings, rows))


def show(call: Call) -> Answer:
    """Show one series.

    Raises:
        NotFound: it is no series of this office.
    """
    return _told(number_series.get_series(call.desk, call.args.series))


def begin(call: Call) -> Answer:
    """Set an own start.

    Raises:
        NotFound: it is no series of this office.
        Refused: not by a head; the number was given already, or is too high.
    """
    return _told(number_series.start_from(call.desk, call.args.series, call.args.first).value)


def _told(one: NumberSeries) -> Answer:
    rows = [(_SERIES, one.name), (N_("Of what"), _(one.of) if one.of else "—"), (_NEXT, one.coming)]
    parts = [(_GIVEN, one.given), (_GAPS, one.gaps), (_SKIPPED, one.skipped), (_VOIDED, one.voided)]
    rows += [(label, f"{words(blocks)} ({count(blocks)})") for label, blocks in parts if blocks]
    return Answer(_document(one), pairs([(_(label), value) for label, value in rows]))


def _document(one: NumberSeries) -> dict[str, Any]:
    def listed(blocks: tuple[Block, ...]) -> list[dict[str, int]]:
        return [{"first": part.first, "last": part.last} for part in blocks]

    return {
        "series": one.name,
        "next": one.coming,
        "last": one.last,
        "given": listed(one.given),
        "gaps": listed(one.gaps),
        "skipped": listed(one.skipped),
        "voided": listed(one.voided),
    }
