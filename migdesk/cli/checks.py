"""`check iin|mrz|names|transliterate`: numbers, machine-readable zones and names, with no office."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.given import Given
from migdesk.cli.output import Answer, day_words, finding_lines, pairs, yes_no
from migdesk.cli.parser import Parser, Verbs, WrongUsage, add_verb, birth
from migdesk.domain.errors import BadFile
from migdesk.domain.fields import choice_label
from migdesk.domain.ids import NumberReading, read_number
from migdesk.domain.letters import SCHEMES, transliterate
from migdesk.domain.matching import Match, compare_names
from migdesk.domain.mrz import MrzReading, read_mrz, split_documents
from migdesk.domain.person import Sex
from migdesk.i18n import N_, _
from migdesk.services.lists import read_list

SCRIPTS = ("latin", "cyrillic")

Ask = Callable[[Call, Given], Answer]


def add(verbs: Verbs) -> None:
    """Add the four checks to the verbs of `check`."""
    iin = add_check(verbs, "iin", _(N_("check an IIN or BIN")), check_iin, ask_iin)
    iin.add_argument("number", nargs="?", metavar="NUMBER", help=_(N_("the number as written or pasted")))

    mrz = add_check(verbs, "mrz", _(N_("read and check machine-readable zones")), check_mrz, ask_mrz)
    mrz.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help=_(N_("a text, a blank line between documents; - is standard input")),
    )

    names = add_check(verbs, "names", _(N_("compare two names in any script")), check_names, ask_names)
    names.add_argument("a", nargs="?", metavar="A", help=_(N_("one name")))
    names.add_argument("b", nargs="?", metavar="B", help=_(N_("the other name")))
    names.add_argument(
        "--birth-date-a", type=birth, metavar="DATE", help=_(N_("birth date of the first, as far as known"))
    )
    names.add_argument(
        "--birth-date-b", type=birth, metavar="DATE", help=_(N_("birth date of the second, as far as known"))
    )

    letters = add_check(
        verbs,
        "transliterate",
        _(N_("write a text in the other script")),
        check_transliterate,
        ask_transliterate,
    )
    letters.add_argument("text", nargs="?", metavar="TEXT", help=_(N_("the text")))
    letters.add_argument("--to", choices=SCRIPTS, help=_(N_("script of the answer")))
    letters.add_argument("--scheme", choices=SCHEMES, help=_(N_("icao when left out")))


def add_check(verbs: Verbs, name: str, help_text: str, run: Callable[[Call], Answer], ask: Ask) -> Parser:
    """A check answers one question, or with `--each` every line of a file."""
    made = add_verb(verbs, name, help_text, run)
    made.add_argument(
        "--each",
        metavar="FILE",
        help=_(N_("answer every line of a file of JSON lines instead; - is standard input")),
    )
    made.set_defaults(ask=ask)
    return made


def check_iin(call: Call) -> Answer:
    """One number of the command line."""
    return ask_iin(call, call.given("number"))


def ask_iin(call: Call, given: Given) -> Answer:
    """What a typed IIN or BIN says."""
    reading = read_number(given.text("number"), given.day_or_none("on") or call.today)
    return Answer(reading.as_json(), _iin_lines(reading), reading.valid)


def _iin_lines(reading: NumberReading) -> Iterator[str]:
    rows = [(_(N_("Valid")), yes_no(reading.valid))]
    if reading.read_as:
        rows.append((_(N_("Read as")), reading.read_as))
    if reading.kind:
        rows.append((_(N_("Kind")), _(N_("BIN")) if reading.kind == "bin" else _(N_("IIN"))))
    if reading.birth_date:
        rows.append((_(N_("Date of birth")), day_words(reading.birth_date)))
    if reading.sex:
        rows.append((_(N_("Sex")), choice_label(Sex(reading.sex))))
    yield from pairs(rows)
    yield from finding_lines(reading.findings)


def check_mrz(call: Call) -> Answer:
    """Every document of a file.

    Raises:
        WrongUsage: no file is named.
        BadFile: the file cannot be read or holds no document.
    """
    source = call.args.file
    if source is None:
        raise WrongUsage(N_("Name a file, or - for standard input."))
    documents = split_documents(files.read_text(source))
    if not documents:
        raise BadFile(files.name_of(source), "", N_("The file is empty."))
    readings = [_read_mrz(call, document) for document in documents]
    return Answer(
        [reading.as_json() for reading in readings],
        (line for reading in readings for line in (*_mrz_lines(reading), "")),
        all(reading.valid for reading in readings),
    )


def ask_mrz(call: Call, given: Given) -> Answer:
    """What one machine-readable zone says."""
    reading = read_mrz("\n".join(given.texts("lines")), given.day_or_none("on") or call.today, _countries())
    return Answer(reading.as_json(), _mrz_lines(reading), reading.valid)


def _read_mrz(call: Call, text: str) -> MrzReading:
    return read_mrz(text, call.today, _countries())


def _countries() -> frozenset[str]:
    return frozenset(read_list("countries"))


def _mrz_lines(reading: MrzReading) -> Iterator[str]:
    rows = [
        (_(N_("Format")), reading.format or "—"),
        (_(N_("Valid")), yes_no(reading.valid)),
        (_(N_("Document number")), reading.number),
        (_(N_("Issuing state")), _country(reading.issuer)),
        (_(N_("Citizenship")), _country(reading.nationality)),
        (_(N_("Surname")), reading.surname),
        (_(N_("Given name")), reading.given_names),
        (_(N_("Date of birth")), reading.birth_date.show() if reading.birth_date else "—"),
        (_(N_("Sex")), choice_label(Sex(reading.sex)) if reading.sex else "—"),
        (_(N_("Valid until")), day_words(reading.expires_on)),
        (_(N_("Optional data")), reading.optional),
    ]
    yield from pairs(row for row in rows if row[1])
    yield from finding_lines(reading.findings)


def _country(code: str) -> str:
    known = read_list("countries").get(code)
    return f"{code} {known.label}" if known else code


def check_names(call: Call) -> Answer:
    """Two names of the command line."""
    return ask_names(call, call.given("a", "b", "birth_date_a", "birth_date_b"))


def ask_names(_call: Call, given: Given) -> Answer:
    """Whether two names may be one person's."""
    match = compare_names(
        given.text("a"),
        given.text("b"),
        given.birth_or_none("birth_date_a"),
        given.birth_or_none("birth_date_b"),
    )
    document = {"score": match.score, "verdict": match.verdict, "reasons": list(match.reasons)}
    return Answer(document, _match_lines(match))


_VERDICTS = {
    "same": N_("the same person"),
    "possible": N_("possibly the same person"),
    "different": N_("different people"),
}


def _match_lines(match: Match) -> Iterator[str]:
    yield f"{match.score}/100 — {_(_VERDICTS[match.verdict])}"
    yield from (f"  {reason}" for reason in match.reasons)


def check_transliterate(call: Call) -> Answer:
    """One text of the command line."""
    return ask_transliterate(call, call.given("text", "to", "scheme"))


def ask_transliterate(_call: Call, given: Given) -> Answer:
    """A text in the other script."""
    scheme = given.choice("scheme", SCHEMES) if "scheme" in given else None
    text, used = transliterate(given.text("text"), given.choice("to", SCRIPTS), scheme)
    return Answer({"text": text, "scheme": used}, [text])
