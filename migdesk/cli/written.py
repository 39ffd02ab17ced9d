"""Where a document of `register` has what the program calls `members.0.document.number`.

Whoever wrote `rows[0].documents[1]` looks for that in his file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from migdesk.domain.finding import Finding
from migdesk.i18n import N_
from migdesk.services.arrivals.earlier import STILL_HERE

_HEAD = ("person", "document", "documents", "mrz")
_ELSEWHERE = N_(
    "{name} still lives elsewhere: arrival {number} of {day} is open. Say what becomes of it: --moves, "
    "--earlier-left DATE, or --stays-at-both REASON."
)
_DOCUMENTS = ("document", "documents")
_OF_MEMBER = ("relation", "details", "family", "apart", "earlier", "mrz", "arrival")


def as_given(findings: Iterable[Finding], raw: Mapping[str, Any]) -> list[Finding]:
    """Findings that name the keys of the document instead of the members of the draft, and the options to give."""
    told = (replace(one, text=_ELSEWHERE) if one.code == STILL_HERE else one for one in findings)
    return [replace(one, field=place_in(raw, one.field)) if one.field else one for one in told]


def place_in(raw: Mapping[str, Any], place: str) -> str:
    """Where the document has what the draft calls `members.0`, or `rows.0` in a group, and `host`."""
    name, _dot, rest = place.partition(".")
    if name == "host":
        return _joined("party" if raw.get("party") is not None else "host", rest)
    number, _dot, inner = rest.partition(".")
    if name not in ("members", "rows") or not number.isdecimal():
        return place
    where, member = _member(raw, int(number))
    return _joined(where, _in_member(member, inner, is_head=not where))


def _member(raw: Mapping[str, Any], number: int) -> tuple[str, Any]:
    """The place and the object of a member; the head stands in the document itself, which has no place."""
    if raw.get("rows") is not None:
        key, listed = "rows", raw["rows"]
    else:
        if any(raw.get(one) is not None for one in _HEAD):
            if not number:
                return "", raw
            number -= 1
        key = "members" if raw.get("members") is not None else "family"
        listed = raw.get(key)
        if isinstance(listed, dict):
            key, listed = f"{key}.members", listed.get("members")
    member = listed[number] if isinstance(listed, list) and number < len(listed) else {}
    return f"{key}[{number}]", member


def _in_member(member: Any, place: str, *, is_head: bool) -> str:
    first, _dot, rest = place.partition(".")
    given = member if isinstance(member, dict) else {}
    if first in _DOCUMENTS:
        return _in_documents(given, rest)
    if not place:
        return "person" if is_head else ""
    return place if first in given or first in ("person", *_OF_MEMBER) else f"person.{place}"


def _in_documents(member: Mapping[str, Any], place: str) -> str:
    """`documents.1.number` and, of the first, `document.number`, as the member has them."""
    first, _dot, rest = place.partition(".")
    number, name = (first, rest) if first.isdecimal() else ("0", place)
    if member.get("mrz") is not None and name == "mrz":
        return "mrz"
    key = "document" if member.get("document") is not None else "documents"
    given = member.get(key)
    return _joined(f"{key}[{number}]" if isinstance(given, list) and given else key, name)


def _joined(place: str, name: str) -> str:
    return ".".join(part for part in (place, name) if part)


def typed(raw: Any, owner: str) -> frozenset[str]:
    """The fields of a member's person or document that are given, and not empty."""
    given = raw if isinstance(raw, dict) else {}
    return frozenset(f"{owner}.{name}" for name, value in given.items() if value not in (None, "", "uid"))


def at_member(findings: Iterable[Finding], place: str, number: int) -> list[Finding]:
    """Findings of a zone at the fields of their member: those of the person, and those of a document by number."""
    found = []
    for one in findings:
        owner, _dot, name = (one.field or "").partition(".")
        where = place if owner == "person" else f"{place}.documents.{number}"
        found.append(replace(one, field=f"{where}.{name}"))
    return found
