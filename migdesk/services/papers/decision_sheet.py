"""What the paper of a decision says of it."""

from __future__ import annotations

from migdesk.domain.case import Case, CaseState
from migdesk.domain.office import Office
from migdesk.domain.papertext import DecisionFacts, DecisionKind
from migdesk.domain.permit import Permit
from migdesk.i18n import pick
from migdesk.services.desk import Desk


def facts_of(desk: Desk, case: Case, office: Office, number: str) -> DecisionFacts:
    """A decision in the language of the paper, with the number the paper gets."""
    made = desk.store.live(Permit, case=case.uid)
    granted = next((one for one in made if one.person == case.person), None)
    refused = case.state is CaseState.REFUSED
    grounds = _grounds(desk, case) if refused else []
    favour = DecisionKind.EXTEND if granted and granted.extends else DecisionKind.GRANT
    return DecisionFacts(
        kind=DecisionKind.REFUSE if refused else favour,
        number=number,
        decided_on=case.decided_on,
        protocol=case.protocol,
        protocol_on=case.protocol_on,
        since=granted.valid_from if granted else None,
        until=granted.valid_until if granted else None,
        reason="; ".join(title for title, _clause in grounds),
        clause="; ".join(clause for _title, clause in grounds if clause),
        circumstances=case.circumstances if refused else "",
        appeal_until=case.appeal_until if refused else None,
        head=office.head,
        head_post=office.head_post,
    )


def _grounds(desk: Desk, case: Case) -> list[tuple[str, str]]:
    procedure = desk.get_procedure(case.service, case.applied_on or desk.today)
    codes = case.grounds.split()
    return [(pick(one.title), pick(one.clause)) for one in procedure.grounds if one.code in codes]
