"""A view of a list that somebody keeps under a name: for himself, for those of his role, or for everybody."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Flag, Note, Text
from migdesk.domain.office import Operator, Role
from migdesk.domain.record import Record, record
from migdesk.i18n import N_


class Audience(StrEnum):
    """Who sees a kept view."""

    MINE = "mine"
    ROLE = "role"
    ALL = "all"

    @classmethod
    def labels(cls) -> dict[Audience, str]:
        """What a person reads."""
        return {
            cls.MINE: N_("only me"),
            cls.ROLE: N_("those of my role"),
            cls.ALL: N_("everybody"),
        }


@record
class SavedView(Record):
    """`content` is what is asked of the list, as JSON; days in it are said from today."""

    table: ClassVar[str] = "saved_view"
    title: ClassVar[str] = N_("Saved view")

    of_list: Annotated[str, Text(N_("List"), required=True, max=40)] = ""
    name: Annotated[str, Text(N_("Name of the view"), required=True, max=80)] = ""
    content: Annotated[str, Note(N_("What is asked"), max=20_000)] = ""
    operator: Annotated[str, Text(N_("Operator"), required=True, max=40)] = ""
    role: Annotated[Role | None, Choice(N_("Role"), options=Role)] = None
    audience: Annotated[Audience | None, Choice(N_("Who sees it"), required=True, options=Audience)] = (
        Audience.MINE
    )
    pinned: Annotated[bool, Flag(N_("Always in sight, with its count"))] = False

    def is_for(self, who: Operator) -> bool:
        """Whether an operator sees it."""
        if self.operator == who.login or self.audience is Audience.ALL:
            return True
        return self.audience is Audience.ROLE and self.role is who.role
