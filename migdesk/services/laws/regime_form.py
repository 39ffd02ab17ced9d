"""A special regime as it is typed: words of lists become codes, and what it would bring along is said before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from migdesk.domain.arrival import StayBasis
from migdesk.domain.change import Done
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, note
from migdesk.domain.law_pack import LawPack
from migdesk.i18n import N_, _
from migdesk.rules.law import Law
from migdesk.services.desk import Desk
from migdesk.services.laws import law_packs, regime_effects, special_regimes
from migdesk.services.laws.law_copies import Copy
from migdesk.services.laws.law_outlook import told_limits
from migdesk.services.laws.regime_effects import Preview, Sort

_LISTS = {"covers.permits": "permit_kinds", "covers.citizens": "countries", "closes": "channels"}
_TOUCHED = N_("{region}: {counts}")
_NOBODY = N_("Nobody in this office is touched.")
_UNPLACED = N_("place not known")


def coded(desk: Desk, values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values with codes in the place of words: grounds, kinds of permit, countries, channels, services."""
    found = dict(values)
    for name in ("covers.grounds", "closes"):
        found[name] = _read(found.get(name), _ground)
    for name, of_list in _LISTS.items():
        found[name] = _read(found.get(name), lambda words, of=of_list: desk.lists.read(of, words))
    found["paper.services"] = _read(
        found.get("paper.services"), lambda words: desk.lists.read("procedures", words)
    )
    return found


def _read(typed: object, code_of: Any) -> str:
    """Words with commas between them as codes; what means nothing stays as it is, to be refused by its key."""
    parts = (part.strip() for part in re.split(r"[,;\n]", str(typed or "")))
    return ", ".join(code_of(part) or part for part in parts if part)


def _ground(words: str) -> str | None:
    folded = words.casefold()
    return next((one.value for one in StayBasis if choice_label(one).casefold() == folded), None)


def law_then(desk: Desk, copy: Copy, values: Mapping[str, Any]) -> Law:
    """The law as it would be with a regime that is typed.

    Raises:
        Invalid: something is missing; names the field.
        BadFile: it cannot be read; names the key.
    """
    return law_packs.law_with(desk, special_regimes.pack_with(desk, copy, coded(desk, values)))


def write_down(desk: Desk, copy: Copy, values: Mapping[str, Any]) -> Done[LawPack]:
    """Write a typed regime down.

    Raises:
        Invalid, BadFile, Refused: as `special_regimes.write_down`.
    """
    return special_regimes.write_down(desk, copy, coded(desk, values))


def told(desk: Desk, found: Preview) -> list[Finding]:
    """Whom a regime touches, a remark for each region, and the limits of quotas that its pack changes."""
    remarks = [
        note("regime.touched", _TOUCHED, None, region=region_words(desk, code), counts=counts_words(counts))
        for code, counts in found.regions.items()
    ]
    remarks += told_limits(found.limits)
    return remarks or [note("regime.nobody", _NOBODY)]


def foretell(desk: Desk, law: Law) -> list[Finding]:
    """Whom another law touches, as remarks."""
    return told(desk, regime_effects.preview(desk, law, most=0))


def counts_words(counts: Mapping[Sort, int]) -> str:
    """The sorts that are touched, with their counts."""
    return ", ".join(f"{choice_label(one)} {counts[one]}" for one in _of(counts))


def _of(counts: Mapping[Sort, int]) -> Iterable[Sort]:
    return (one for one in Sort if counts.get(one))


def region_words(desk: Desk, code: str) -> str:
    """The name of a region, or that it is not known."""
    return desk.lists.label("kato", code) if code else _(_UNPLACED)
