"""The tree of verbs: each module of this room adds its own."""

from __future__ import annotations

from migdesk.cli import (
    cases,
    checks,
    corrections,
    duplicates,
    later,
    laws,
    lists,
    offices,
    papers,
    parties,
    people,
    permits,
    quotas,
    register,
    terms,
)
from migdesk.cli.parser import Parser, add_group
from migdesk.i18n import N_, _


def add_all(parser: Parser) -> None:
    """Every verb of the public contract."""
    verbs = parser.add_subparsers(dest="verb", metavar=_(N_("VERB")), title=_(N_("Verbs")))
    check = add_group(verbs, "check", _(N_("ask without an office: numbers, names, days, stay, sums")))
    checks.add(check)
    terms.add(check)
    laws.add(verbs)
    people.add(verbs)
    duplicates.add(verbs)
    parties.add(verbs)
    corrections.add(verbs)
    offices.add(verbs)
    register.add(verbs)
    lists.add(verbs)
    papers.add(verbs)
    cases.add(verbs)
    permits.add(verbs)
    quotas.add(verbs)
    later.add(verbs)
