"""The tree of verbs: each module of this room adds its own, and only those that are asked for are made.

The whole tree is two hundred parsers, which costs more than most commands do.
"""

from __future__ import annotations

from importlib import import_module

from migdesk.cli.parser import Parser, Verbs, add_group
from migdesk.i18n import N_, _

VERBS: dict[str, tuple[str, ...]] = {
    "laws": ("rules", "procedures"),
    "calendars": ("calendar",),
    "regimes": ("regime",),
    "panels": ("panels", "verify"),
    "people": ("find", "duplicates", "explain"),
    "statuses": ("status",),
    "payments": ("payment",),
    "obligations": ("obligation",),
    "duplicates": ("merge", "separate", "distinct"),
    "stoplists": ("stoplist",),
    "families": ("family",),
    "events": ("event",),
    "hosts": ("host",),
    "protection": ("note",),
    "parties": ("party",),
    "corrections": ("person", "arrival", "document"),
    "offices": ("init", "demo", "doctor", "undo", "journal", "backup", "restore"),
    "operators": ("operator",),
    "series": ("series",),
    "register": ("register", "depart"),
    "drafts": ("drafts",),
    "visits": ("visit",),
    "lists": ("import", "template", "export"),
    "views": ("view",),
    "papers": ("form", "report"),
    "cases": ("case",),
    "sessions": ("session",),
    "attachments": ("attach", "attachments", "photo"),
    "permits": ("permit",),
    "quotas": ("quota",),
    "later": ("package", "conflicts"),
}
"""Module of this room, and the first words it answers to, in the order of the help."""

_CHECK = "check"


def add_verbs(parser: Parser, verb: str | None = None) -> None:
    """Every verb of the public contract, or those beside the one that is asked for when there is such a verb."""
    verbs = parser.add_subparsers(dest="verb", metavar=_(N_("VERB")), title=_(N_("Verbs")))
    known = {_CHECK, *(name for names in VERBS.values() for name in names)}
    wanted = {verb} if verb in known else known
    if _CHECK in wanted:
        _add_checks(verbs)
    for module, names in VERBS.items():
        if not wanted.isdisjoint(names):
            import_module(f"migdesk.cli.{module}").add(verbs)


def _add_checks(verbs: Verbs) -> None:
    from migdesk.cli import checks, terms  # noqa: PLC0415 - as the others, only when they are asked for

    group = add_group(verbs, _CHECK, _(N_("ask without an office: numbers, names, days, stay, sums")))
    checks.add(group)
    terms.add(group)
