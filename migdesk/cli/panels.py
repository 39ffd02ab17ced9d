"""`panels list|show`: what each purpose of arrival adds; `verify`: a complete file was compared with the papers."""

from __future__ import annotations

from collections.abc import Iterator

from migdesk.cli.call import Call
from migdesk.cli.keys import person_of
from migdesk.cli.output import Answer, changed, pairs, table
from migdesk.cli.parser import Verbs, add_group, add_verb
from migdesk.domain.arrival import Arrival
from migdesk.domain.errors import NotFound
from migdesk.i18n import N_, _, pick
from migdesk.services import law, panels
from migdesk.services.arrivals import verifying
from migdesk.services.lists import read_list
from migdesk.services.panels import Panel


def add(verbs: Verbs) -> None:
    """Add the group and the verb."""
    group = add_group(verbs, "panels", _(N_("what each purpose of arrival adds: fields, papers, terms")))
    add_verb(group, "list", _(N_("every purpose that has a panel")), list_panels)
    one = add_verb(
        group, "show", _(N_("one panel: fields, papers to bring, terms, what follows")), show_panel
    )
    one.add_argument("code", metavar="PURPOSE", help=_(N_("code of the purpose; see: panels list")))
    made = add_verb(
        verbs,
        "verify",
        _(N_("mark a complete file as compared with the papers")),
        verify,
        needs=_(N_("Needs an office.")),
    )
    made.add_argument(
        "key", metavar="PERSON", help=_(N_("uid, IIN, document number or label; or the number of an arrival"))
    )


def list_panels(_call: Call) -> Answer:
    """Purposes with how many fields, papers and terms each adds."""
    found = law.load_panels()
    headings = [_(N_("Purpose")), _(N_("Title")), _(N_("Fields")), _(N_("Terms")), _(N_("Confidence"))]
    rows = [
        [
            one.purpose,
            _title(one.purpose),
            len(one.fields),
            len(one.terms),
            one.citation.confidence.value,
        ]
        for one in found.values()
    ]
    return Answer([one.as_json() for one in found.values()], table(headings, rows, right={2, 3}))


def show_panel(call: Call) -> Answer:
    """One panel with its papers as of today.

    Raises:
        NotFound: no such panel.
    """
    panel = panels.find_panel(call.args.code)
    if panel is None:
        raise NotFound(call.args.code)
    papers = panels.papers_of(call.law.services(), panel.purpose, call.today)
    document = panel.as_json() | {
        "papers": [
            {"title": one.title, "required": one.required, "source": one.source.as_json()} for one in papers
        ]
    }
    return Answer(document, _lines(panel, [one.title for one in papers]))


def verify(call: Call) -> Answer:
    """Mark a person's file, or an arrival with its person's file, as verified.

    Raises:
        NotFound: no such person or arrival.
        Refused: something is missing, or it is verified already.
    """
    arrival = call.desk.store.named(Arrival, call.args.key)
    if arrival is not None and not arrival.is_annulled:
        verified = verifying.verify_arrival(call.desk, arrival.uid)
        return changed(verified, [(_(N_("Verified")), verified.value.number)])
    done = verifying.verify_person(call.desk, person_of(call.desk, call.args.key).uid)
    return changed(done, [(_(N_("Verified")), done.value.full_name)])


def _lines(panel: Panel, papers: list[str]) -> Iterator[str]:
    yield f"{panel.purpose} — {_title(panel.purpose)}"
    source = panel.citation.source
    yield from pairs([(_(N_("Source")), source.act), (_(N_("Confidence")), source.confidence.value)])
    yield _(N_("Fields:"))
    for one in panel.fields:
        yield f"  {one.key}: {_(one.field.label)} ({one.citation.confidence.value})"
    yield _(N_("Papers to bring:"))
    yield from (f"  {title}" for title in papers)
    yield _(N_("Terms:"))
    yield from (f"  {code}" for code in panel.terms)
    yield _(N_("Usually follows:"))
    yield from (f"  {code}" for code in panel.next)


def _title(purpose: str) -> str:
    found = read_list("purposes").get(purpose)
    return pick({"kk": found.kk, "ru": found.ru, "en": found.en}) if found else purpose
