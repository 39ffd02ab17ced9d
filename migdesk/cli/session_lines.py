"""A session of a commission and the cases that wait for one, as `session …` tells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from migdesk.cli.output import day_words, pairs, record_document, table
from migdesk.domain.fields import choice_label
from migdesk.domain.session import SeatRole, SessionState, Vote
from migdesk.i18n import N_, _
from migdesk.services.cases.session_file import Item, SessionFile, Waiting
from migdesk.services.desk import Desk

_WAITING = (N_("Case"), N_("Name"), N_("Service"), N_("Applied on"), N_("Due"))
_MEMBERS = (N_("Name"), N_("Post"), N_("Role"), N_("Present"))
_AGENDA = (N_("Case"), N_("Name"), N_("Service"), N_("for"), N_("against"), N_("abstained"), N_("recused"))


def head(desk: Desk, file: SessionFile) -> list[tuple[str, str]]:
    """The first lines about a session."""
    session = file.session
    quorum = _(N_("{present} of {members} present, {needed} needed"))
    counts = {"present": len(file.present), "members": len(file.voting), "needed": file.needed}
    return [
        (_(N_("Session")), session.number),
        (_(N_("Commission")), desk.lists.label("commissions", session.commission)),
        (_(N_("Day of the session")), day_words(session.held_on)),
        (_(N_("State")), choice_label(session.state or SessionState.OPEN)),
        (_(N_("Quorum")), quorum.format(**counts)),
        (_(N_("Protocol number")), session.protocol or "—"),
    ]


def lines(desk: Desk, file: SessionFile) -> Iterator[str]:
    """A session with members, agenda and votes, for people."""
    session = file.session
    more = [(_(N_("Place of the session")), session.place), (_(N_("Video recording")), session.video or "—")]
    yield from pairs([*head(desk, file), *more])
    yield ""
    seats = [
        (
            one.name,
            one.post,
            choice_label(one.role or SeatRole.MEMBER),
            _(N_("yes")) if one.present else _(N_("no")),
        )
        for one in file.members
    ]
    yield from table([_(one) for one in _MEMBERS], seats)
    yield ""
    rows = [
        (
            one.case.number,
            one.person.full_name,
            one.title,
            *(one.count(vote) for vote in Vote),
            recommended(one),
        )
        for one in file.items
    ]
    yield from table([*(_(one) for one in _AGENDA), _(N_("Recommendation"))], rows, right={3, 4, 5, 6})


def document(file: SessionFile) -> dict[str, object]:
    """A session with everything known of it, as JSON."""
    return record_document(file.session) | more(file)


def more(file: SessionFile) -> dict[str, Any]:
    """Quorum, members and agenda with votes, as JSON."""
    return {
        "quorum": {
            "present": len(file.present),
            "members": len(file.voting),
            "needed": file.needed,
            "there": file.has_quorum,
        },
        "members": [record_document(one) for one in file.members],
        "agenda": [
            {
                **record_document(one.item),
                "number": one.case.number,
                "service": one.case.service,
                "votes": votes_document(file, one),
            }
            for one in file.items
        ],
    }


def votes_document(file: SessionFile, item: Item) -> dict[str, str]:
    """How the members voted on a case, by their names."""
    return {one.name: item.votes[one.uid].value for one in file.members if one.uid in item.votes}


def counts(item: Item) -> list[tuple[str, str]]:
    """How many voted how on a case."""
    return [(choice_label(vote), str(item.count(vote))) for vote in Vote]


def recommended(item: Item) -> str:
    """What was recommended about a case, in words."""
    return choice_label(item.item.recommendation) if item.item.recommendation else "—"


def waiting_document(one: Waiting) -> dict[str, object]:
    """A case that waits for a commission, as JSON."""
    return {
        "case": one.case.number,
        "uid": one.case.uid,
        "service": one.case.service,
        "step": one.step.code,
        "due_on": one.due_on,
    }


def waiting_lines(found: Sequence[Waiting]) -> Iterator[str]:
    """Cases that wait for a commission, for people."""
    rows = [
        (
            one.case.number,
            one.person.full_name,
            one.title,
            day_words(one.case.applied_on),
            day_words(one.due_on),
        )
        for one in found
    ]
    yield from table([_(one) for one in _WAITING], rows)
