"""Pictures of the services of stay: one case of each kind on its way, and a banned person at the intake's door."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from migdesk.domain.case import Case
from migdesk.domain.permit import Permit
from migdesk.services.cases import case_file, cases
from migdesk.services.desk import Desk
from migdesk.services.matter import Verdict
from migdesk.services.permits import permits
from migdesk.ui.gallery.case_scenes import open_case, people_of
from migdesk.ui.gallery.scenes import Scene


@dataclass(frozen=True)
class _Kind:
    """A service with the answers of its picture; decided when a decision is named."""

    service: str
    answers: Mapping[str, Any]
    channel: str = "paper"
    decision: str = ""
    grounds: tuple[str, ...] = ()
    days_ago: int = 12


_KINDS = {
    "case-rvp": _Kind("rvp", {"purpose": "study"}, "csc"),
    "case-pmzh": _Kind(
        "pmzh",
        {
            "ground": "visa_free",
            "exit_consent": "needed",
            "balance": 5_000_000,
            "members_16": 1,
            "housing_agreement": True,
            "test_listening": 64,
            "test_reading": 71,
            "points": 430,
        },
        "csc",
    ),
    "case-visa": _Kind("visa_extension", {"reason": "treatment"}, "csc"),
    "case-asylum": _Kind(
        "asylum_petition",
        {
            "entered_illegally": False,
            "language": "ru",
            "interpreter": "from_words",
            "persecution": "religion",
        },
        decision="grant",
    ),
    "case-refugee": _Kind("refugee_status", {"asked": "assign", "persecution": "religion"}, days_ago=60),
    "case-stateless": _Kind(
        "stateless_status",
        {"in_custody": False, "by_representative": False, "reasons": "—", "warned": True},
        "csc",
    ),
    "case-citizen": _Kind("citizen_registration", {"kind": "permanent", "housing": "other"}, "csc"),
    "case-return": _Kind(
        "return_assisted", {"country": "UZB", "documents": "expired", "voluntary": True, "partner": "iom"}
    ),
    "case-ban": _Kind("entry_ban", {"ban_ground": "forced", "act": "№ 3-77"}, decision="grant"),
    "case-shortened": _Kind("shortened_stay", {"basis": "rvp", "act": "№ 12"}),
}


def typed(desk: Desk) -> dict[str, Scene]:
    """A case of each kind, opened when its picture is drawn."""
    return {
        name: functools.partial(_shown, desk, kind, number)
        for number, (name, kind) in enumerate(_KINDS.items())
    }


def _shown(desk: Desk, kind: _Kind, number: int) -> QWidget:
    people = people_of(desk)
    person, day = people[number % len(people)], desk.today - timedelta(days=kind.days_ago)
    answers = dict(kind.answers)
    if kind.service == "entry_ban":
        answers["ban_from"] = day
    if kind.service == "shortened_stay":
        answers["leave_by"] = desk.today + timedelta(days=10)
        last = desk.today + timedelta(days=300)
        permits.issue(desk, Permit(kind="rvp", person=person, valid_from=day, valid_until=last))
    given = Case(service=kind.service, person=person, applied_on=day, channel=kind.channel)
    case = cases.open_case(desk, given, [person], answers).value
    for paper in case_file.open_file(desk, case.uid).lacking[: None if kind.decision else 1]:
        cases.receive_paper(desk, case.uid, paper.code, issued_on=day if paper.valid_days else None)
    cases.do_step(desk, case.uid, case_file.open_file(desk, case.uid).steps[0].code, on=day)
    if kind.decision:
        cases.decide(desk, case.uid, Verdict(kind.decision, on=day, grounds=kind.grounds))
    return open_case(desk, case.uid)
