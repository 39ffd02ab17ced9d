"""`regime list|show|new|try|correct|on|off`: special regimes such as a quarantine, an amnesty or a closed border."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from migdesk.cli import files, law_packs
from migdesk.cli.call import Call
from migdesk.cli.output import Answer, day_words, pairs, table
from migdesk.cli.parser import Parser, Verbs, add_group, add_verb
from migdesk.cli.regime_lines import preview_document, preview_lines, regime_document
from migdesk.domain.fields import choice_label
from migdesk.domain.law_pack import LawPack
from migdesk.i18n import LANGUAGES, N_, _, pick
from migdesk.services.law import Law
from migdesk.services.laws import law_packs as packs
from migdesk.services.laws import regime_effects, special_regimes
from migdesk.services.laws.law_book import Book
from migdesk.services.laws.regime_words import regime_rows
from migdesk.services.laws.special_regimes import Regime


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "regime", _(N_("special regimes: whom they cover, what they do, since when")))
    add_verb(group, "list", _(N_("every special regime, the latest first")), list_all)
    shown = add_verb(group, "show", _(N_("one special regime: whom it covers, what it does, its act")), show)
    _code(shown)
    made = add_verb(group, "new", _(N_("take a special regime in from a file, switched off")), new)
    _file(made)
    made.add_argument("--check", action="store_true", help=_(N_("only say whom it would touch")))
    fixed = add_verb(group, "correct", _(N_("put a later version in the place of a regime that counts")), fix)
    _file(fixed)
    fixed.add_argument("--why", default="", help=_(N_("the act, or what was wrong")))
    fixed.add_argument("--check", action="store_true", help=_(N_("only say whom it would touch")))
    tried = add_verb(group, "try", _(N_("whom a regime would touch, and how; writes nothing")), try_it)
    _code(tried)
    for name, words, run in (
        ("on", N_("let a special regime of the office count"), switch_on),
        ("off", N_("let a special regime of the office count no longer"), switch_off),
    ):
        verb = add_verb(group, name, _(words), run)
        _code(verb)
        verb.add_argument("--why", default="", help=_(N_("the act, or what was wrong")))
        verb.add_argument("--check", action="store_true", help=_(N_("only say whom it would touch")))


def _code(verb: Parser) -> None:
    verb.add_argument("code", metavar="REGIME", help=_(N_("code of the regime; see: regime list")))


def _file(verb: Parser) -> None:
    verb.add_argument("file", metavar="FILE", help=_(N_("the pack, a TOML file; - for standard input")))


def list_all(call: Call) -> Answer:
    """Every regime with its days and where it stands."""
    found = special_regimes.list_regimes(call.desk)
    headings = [_(N_("Code")), _(N_("From")), _(N_("Until")), _(N_("Announced on")), _(N_("Standing"))]
    headings += [_(N_("Pack")), _(N_("Title"))]
    rows = (
        [
            one.code,
            day_words(one.special.since),
            day_words(one.special.until),
            day_words(one.special.announced),
            choice_label(one.standing),
            one.pack,
            pick(one.special.title),
        ]
        for one in found
    )
    return Answer([_document(call, one) for one in found], table(headings, rows))


def _document(call: Call, one: Regime) -> dict[str, object]:
    own = {"pack": one.pack, "own": one.is_own, "standing": one.standing.value}
    return regime_document(one.special, call.today) | own


def show(call: Call) -> Answer:
    """One regime with all it says.

    Raises:
        NotFound: there is none of this code.
    """
    found = special_regimes.get_regime(call.desk, call.args.code)
    document = _document(call, found) | {"says": found.says}
    return Answer(document, _lines(call, found))


def _lines(call: Call, found: Regime) -> Iterator[str]:
    one, source = found.special, found.special.citation.source
    yield f"{one.code} — {pick(one.title)}"
    yield from pairs(
        [
            (_(N_("Standing")), choice_label(found.standing)),
            (_(N_("From")), day_words(one.since)),
            (_(N_("Until")), day_words(one.until)),
            (_(N_("Announced on")), day_words(one.announced)),
            (_(N_("Pack")), found.pack),
            (_(N_("Source")), ", ".join(part for part in (source.act, source.article) if part)),
            (_(N_("Confidence")), choice_label(source.confidence)),
        ]
    )
    yield from pairs((_(label), words) for label, words in regime_rows(Book.of(call.desk), one))
    yield from (f"  {code}: {one.title[code]}" for code in LANGUAGES)
    if one.remark:
        yield pick(one.remark)


def new(call: Call) -> Answer:
    """Take a regime in, switched off; with `--check` say whom it would touch.

    Raises:
        BadFile: it is no pack, or one without a special regime; names the key.
        Refused: the office has this version with other words, or a later one.
    """
    pack = _given(call)
    if call.args.check:
        return _preview(call, packs.law_with(call.desk, pack))
    return law_packs.changed(packs.take_pack(call.desk, pack))


def fix(call: Call) -> Answer:
    """Take a later version in; of a regime that counts, it counts in its place at once.

    Raises:
        BadFile, Refused: as `new`.
        Invalid: no reason is given.
    """
    pack = _given(call)
    if call.args.check:
        return _preview(call, packs.law_with(call.desk, pack))
    return law_packs.changed(packs.replace_pack(call.desk, pack, call.args.why))


def _given(call: Call) -> LawPack:
    source = call.args.file
    name = files.name_of(source)
    pack = packs.read_pack_file(name, files.read_text(source))
    special_regimes.refuse_without(name, pack)
    return pack


def try_it(call: Call) -> Answer:
    """Whom a regime that is not switched on would touch.

    Raises:
        NotFound: there is none of this code.
        Refused: it counts already, or came with the program.
    """
    return _preview(call, special_regimes.law_then(call.desk, call.args.code, on=True))


def switch_on(call: Call) -> Answer:
    """Let a regime count, or with `--check` say whom that touches.

    Raises:
        NotFound: there is none of this code.
        Refused: it counts already, or came with the program.
        Invalid: no reason is given.
    """
    return _switch(call, on=True)


def switch_off(call: Call) -> Answer:
    """Let a regime count no longer, or with `--check` say whom that touches.

    Raises:
        NotFound: there is none of this code.
        Refused: it does not count, or came with the program.
        Invalid: no reason is given.
    """
    return _switch(call, on=False)


def _switch(call: Call, *, on: bool) -> Answer:
    if call.args.check:
        return _preview(call, special_regimes.law_then(call.desk, call.args.code, on=on))
    return law_packs.changed(special_regimes.switch(call.desk, call.args.code, on=on, why=call.args.why))


def _preview(call: Call, law: Law) -> Answer:
    found = regime_effects.preview(call.desk, law)
    return Answer(preview_document(call.desk, found), chain(preview_lines(call.desk, found)))
