"""`rules list|show`, `procedures list|show`: what the law and the public services say on a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migdesk.cli import law_changes, law_packs
from migdesk.cli.call import Call
from migdesk.cli.output import Answer, pairs, table
from migdesk.cli.parser import Verbs, add_group, add_verb
from migdesk.cli.service_lines import service_lines
from migdesk.i18n import LANGUAGES, N_, _
from migdesk.services import asking, law


def add(verbs: Verbs) -> None:
    """Add both groups to the program's verbs."""
    rules = add_group(verbs, "rules", _(N_("the rules of law in this program")))
    add_verb(rules, "list", _(N_("every rule, term, sum, regime and figure with its dates")), list_rules)
    shown = add_verb(rules, "show", _(N_("one rule on a day: values, texts, source")), show_rule)
    shown.add_argument("code", metavar="RULE", help=_(N_("code of the rule; see: rules list")))

    law_packs.add(rules)
    law_changes.add(rules)

    services = add_group(verbs, "procedures", _(N_("the public services in this program")))
    add_verb(services, "list", _(N_("every service with its dates")), list_procedures)
    one = add_verb(
        services, "show", _(N_("one service on a day: papers, steps, terms, decisions")), show_procedure
    )
    one.add_argument("code", metavar="CODE", help=_(N_("code of the service; see: procedures list")))


def list_rules(call: Call) -> Answer:
    """Every dated entry."""
    rows = call.law.list_rules()
    headings = [
        _(N_("Rule")),
        _(N_("Kind")),
        _(N_("From")),
        _(N_("Until")),
        _(N_("Confidence")),
        _(N_("Title")),
    ]
    keys = ("code", "kind", "from", "until", "confidence", "title")
    return Answer(rows, table(headings, ([row[key] for key in keys] for row in rows)))


def show_rule(call: Call) -> Answer:
    """One rule on a day.

    Raises:
        Unknown: no rule has this code.
        NotFound: it was not in force on that day.
    """
    found = asking.rule(call.law, call.args.code, call.today)
    return Answer(found, _rule_lines(found))


def _rule_lines(found: dict[str, Any]) -> Iterator[str]:
    source = found["source"]
    yield f"{found['code']} — {found['title']}"
    yield from pairs(
        [
            (_(N_("Kind")), found["kind"]),
            (_(N_("From")), found["from"] or "—"),
            (_(N_("Until")), found["until"] or "—"),
            (_(N_("Pack")), f"{found['pack']} {found['version']}"),
            (_(N_("Source")), ", ".join(part for part in (source["act"], source["article"]) if part)),
            (_(N_("Address")), source["address"]),
            (_(N_("Confidence")), f"{source['confidence']} [{source['mark']}], {source['read']}"),
        ]
    )
    yield _(N_("Values:"))
    yield from (
        f"  {name}: {_value(value)}" for name, value in found["values"].items() if value not in (None, [])
    )
    yield _(N_("In three languages:"))
    yield from (f"  {code}: {found['texts'][code]}" for code in LANGUAGES)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_value(one)}" for key, one in value.items() if one is not None)
    if isinstance(value, list):
        return "; ".join(_value(one) for one in value)
    return str(value)


def list_procedures(_call: Call) -> Answer:
    """Every public service."""
    rows = asking.list_procedures(law.load_procedures())
    headings = [_(N_("Service")), _(N_("From")), _(N_("Until")), _(N_("Confidence")), _(N_("Title"))]
    keys = ("code", "from", "until", "confidence", "title")
    return Answer(rows, table(headings, ([row[key] for key in keys] for row in rows)))


def show_procedure(call: Call) -> Answer:
    """One public service on a day.

    Raises:
        Unknown: no service has this code.
        NotFound: it did not exist on that day.
    """
    found = asking.procedure(call.law, law.load_procedures(), call.args.code, call.today)
    return Answer(found, service_lines(found))
