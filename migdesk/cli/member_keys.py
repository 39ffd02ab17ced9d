"""Keys of a member of `register` that are no record: a zone beside his document, and where he lived until now."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

from migdesk.cli.document_values import unsound
from migdesk.cli.parser import WrongUsage, day
from migdesk.domain.earlier import MOVED, SPECS, Earlier, EarlierWay
from migdesk.domain.fields import Unreadable
from migdesk.domain.finding import Finding, block
from migdesk.i18n import N_, _

_PREFIX = "earlier."
MOVES, LEFT, BOTH = "--moves", "--earlier-left", "--stays-at-both"


def add_earlier(verb: argparse.ArgumentParser) -> None:
    """Add the three answers about an arrival that is still open at another address."""
    verb.add_argument(
        MOVES, action="store_true", help=_(N_("who is registered elsewhere has moved: that arrival ends"))
    )
    verb.add_argument(
        LEFT,
        type=day,
        metavar="DATE",
        help=_(N_("who is registered elsewhere had left that address on this day")),
    )
    verb.add_argument(
        BOTH, metavar="REASON", help=_(N_("who is registered elsewhere lives at both addresses: why"))
    )


def earlier_of(args: argparse.Namespace) -> Earlier | None:
    """The answer of the command line.

    Raises:
        WrongUsage: more than one was given.
    """
    given = [
        answer
        for asked, answer in (
            (args.moves, MOVED),
            (args.earlier_left, Earlier(EarlierWay.LEFT, left_on=args.earlier_left)),
            (args.stays_at_both is not None, Earlier(EarlierWay.BOTH, why=args.stays_at_both or "")),
        )
        if asked
    ]
    if len(given) > 1:
        raise WrongUsage(N_("Give one of {options}."), options=f"{MOVES}, {LEFT}, {BOTH}")
    return given[0] if given else None


def read_earlier(raw: Any, place: str, today: date) -> tuple[Earlier | None, list[Finding]]:
    """The key `earlier`: `"move"`, or an object with `way` and `left_on` or `why`."""
    given = {"way": raw} if isinstance(raw, str) else raw
    known = {one.name.removeprefix(_PREFIX): one.field for one in SPECS}
    if not isinstance(given, dict):
        message = N_("An object of names and values is expected.")
        return None, [block("wrong_kind", message, place)]
    values: dict[str, Any] = {}
    findings = []
    for name, value in given.items():
        if name not in known:
            message = N_("There is no field “{name}”. There are: {near}. All keys: register --keys.")
            near = ", ".join(known)
            findings.append(block("unknown_field", message, f"{place}.{name}", name=name, near=near))
        elif value is not None and (message := unsound(known[name], value)):
            findings.append(block("wrong_kind", message, f"{place}.{name}"))
        elif value is not None:
            try:
                values[name] = known[name].read(value, today=today)
            except Unreadable as wrong:
                words = ", ".join(one.value for one in EarlierWay)
                told = {**wrong.values, "known": words}
                findings.append(block(wrong.code, wrong.text, f"{place}.{name}", **told))
    if values.get("way") is None:
        if not findings:
            message = N_("Say which: {options}.")
            options = ", ".join(one.value for one in EarlierWay)
            findings.append(block("missing", message, f"{place}.way", options=options))
        return None, findings
    return Earlier(**values), findings


def with_zone(given: Mapping[str, Any], documents: str) -> dict[str, Any]:
    """A member whose zone stands beside his document: it is that of the first document, or of one by itself."""
    rest = {name: value for name, value in given.items() if name != "mrz"}
    zone = given.get("mrz")
    if zone is None:
        return rest
    held = rest.get(documents)
    if isinstance(held, dict):
        return {**rest, documents: {"mrz": zone, **held}}
    if isinstance(held, list) and held and isinstance(held[0], dict):
        return {**rest, documents: [{"mrz": zone, **held[0]}, *held[1:]]}
    return {**rest, documents: {"mrz": zone}} if not held else rest
