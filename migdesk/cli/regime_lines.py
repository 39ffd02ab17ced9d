"""Special regimes and whom they touch, as a person and a script read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from migdesk.cli.effect_lines import limit_document
from migdesk.cli.output import day_words, finding_lines, findings_document, table
from migdesk.domain.dates import show_day
from migdesk.domain.fields import choice_label
from migdesk.domain.money import grouped
from migdesk.i18n import N_, _, pick
from migdesk.services.desk import Desk
from migdesk.services.laws.law_outlook import told_limits
from migdesk.services.laws.regime_effects import NamedTouch, Preview, Sort
from migdesk.services.laws.special_regimes import Special

_SHOWN = 20
"""Of those that are touched so many are named to a person; the document names more."""


def regime_document(one: Special, on: date) -> dict[str, object]:
    """A regime: its days, when it was announced, whether it acts on a day, its act."""
    source = one.citation.source
    return {
        "code": one.code,
        "title": pick(one.title),
        "from": one.since,
        "until": one.until,
        "announced": one.announced,
        "acts": one.since <= on and (one.until is None or on <= one.until),
        "to": one.to,
        "days": one.days,
        "source": source.as_json(),
    }


def regime_line(one: Special) -> str:
    """A regime in a line: its days, when it was announced, what it is called."""
    until = show_day(one.until) if one.until else "…"
    announced = _(N_("announced {day}")).format(day=show_day(one.announced))
    return f"  {show_day(one.since)} – {until} ({announced}): {pick(one.title)}"


def preview_document(desk: Desk, found: Preview) -> dict[str, object]:
    """Whom a regime touches: counts, counts by region, and the first by name."""
    return {
        "counts": {one.value: found.counts.get(one, 0) for one in Sort},
        "regions": [
            {"region": code or None, "name": _region(desk, code)}
            | {one.value: counts.get(one, 0) for one in Sort}
            for code, counts in found.regions.items()
        ],
        "touched": [_touch(one) for one in found.named],
        "limits": [limit_document(one) for one in found.limits],
        "findings": findings_document(told_limits(found.limits)),
    }


def _touch(one: NamedTouch) -> dict[str, object]:
    touch = one.touch
    return {
        "what": touch.sort.value,
        "record": touch.table.table,
        "uid": touch.uid,
        "person": touch.person,
        "name": one.name,
        "region": touch.region or None,
        "before": touch.before,
        "after": touch.after,
    }


def preview_lines(desk: Desk, found: Preview) -> Iterator[str]:
    """The same for people to read."""
    if not any(found.counts.values()):
        yield _(N_("Nobody in this office is touched."))
    else:
        yield from _touched_lines(desk, found)
    yield from finding_lines(told_limits(found.limits))


def _touched_lines(desk: Desk, found: Preview) -> Iterator[str]:
    headings = [_(N_("Region")), *(choice_label(one) for one in Sort)]
    rows = [
        [_region(desk, code), *(str(counts.get(one, 0)) for one in Sort)]
        for code, counts in found.regions.items()
    ]
    rows.append([_(N_("Together")), *(str(found.counts.get(one, 0)) for one in Sort)])
    yield from table(headings, rows)
    named = [_(N_("What")), _(N_("Person")), _(N_("Now")), _(N_("Then"))]
    lines = (
        [choice_label(one.touch.sort), one.name, _words(one.touch.before), _words(one.touch.after)]
        for one in found.named[:_SHOWN]
    )
    yield from table(named, lines)


def _region(desk: Desk, code: str) -> str:
    return desk.lists.label("kato", code) if code else _(N_("place not known"))


def _words(value: date | int | None) -> str:
    return f"{grouped(value)} ₸" if isinstance(value, int) else day_words(value)
