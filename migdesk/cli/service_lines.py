"""How `procedures show` tells a public service to people: who, questions, papers, steps, terms, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migdesk.cli.output import pairs, source_words
from migdesk.cli.terms import UNIT_WORDS
from migdesk.i18n import N_, _

_DOES = {
    "grant": N_("gives what was asked for"),
    "extend": N_("extends"),
    "replace": N_("replaces a permit"),
    "refuse": N_("refuses"),
    "refuse_filing": N_("does not accept the application"),
    "terminate": N_("ends what was given"),
    "withdraw": N_("taken back by the applicant"),
}


def service_lines(found: dict[str, Any]) -> Iterator[str]:
    """The lines of a service, in the order of its way."""
    yield f"{found['code']} — {found['title']}"
    yield from pairs(
        [
            (_(N_("From")), found["from"]),
            (_(N_("Until")), found["until"] or "—"),
            (_(N_("Source")), source_words(found["source"])),
            (_(N_("Fee")), _term(found["fee"]) if found["fee"] else "—"),
            (_(N_("Permit")), found["permit"] or "—"),
            (_(N_("Quota")), found["quota"] or "—"),
            (_(N_("Forms")), ", ".join(found["forms"]) or "—"),
            (_(N_("Term of an appeal")), found["appeal"] or _(N_("not known from the sources"))),
        ]
    )
    yield _(N_("Who may apply:"))
    yield from (f"  {one['title']}" for one in found["who"])
    if found["fields"]:
        yield _(N_("Questions:"))
        yield from map(_field, found["fields"])
    yield _(N_("Papers:"))
    yield from map(_paper, found["papers"])
    yield _(N_("Steps:"))
    yield from (_step(number, step) for number, step in enumerate(found["steps"], start=1))
    yield _(N_("Terms:"))
    yield from (f"  {_term(term)}" for term in found["terms"])
    yield _(N_("Decisions:"))
    for decision in found["decisions"]:
        yield from _decision(decision)
    if found["signs"]:
        yield _(N_("Signed by:"))
        yield from (f"  {one}" for one in found["signs"])


def _field(one: dict[str, Any]) -> str:
    kind = one["kind"] if not one["list"] else f"{one['kind']}: {one['list']}"
    if one["options"]:
        kind = ", ".join(f"{option['code']} ({option['title']})" for option in one["options"])
    needed = f", {_(N_('required'))}" if one["required"] else ""
    feeds = f" → {one['fact']}" if one["fact"] else ""
    return f"  {one['key']}: {one['label']} [{kind}{needed}]{feeds}"


def _paper(paper: dict[str, Any]) -> str:
    more = [] if paper["required"] else [_(N_("when it applies"))]
    if paper["valid_days"]:
        more.append(_(N_("at most {n} days old")).format(n=paper["valid_days"]))
    return f"  {paper['code']}: {paper['title']}" + _more([*more, *_when(paper["when"])])


def _step(number: int, step: dict[str, Any]) -> str:
    more = [step["by"], *([step["term"]] if step["term"] else [])]
    more += [] if step["required"] else [_(N_("when it applies"))]
    return f"  {number}. {step['title']}" + _more([*more, *_when(step["when"])])


def _when(when: dict[str, Any] | None) -> list[str]:
    return [f"{when['field']} = {' | '.join(when['is'])}"] if when else []


def _more(parts: list[str]) -> str:
    return f" ({', '.join(parts)})" if parts else ""


def _decision(decision: dict[str, Any]) -> Iterator[str]:
    yield f"  {decision['code']}: {decision['title']} ({_(_DOES[decision['does']])})"
    effects = (
        (N_("term"), decision["term"]),
        (N_("at most until"), ", ".join(decision["caps"])),
        (N_("permit"), decision["permit"]),
        (N_("quota"), decision["quota"]),
        (N_("becomes due"), ", ".join(decision["payments"])),
        (N_("forms"), ", ".join(decision["forms"])),
        (N_("appeal"), decision["appeal"]),
    )
    yield from (f"    {_(label)}: {words}" for label, words in effects if words)
    yield from (f"    {ground['code']}: {ground['title']}" for ground in decision["grounds"])


def _term(term: dict[str, Any]) -> str:
    values = term["values"] or {}
    length = f" — {values['length']} {_(UNIT_WORDS[values['unit']])}" if "length" in values else ""
    return f"{term['code']}{length}"
