"""What the verbs of `session` name: members with their roles, cases of an agenda, votes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from migdesk.cli.parser import WrongUsage
from migdesk.domain.case import Case
from migdesk.domain.errors import NotFound
from migdesk.domain.session import SeatRole, SessionMember, Vote
from migdesk.i18n import N_
from migdesk.services.cases import case_file
from migdesk.services.cases.session_file import Item, SessionFile
from migdesk.services.desk import Desk

_ALL = "all"
"""Everybody present who did not vote yet."""


def seats(args: argparse.Namespace) -> list[SessionMember]:
    """Members as `--member` and `--absent` name them.

    Raises:
        WrongUsage: a member without a role.
    """
    return [_seat(word, present=True) for word in args.member] + [
        _seat(word, present=False) for word in args.absent
    ]


def _seat(word: str, *, present: bool) -> SessionMember:
    role, equals, rest = word.partition("=")
    roles = [one.value for one in SeatRole]
    if not equals or role.strip() not in roles:
        known = ", ".join(roles)
        raise WrongUsage(N_("“{word}” is not ROLE=NAME with a role of: {known}."), word=word, known=known)
    name, _semicolon, post = rest.partition(";")
    return SessionMember(name=name.strip(), post=post.strip(), role=SeatRole(role.strip()), present=present)


def member(file: SessionFile, key: str) -> SessionMember:
    """A member by uid, name or the beginning of the name.

    Raises:
        NotFound: nobody, or several.
    """
    wanted = key.strip().casefold()
    exact = [one for one in file.members if key == one.uid or one.name.casefold() == wanted]
    found = exact or [one for one in file.members if wanted and one.name.casefold().startswith(wanted)]
    if len(found) != 1:
        raise NotFound(key)
    return found[0]


def item(desk: Desk, file: SessionFile, key: str) -> Item:
    """A case on the agenda of a session.

    Raises:
        NotFound: no such case, or it is not on this agenda.
    """
    case: Case = case_file.get_case(desk, key)
    found = next((one for one in file.items if one.case.uid == case.uid), None)
    if found is None:
        raise NotFound(key)
    return found


def votes(file: SessionFile, of: Item, words: Sequence[str], *, anew: bool) -> list[tuple[str, Vote]]:
    """Votes as written; `all` is everybody present who is not named and did not vote.

    Raises:
        WrongUsage: a word that is no vote.
        NotFound: no such member.
    """
    named: list[tuple[str, Vote]] = []
    rest: Vote | None = None
    for word in words:
        name, equals, given = word.rpartition("=")
        known = [one.value for one in Vote]
        if not equals or given not in known:
            message = N_("“{word}” is not NAME=VOTE with a vote of: {known}.")
            raise WrongUsage(message, word=word, known=", ".join(known))
        if name == _ALL:
            rest = Vote(given)
        else:
            named.append((member(file, name).uid, Vote(given)))
    if rest is None:
        return named
    voted = {uid for uid, _vote in named} | (set() if anew else set(of.votes))
    return [*named, *((one.uid, rest) for one in file.present if one.uid not in voted)]
