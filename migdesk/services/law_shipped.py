"""The law that came with the program, and by which edition of it the due days of an office were counted.

Due days and sums are kept, so a newer program whose packs or services say something else must not leave them as
they were, nor change them unasked. The office's file remembers the digest of the shipped texts and the texts
themselves; when those of the program differ, what the change brings is shown, and the head writes it as one op that
undo takes back. An office whose file remembers none was made by a program that kept none: then every day and sum
that is there is compared with what the law of now gives, and none is added.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import BadFile, NotFound, Refused, Stale
from migdesk.domain.finding import block
from migdesk.domain.law_pack import LawPack
from migdesk.domain.office import CalendarDay, Setting
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.pack import Pack
from migdesk.rules.procedure import Procedure
from migdesk.services import law
from migdesk.services.desk import Desk
from migdesk.services.law_effects import effects
from migdesk.services.law_outlook import Foretold
from migdesk.services.limit_effects import limit_changes
from migdesk.store import contents
from migdesk.store.writer import Tx

KEY = "law.shipped"
"""The setting that remembers the digest of the shipped texts, and that of the content in which they are kept."""


@dataclass(frozen=True, slots=True)
class Former:
    """The law by which due days were counted, with the services of its time."""

    law: Law
    services: tuple[Procedure, ...]
    is_known: bool


@cache
def digest() -> str:
    """Names the law of this program: the digest of the shipped texts of packs and services."""
    return sha256(_texts().encode()).hexdigest()


def _texts() -> str:
    texts = {one: law.shipped_texts(one) for one in ("rules", "procedures")}
    return json.dumps(texts, ensure_ascii=False)


def remember(tx: Tx) -> None:
    """Say inside an op that every due day is counted by the law of this program."""
    body = zlib.compress(_texts().encode(), 6)
    known = tx.live(Setting, key=KEY)
    value = f"{digest()} {contents.keep(tx.connection, body)}"
    tx.put(known[0] if known else Setting(key=KEY), value=value)


def is_newer(desk: Desk) -> bool:
    """Whether the program's law is another than that by which the office's due days were counted."""
    return _kept(desk)[0] != digest()


def foresee(desk: Desk) -> Foretold:
    """What counting anew would change: due days, sums, and limits of quotas; writes nothing."""
    then = former(desk)
    found = effects(desk, desk.law, held=then.law, services=then.services)
    changed = [one for one in found if then.is_known or one.before is not None]
    return changed, limit_changes(desk, desk.law, then.law) if then.is_known else []


def recount(desk: Desk) -> Done[int]:
    """Give every open due day and sum that the newer law changes its value, as one op; how many changed.

    Raises:
        Refused: they are counted by this law already, or who works here is not the head of the office.
        Stale: a record went away meanwhile.
    """
    if not is_newer(desk):
        message = N_("Every due day is counted by the law of this program already.")
        raise Refused([block("law.counted", message)])
    with desk.write(Op.RECOUNT_LAW) as tx:
        found, _limits = foresee(desk)
        for one in found:
            rec = tx.find(one.table, one.uid)
            if rec is None:
                raise Stale
            tx.put(rec, **{one.field: one.after, **one.along})
        remember(tx)
    return Done(len(found), tx.changes)


def former(desk: Desk) -> Former:
    """The law as it was when the due days were counted, with the office's own days, answers and packs over it.

    Where it is not known, or this program cannot read it any more, it is a law that says nothing.
    """
    content = _kept(desk)[1]
    nothing = Former(Law.of(()), (), is_known=False)
    if not content:
        return nothing
    try:
        packs, services = _read(contents.read(desk.store, content))
    except (BadFile, NotFound, zlib.error, ValueError, KeyError):
        return nothing
    answers = {one.key: one.value for one in desk.store.live(Setting)}
    own = desk.store.live(LawPack, in_use=True)
    held = law.load(desk.store.live(CalendarDay), answers, own, packs)
    return Former(held, services, is_known=True)


@lru_cache(maxsize=1)
def _read(body: bytes) -> tuple[tuple[Pack, ...], tuple[Procedure, ...]]:
    """The packs and services of a kept body; reading them takes a second, and a window asks several times."""
    texts = json.loads(zlib.decompress(body))
    packs = law.read_packs(texts["rules"])
    return packs, law.read_services(texts["procedures"], packs)


def _kept(desk: Desk) -> tuple[str, str]:
    known = desk.store.live(Setting, key=KEY)
    named, _space, content = known[0].value.partition(" ") if known else ("", "", "")
    return named, content
