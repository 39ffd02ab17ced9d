"""The tree of verbs: each module of this room adds its own."""

from __future__ import annotations

from migdesk.cli import (
    attachments,
    calendars,
    cases,
    checks,
    corrections,
    drafts,
    duplicates,
    events,
    families,
    hosts,
    later,
    laws,
    lists,
    offices,
    operators,
    panels,
    papers,
    parties,
    payments,
    people,
    permits,
    protection,
    quotas,
    regimes,
    register,
    sessions,
    statuses,
    terms,
    views,
    visits,
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
    calendars.add(verbs)
    regimes.add(verbs)
    panels.add(verbs)
    people.add(verbs)
    statuses.add(verbs)
    payments.add(verbs)
    duplicates.add(verbs)
    families.add(verbs)
    events.add(verbs)
    hosts.add(verbs)
    protection.add(verbs)
    parties.add(verbs)
    corrections.add(verbs)
    offices.add(verbs)
    operators.add(verbs)
    register.add(verbs)
    drafts.add(verbs)
    visits.add(verbs)
    lists.add(verbs)
    views.add(verbs)
    papers.add(verbs)
    cases.add(verbs)
    sessions.add(verbs)
    attachments.add(verbs)
    permits.add(verbs)
    quotas.add(verbs)
    later.add(verbs)
