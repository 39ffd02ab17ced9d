"""A term or a figure in the packs does something: a service, a rule or the code names it, or a list says why not."""

from __future__ import annotations

import re

from migdesk import paths
from migdesk.services import law
from tests.house.repository import PACKAGE

TO_BE_READ = {
    "eaeu.new_contract": "no record holds the end of a contract of a citizen of the EAEU; from memory",
    "labour.quota_draft": "a day of the ministry, not of the office; older edition",
    "labour.region_need": "a day of the year, no term of a case: the step of employer_need says it; older edition",
    "labour.trip_days": "no record holds business trips; from memory",
    "labour.vacancy_search": "disputed, and over before 2018: stops nobody",
    "passport.registration": "a duty of foreigners that ended in January 2020; kept for papers of that time",
    "personal_data.breach": "a duty of the office itself, of which the program keeps no record",
    "personal_data.removal": "a duty of the office itself, of which the program keeps no record",
    "pmzh.paper_validity": "each paper of the service says its own days",
    "quota.foreign_labour.percent": "published beside the units, which are counted",
    "quota.labour_immigrant.percent": "published beside the units, which are counted",
    "study.grant_share": "grants are given by the ministry of education",
    "study.grants": "grants are given by the ministry of education",
}
"""What an office looks up (`check deadline`, `rules show`) and nothing counts with, and why."""

PUT_TOGETHER = {"report.pension_age", "report.working_age"}
"""Codes that the code puts together from parts."""

_CODE = re.compile(r"\w+(?:\.\w+)*")
_OWN = re.compile(r'^code = "[^"]*"$', re.MULTILINE)


def named() -> set[str]:
    """Every code that the package and the data name, but where they define it."""
    folders = [paths.resources() / one for one in ("rules", "procedures", "lists", "reports")]
    data = [
        _OWN.sub("", one.read_text(encoding="utf-8"))
        for folder in folders
        for one in folder.glob("*.toml")
        if not one.name.endswith(".cases.toml")
    ]
    code = [one.read_text(encoding="utf-8") for one in PACKAGE.rglob("*.py")]
    return {found for text in (*data, *code) for found in _CODE.findall(text)}


def test_a_term_or_figure_is_used_or_is_only_read_for_a_reason() -> None:
    held = {one.code for pack in law.packs() for one in (*pack.terms, *pack.values)}
    assert held - named() - PUT_TOGETHER == set(TO_BE_READ)
