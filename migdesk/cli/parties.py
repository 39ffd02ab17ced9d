"""`party`: a receiving person, employer or school from a JSON document."""

from __future__ import annotations

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.intake import Intake
from migdesk.cli.output import Answer, changed
from migdesk.cli.parser import Verbs, add_verb
from migdesk.domain.errors import Invalid
from migdesk.domain.finding import blocking
from migdesk.i18n import N_, _
from migdesk.services.arrivals import parties


def add(verbs: Verbs) -> None:
    """Add the verb."""
    made = add_verb(
        verbs,
        "party",
        _(N_("save a receiving person, employer or school from a JSON document")),
        save,
        needs=_(N_("Needs an office. Keys: those of a party, address, and uid to change one.")),
    )
    made.add_argument("file", metavar="FILE", help=_(N_("the document; - is standard input")))


def save(call: Call) -> Answer:
    """Save what a document says of a party.

    Raises:
        BadFile: no JSON, or a key holds another kind of thing than it should.
        Invalid: what is wrong, key by key; nothing was written.
    """
    intake = Intake(call.desk, files.name_of(call.args.file))
    party, address = intake.party(files.read_json(call.args.file))
    if blocking(intake.findings):
        raise Invalid(intake.findings)
    call.notes += intake.findings
    done = parties.save_party(call.desk, party, address)
    rows = [(_(N_("Receiving person saved")), done.value.name), (_(N_("Number")), done.value.number or "—")]
    return changed(done, rows)
