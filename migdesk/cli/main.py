"""Run one command: read its words, let it answer, turn errors into words and exit codes.

0 done; 1 the answer is no; 2 wrong usage; 3 a file cannot be read or written; 4 the office's store has a
problem; 70 a bug of the program (a crash file says where); 130 stopped by the operator.
"""

from __future__ import annotations

import errno
import os
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from migdesk import crash, logs
from migdesk.cli import files, streams
from migdesk.cli.call import Call
from migdesk.cli.given import BadKey, Given
from migdesk.cli.output import Answer, as_text, clean, clean_lines, finding_lines, findings_document
from migdesk.cli.parser import PROGRAM, Parser, Peek, WrongUsage, add_globals
from migdesk.domain.errors import BadFile, Invalid, MigDeskError, Stale, StoreProblem
from migdesk.domain.fields import choice_label
from migdesk.domain.finding import Finding, Severity
from migdesk.i18n import LANGUAGES, N_, _

DONE, NO, USAGE, FILE, STORE, BUG, STOPPED = 0, 1, 2, 3, 4, 70, 130

_DISK = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG),
        *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP),
    }
)
"""What a disk or a folder may refuse: the machine's fault, not a bug of the program."""

_MAKES = frozenset({"init", "restore", "backup", "demo"})
"""Verbs that make or replace a whole office or a copy of it."""
_NAMES = ("number", "uid", "batch", "op", "undone", "file", "home")
"""Keys of an answer that tell which record or file was made, and nothing of anybody's data."""

Ask = Callable[[Call, Given], Answer]


def parser(verb: str | None = None) -> Parser:
    """The whole tree of verbs in the current language, or what one verb needs of it."""
    from migdesk.cli import verbs  # noqa: PLC0415 - all that commands need; a window starts without it

    made = Parser(prog=PROGRAM, description=_(N_("The desk of a regional migration office.")))
    made.epilog = _(N_("Without a verb the window opens. Each verb has its own help: migdesk VERB --help"))
    add_globals(made)
    verbs.add_verbs(made, verb)
    return made


def _plain_parser() -> Parser:
    """No verbs: the window is opened without making sixty parsers."""
    made = Parser(prog=PROGRAM)
    made.set_defaults(verb=None)
    add_globals(made)
    return made


def read(argv: Sequence[str]) -> Namespace:
    """The words of the command line.

    Raises:
        WrongUsage: they are no command.
        SystemExit: help was asked for and shown.
    """
    argv = [_as_text(word) for word in argv]
    peek = Peek(argv)
    if peek.is_plain:
        with suppress(WrongUsage):  # the whole tree knows how it is said rightly
            return _plain_parser().parse_args(argv)
    return parser(peek.verb).parse_args(argv)


def _as_text(word: str) -> str:
    """A word of the command line; a machine told to speak ASCII hands UTF-8 on byte by byte."""
    try:
        return os.fsencode(word).decode() if not word.isascii() else word
    except UnicodeError:
        raise WrongUsage(N_("An argument is not text in UTF-8.")) from None


def run(args: Namespace, home: Path) -> int:
    """Let one command answer; the exit code says how it went."""
    call = Call(args, home)
    try:
        code = _answer(call)
        streams.flush()
        return code
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a bug must leave a crash file, not a traceback
        return _tell_failure(call, error)
    finally:
        call.close()


def _tell_failure(call: Call, error: BaseException) -> int:
    """Say what went wrong, and never that nothing was done when something was."""
    args, answered = call.args, call.answered
    if isinstance(error, BrokenPipeError):
        # whoever read the answer has read enough
        streams.close_answer()
        return DONE
    if answered and (call.written or args.verb in _MAKES):
        return _tell_done(call, answered, error)
    if call.written:
        done = "; ".join(f"{choice_label(one.op)} {one.op_uid}" for one in call.written)
        streams.say(_(N_("Done before that, and in the journal: {done}.")).format(done=done))
    if isinstance(error, KeyboardInterrupt):
        streams.say(_(N_("Stopped.") if call.written else N_("Stopped. Nothing was changed.")))
        return STOPPED
    if isinstance(error, MigDeskError):
        return tell(error, json=args.json)
    if isinstance(error, streams.AnswerLost):
        streams.close_answer()
        text = N_("The answer cannot be written to standard output: {reason}.")
        streams.say(f"{PROGRAM}: {_(text).format(reason=error.reason)}")
        return FILE
    if isinstance(error, OSError) and error.errno in _DISK:
        return tell(_disk_problem(error), json=args.json)
    return _tell_bug(error, call)


def _tell_done(call: Call, answered: Answer, error: BaseException) -> int:
    """The work is done, only its answer could not be given: a script that tries again would do it twice."""
    if isinstance(error, streams.AnswerLost):
        streams.close_answer()
        reason = error.reason
    elif isinstance(error, KeyboardInterrupt):
        reason = _(N_("stopped"))
    else:
        reason = str(crash.write(error, call.home))
    document = answered.document if isinstance(answered.document, dict) else {}
    named = [f"{key} {value}" for key in _NAMES if isinstance(value := document.get(key), str | int)]
    text = N_("This was done; only the answer could not be written to standard output: {reason}.")
    streams.say(f"{PROGRAM}: {' '.join([_(text).format(reason=reason), *named])}")
    return DONE if answered.ok else NO


def _answer(call: Call) -> int:
    if getattr(call.args, "each", None) is not None:
        _refuse_alone(call.args)
        return _answer_lines(call, call.args.ask)
    try:
        answer: Answer = call.args.run(call)
    except BadKey as problem:
        raise WrongUsage("{problem}", problem=problem.words()) from None
    answer = _with_notes(answer, call.notes)
    call.answered = answer
    say = streams.say if answer.to_stderr else streams.answer
    for line in [as_text(answer.document)] if call.args.json else map(clean_lines, answer.lines):
        say(line)
    return DONE if answer.ok else NO


def _with_notes(answer: Answer, notes: Sequence[Finding]) -> Answer:
    """The answer, and what was read otherwise than it was written."""
    if not notes:
        return answer
    document = answer.document
    if isinstance(document, dict):
        document = document | {"findings": [*document.get("findings", ()), *findings_document(notes)]}
    return replace(answer, document=document, lines=chain(answer.lines, finding_lines(notes)))


def _refuse_alone(args: Namespace) -> None:
    """A question of the command line beside a file of questions would be answered by nobody.

    Raises:
        WrongUsage: names what stands there too much.
    """
    general = {*vars(_plain_parser().parse_args([])), "check_verb", "run", "ask", "each"}
    for name, value in vars(args).items():
        if name not in general and value is not None:
            text = N_("{name} cannot be given together with {other}.")
            raise WrongUsage(text, name=name.strip("_").replace("_", "-"), other="--each")


def _answer_lines(call: Call, ask: Ask) -> int:
    """One answer a line, in order; a line that cannot be answered says why, and the rest go on."""
    bugs = 0
    for line in files.json_lines(call.args.each):
        try:
            document = _answer_line(call, ask, line)
        except (StoreProblem, BadFile):
            # no line can be answered: the office or a pack of the program is at fault
            raise
        except MigDeskError as error:
            document = {"error": "; ".join(error.words().splitlines())}
        except Exception as error:  # noqa: BLE001 - one line that meets a bug does not take the others along
            crash.write(error, call.home)
            bugs += 1
            document = {"error": _(N_("The program failed on this line; a crash file was written."))}
        streams.answer(as_text(document, compact=True))
        if call.args.each == files.STANDARD:
            streams.flush()
    return BUG if bugs else DONE


def _answer_line(call: Call, ask: Ask, line: Any) -> Any:
    if isinstance(line, files.NotJson):
        raise line
    if not isinstance(line, dict):
        raise files.NotJson(N_("An object of names and values is expected."))
    given = Given(line)
    document = ask(call, given).document
    if (ignored := given.ignored()) and isinstance(document, dict):
        document = document | {"ignored": ignored}
    return document


def tell(error: MigDeskError, *, json: bool) -> int:
    """Say what went wrong, to people on stderr and to scripts on stdout; the exit code fits it."""
    if isinstance(error, Stale):
        error.hint = N_("Nothing was written: look at it again, then repeat the command.")
    findings = _as_findings(error)
    if isinstance(error, Invalid):
        for line in finding_lines(findings):
            streams.say(line)
    else:
        if isinstance(error, WrongUsage) and error.usage:
            streams.say(error.usage)
        streams.say(f"{PROGRAM}: {clean(error.words())}")
    if json:
        _answer_error({"error": error.code, "text": error.words()} | _place_of(error) | _findings_of(error))
    return exit_code(error)


def _answer_error(document: dict[str, object]) -> None:
    """The error for a script; it was said on standard error already, and may be that of the answer itself."""
    try:
        streams.answer(as_text(document))
        streams.flush()
    except (streams.AnswerLost, BrokenPipeError):
        streams.close_answer()


def exit_code(error: MigDeskError) -> int:
    """The exit code of the public contract for an error."""
    from migdesk.services.laws.asking import Unknown  # noqa: PLC0415 - the law of stay, for a question with a slip

    if isinstance(error, WrongUsage | Unknown):
        return USAGE
    if isinstance(error, BadFile):
        return FILE
    return STORE if isinstance(error, StoreProblem) else NO


def _as_findings(error: MigDeskError) -> Iterable[Finding]:
    if isinstance(error, Invalid):
        return error.findings
    if exit_code(error) == NO:
        words = error.words()
        return (Finding(Severity.BLOCK, error.code, texts=dict.fromkeys(LANGUAGES, words)),)
    return ()


def _findings_of(error: MigDeskError) -> dict[str, object]:
    return {"findings": findings_document(_as_findings(error))}


def _place_of(error: MigDeskError) -> dict[str, object]:
    return {"file": error.path, "place": error.place} if isinstance(error, BadFile) else {}


def _disk_problem(error: OSError) -> StoreProblem:
    """What the disk or the folder refused, told with the name of what could not be used."""
    return StoreProblem(
        N_("The folder or file {name} cannot be used: {reason}."),
        hint=N_("Check --home, the disk and your rights; nothing was half written."),
        name=error.filename or "—",
        reason=error.strerror or "—",
    )


def _tell_bug(error: BaseException, call: Call) -> int:
    kept = crash.write(error, call.home)
    if call.args.debug:
        streams.say("\n".join(logs.places(error)))
    text = N_("The program failed. Nothing was half written. The place is kept in {file}.")
    if call.written:
        text = N_("The program failed. The place is kept in {file}.")
    said = _(text).format(file=kept)
    streams.say(f"{PROGRAM}: {said}")
    if call.args.json:
        _answer_error({"error": "bug", "text": said, "findings": []})
    return BUG
