"""Printout: a line of the print register."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar

from migdesk.domain.fields import Moment, Note, Text, Whole
from migdesk.domain.record import Record, record
from migdesk.i18n import N_

NUMBER_ROOM = 40
"""So many signs a number of a paper has at most."""


@record
class Printout(Record):
    """Which form, in which edition, about which record, under which number, as which copy.

    `content` is what the paper said, so that a copy says the same when the data have changed; a paper that was
    printed anew after such a change has its own number and `replaces` the one before.
    """

    table: ClassVar[str] = "printout"
    title: ClassVar[str] = N_("Printed paper")

    number: Annotated[str, Text(N_("Number"), max=NUMBER_ROOM, series=True)] = ""
    form: Annotated[str, Text(N_("Form"), required=True, max=40)] = ""
    revision: Annotated[str, Text(N_("Revision"), required=True, max=20)] = ""
    language: Annotated[str, Text(N_("Language"), max=2)] = ""
    about: Annotated[str, Text(N_("About"), required=True, max=40)] = ""
    copy: Annotated[int | None, Whole(N_("Copy"), min=1, max=10_000)] = 1
    pages: Annotated[int | None, Whole(N_("Pages"), max=10_000)] = None
    digest: Annotated[str, Text(N_("Digest"), max=64)] = ""
    answers: Annotated[str, Note(N_("Answers to the questions of the form"))] = ""
    content: Annotated[str, Note(N_("What the paper says"), max=1_000_000)] = ""
    replaces: Annotated[str, Text(N_("Replaces No."), max=40)] = ""
    printed_at: Annotated[datetime | None, Moment(N_("Printed at"))] = None
