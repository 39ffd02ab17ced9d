"""`rules own|take|try|on|off|give`: the office's own packs of law, laid over the shipped ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from migdesk.cli import files
from migdesk.cli.call import Call
from migdesk.cli.effect_lines import effects_answer
from migdesk.cli.output import Answer, day_words, finding_lines, findings_document, pairs, table, yes_no
from migdesk.cli.parser import Verbs, add_verb
from migdesk.domain.change import Done
from migdesk.domain.law_pack import LawPack
from migdesk.i18n import N_, _
from migdesk.services.laws import law_packs


def add(rules: Verbs) -> None:
    """Add the verbs to the group `rules`."""
    add_verb(rules, "own", _(N_("the office's own packs of law")), own)
    taken = add_verb(rules, "take", _(N_("take a pack of law in; it counts when it is switched on")), take)
    taken.add_argument("file", metavar="FILE", help=_(N_("the pack, a TOML file; - for standard input")))
    taken.add_argument(
        "--why", default="", help=_(N_("why a new version counts at once in the place of one that counts"))
    )
    tried = add_verb(
        rules, "try", _(N_("which due days, sums and limits a pack would change; writes nothing")), try_it
    )
    tried.add_argument("file", metavar="FILE", help=_(N_("the pack, a TOML file; - for standard input")))
    for name, words, run in (
        ("on", N_("let a pack of the office count"), switch_on),
        ("off", N_("let a pack of the office count no longer"), switch_off),
    ):
        verb = add_verb(rules, name, _(words), run)
        verb.add_argument("code", metavar="PACK", help=_(N_("code of the pack; see: rules own")))
        verb.add_argument("--why", required=True, help=_(N_("the act, or what was wrong")))
        verb.add_argument("--check", action="store_true", help=_(N_("only say what would change")))
    given = add_verb(rules, "give", _(N_("write a pack of the office to a file")), give)
    given.add_argument("code", metavar="PACK", help=_(N_("code of the pack; see: rules own")))
    given.add_argument("--to", metavar="FILE", required=True, help=_(N_("the file to write")))


def own(call: Call) -> Answer:
    """The office's own packs."""
    packs = law_packs.list_packs(call.desk)
    headings = [_(N_("Pack")), _(N_("Version")), _(N_("Switched on")), _(N_("Taken in on")), _(N_("Reason"))]
    rows = ([one.code, one.version, yes_no(one.in_use), day_words(one.taken_on), one.reason] for one in packs)
    return Answer([_document(one) for one in packs], table(headings, rows))


def take(call: Call) -> Answer:
    """Take a pack in, switched off; with `--why` a later version of one that counts, in its place.

    Raises:
        BadFile: it is no pack; names the key.
        Refused: the office has this version with other words, or a later one, or one that counts.
    """
    source, why = call.args.file, call.args.why
    pack = law_packs.read_pack_file(files.name_of(source), files.read_text(source))
    taken = law_packs.replace_pack(call.desk, pack, why) if why else law_packs.take_pack(call.desk, pack)
    return changed(taken)


def try_it(call: Call) -> Answer:
    """What a pack would change.

    Raises:
        BadFile: it is no pack; names the key.
    """
    source = call.args.file
    pack = law_packs.read_pack_file(files.name_of(source), files.read_text(source))
    return effects_answer(call.desk, law_packs.law_with(call.desk, pack))


def switch_on(call: Call) -> Answer:
    """Let a pack count, or with `--check` say what that would change.

    Raises:
        NotFound: the office has no such pack.
        Refused: it counts already.
    """
    if call.args.check:
        return effects_answer(
            call.desk, law_packs.law_with(call.desk, law_packs.get_pack(call.desk, call.args.code))
        )
    return changed(law_packs.switch_pack(call.desk, call.args.code, on=True, why=call.args.why))


def switch_off(call: Call) -> Answer:
    """Let a pack count no longer, or with `--check` say what that would change.

    Raises:
        NotFound: the office has no such pack.
        Refused: it does not count.
    """
    if call.args.check:
        law_packs.get_pack(call.desk, call.args.code)
        return effects_answer(call.desk, law_packs.law_without(call.desk, call.args.code))
    return changed(law_packs.switch_pack(call.desk, call.args.code, on=False, why=call.args.why))


def give(call: Call) -> Answer:
    """Write a pack to a file.

    Raises:
        NotFound: no such pack.
    """
    pack = law_packs.get_pack(call.desk, call.args.code)
    files.write(call.args.to, law_packs.sealed(pack).encode())
    shown = Answer(_document(pack) | {"file": call.args.to}, [call.args.to])
    return replace(shown, to_stderr=call.args.to == files.STANDARD)


def _document(pack: LawPack) -> dict[str, object]:
    return {
        "code": pack.code,
        "version": pack.version,
        "in_use": pack.in_use,
        "taken_on": pack.taken_on,
        "reason": pack.reason,
        "digest": pack.digest,
        "uid": pack.uid,
    }


def changed(done: Done[LawPack]) -> Answer:
    """A pack that was taken in or switched."""
    pack = done.value
    rows = [
        (_(N_("Pack")), pack.code),
        (_(N_("Version")), pack.version),
        (_(N_("Switched on")), yes_no(pack.in_use)),
    ]
    document = _document(pack) | {"findings": findings_document(done.findings)}
    return Answer(document, chain(pairs(rows), finding_lines(done.findings)))
