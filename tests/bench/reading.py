"""Jobs that read: open a list, search, a report of a year. Against the same SQL by the bare engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from migdesk.domain.law_pack import LawPack
from migdesk.domain.listing import Filter, Group, Query, Test
from migdesk.domain.office import CalendarDay
from migdesk.domain.person import Person, TravelDocument
from migdesk.services import bulk_status, law, reporting
from migdesk.services.desk import Desk
from migdesk.services.laws import regime_effects
from migdesk.services.laws.law_effects import effects
from migdesk.services.listing import open_list
from migdesk.services.people import duplicates, people
from migdesk.services.stays.status import person_status
from migdesk.store import people as shelf
from migdesk.store import search
from migdesk.store.engine import Connection
from tests.bench.measure import Figures, Job, in_turn, middle, slow_end
from tests.bench.offices import TODAY, ask_again, asked_by, bare_engine, opened

MOST_COMPARED = 100_000
MOST_LIGHTS = 10_000
_REGIME = """
id = "own.bench"
version = "1"
title = { kk = "а", ru = "б", en = "c" }
[[source]]
id = "s"
act = "Act"
read = 2026-11-01
confidence = "reported"
mark = "V2"
[[special]]
code = "bench"
from = 2026-01-01
until = 2027-12-31
to = 2028-06-30
title = { kk = "а", ru = "б", en = "c" }
source = "s"
[special.covers]
grounds = ["visa_free", "visa", "rvp", "pmzh", "kandas", "refuge", "other"]
permits = ["visa", "rvp", "pmzh", "labour_permit", "labour_immigrant", "kandas"]
documents = true
"""
PREFIX = "SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT 50"


def lists(job: Job) -> Figures:
    """The first screen of a list, a hundred ids and fifty rows; and all ids, as scrolling needs them."""
    figures: Figures = {}
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        for line, name in (("list.people", "people"), ("list.arrivals", "arrivals")):
            work = _first_screen(desk, Query(name))
            bare = _as_bare(desk, engine, work)
            figures |= middle(line, in_turn([work] * job.rounds * 5, [bare] * job.rounds * 5))
        found = [
            _first_screen(desk, Query("arrivals", words=typed)) for typed in _beginnings(desk, job.rounds * 4)
        ]
        words = in_turn(found, [_as_bare(desk, engine, work) for work in found])
        figures |= middle("list.words", words) | slow_end("list.words.slow", words)
        every = open_list(desk, Query("people")).ids
        bare = _as_bare(desk, engine, every)
        figures |= middle("list.ids", in_turn([every] * job.rounds, [bare] * job.rounds))
    return figures


def _as_bare(desk: Desk, engine: Connection, work: Callable[[], Any]) -> Callable[[], Any]:
    """The same reading without our code; both sides have done it once then."""
    statements = asked_by(desk, work)
    ask_again(engine, statements)
    return partial(ask_again, engine, statements)


def _first_screen(desk: Desk, query: Query) -> Callable[[], Any]:
    def work() -> None:
        listing = open_list(desk, query)
        listing.rows(listing.first(100)[:50])

    return work


def searches(job: Job) -> Figures:
    """Four letters of a name in any script: their ids, each asked once; and the people, against their SQL."""
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        typed = _beginnings(desk, job.rounds * 12)
        bare = [partial(ask_again, engine, [(PREFIX, (search.match_expression(text),))]) for text in typed]
        ids = in_turn(
            [lambda text=text: search.find_ids(desk.store, "person_search", text, 50) for text in typed], bare
        )
        found = [partial(people.find_people, desk, text) for text in typed]
        persons = in_turn(found, [_as_bare(desk, engine, work) for work in found])
    return middle("search.ids", ids) | middle("search.people", persons) | slow_end("search.slow", persons)


def _beginnings(desk: Desk, count: int) -> list[str]:
    """The first four letters of names all over the register, in Cyrillic and Latin by turns."""
    last = desk.store.value("SELECT max(id) FROM person")
    columns = ("surname", "surname_latin", "given", "given_latin")
    found: list[str] = []
    for at in range(count):
        column = columns[at % len(columns)]
        sql = f"SELECT substr({column}, 1, 4) FROM person WHERE id >= ? AND length({column}) > 3 LIMIT 1"
        found.append(desk.store.value(sql, (last * at // count,)) or "ахме")
    return found


def matching(job: Job) -> Figures:
    """Who of the register may be a person that is being typed: one of the register, spelled a little otherwise."""
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        found = [partial(people.likely_same, desk, *typed) for typed in _typed_again(desk, job.rounds * 12)]
        times = in_turn(found, [_as_bare(desk, engine, work) for work in found])
    return middle("match.one", times) | slow_end("match.slow", times)


def _typed_again(desk: Desk, count: int) -> Iterator[tuple[Person, tuple[TravelDocument, ...]]]:
    last = desk.store.value("SELECT max(id) FROM person")
    for at in range(count):
        (person,) = shelf.by_rowids(desk.store, [1 + last * at // count])
        documents = tuple(shelf.documents_of(desk.store, person.uid, TODAY))
        yield replace(person, uid="", rev=0, iin="", given=person.given[:-1] or person.given), documents


def files(job: Job) -> Figures:
    """The whole file of a person, as the window opens it."""
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        last = desk.store.value("SELECT max(id) FROM person")
        count = job.rounds * 12
        uids = [
            desk.store.value("SELECT uid FROM person WHERE id >= ?", (last * at // count,))
            for at in range(count)
        ]
        found = [partial(people.open_file, desk, uid) for uid in uids]
        times = in_turn(found, [_as_bare(desk, engine, work) for work in found])
    return middle("file.open", times) | slow_end("file.slow", times)


def lights(job: Job) -> Figures:
    """The light of one person with its reasons, his file opened for it."""
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        last, count = desk.store.value("SELECT max(id) FROM person"), job.rounds * 12
        sql = "SELECT uid FROM person WHERE id >= ?"
        uids = [desk.store.value(sql, (last * at // count,)) for at in range(count)]
        found = [partial(person_status, desk, uid) for uid in uids]
        times = in_turn(found, [_as_bare(desk, engine, work) for work in found])
    return middle("status.one", times) | slow_end("status.slow", times)


def recounts(job: Job) -> Figures:
    """Every open term, sum and end of stay counted anew by a law with another day off, against reading the rows."""
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        day_off = CalendarDay(day=TODAY + timedelta(days=1), reason="bench")

        def work() -> None:
            for _effect in effects(desk, law.load([day_off])):
                pass

        times = in_turn([work] * job.rounds, [_as_bare(desk, engine, work)] * job.rounds)
    return middle("terms.again", times)


def regimes(job: Job) -> Figures:
    """Whom a regime over every ground, permit and document touches, against reading the same rows."""
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        then = law.load((), {}, [LawPack(code="own.bench", content=_REGIME)])
        assert not then.left_out

        def work() -> None:
            regime_effects.preview(desk, then)

        times = in_turn([work] * job.rounds, [_as_bare(desk, engine, work)] * job.rounds)
    return middle("regime.preview", times)


def statuses(job: Job) -> Figures:
    """The light of many people with its reasons, against reading the same rows."""
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        sql = "SELECT uid FROM person WHERE annulled_on IS NULL ORDER BY id LIMIT ?"
        uids = [uid for (uid,) in desk.store.rows(sql, (MOST_LIGHTS,))]
        work = partial(bulk_status.of_people, desk, uids)
        times = in_turn([work] * job.rounds, [_as_bare(desk, engine, work)] * job.rounds)
    return middle("status.many", times)


def filters(job: Job) -> Figures:
    """How many rows fit conditions of the filter window: an or-group, days said from today, a part of a name."""
    asked = (
        Group(
            (Filter("citizenship", Test.IN, ("UZB", "CHN")), Filter("purpose", Test.IS, "work")), either=True
        ),
        Filter("arrived_on", Test.WITHIN, "last 90 days"),
    )
    part = (Filter("name", Test.CONTAINS, "хан"),)
    figures: Figures = {}
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        for line, name, conditions in (("filter.days", "arrivals", asked), ("filter.part", "people", part)):
            work = open_list(desk, Query(name, conditions)).count
            sql = f"SELECT count(*) FROM {'arrival' if name == 'arrivals' else 'person'} WHERE annulled_on IS NULL"
            bare = partial(ask_again, engine, [(sql, ())])
            work()
            bare()
            figures |= middle(line, in_turn([work] * job.rounds, [bare] * job.rounds))
    return figures


def pairs(job: Job) -> Figures:
    """Every file compared with all that share enough with it, beside the bare reading of the same rows."""
    if job.persons > MOST_COMPARED:
        return {}
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        statements = [(f"SELECT * FROM {table}", ()) for table in ("person", "document", "distinct_pair")]
        work = partial(duplicates.find_pairs, desk)
        return middle("duplicates", in_turn([work], [partial(ask_again, engine, statements)]))


def reports(job: Job) -> Figures:
    """The monthly summary over a year, and over every arrival there is."""
    periods = {
        "report.year": (date(TODAY.year - 1, TODAY.month, TODAY.day), TODAY),
        "report.all": (date(2000, 1, 1), TODAY),
    }
    figures: Figures = {}
    with opened(job.home) as desk, bare_engine(job.home) as engine:
        for line, (since, until) in periods.items():
            work = partial(reporting.run, desk, "monthly_summary", since, until)
            bare = _as_bare(desk, engine, work)
            figures |= middle(line, in_turn([work] * job.rounds, [bare] * job.rounds))
    return figures
