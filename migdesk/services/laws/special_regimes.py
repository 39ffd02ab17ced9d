"""The special regimes of an office: which there are, and making, correcting and switching its own.

A regime of the office is an entry of one of its packs, so it is written, tried, switched and undone like any other
change of law; what is here names it by its own code, lets a correction take the place of what counts in one op, and
says to what a regime leads. A regime that came with the program is corrected by a pack of the office over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from migdesk.domain.change import Done, Op
from migdesk.domain.errors import BadFile, NotFound, Refused
from migdesk.domain.finding import block
from migdesk.domain.law_pack import LawPack
from migdesk.i18n import N_
from migdesk.rules.catalogue import special_values
from migdesk.rules.law import Law
from migdesk.rules.load import load_pack
from migdesk.rules.pack import Kind
from migdesk.rules.pack import Special as Special
from migdesk.services import law
from migdesk.services.desk import Desk
from migdesk.services.laws import law_copies, law_editing, law_packs
from migdesk.services.laws.law_copies import Copy

_NOT_OWN = N_("“{code}” came with the program: it is corrected by an act of the office, not switched.")
_NOT_IN_PACK = N_("The pack holds no special regime.")


class Standing(StrEnum):
    """Where a regime stands on a day."""

    OFF = "off"
    COMING = "coming"
    ACTS = "acts"
    OVER = "over"

    @classmethod
    def labels(cls) -> dict[Standing, str]:
        """What a person reads."""
        return {
            cls.OFF: N_("not switched on"),
            cls.COMING: N_("still to come"),
            cls.ACTS: N_("acts now"),
            cls.OVER: N_("over"),
        }


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime, the pack it stands in, whether that is the office's own, and where it stands."""

    special: Special
    pack: str
    is_own: bool
    standing: Standing

    @property
    def code(self) -> str:
        """Its code."""
        return self.special.code

    @property
    def says(self) -> dict[str, object]:
        """What it says, ready for JSON."""
        return special_values(self.special)


def list_regimes(desk: Desk) -> list[Regime]:
    """Every regime as it holds, and those of the office that are not switched on; the latest first."""
    shipped = {pack.id for pack in law.packs()}
    found = [
        Regime(one, pack.id, pack.id not in shipped, standing(one, desk.today))
        for pack in desk.law.packs
        for one in pack.specials
    ]
    for own in desk.store.live(LawPack, in_use=False):
        found += [Regime(one, own.code, True, Standing.OFF) for one in specials_of(own)]
    return sorted(found, key=lambda one: (one.special.since, one.special.announced, one.code), reverse=True)


def standing(one: Special, on: date) -> Standing:
    """Where a regime that is switched on stands on a day."""
    if one.since > on:
        return Standing.COMING
    return Standing.ACTS if one.until is None or on <= one.until else Standing.OVER


def specials_of(pack: LawPack) -> tuple[Special, ...]:
    """The regimes in a pack of the office; none in one that this program cannot read."""
    try:
        return load_pack(pack.file_name, pack.content).specials
    except BadFile:
        return ()


def get_regime(desk: Desk, code: str) -> Regime:
    """A regime by its code; one that waits to be switched on goes before the one that counts.

    Raises:
        NotFound: there is none.
    """
    found = [one for one in list_regimes(desk) if one.code == code]
    if not found:
        raise NotFound(code)
    return min(found, key=lambda one: one.standing is not Standing.OFF)


def pack_of(desk: Desk, code: str, *, in_use: bool) -> LawPack:
    """The pack of the office in which a regime stands.

    Raises:
        NotFound: there is no such regime.
        Refused: it came with the program, or no pack of the office that is so switched has it.
    """
    for one in desk.store.live(LawPack, in_use=in_use):
        if code in {special.code for special in specials_of(one)}:
            return one
    found = get_regime(desk, code)
    if not found.is_own:
        raise Refused([block("regime.shipped", _NOT_OWN, "code", code=code)])
    message = N_("This pack is not switched on.") if in_use else N_("This pack is switched on already.")
    raise Refused([block("law.state", message)])


def refuse_without(file: str, pack: LawPack) -> None:
    """Refuse a pack of other law where a regime is expected.

    Raises:
        BadFile: it holds no special regime.
    """
    if not specials_of(pack):
        raise BadFile(file, "special", _NOT_IN_PACK)


def blank() -> Copy:
    """What is asked of a new regime."""
    return law_copies.blank_special()


def copy_of(desk: Desk, code: str) -> Copy:
    """A regime as it may be corrected.

    Raises:
        NotFound: there is none.
        Refused: who works here is not the head of the office.
    """
    desk.refuse_beyond_role(Op.TAKE_LAW)
    found = get_regime(desk, code)
    if found.is_own:
        own = law_packs.get_pack(desk, found.pack)
        table = next(
            one for one in law_copies.own_tables(own)[Kind.SPECIAL] if _is_it(one, code, found.special.since)
        )
    else:
        table = next(
            one for one in law.raw_packs()[found.pack]["special"] if _is_it(one, code, found.special.since)
        )
    return law_copies.special_copy(table, _act_of(found))


def _is_it(table: Mapping[str, Any], code: str, since: date) -> bool:
    return bool(table["code"] == code and table["from"] == since)


def _act_of(found: Regime) -> dict[str, Any]:
    """The act a regime of the office rests on, to be kept or replaced; of a shipped one it is to be given."""
    if not found.is_own:
        return {}
    source = found.special.citation.source
    return {
        "act": source.act,
        "article": source.article,
        "address": source.address,
        "confidence": source.confidence,
    }


def pack_with(desk: Desk, copy: Copy, values: Mapping[str, Any]) -> LawPack:
    """The pack in which a new or corrected regime would stand; writes nothing.

    Raises:
        Invalid: something is missing; names the field.
        BadFile: what came out is no pack; names the key and the line.
    """
    own = _holder(desk, copy)
    if own is None:
        return law_editing.pack_with(desk, copy, values)
    return law_editing.pack_corrected(desk, own, copy, values)


def _holder(desk: Desk, copy: Copy) -> LawPack | None:
    """The pack of the office that has the regime which is corrected."""
    for one in desk.store.live(LawPack):
        tables = law_copies.own_tables(one).get(Kind.SPECIAL, ())
        if copy.code and any(_is_it(table, copy.code, copy.table["from"]) for table in tables):
            return one
    return None


def write_down(desk: Desk, copy: Copy, values: Mapping[str, Any]) -> Done[LawPack]:
    """Write a new or corrected regime down: a correction of one that counts, counts in its place at once.

    Raises:
        Invalid, BadFile: as `pack_with`.
        Refused: who works here is not the head of the office.
    """
    why = str(values.get("act") or "")
    return law_packs.replace_pack(desk, pack_with(desk, copy, values), why)


def switch(desk: Desk, code: str, *, on: bool, why: str) -> Done[LawPack]:
    """Let the pack of a regime count from now on, or no longer.

    Raises:
        NotFound, Refused: as `pack_of`.
        Invalid: no reason is given.
        BadFile: with the other packs of the office it cannot be read.
    """
    return law_packs.switch_pack(desk, pack_of(desk, code, in_use=not on).code, on=on, why=why)


def law_then(desk: Desk, code: str, *, on: bool) -> Law:
    """The law as it would be with the pack of a regime switched on, or off.

    Raises:
        NotFound, Refused, BadFile: as `switch`.
    """
    pack = pack_of(desk, code, in_use=not on)
    return law_packs.law_with(desk, pack) if on else law_packs.law_without(desk, pack.code)
