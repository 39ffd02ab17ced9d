"""Verbs of the public contract that this program cannot do yet; each says so in one line."""

from __future__ import annotations

import argparse

from migdesk.cli.call import Call
from migdesk.cli.output import Answer
from migdesk.cli.parser import Verbs, WrongUsage, add_verb
from migdesk.i18n import N_, _


def add(verbs: Verbs) -> None:
    """Add the verbs of exchange between offices."""
    for name, text in (
        ("package", _(N_("exchange changes with another office (not there yet)"))),
        ("conflicts", _(N_("settle what two offices changed (not there yet)"))),
    ):
        made = add_verb(verbs, name, text, not_yet)
        made.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)


def not_yet(call: Call) -> Answer:
    """Say that the verb is not there yet.

    Raises:
        WrongUsage: always.
    """
    raise WrongUsage(N_("“{verb}” is not there yet."), verb=call.args.verb)
