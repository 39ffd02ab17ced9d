"""Packs of law that an office takes in, tries, switches on and off, and gives on as files.

A pack is the same text wherever it is: in `resources/rules`, in a file somebody brought, in the store. Taking one
in changes nothing yet; what it would change is shown first, and it counts from the moment it is switched on. The
file of a public service, as `resources/procedures` has it, is taken in, tried and switched alike: it holds for the
days from its `from` to its `until`, and cases filed on them are judged by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migdesk.domain.change import ChangeSet, Done, Op
from migdesk.domain.datafile import Keys
from migdesk.domain.dataline import located
from migdesk.domain.dates import show_day
from migdesk.domain.errors import BadFile, NotFound, Refused
from migdesk.domain.finding import Finding, block, note, warn
from migdesk.domain.law_pack import LONGEST_PACK, PERIOD, LawPack, digest_of, version_order
from migdesk.i18n import N_
from migdesk.rules.law import Law
from migdesk.rules.load import lay_pack_over, load_pack
from migdesk.rules.pack import Citation
from migdesk.rules.procedure_file import load_procedure
from migdesk.rules.sources import read_citations
from migdesk.services import law
from migdesk.services.desk import Desk
from migdesk.services.known_codes import known_codes
from migdesk.services.laws.law_counted import refuse_uncounted, write_effects
from migdesk.services.laws.regime_codes import refuse_unknown
from migdesk.services.laws.service_effects import refuse_orphans
from migdesk.services.reasons import reason

_LEFT_OUT = N_(
    "A pack of the office is switched on and does not count, because this program cannot read it: {problem} Take in "
    "a newer version of it, or switch it off."
)
_UNREAD = N_(
    "A pack of the office that is not switched on cannot be read by this program: {problem} Take in a newer version "
    "of it."
)
_COUNTS = N_(
    "Version {version} of the pack “{pack}” is switched on, and stays so. To let the new version count in its place "
    "at once, give the reason: in the window that asks for it, or with: migdesk rules take FILE --why TEXT."
)
_NOT_LATER = N_("The program has version {version} of this service: give the new one a later version.")
_OVERTAKEN = N_(
    "The program brought version {version} of a service over which the office's own file counts: {pack}, version "
    "{own}. Compare the two, then give the file a later version or switch it off."
)
_SEAL = re.compile(r"^# sha256: ([0-9a-f]{64})\s*\Z", re.MULTILINE)


def list_packs(desk: Desk) -> list[LawPack]:
    """The office's own packs in the order in which they lie over each other."""
    return desk.store.live(LawPack)


def get_pack(desk: Desk, code: str) -> LawPack:
    """A pack of the office by its code; the file of a service also by the service's, when there is one alone.

    Raises:
        NotFound: the office has none of this code.
    """
    found = desk.store.live(LawPack, code=code)
    found = found or [one for one in list_packs(desk) if one.code.startswith(f"{code}{PERIOD}")]
    if len(found) != 1:
        raise NotFound(code)
    return found[0]


def unread(desk: Desk) -> list[Finding]:
    """The office's packs that are ill: that count and cannot be read, that wait and cannot, that are overtaken."""
    on = [
        warn("law.left_out", _LEFT_OUT, None, problem=one.words())
        for one in desk.law.left_out  # with the reason why, which may be another pack
    ]
    off = [_problem(one) for one in desk.store.live(LawPack, in_use=False)]
    waiting = [warn("law.unread_pack", _UNREAD, None, problem=one.words()) for one in off if one]
    return [*on, *waiting, *_overtaken(desk)]


def _overtaken(desk: Desk) -> Iterator[Finding]:
    """Files of services that count over a version of the program which came later than they were made."""
    shipped = {one.code: one.version for one in law.load_procedures()}
    for one in desk.store.live(LawPack, in_use=True):
        version = shipped.get(one.code.partition(PERIOD)[0], "") if one.is_service else ""
        if version and version_order(version) >= version_order(one.version):
            yield warn("law.overtaken", _OVERTAKEN, None, pack=one.code, own=one.version, version=version)


def _problem(pack: LawPack) -> BadFile | None:
    try:
        (load_procedure if pack.is_service else load_pack)(pack.file_name, pack.content)
    except BadFile as problem:
        return problem
    return None


def read_pack_file(file: str, text: str) -> LawPack:
    """A pack or a service from the text of a file, checked against the shipped; its seal, if it has one, must fit.

    Raises:
        BadFile: the text is neither, or was changed after it was sealed; names the key.
    """
    if len(text) > LONGEST_PACK:
        raise BadFile(file, "", N_("The file is longer than any pack of law: {n} characters."), n=len(text))
    content, sealed = _opened(text)
    digest = digest_of(content)
    if sealed not in (None, digest):
        raise BadFile(
            file, "# sha256", N_("The text was changed after it was sealed: ask for the file again.")
        )
    top = Keys.parse(content, file)
    if "code" in top and "id" not in top:
        return _service_of(file, content, digest)
    pack = load_pack(file, content)
    if pack.id in {one.id for one in law.packs()}:
        raise BadFile(
            file, "id", N_("“{code}” is a pack of the program: give the new one another id."), code=pack.id
        )
    laid = lay_pack_over(law.packs(), file, content)
    with located(content):
        refuse_unknown(file, pack, laid)
    return LawPack(code=pack.id, version=pack.version, content=content, digest=digest)


def _service_of(file: str, content: str, digest: str) -> LawPack:
    """A service from the text of its file. Its codes are looked for in the packs of the office: `_refuse_codes`."""
    found = load_procedure(file, content)
    shipped = [one for one in law.load_procedures() if one.code == found.code]
    for one in shipped:
        if version_order(found.version) <= version_order(one.version):
            raise Keys.parse(content, file).bad("version", _NOT_LATER, version=one.version)
    code = f"{found.code}{PERIOD}{found.since.isoformat()}"
    return LawPack(code=code, version=found.version, content=content, digest=digest)


def _refuse_codes(desk: Desk, given: LawPack) -> None:
    """Refuse the file of a service that names a term, sum, form or list which the office does not know.

    Raises:
        BadFile: names the key and the line.
    """
    if given.is_service:
        load_procedure(given.file_name, given.content, known_codes(desk.law.packs))


def sealed(pack: LawPack) -> str:
    """The text of a pack's file: the pack, and under it the digest of its text."""
    return f"{pack.content.rstrip()}\n# sha256: {pack.digest}\n"


def _opened(text: str) -> tuple[str, str | None]:
    found = _SEAL.search(text)
    content = text[: found.start()] if found else text
    return re.sub(r"\r\n?", "\n", content).strip() + "\n", found.group(1) if found else None


def take_pack(desk: Desk, given: LawPack) -> Done[LawPack]:
    """Take a pack in, switched off; one of the same code that waits gives way when this one is of a later version.

    Raises:
        Refused: the office has this version with other words, or a later one; or one that counts, and nothing stops
            counting unasked: `replace_pack`.
        BadFile: a service names a code that the office does not know.
    """
    _refuse_codes(desk, given)
    if refusal := _refusal(desk, given):
        raise Refused([refusal])
    known = desk.store.live(LawPack, code=given.code)
    if known and known[0].digest == given.digest:
        message = N_("The office has this pack already, version {version}.")
        return Done(
            known[0], ChangeSet(Op.TAKE_LAW, "", ()), (note("law.known", message, version=given.version),)
        )
    if known and known[0].in_use:
        raise Refused([block("law.counts", _COUNTS, "version", pack=given.code, version=known[0].version)])
    with desk.write(Op.TAKE_LAW) as tx:
        for old in tx.live(LawPack, code=given.code):
            tx.annul(old, "replaced")
        taken = tx.put(given, taken_on=desk.today, in_use=False)
    return Done(taken, tx.changes, _read_later(desk, given))


def replace_pack(desk: Desk, given: LawPack, why: str) -> Done[LawPack]:
    """Take a pack in; a later version of one that counts takes its place in the same op and goes on counting.

    Raises:
        Invalid: no reason is given for a new version of what counts.
        Refused: as `take_pack`, but of what counts; or due days are not counted by the law of this program.
        BadFile: with the other packs of the office it cannot be read.
    """
    known = desk.store.live(LawPack, code=given.code)
    if not known or not known[0].in_use or known[0].digest == given.digest:
        return take_pack(desk, given)
    why = _reason(why)
    if refusal := _refusal(desk, given):
        raise Refused([refusal])
    law_with(desk, given)
    with desk.write(Op.CORRECT_LAW) as tx:
        for old in tx.live(LawPack, code=given.code):
            tx.annul(old, "replaced")
        taken = tx.put(replace(given, taken_on=desk.today, in_use=True, reason=why))
        write_effects(desk, tx)
    return Done(taken, tx.changes, _read_later(desk, given))


def _read_later(desk: Desk, given: LawPack) -> tuple[Finding, ...]:
    """A source that nobody can have read yet: a slip in the date."""
    today = max(desk.today, desk.clock.now().astimezone().date())
    later = [one for one in citations_of(given) if one.read > today]
    message = N_("The source “{code}” was read on {day}, which is still to come: look at its date.")
    return tuple(
        warn("law.read_later", message, "read", code=one.id, day=show_day(one.read)) for one in later
    )


def citations_of(pack: LawPack) -> list[Citation]:
    """The sources that a pack names.

    Raises:
        BadFile: this program cannot read it.
    """
    return [*read_citations(Keys.parse(pack.content, pack.file_name)).values()]


def _reason(why: str) -> str:
    asked = N_("Say why: the act that came into force, or what was wrong.")
    return reason(why, asked, of=LawPack, name="reason", place="why")


def _refusal(desk: Desk, given: LawPack) -> Finding | None:
    for old in desk.store.live(LawPack, code=given.code):
        if old.digest == given.digest:
            continue
        if old.version == given.version:
            message = N_("The office has version {version} of this pack with other words: raise its version.")
            return block("law.same_version", message, "version", version=given.version)
        if version_order(given.version) < version_order(old.version):
            message = N_("The office has a later version of this pack: {version}.")
            return block("law.older", message, "version", version=old.version)
    return None


def law_with(desk: Desk, given: LawPack) -> Law:
    """The law as it would be with a pack switched on.

    Raises:
        BadFile: with the packs the office has, this one cannot be read.
        Refused: its due days are not counted by the law of this program, so nobody can say what would change.
    """
    return _law_with(desk, [*_others(desk, given.code), given])


def law_without(desk: Desk, code: str) -> Law:
    """The law as it would be with a pack of the office switched off.

    Raises:
        BadFile: another pack of the office rests on it.
        Refused: as `law_with`.
    """
    return _law_with(desk, _others(desk, code))


def _law_with(desk: Desk, own: list[LawPack]) -> Law:
    refuse_uncounted(desk)
    found = law.of_office(desk.store, own=own)
    if found.left_out:
        raise found.left_out[0]
    refuse_orphans(desk, found)
    return found


def _refuse_rested_on(desk: Desk, pack: LawPack) -> None:
    """Refuse to switch off what another pack, or a case, cannot do without."""
    found = law.of_office(desk.store, own=_others(desk, pack.code))
    known = {one.words() for one in desk.law.left_out}
    for problem in found.left_out:
        if problem.words() not in known:
            raise problem
    refuse_orphans(desk, found)


def _others(desk: Desk, code: str) -> list[LawPack]:
    return [one for one in desk.store.live(LawPack, in_use=True) if one.code != code]


def switch_pack(desk: Desk, code: str, *, on: bool, why: str) -> Done[LawPack]:
    """Let a pack count from now on, or no longer; every open due day follows in the same op.

    Raises:
        NotFound: the office has no such pack.
        Invalid: no reason is given: the act, or why it is taken back.
        Refused: it is switched so already, or due days are not counted by the law of this program.
        BadFile: with the other packs of the office it cannot be read, or one of them cannot be read without it.
    """
    why = _reason(why)
    pack = get_pack(desk, code)
    if pack.in_use is on:
        message = N_("This pack is switched on already.") if on else N_("This pack is not switched on.")
        raise Refused([block("law.state", message)])
    if on:
        law_with(desk, pack)
    else:
        _refuse_rested_on(desk, pack)
    with desk.write(Op.SWITCH_LAW_ON if on else Op.SWITCH_LAW_OFF) as tx:
        switched = tx.put(replace(pack, in_use=on, reason=why))
        write_effects(desk, tx)
    return Done(switched, tx.changes)
