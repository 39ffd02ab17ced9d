"""`operator list|role`: who works here, and who may do what."""

from __future__ import annotations

from migdesk.cli.call import Call
from migdesk.cli.output import Answer, changed, record_document, table, yes_no
from migdesk.cli.parser import Verbs, add_group, add_verb
from migdesk.domain.fields import choice_label
from migdesk.domain.office import Operator, Role
from migdesk.i18n import N_, _
from migdesk.services.desk import Desk
from migdesk.services.upkeep import rights


def add(verbs: Verbs) -> None:
    """Add the group of operators."""
    needs = _(N_("Needs an office."))
    group = add_group(verbs, "operator", _(N_("who works here, with which role and which right")))
    add_verb(group, "list", _(N_("everybody with a name, a role or a right here")), show, needs=needs)
    made = add_verb(
        group, "role", _(N_("say what somebody is here; only a head does")), set_role, needs=needs
    )
    made.add_argument("login", metavar="LOGIN", help=_(N_("login of the operator")))
    made.add_argument(
        "role",
        choices=[one.value for one in Role],
        help=_(N_("a viewer changes nothing, a head also settings, calendar and roles")),
    )


def show(call: Call) -> Answer:
    """Everybody known here, and who asks."""
    desk = call.desk
    found = rights.operators(desk)
    document = {"you": desk.operator, "operators": [_document(desk, one) for one in found]}
    headings = [_(N_("Login")), _(N_("Name")), _(N_("Role")), _(N_("May read restricted notes"))]
    rows = ([one.login, one.name, _role(desk, one), yes_no(one.reads_restricted)] for one in found)
    you = _(N_("You are {login}.")).format(login=desk.operator)
    return Answer(document, [*table(headings, rows), you])


def set_role(call: Call) -> Answer:
    """Set a role.

    Raises:
        Invalid: no login.
        Refused: not by a head, or the office would have none.
    """
    args, desk = call.args, call.desk
    done = rights.set_role(desk, args.login, Role(args.role))
    return changed(
        done, [(_(N_("Role of an operator set")), f"{done.value.name}: {_role(desk, done.value)}")]
    )


def _document(desk: Desk, operator: Operator) -> dict[str, object]:
    return record_document(operator) | {"is_head": _heads(desk, operator)}


def _heads(desk: Desk, operator: Operator) -> bool:
    return operator.login in {one.login for one in desk.heads}


def _role(desk: Desk, operator: Operator) -> str:
    role = Role.HEAD if _heads(desk, operator) else operator.role
    return choice_label(role) if role else ""
