"""The argument parser: argparse in three languages, global options, and how a module adds its verbs."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NoReturn

from migdesk.domain.dates import NoSuchDay, PartialDate, read_written_day
from migdesk.domain.errors import MigDeskError
from migdesk.i18n import LANGUAGES, N_, _

Verbs = Any
"""What `argparse.add_subparsers` returns; the type has no public name."""

PROGRAM = "migdesk"
_SHOWN = 40
"""Characters of a wrong word that are said back."""


class WrongUsage(MigDeskError):
    """The command was given wrongly; `usage` is the line that shows how it is given."""

    code = "usage"

    def __init__(self, text: str, /, *, hint: str = "", usage: str = "", **values: object) -> None:
        super().__init__(text, hint=hint, **values)
        self.usage = usage


# argparse speaks English only; these are the sentences it has
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"the following arguments are required: (?P<names>.+)"), N_("Still to be given: {names}.")),
    (re.compile(r"unrecognized arguments: (?P<names>.+)"), N_("Not understood: {names}.")),
    (
        re.compile(r"argument (?P<name>.+?): invalid choice: (?P<given>.+?) \(choose from (?P<known>.+)\)"),
        N_("{name}: {given} is none of: {known}."),
    ),
    (re.compile(r"argument (?P<name>.+?): expected one argument"), N_("{name}: a value must follow.")),
    (
        re.compile(r"argument (?P<name>.+?): expected at least one argument"),
        N_("{name}: a value must follow."),
    ),
    (
        re.compile(r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)"),
        N_("{name} cannot be given together with {other}."),
    ),
    (
        re.compile(r"argument (?P<name>.+?): invalid int value: (?P<given>.+)"),
        N_("{name}: {given} is not a whole number."),
    ),
    (re.compile(r"one of the arguments (?P<names>.+) is required"), N_("Give one of: {names}.")),
)


class _Formatter(argparse.HelpFormatter):
    """Help with the headings of the current language and without argparse's English."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, f"{_(N_('How'))}: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that raises `WrongUsage` instead of ending the program, and speaks three languages."""

    def __init__(self, **given: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **given)
        self._positionals.title = _(N_("What it takes"))
        self._optionals.title = _(N_("Options"))
        self.add_argument("-h", "--help", action="help", help=_(N_("show this help")))

    def error(self, message: str) -> NoReturn:
        """Raise the mistake in the current language.

        Raises:
            WrongUsage: always.
        """
        usage = self.format_usage().strip()
        for pattern, sentence in _SENTENCES:
            if found := pattern.fullmatch(message):
                raise WrongUsage(sentence, usage=usage, **found.groupdict())
        name, _colon, rest = message.removeprefix("argument ").partition(": ")
        raise WrongUsage("{name}: {reason}", usage=usage, name=name, reason=rest or message)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read the words of a verb in whatever order they stand; argparse wants its positionals side by side."""
        has_verbs = any(isinstance(one.nargs, str) and one.nargs in _REST for one in self._actions)
        if args is not None and not has_verbs:
            args = self._options_first(list(args))
        return super().parse_known_args(args, namespace)

    def _options_first(self, words: list[str]) -> list[str]:
        """Options with their values first, then everything else behind a `--`."""
        options: list[str] = []
        others: list[str] = []
        while words:
            word = words.pop(0)
            if word == "--":
                others += words
                break
            if self._is_value(word):
                others.append(word)
                continue
            options.append(word)
            action = self._option_string_actions.get(word)
            most = _values_of(action) if action else 0
            while most and words and words[0] != "--" and self._is_value(words[0]):
                options.append(words.pop(0))
                most -= 1
        takes_any = any(not one.option_strings for one in self._actions)
        return [*options, "--", *others] if others and takes_any else [*options, *others]

    def _is_value(self, word: str) -> bool:
        """Whether argparse takes a word for no option: a number below zero is none."""
        return self._parse_optional(word) is None


_REST = (argparse.PARSER, argparse.REMAINDER)


def _values_of(action: argparse.Action) -> int:
    """How many words may follow an option at most."""
    if isinstance(action.nargs, int):
        return action.nargs
    return {None: 1, "?": 1}.get(action.nargs, sys.maxsize)


def day(text: str) -> date:
    """A date of an option.

    Raises:
        argparse.ArgumentTypeError: not a date.
    """
    try:
        return read_written_day(text)
    except NoSuchDay as wrong:
        raise argparse.ArgumentTypeError(f"{text}: {wrong.words()}") from None
    except ValueError:
        message = _(N_("“{given}” is not a date. Write it as 2026-03-05."))
        raise argparse.ArgumentTypeError(message.format(given=text)) from None


def birth(text: str) -> str:
    """A birth date of an option as ISO, as far as it is known.

    Raises:
        argparse.ArgumentTypeError: not a date.
    """
    try:
        return str(PartialDate.parse(text.strip()))
    except NoSuchDay as wrong:
        raise argparse.ArgumentTypeError(f"{text}: {wrong.words()}") from None
    except ValueError:
        return day(text).isoformat()


def year(text: str) -> int:
    """A year of an option.

    Raises:
        argparse.ArgumentTypeError: no year that the office could have to do with.
    """
    if text.isascii() and text.isdecimal() and 1991 <= int(text[:5]) <= 2100:
        return int(text)
    raise argparse.ArgumentTypeError(_(N_("A year is expected, such as 2026.")))


def whole(text: str) -> int:
    """A whole number of an option, of at most nine digits.

    Raises:
        argparse.ArgumentTypeError: not a whole number.
    """
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 9:
        return int(text)
    message = _(N_("“{given}” is not a whole number."))
    if digits.isascii() and digits.isdecimal():
        message = _(N_("“{given}” is too large: at most nine digits."))
    raise argparse.ArgumentTypeError(
        message.format(given=text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
    )


def count(text: str) -> int:
    """A whole number of at least one.

    Raises:
        argparse.ArgumentTypeError: not such a number.
    """
    number = whole(text)
    if number < 1:
        message = _(N_("“{given}” is less than one."))
        raise argparse.ArgumentTypeError(message.format(given=text))
    return number


def add_globals(parser: Parser) -> None:
    """The options that stand before the verb."""
    add = parser.add_argument
    add("--home", metavar="DIR", help=_(N_("the folder of the office")))
    add("--on", metavar="DATE", type=day, help=_(N_("act as if today were this day")))
    add("--lang", choices=LANGUAGES, help=_(N_("language of the answers")))
    add("--json", action="store_true", help=_(N_("answer with one JSON document")))
    add("--debug", action="store_true", help=_(N_("show what the program does inside")))
    add("--passphrase-file", metavar="FILE", help=_(N_("file whose first line is the office's passphrase")))
    add("--version", action="store_true", help=_(N_("show the version and end")))


def add_verb(
    verbs: Verbs, name: str, help_text: str, run: Callable[..., Any] | None = None, *, needs: str = ""
) -> Parser:
    """One verb with its help; `--on` and `--json` are taken after it as well as before."""
    made: Parser = verbs.add_parser(name, help=help_text, description=_more(help_text, needs))
    if run is not None:
        made.set_defaults(run=run)
        quiet: dict[str, Any] = {"default": argparse.SUPPRESS, "help": argparse.SUPPRESS}
        made.add_argument("--json", action="store_true", **quiet)
        made.add_argument("--on", type=day, metavar="DATE", default=argparse.SUPPRESS, help=_(ON_HELP))
    return made


ON_HELP = N_("the day that counts; today when left out")


def _more(help_text: str, needs: str) -> str:
    said = f"{help_text[:1].upper()}{help_text[1:]}."
    return f"{said} {needs}" if needs else said


def add_group(verbs: Verbs, name: str, help_text: str) -> Verbs:
    """A verb with verbs of its own."""
    made = add_verb(verbs, name, help_text)
    return made.add_subparsers(
        dest=f"{name}_verb", metavar=_(N_("VERB")), required=True, title=_(N_("Verbs"))
    )


class Peek:
    """The global options as far as they can be read before the parser is built, which needs the language."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.values: dict[str, str] = {}
        self.verb: str | None = None
        """The first word that is no global option, whether there is such a verb or not."""
        self.is_plain = True
        """Whether no verb and no help was asked for: the window opens, or the version is told."""
        words = iter(argv)
        for word in words:
            if not word.startswith("--") or word == "--help":
                self.verb, self.is_plain = word, False
                break
            name, equals, value = word.partition("=")
            if name in ("--home", "--on", "--lang", "--passphrase-file"):
                self.values[name] = value if equals else next(words, "")
            else:
                self.values[name] = ""

    @property
    def language(self) -> str | None:
        """The language asked for, when there is such a language."""
        asked = self.values.get("--lang")
        return asked if asked in LANGUAGES else None

    @property
    def home(self) -> str | None:
        """The folder of the office, when one is named."""
        return self.values.get("--home") or None

    @property
    def json(self) -> bool:
        """Whether scripts read the answer."""
        return "--json" in self.values
