"""Doctor: is everything here as it should be? Each check says what it looked at and what to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migdesk import paths
from migdesk.domain.errors import MigDeskError
from migdesk.domain.finding import Confidence
from migdesk.domain.quota import Quota
from migdesk.i18n import LANGUAGES, N_, _, read_catalogue
from migdesk.paper import fonts
from migdesk.paper.template import list_codes, load_revisions
from migdesk.services import permit_ends, stay_ends
from migdesk.services.desk import Desk
from migdesk.services.laws import law_counted, law_packs
from migdesk.services.lists import read_list
from migdesk.services.people import notes
from migdesk.services.stoplists import stoplists
from migdesk.services.upkeep.office import shipped_places
from migdesk.store import contents, journal, places, quotas, replay, search, series, soundness
from migdesk.store.database import check_integrity, engine_version


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one look."""

    name: str
    ok: bool
    detail: str


def examine(desk: Desk) -> list[Check]:
    """All checks, in the order a support engineer would make them."""
    looks: tuple[tuple[str, Callable[[Desk], str]], ...] = (
        (N_("database"), _database),
        (N_("rights on the file"), _rights),
        (N_("tables and indexes"), _schema),
        (N_("journal chain"), _chain),
        (N_("journal and tables agree"), _replay),
        (N_("photos and scans"), _scans),
        (N_("restricted notes"), _restricted),
        (N_("search"), _search),
        (N_("series of numbers"), _series),
        (N_("figures of reports"), _figures),
        (N_("ends of stay"), _stay_ends),
        (N_("quota"), _quota),
        (N_("places"), _places),
        (N_("external lists"), _external),
        (N_("closed lists"), _lists),
        (N_("rules"), _rules),
        (N_("public services"), _procedures),
        (N_("official forms"), _forms),
        (N_("fonts"), _fonts),
        (N_("languages"), _languages),
    )
    return [_look(desk, name, look) for name, look in looks]


def mend(desk: Desk) -> list[str]:
    """Put back what can be made from the records: indexes, triggers, search words, series of numbers.

    Says each thing it did. Lost records and a broken journal come back from a backup only.

    Raises:
        StoreProblem: the office may only be read, is locked, or is too damaged.
    """
    done = list(soundness.mend(desk.store, desk.office.code, shipped_places()))
    if counted := stay_ends.recount(desk) + permit_ends.recount(desk):
        done.append(_(N_("ends of stay counted anew: {n}")).format(n=counted))
    return done


def unverified(desk: Desk) -> list[str]:
    """Rules and values in force that rest on an unverified source, to be compared with the acts."""
    return [entry.code for entry in desk.law.unverified()]


class _Ill(Exception):
    """A check found something wrong; its text says what."""


def _look(desk: Desk, name: str, look: Callable[[Desk], str]) -> Check:
    try:
        return Check(_(name), True, look(desk))
    except _Ill as ill:
        return Check(_(name), False, str(ill))
    except MigDeskError as error:
        return Check(_(name), False, error.words())


def _refuse(problems: Iterator[str] | list[str], hint: str) -> None:
    found = list(problems)
    if found:
        raise _Ill(f"{'; '.join(found[:5])}. {_(hint)}" if hint else found[0])


def _database(desk: Desk) -> str:
    _refuse(list(check_integrity(desk.store)), N_("Restore the last backup."))
    return _(N_("whole; SQLite {version}")).format(version=engine_version(desk.store))


def _chain(desk: Desk) -> str:
    broken = [uid or _(N_("its entries are gone")) for uid in journal.broken_links(desk.store)]
    _refuse(broken, N_("The journal was changed from outside; tell the head."))
    return _(N_("whole; entries: {n}")).format(n=journal.count_entries(desk.store))


def _rights(desk: Desk) -> str:
    """Who else on this machine may read the file; Windows keeps no such bits."""
    file = desk.store.path
    if os.name == "posix" and file.stat().st_mode & 0o007:
        raise _Ill(_(N_("everybody on this machine may use {file}: chmod o-rwx")).format(file=file.name))
    return _(N_("closed to others"))


def _quota(desk: Desk) -> str:
    """No pot has a day on which more was taken than given: neither programs nor undo may do that."""
    ledgers = {one.uid: quotas.standings(desk.store, [one]) for one in desk.store.live(Quota)}
    bad = [uid for uid, days in ledgers.items() if any(one.taken > one.given for one in days)]
    _refuse(bad, N_("More was taken from a pot than it had: tell the head."))
    return _(N_("pots: {n}; none is overdrawn on any day")).format(n=len(ledgers))


_MEND = N_("Mend it with: migdesk doctor --mend")


def _schema(desk: Desk) -> str:
    found = soundness.look(desk.store)
    told = (
        *(_(N_("missing: {what}")).format(what=part.words) for part in found.missing),
        *(_(N_("changed: {what}")).format(what=part.words) for part in found.changed),
        *(_(N_("not of this program: {what}")).format(what=part.words) for part in found.foreign),
    )
    _refuse(
        list(told), N_("Mend it with: migdesk doctor --mend. What stays missing: restore the last backup.")
    )
    return _(N_("all there"))


def _search(desk: Desk) -> str:
    _refuse(search.unsound(desk.store), _MEND)
    return _(N_("every record can be found"))


def _series(desk: Desk) -> str:
    back = series.list_set_back(desk.store, desk.office.code)
    message = _(N_("{series}: the last number given is {highest}, the series stands at {last}"))
    _refuse([message.format(series=one.name, highest=one.highest, last=one.last) for one in back], _MEND)
    return _(N_("none gives a number twice"))


def _figures(desk: Desk) -> str:
    stale = soundness.count_stale(desk.store)
    _refuse([str(stale)] if stale else [], _MEND)
    return _(N_("as the records say"))


def _stay_ends(desk: Desk) -> str:
    """What is kept against what the crossings, the permits and the law of today give."""
    behind = sum(1 for _one in stay_ends.stale(desk.store, desk.law, desk.today))
    behind += sum(1 for _one in permit_ends.stale(desk.store, desk.law.specials))
    _refuse([_(N_("to be counted anew: {n}")).format(n=behind)] if behind else [], _MEND)
    return _(N_("as the crossings and permits say"))


def _replay(desk: Desk) -> str:
    _refuse(replay.differences(desk.store), N_("A table was changed from outside; tell the head."))
    return _(N_("every record is what its journal says"))


def _scans(desk: Desk) -> str:
    """Every scan has its content, every content is what it was and is named by a scan."""
    store = desk.store
    _refuse(contents.lost(store), N_("The content of scans is gone; restore the last backup."))
    _refuse(contents.spoiled(store), N_("The content of scans is damaged; restore the last backup."))
    _refuse(contents.orphans(store), N_("Content was put in from outside that no scan names; tell the head."))
    number, size = contents.count(store)
    return _(N_("whole: {n}, {size} MB")).format(n=number, size=-(-size // 100_000) / 10)


def _restricted(desk: Desk) -> str:
    """Whether text that not everybody may read lies readable in the file."""
    if not notes.any_restricted(desk):
        return _(N_("none"))
    _refuse([one.words() for one in notes.in_clear(desk)], "")
    return _(N_("encrypted with the office"))


def _places(desk: Desk) -> str:
    known = places.count_places(desk.store)
    if known < 15_000:
        raise _Ill(_(N_("only so many places: {n}. Bring in the KATO workbook again.")).format(n=known))
    return _(N_("places: {n}")).format(n=known)


def _external(desk: Desk) -> str:
    """Lists of other bodies are only worth what their day says."""
    _refuse([one.words() for one in stoplists.stale(desk)], "")
    return _(N_("in force: {n}")).format(n=len(stoplists.in_force(desk)))


def _lists(_desk: Desk) -> str:
    names = sorted(
        path.stem for path in (paths.resources() / "lists").glob("*.toml") if path.stem != "sample"
    )
    items = [(name, item) for name in names for item in read_list(name).values()]
    for name, item in items:
        if not (item.kk and item.ru and item.en and item.source):
            raise _Ill(f"{name}: {item.code}")
    doubted = sum(item.more["confidence"] == Confidence.UNVERIFIED for _name, item in items)
    return _(N_("lists: {n}; entries that rest on unverified sources: {open}")).format(
        n=len(names), open=doubted
    )


def _rules(desk: Desk) -> str:
    versions = desk.law.versions()
    counted = law_counted.not_counted(desk)
    ill = [*([counted] if counted else []), *law_counted.doubts(desk), *law_packs.unread(desk)]
    if ill:
        raise _Ill(" ".join(one.words() for one in ill))
    open_points = len(unverified(desk))
    return _(N_("packs: {n}; entries that rest on unverified sources: {open}")).format(
        n=len(versions), open=open_points
    )


def _procedures(desk: Desk) -> str:
    """Every code that a service names was looked for when it was read: a file with an unknown one is told here."""
    return _(N_("services: {n}")).format(n=len(desk.procedures))


def _forms(desk: Desk) -> str:
    found = [form for code in list_codes(paths.forms()) for form in load_revisions(paths.forms() / code)]
    return _(N_("forms: {n}")).format(n=len(found))


def _fonts(desk: Desk) -> str:
    missing = fonts.face("serif").lacks("ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё№₸") + fonts.face("sans").lacks(
        "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё№"
    )
    _refuse(list(missing), N_("Install MigDesk again with its fonts."))
    return _(N_("all Kazakh letters and the tenge sign"))


def _languages(desk: Desk) -> str:
    folder = paths.resources() / "locale"
    translated = [code for code in LANGUAGES if code != "en"]
    missing = [code for code in translated if not (folder / f"{code}.po").is_file()]
    _refuse(missing, N_("Install MigDesk again with its catalogues."))
    return ", ".join(f"{code} {len(read_catalogue(folder / f'{code}.po'))}" for code in translated)
