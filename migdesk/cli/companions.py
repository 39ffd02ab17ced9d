"""`find --travelled-with`: the contacts of a person, from arrivals, crossings and addresses."""

from __future__ import annotations

from typing import Any

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.keys import person_of
from migdesk.cli.lists import file_format
from migdesk.cli.output import Answer, day_words, table
from migdesk.cli.parser import WrongUsage, day
from migdesk.domain.fields import choice_label
from migdesk.domain.person import Person
from migdesk.i18n import N_, _
from migdesk.services.arrivals import companions
from migdesk.services.arrivals.companions import Companion
from migdesk.services.papers import companions_paper

_KINDS = (".pdf", ".xlsx", ".csv", ".json")


def add_options(option: Any) -> None:
    """What `find` takes when contacts are asked for instead of words."""
    words = N_("instead of words: who came, crossed or lived with this person")
    option("--travelled-with", metavar="PERSON", help=_(words))
    option("--since", type=day, metavar="DATE", help=_(N_("contacts from this day")))
    option("--until", type=day, metavar="DATE", help=_(N_("contacts up to this day")))
    option("--to", metavar="FILE", help=_(N_("the list as a file ending in .pdf, .xlsx, .csv or .json")))


def is_asked(call: Call) -> bool:
    """Whether contacts are asked for.

    Raises:
        WrongUsage: both words and a person, or neither; or days without a person.
    """
    args = call.args
    if bool(args.text) is (args.travelled_with is not None):
        raise WrongUsage(N_("Give one of: {names}."), names="TEXT, --travelled-with")
    if args.text and (args.since or args.until or args.to):
        text = N_("{name} cannot be given together with {other}.")
        raise WrongUsage(text, name="--since, --until, --to", other="TEXT")
    return not args.text


def show(call: Call) -> Answer:
    """The contacts of a person, as a list or as a file.

    Raises:
        NotFound: no such person.
        BadFile: the file cannot be written.
    """
    args, desk = call.args, call.desk
    person = person_of(desk, args.travelled_with)
    found = companions.of_person(desk, person.uid, args.since, args.until)
    if args.to:
        suffix = file_format(args.to, _KINDS, ".pdf")
        with files.target(args.to, suffix) as path:
            rows = companions_paper.save(desk, person.uid, found, path)
        line = _(N_("Rows written: {n}.")).format(n=rows)
        return Answer({"rows": rows}, iter([line]), to_stderr=args.to == files.STANDARD)
    headings = [_(column.field.label) for column in companions.COLUMNS]
    lines = table([*headings, "uid"], map(_line, found))
    return Answer([_document(one) for one in found], lines)


def _document(one: Companion) -> dict[str, object]:
    return person_keys(one.person) | {
        "matched": choice_label(one.tie),
        "tie": one.tie.value,
        "since": one.since,
        "until": one.until,
        "where": one.where,
    }


def person_keys(person: Person) -> dict[str, object]:
    """A person with the keys of `find`."""
    return {
        "uid": person.uid,
        "name": person.full_name,
        "birth_date": str(person.birth_date) if person.birth_date else None,
        "iin": person.iin or None,
        "citizenship": person.citizenship or None,
    }


def _line(one: Companion) -> list[str]:
    name, _tie, _since, _until, *rest = companions.row(one)
    days = (day_words(one.since), day_words(one.until))
    return [str(name), choice_label(one.tie), *days, *map(str, rest), one.person.uid]
