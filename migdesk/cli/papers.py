"""`form list|print|proof`, `report list|run`: official papers and reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.key_value import key_value
from migdesk.cli.lists import file_format
from migdesk.cli.output import Answer, pairs, table
from migdesk.cli.parser import Verbs, WrongUsage, add_group, add_verb, day
from migdesk.domain.errors import Refused
from migdesk.domain.fields import Day, Flag, Text, Unreadable
from migdesk.domain.finding import block
from migdesk.domain.printout import Printout
from migdesk.domain.report import Section
from migdesk.i18n import LANGUAGES, N_, _, current_language, language, pick
from migdesk.services import reporting
from migdesk.services.papers import printing

_COARSE = 9
"""Dots an inch: enough to count pages."""

_LONGEST = 1_000
"""Characters of an answer."""

REPORT_FORMATS = (".pdf", ".xlsx", ".csv", ".json")


def add(verbs: Verbs) -> None:
    """Add both groups."""
    form = add_group(verbs, "form", _(N_("official papers")))
    add_verb(form, "list", _(N_("every paper with its edition")), list_forms)
    made = add_verb(
        form,
        "print",
        _(N_("fill, number and write a paper; again it is a copy, or replaces what says the same no more")),
        print_form,
    )
    made.add_argument("code", metavar="CODE", help=_(N_("code of the paper; see: form list")))
    made.add_argument("uid", metavar="UID", help=_(N_("record it is about: uid or number")))
    made.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help=_(N_("what the paper asks for beyond the records; may be given again")),
    )
    made.add_argument(
        "--as-it-was",
        action="store_true",
        help=_(N_("a copy of the paper printed last, word for word, though the data have changed")),
    )
    _add_target(made)
    proof = add_verb(form, "proof", _(N_("write a paper with its grid and sample data")), print_proof)
    proof.add_argument("code", metavar="CODE", help=_(N_("code of the paper; see: form list")))
    _add_target(proof)

    report = add_group(verbs, "report", _(N_("reports")))
    add_verb(report, "list", _(N_("every report")), list_reports)
    run = add_verb(report, "run", _(N_("count a report and write it")), run_report)
    run.add_argument("code", metavar="CODE", help=_(N_("code of the report; see: report list")))
    run.add_argument("--from", dest="from_", type=day, required=True, metavar="DATE", help=_(N_("first day")))
    run.add_argument("--to", type=day, required=True, metavar="DATE", help=_(N_("last day")))
    run.add_argument(
        "--to-file", required=True, metavar="FILE", help=_(N_("name ending in .pdf, .xlsx, .csv or .json"))
    )
    run.add_argument("--lang", dest="paper_lang", choices=LANGUAGES, help=_(N_("language of the report")))


def _add_target(made: Any) -> None:
    made.add_argument("--to", required=True, metavar="FILE", help=_(N_("the PDF; - is standard output")))
    made.add_argument(
        "--lang",
        dest="paper_lang",
        metavar="LANG",
        help=_(N_("language of the paper; of a slip also that of the person: {known}")).format(
            known=", ".join((*LANGUAGES, *printing.tongues()))
        ),
    )


def _language(call: Call) -> str:
    """The language of the paper; one that only slips speak stands beside that of the answers.

    Raises:
        WrongUsage: the paper has no such language.
    """
    asked = getattr(call.args, "paper_lang", None)
    if not asked or asked in LANGUAGES:
        return asked or current_language()
    known = _spoken(call)
    if asked not in known:
        raise WrongUsage(
            N_("“{given}” is none of: {known}."), given=asked, known=", ".join((*LANGUAGES, *known))
        )
    return current_language()


def _spoken(call: Call) -> tuple[str, ...]:
    """The languages that a slip speaks beside its own; no other paper has any."""
    asks = printing.get_form(call.args.code, call.today).asks
    return next((tuple(one.options) for one in asks if one.key == printing.TONGUE), ())


def list_forms(call: Call) -> Answer:
    """Every paper in force on the day."""
    rows = [asdict(card) for card in printing.list_forms(call.today)]
    headings = [_(N_("Paper")), _(N_("Revision")), _(N_("Languages")), _(N_("About")), _(N_("Title"))]
    return Answer(
        rows,
        table(
            headings,
            (
                [row["code"], row["revision"], ", ".join(row["languages"]), row["about"], row["title"]]
                for row in rows
            ),
        ),
    )


def print_form(call: Call) -> Answer:
    """Print one paper.

    Raises:
        WrongUsage: no such paper, or an answer that it does not ask for.
        Invalid: something the paper needs is missing or does not fit.
        Refused: the record is not complete enough, or there is nothing to copy as it was.
        NotFound: no such record.
        BadFile: the file cannot be written.
    """
    args = call.args
    _refuse_unknown(args.code, _form_codes(call))
    answers = _answers(call)
    before = _printed_before(call) if args.as_it_was else None
    with files.target(args.to, ".pdf") as path:
        if before:
            printed = printing.print_copy(call.desk, before.uid, path)
        else:
            printed = printing.print_form(
                call.desk, args.code, args.uid, path, lang=_language(call), answers=answers or None
            )
    one = printed.value.printout
    document = {
        "pages": one.pages,
        "number": one.number,
        "copy": one.copy,
        "digest": one.digest,
        "replaces": one.replaces or None,
        "uid": one.uid,
    }
    return Answer(document, _printed_lines(document), to_stderr=args.to == files.STANDARD)


def _printed_before(call: Call) -> Printout:
    """The paper printed last for the record that is named."""
    standing = printing.standing_of(call.desk, call.args.code, call.args.uid, lang=_language(call))
    if standing is None:
        message = N_("This paper was not printed for this record yet.")
        raise Refused([block("not_printed", message, "uid")])
    return standing.last


def _form_codes(call: Call) -> list[str]:
    return [card.code for card in printing.list_forms(call.today)]


def _answers(call: Call) -> dict[str, object]:
    """What a paper asks for beyond the records, by the key of its question."""
    asked = {one.key: one for one in printing.get_form(call.args.code, call.today).asks}
    found: dict[str, object] = {}
    for word in call.args.answer:
        key, value = key_value(word)
        if key not in asked:
            raise WrongUsage(N_("“{given}” is none of: {known}."), given=key, known=", ".join(asked))
        found[key] = _answer(call, key, asked[key].kind, asked[key].options, value)
    lang = call.args.paper_lang
    if lang and lang not in LANGUAGES and printing.TONGUE in asked:
        found.setdefault(printing.TONGUE, lang)
    return found


def _answer(call: Call, key: str, kind: str, options: Mapping[str, Any], words: str) -> object:
    if kind == "choice":
        if words not in options:
            raise WrongUsage(N_("“{given}” is none of: {known}."), given=words, known=", ".join(options))
        return words
    field = {"day": Day(key), "yes_no": Flag(key)}.get(kind, Text(key, max=_LONGEST))
    try:
        value = field.read(words, today=call.today)
        return ("yes" if value else "no") if kind == "yes_no" else value
    except Unreadable as problem:
        raise WrongUsage("{key}: {reason}", key=key, reason=problem.words()) from None


def _printed_lines(document: dict[str, Any]) -> Iterator[str]:
    yield from pairs(
        [
            (_(N_("Number")), document["number"] or "—"),
            (_(N_("Number of pages")), str(document["pages"])),
            (_(N_("Copy")), str(document["copy"] or "—")),
            *([(_(N_("Replaces No.")), document["replaces"])] if document.get("replaces") else []),
            (_(N_("Digest")), document["digest"]),
        ]
    )


def print_proof(call: Call) -> Answer:
    """A paper with its grid and sample data.

    Raises:
        WrongUsage: no such paper.
    """
    args = call.args
    _refuse_unknown(args.code, _form_codes(call))
    content = printing.proof(args.code, call.today, lang=_language(call))
    document = {
        "pages": len(printing.page_images(content, dpi=_COARSE)),
        "number": None,
        "copy": None,
        "digest": hashlib.sha256(content).hexdigest(),
    }
    files.write(args.to, content)
    return Answer(document, _printed_lines(document), to_stderr=args.to == files.STANDARD)


def list_reports(_call: Call) -> Answer:
    """Every report."""
    rows = [{"code": one.code, "title": pick(one.title)} for one in reporting.list_reports()]
    return Answer(
        rows, table([_(N_("Report")), _(N_("Title"))], ([row["code"], row["title"]] for row in rows))
    )


def run_report(call: Call) -> Answer:
    """Count a report and write it.

    Raises:
        WrongUsage: no such report or format, or the days are the wrong way round.
        BadFile: the file cannot be written.
    """
    args = call.args
    _refuse_unknown(args.code, [report.code for report in reporting.list_reports()])
    if args.to < args.from_:
        raise WrongUsage(N_("The last day is before the first day."))
    suffix = file_format(args.to_file, REPORT_FORMATS, ".json" if args.json else ".csv")
    with files.target(args.to_file, suffix) as path, language(_language(call)):
        result = reporting.run(call.desk, args.code, args.from_, args.to)
        reporting.save(result, path)
    document = {
        "rows": sum(len(section.rows) for section in result.sections),
        "totals": [_totals(section) for section in result.sections if section.totals],
        "as_of": result.as_of,
        "title": result.title,
    }
    return Answer(document, _report_lines(document), to_stderr=args.to_file == files.STANDARD)


def _totals(section: Section) -> dict[str, object]:
    keys = [column.key for column in section.columns]
    return {"section": section.title} | dict(zip(keys, section.totals or (), strict=True))


def _report_lines(document: dict[str, Any]) -> Iterator[str]:
    yield from pairs(
        [
            (_(N_("Report")), document["title"]),
            (_(N_("Rows written")), str(document["rows"])),
            (_(N_("As of")), document["as_of"]),
        ]
    )


def _refuse_unknown(code: str, known: list[str]) -> None:
    if code not in known:
        raise WrongUsage(N_("“{given}” is none of: {known}."), given=code, known=", ".join(sorted(known)))
