"""The type-ahead of places: a key after a key, in the shipped classifier and in one of 250 000 places."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from migdesk.domain.place import Place
from migdesk.services.desk import Desk
from migdesk.store import places, search
from tests.bench.measure import Figures, Job, in_turn, middle, slow_end
from tests.bench.offices import ask_again, bare_engine, copied, opened

MANY, FEW = 250_000, 3_000
"""Places of a large classifier, and so many in a trial run."""
_SMALL_OFFICE = 1_000
_WORDS = "SELECT rowid FROM place_search WHERE place_search MATCH ? LIMIT 2000"
_PARTS = ("жаңа", "ақ", "қара", "қызыл", "ұлы", "көк", "ескі", "орта", "кіші", "новое", "старое", "белое")


def typing(job: Job) -> Figures:
    """Each key of names typed letter by letter, in Cyrillic and in Latin."""
    figures: Figures = {}
    with copied(job.home, job.scratch) as mine, opened(mine) as desk:
        figures |= _typed(desk, "place", job)
        many = MANY if job.persons >= _SMALL_OFFICE else FEW
        known = places.all_places(desk.store)
        connection = desk.store.connection
        connection.execute("BEGIN")
        places.replace_all(connection, _more(known, many - len(known)))
        places.index(connection)
        connection.execute("COMMIT")
        figures |= _typed(desk, "place.many", job)
    return figures


def _typed(desk: Desk, line: str, job: Job) -> Figures:
    keys = list(_keys(desk, job.rounds * 4))
    with bare_engine(desk.home) as engine:
        bare = [partial(ask_again, engine, [(_WORDS, (search.match_expression(one),))]) for one in keys]
        times = in_turn([partial(desk.lists.find, "kato", one, limit=20) for one in keys], bare)
    return middle(line, times) | slow_end(f"{line}.slow", times)


def _keys(desk: Desk, names: int) -> Iterator[str]:
    last = desk.store.value("SELECT max(id) FROM place")
    for at in range(names):
        column = ("ru", "kk", "en")[at % 3]
        name = (
            desk.store.value(f"SELECT {column} FROM place WHERE id > ?", (last * at // names,)) or "Павлодар"
        )
        word = max(name.split(), key=len)
        yield from (word[:size] for size in range(1, min(len(word), 6) + 1))


def _more(known: list[Place], count: int) -> Iterator[Place]:
    """Settlements that are not: the names of others with a word before, in the same districts."""
    chance = random.Random(7)
    models = [one for one in known if one.level == 4]
    for at in range(count):
        model, part = chance.choice(models), chance.choice(_PARTS)
        names = {language: f"{part} {getattr(model, language)} {at % 97}" for language in ("kk", "ru", "en")}
        yield replace(model, code=f"9{at:08}", **names)
