"""By which law the kept due days and sums of an office were counted, and counting them anew.

Days and sums are kept, so a newer program whose packs or services say something else must not leave them as they
were, nor change them unasked. The office's file remembers the digest of the shipped texts, the texts themselves and
their edition; when those of the program differ, what the change brings is shown, and the head writes it as one op
that undo takes back. Until then nobody changes the law of the office: its days would be compared with a law by which
they never were counted. A program that is older than the one that counted does neither.

An office whose file remembers none was made by a program that kept none: then every day and sum that is there is
compared with what the law of now gives, and none is added.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import sha256

from migdesk import about
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import BadFile, NotFound, Refused, Stale
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.law_pack import version_order
from migdesk.domain.office import Setting
from migdesk.domain.payment import Payment
from migdesk.domain.record import Record
from migdesk.i18n import N_, _
from migdesk.rules.law import Law
from migdesk.rules.pack import Pack
from migdesk.rules.procedure import Procedure
from migdesk.services import law
from migdesk.services.desk import Desk
from migdesk.services.laws.law_effects import Effect, effects
from migdesk.services.laws.law_outlook import Foretold
from migdesk.services.laws.limit_effects import limit_changes
from migdesk.services.laws.service_effects import case_changes
from migdesk.services.payments import receipts
from migdesk.store import contents
from migdesk.store.rows import computed_names
from migdesk.store.writer import Tx

KEY = "law.shipped"
"""The setting that remembers the digest of the shipped texts, that of the content in which they are kept, and the
edition: the version of the program and that of its law."""

_VERSION = re.compile(r'^version = "([^"]+)"', re.MULTILINE)
NEWER = N_(
    "The program brought another law, and the due days of the office are not counted by it yet. The head counts them "
    "anew first, on the page of the law or with: migdesk rules recount. Then the law of the office can be changed."
)
"""Why the law of the office cannot be changed yet after a newer program came."""
_OLDER = N_(
    "The due days of this office were counted by the law of a newer program: {edition}. This program is older, so it "
    "changes no law and counts nothing anew. Open the office with the newer program."
)
_UNREAD = N_(
    "The law by which the due days were counted is kept, but this program cannot read it: {reason} Every day and sum "
    "that is there is compared with the law of now, also one that was brought by hand; none is added."
)
_GONE = N_("its text is gone from the file of the office.")


class Standing(StrEnum):
    """How the law of this program stands to the one by which the office was counted."""

    SAME = "same"
    NEWER = "newer"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Former:
    """The law by which due days were counted, with the services of its time; `unread` says why it is not known."""

    law: Law
    is_known: bool
    unread: str = ""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the office remembers; every part is empty where a program kept none."""

    digest: str = ""
    content: str = ""
    edition: str = ""


@cache
def digest() -> str:
    """Names the law of this program: the digest of the shipped texts of packs and services."""
    return sha256(_texts().encode()).hexdigest()


def edition() -> str:
    """Orders the laws of programs: the version of the program, and the latest version of its packs and services."""
    return f"{about.version()}/{max(_VERSION.findall(_plain_texts()), key=version_order)}"


def _texts() -> str:
    texts = {one: law.shipped_texts(one) for one in ("rules", "procedures")}
    return json.dumps(texts, ensure_ascii=False)


def _plain_texts() -> str:
    return "\n".join(text for one in ("rules", "procedures") for _name, text in law.shipped_texts(one))


def remember(tx: Tx) -> None:
    """Say inside an op that every due day is counted by the law of this program."""
    body = zlib.compress(_texts().encode(), 6)
    known = tx.live(Setting, key=KEY)
    value = f"{digest()} {contents.keep(tx.connection, body)} {edition()}"
    tx.put(known[0] if known else Setting(key=KEY), value=value)


def standing(desk: Desk) -> Standing:
    """How the law of this program stands to the one by which the office's due days were counted."""
    kept = _kept(desk)
    if kept.digest == digest():
        return Standing.SAME
    if kept.edition and (is_later(kept.edition, edition()) or _was_counted_by_this(desk)):
        return Standing.OLDER
    return Standing.NEWER


_COUNTED_ONCE = """
SELECT EXISTS (SELECT 1 FROM change c JOIN op o ON o.id = c.op
WHERE c.uid IN (SELECT uid FROM setting WHERE key = ?) AND instr(c.after, ?)
  AND NOT EXISTS (SELECT 1 FROM op u WHERE u.undoes = o.uid))
"""


def _was_counted_by_this(desk: Desk) -> bool:
    """Whether another law took the place of this one, and that was not undone: editions may be the same."""
    return bool(desk.store.value(_COUNTED_ONCE, (KEY, digest())))


def is_later(one: str, other: str) -> bool:
    """Whether an edition is later than another; of a program that is not installed only the law has a version."""
    (program, its_law), (other_program, other_law) = (given.split("/") for given in (one, other))
    if "checkout" in program + other_program or program == other_program:
        return version_order(its_law) > version_order(other_law)
    return version_order(program) > version_order(other_program)


def not_counted(desk: Desk) -> Finding | None:
    """Why the law of the office cannot be changed now, and what to do; nothing when every day is counted by it."""
    match standing(desk):
        case Standing.SAME:
            return None
        case Standing.NEWER:
            return block("law.not_counted", NEWER)
        case Standing.OLDER:
            return block("law.older_program", _OLDER, None, edition=_kept(desk).edition)


def refuse_uncounted(desk: Desk) -> None:
    """Refuse to change the law of the office, or to say what a change would bring, by days of another law.

    Raises:
        Refused: says what to do first.
    """
    if refusal := not_counted(desk):
        raise Refused([refusal])


def doubts(desk: Desk) -> list[Finding]:
    """What is to be known before counting anew: that the law of before cannot be read any more.

    It may read that law, which takes a second.
    """
    if standing(desk) is not Standing.NEWER or not (reason := former(desk).unread):
        return []
    return [warn("law.unread", _UNREAD, None, reason=reason)]


def foresee(desk: Desk) -> Foretold:
    """What counting anew would change: due days, sums, and limits of quotas; writes nothing.

    Raises:
        Refused: this program is older than the one by whose law they were counted.
    """
    if standing(desk) is Standing.OLDER:
        refuse_uncounted(desk)
    then = former(desk)
    found = effects(desk, desk.law, held=then.law)
    changed = [one for one in found if then.is_known or one.before is not None]
    if not then.is_known:
        return Foretold(changed, [], [])
    return Foretold(changed, limit_changes(desk, desk.law, then.law), case_changes(desk, desk.law, then.law))


def recount(desk: Desk) -> Done[Foretold]:
    """Give every open due day and sum that the newer law changes its value, as one op; what changed.

    Raises:
        Refused: they are counted by this law already or by that of a newer program, or who works here is not the head
            of the office.
        Stale: a record went away meanwhile.
    """
    if standing(desk) is Standing.SAME:
        message = N_("Every due day is counted by the law of this program already.")
        raise Refused([block("law.counted", message)])
    with desk.write(Op.RECOUNT_LAW) as tx:
        found = foresee(desk)
        _write(desk, tx, found[0])
        remember(tx)
    return Done(found, tx.changes)


def write_effects(desk: Desk, tx: Tx) -> None:
    """Give every open due day and sum the value of the law as it is inside an op.

    Raises:
        Refused: they are not counted by the law of this program, so nobody could say which of them the op changes.
        Stale: a record went away meanwhile.
    """
    refuse_uncounted(desk)
    _write(desk, tx, list(effects(desk, law.of_office(tx))))


def _write(desk: Desk, tx: Tx, found: Iterable[Effect]) -> None:
    """Each record once: what is worked out is settled, so that open copies of the record stay good to write."""
    together: dict[tuple[type[Record], str], list[Effect]] = defaultdict(list)
    for one in found:
        together[one.table, one.uid].append(one)
    for (table, uid), some in together.items():
        own, values = computed_names(table), dict[str, object]()
        for one in some:
            if one.field in own:
                tx.settle(table, uid, one.field, _stored(one.before), _stored(one.after))
            else:
                values |= {one.field: one.after, **one.along}
        if values:
            rec = tx.find(table, uid)
            if rec is None:
                raise Stale
            saved = tx.put(rec, **values)
            if isinstance(saved, Payment):
                receipts.settle_covered(desk, tx, saved)


def _stored(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def former(desk: Desk) -> Former:
    """The law as it was when the due days were counted, with the office's own days, answers and packs over it.

    Where it is not known, or this program cannot read it any more, it is a law that says nothing.
    """
    content = _kept(desk).content
    if not content:
        return _unknown()
    try:
        packs, services = _read(contents.read(desk.store, content))
    except NotFound:
        return _unknown(_(_GONE))
    except BadFile as problem:
        return _unknown(problem.words())
    except (zlib.error, ValueError, KeyError) as problem:
        return _unknown(f"{type(problem).__name__}.")
    return Former(law.of_office(desk.store, shipped=(packs, lambda: services)), is_known=True)


def _unknown(why: str = "") -> Former:
    return Former(Law.of(()), is_known=False, unread=why)


@lru_cache(maxsize=1)
def _read(body: bytes) -> tuple[tuple[Pack, ...], tuple[Procedure, ...]]:
    """The packs and services of a kept body; reading them takes a second, and a window asks several times."""
    texts = json.loads(zlib.decompress(body))
    packs = law.read_packs(texts["rules"])
    return packs, law.read_services(texts["procedures"], packs)


def _kept(desk: Desk) -> _Counted:
    known = desk.store.live(Setting, key=KEY)
    return _Counted(*known[0].value.split(" ")[:3]) if known else _Counted()
