"""Shipped forms, their samples, and tiny forms made for one test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from migdesk import paths
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import Finding
from migdesk.paper.layout import Filled, lay_out
from migdesk.paper.sample import Samples, load_samples
from migdesk.paper.template import TONGUE, FormTemplate, load_revisions, read_form

SLIPS = ("slip_arrival", "slip_bring", "slip_case", "slip_lacking", "slip_visit")
CODES = (
    "asylum_certificate",
    "coupon_arrival",
    "coupon_departure",
    "family_composition",
    "kandas_application",
    "kandas_certificate",
    "kandas_decision",
    "leaf_arrival",
    "leaf_departure",
    "notification_arrival",
    "personal_card",
    "pmzh_application",
    "quarantine_order",
    "quarantine_release",
    "refugee_petition",
    "registration_slip",
    "residence_application",
    "return_sheet",
    "rvp_application",
    "session_agenda",
    "session_protocol",
    *SLIPS,
    "stateless_application",
)

HEAD = """
code = "tiny"
revision = "1"
title = { kk = "Кіші", ru = "Малая", en = "Tiny" }
[page]
margins = [20, 20, 20, 20]
[provenance]
layout = "working"
mark = "TEST"
basis = { kk = "-", ru = "-", en = "-" }
[roots]
person = "person"
family = "family_row*"
photo = "photo"
print = "print"
"""


@cache
def samples(code: str) -> Samples:
    """Samples of a shipped form."""
    template = load_revisions(paths.forms() / code)[-1]
    return load_samples(paths.forms() / code / "sample.toml", template)


def every_sample() -> list[tuple[str, str, str]]:
    """Code, sample key and language of every sample paper there is."""
    return [
        (code, key, language)
        for code in CODES
        for key in samples(code).tables
        for language in samples(code).template.languages
    ]


def slip(code: str, key: str, language: str, tongue: str) -> Filled:
    """A sample of a slip that speaks another second language."""
    filled = samples(code).filled(key, language)
    answers = filled.facts["ask"]
    assert isinstance(answers, Mapping)
    return replace(filled, facts={**filled.facts, "ask": {**answers, TONGUE: tongue}})


def tiny(body: str) -> FormTemplate:
    """A form with the usual head and this body."""
    return read_form(HEAD + body, "tiny.toml")


def fill(template: FormTemplate, language: str = "kk", **facts: object) -> Filled:
    """A tiny form filled; roots that are not given are empty."""
    empty: Mapping[str, object] = {name: [] if root.many else None for name, root in template.roots.items()}
    return Filled(template, language, {**empty, **facts}, lambda list_name, code: f"{list_name}:{code}")


def check_form(filled: Filled) -> list[Finding]:
    """What would be refused on paper: letters no face has, texts that do not fit. Empty when all is well."""
    try:
        return lay_out(filled).findings
    except Invalid as problem:
        return list(problem.findings)
