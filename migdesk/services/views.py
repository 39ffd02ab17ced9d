"""Views of lists that are kept under a name: by the operator, in the office, so that others may have them too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from migdesk.domain import kept_conditions
from migdesk.domain.change import Done, Op
from migdesk.domain.errors import NotFound, Refused, refuse_if_blocked
from migdesk.domain.finding import block
from migdesk.domain.listing import Condition, Query
from migdesk.domain.record import faults
from migdesk.domain.saved_view import SavedView
from migdesk.i18n import N_
from migdesk.services import listing
from migdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Asked:
    """What a view asks of its list.

    `ready`, `choices` and `own` are how the window shows it: the ready view it starts from, the value of each
    filter, the conditions of the filter window. `whole` is all of that, and the fixed conditions of the page,
    for those who have no window.
    """

    ready: str = ""
    words: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    own: tuple[Condition, ...] = ()
    whole: tuple[Condition, ...] = ()
    order: str = ""

    def query(self, name: str) -> Query:
        """The rows it shows."""
        return Query(name, self.whole, self.words, self.order)


def list_views(desk: Desk, name: str) -> list[SavedView]:
    """The kept views of a list that this operator sees, his own first."""
    me = desk.signer
    seen = [one for one in desk.store.live(SavedView, of_list=name) if one.is_for(me)]
    return sorted(seen, key=lambda one: (one.operator != me.login, one.name.casefold()))


@dataclass(frozen=True, slots=True)
class Counted:
    """A kept view, and how many rows it has now."""

    view: SavedView
    rows: int


def all_views(desk: Desk) -> list[SavedView]:
    """The kept views of all lists that this operator sees, in the order of the lists."""
    return [one for name in listing.NAMES for one in list_views(desk, name)]


def count(desk: Desk, view: SavedView) -> Counted:
    """A view with its number of rows."""
    return Counted(view, listing.open_list(desk, read(view).query(view.of_list)).count())


def count_pinned(desk: Desk, most: int) -> list[Counted]:
    """The pinned views of all lists with their rows, at most so many: his own first, then those of others."""
    me = desk.signer.login
    pinned = sorted((one for one in all_views(desk) if one.pinned), key=lambda one: one.operator != me)
    return [count(desk, one) for one in pinned[:most]]


def find_seen(desk: Desk, key: str) -> SavedView:
    """The kept view with a uid, or the only one that this operator sees with a name.

    Raises:
        NotFound: he sees none, or several of this name.
    """
    seen = all_views(desk)
    found = [one for one in seen if one.uid == key] or [
        one for one in seen if one.name.casefold() == key.strip().casefold()
    ]
    if len(found) != 1:
        raise NotFound(key)
    return found[0]


def pin_view(desk: Desk, uid: str, *, pinned: bool) -> Done[SavedView]:
    """Put a kept view always in sight, with its count, or back into the menu.

    Raises:
        NotFound: there is none.
        Refused: it is the view of another operator.
    """
    return keep_view(desk, replace(desk.store.get(SavedView, uid), pinned=pinned))


def get_view(desk: Desk, name: str, called: str) -> SavedView:
    """The kept view of a list with a name, his own before that of another.

    Raises:
        NotFound: this operator sees none.
    """
    for one in list_views(desk, name):
        if one.name.casefold() == called.strip().casefold():
            return one
    raise NotFound(called)


def read(view: SavedView) -> Asked:
    """What a view asks; a damaged one, or one about columns that are no more, asks nothing."""
    keys = frozenset(column.key for column in listing.columns_of(view.of_list))
    try:
        raw: dict[str, Any] = json.loads(view.content)
        return Asked(
            ready=str(raw["ready"]),
            words=str(raw["words"]),
            choices={str(key): str(value) for key, value in raw["choices"].items()},
            own=kept_conditions.from_plain(raw["own"], keys),
            whole=kept_conditions.from_plain(raw["whole"], keys),
            order=str(raw["order"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Asked()


def written(asked: Asked) -> str:
    """What a view asks, as it is kept."""
    raw = {
        "ready": asked.ready,
        "words": asked.words,
        "choices": dict(asked.choices),
        "own": kept_conditions.as_plain(asked.own),
        "whole": kept_conditions.as_plain(asked.whole),
        "order": asked.order,
    }
    return json.dumps(raw, ensure_ascii=False)


def keep_view(desk: Desk, view: SavedView) -> Done[SavedView]:
    """Keep a view; one of the same operator, list and name is replaced.

    Raises:
        Invalid: it has no name.
        Refused: it is the view of another operator.
    """
    me = desk.signer
    _refuse_others(desk, view)
    draft = replace(view, name=view.name.strip(), operator=me.login, role=me.role)
    refuse_if_blocked(faults(draft))
    with desk.write(Op.SAVE_VIEW) as tx:
        if draft.rev == 0:
            same = tx.live(SavedView, of_list=draft.of_list, name=draft.name, operator=me.login)
            draft = replace(draft, uid=same[0].uid, rev=same[0].rev) if same else draft
        saved = tx.put(draft)
    return Done(saved, tx.changes)


def forget_view(desk: Desk, uid: str) -> Done[SavedView]:
    """Take a view out of the lists of those who see it.

    Raises:
        NotFound: there is none.
        Refused: it is the view of another operator.
    """
    view = desk.store.get(SavedView, uid)
    _refuse_others(desk, view)
    with desk.write(Op.FORGET_VIEW) as tx:
        gone = tx.annul(view, view.name)
    return Done(gone, tx.changes)


def _refuse_others(desk: Desk, view: SavedView) -> None:
    if view.rev and view.operator != desk.signer.login:
        message = N_("This view was kept by {operator}: save it under your own name instead.")
        raise Refused([block("not_yours", message, operator=view.operator)])
