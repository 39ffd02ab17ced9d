"""Office, operator, settings, own calendar days: who works here and what they decided."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.fields import Choice, Code, Day, Flag, Text, Whole
from migdesk.domain.finding import Finding, block
from migdesk.domain.record import Record, faults, record
from migdesk.i18n import N_


class Role(StrEnum):
    """What an operator may do."""

    CLERK = "clerk"
    HEAD = "head"
    VIEWER = "viewer"

    @classmethod
    def labels(cls) -> dict[Role, str]:
        """What a person reads."""
        return {cls.CLERK: N_("clerk"), cls.HEAD: N_("head of office"), cls.VIEWER: N_("viewer")}


@record
class Office(Record):
    """This office: its code begins every number it gives.

    `crowd_*` say how many people may live at an address before the office wants to be told, by what the receiving
    person mostly is. No act was read that sets such a number: each is the office's own, and none warns of nothing.
    """

    table: ClassVar[str] = "office"
    title: ClassVar[str] = N_("Office")

    code: Annotated[str, Text(N_("Office code"), required=True, max=12)] = ""
    name: Annotated[str, Text(N_("Name of the office"), required=True, max=300)] = ""
    name_ru: Annotated[str, Text(N_("Name of the office in Russian"), max=300)] = ""
    region: Annotated[str, Code(N_("Region"), required=True, list="kato")] = ""
    head: Annotated[str, Text(N_("Head"))] = ""
    head_post: Annotated[str, Text(N_("Post of the head"))] = ""
    head_post_ru: Annotated[str, Text(N_("Post of the head in Russian"))] = ""
    phone: Annotated[str, Text(N_("Phone"), max=40)] = ""
    address_line: Annotated[str, Text(N_("Address"))] = ""
    crowd_host: Annotated[int | None, Whole(N_("House or flat"), min=1, max=10_000)] = None
    crowd_employer: Annotated[int | None, Whole(N_("Employer's housing"), min=1, max=10_000)] = None
    crowd_school: Annotated[int | None, Whole(N_("School's hostel"), min=1, max=10_000)] = None
    crowd_hotel: Annotated[int | None, Whole(N_("Hotel"), min=1, max=10_000)] = None
    crowd_hospital: Annotated[int | None, Whole(N_("Hospital"), min=1, max=10_000)] = None
    crowd_other: Annotated[int | None, Whole(N_("Other address"), min=1, max=10_000)] = None

    def on_paper(self, language: str) -> Office:
        """The office as a paper in a language names it; in Russian only as far as it gave Russian words."""
        if language != "ru":
            return self
        return replace(self, name=self.name_ru or self.name, head_post=self.head_post_ru or self.head_post)


_OFFICE_CODE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def check_office(office: Office) -> list[Finding]:
    """What is wrong with the particulars of an office; its code begins every number, so it is one plain word."""
    findings = faults(office)
    told = any(one.field == "code" for one in findings)
    if not told and not _OFFICE_CODE.fullmatch(office.code):
        message = N_(
            "The office code has letters and digits only, such as PVL or PVL-2; “{code}” has others."
        )
        findings.append(block("bad_code", message, "code", code=office.code))
    return findings


@record
class Operator(Record):
    """A person who works with the program; every op names one."""

    table: ClassVar[str] = "operator"
    title: ClassVar[str] = N_("Operator")

    login: Annotated[str, Text(N_("Login"), required=True, max=40)] = ""
    name: Annotated[str, Text(N_("Full name"), required=True)] = ""
    post: Annotated[str, Text(N_("Post"))] = ""
    role: Annotated[Role | None, Choice(N_("Role"), required=True, options=Role)] = Role.CLERK
    reads_restricted: Annotated[bool, Flag(N_("May read restricted notes"))] = False


@record
class Setting(Record):
    """A choice of the office: an open question of law, or a habit of the program."""

    table: ClassVar[str] = "setting"
    title: ClassVar[str] = N_("Setting")

    key: Annotated[str, Text(N_("Setting"), required=True, max=80)] = ""
    value: Annotated[str, Text(N_("Value"), max=400)] = ""


@record
class CalendarDay(Record):
    """A day whose work the office changed: holidays do move after publication."""

    table: ClassVar[str] = "calendar_day"
    title: ClassVar[str] = N_("Calendar day")

    day: Annotated[date | None, Day(N_("Date"), required=True)] = None
    works: Annotated[bool, Flag(N_("Working day"))] = False
    reason: Annotated[str, Text(N_("Reason"), required=True, max=200)] = ""
    act: Annotated[str, Text(N_("Act"), max=300)] = ""
