"""What is asked when something happens to a family: who, when, and what the members are to a new head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from migdesk.domain.change import Done
from migdesk.domain.fields import Choice, Code, Day, Flag, Ref, Spec, Text
from migdesk.domain.finding import Finding
from migdesk.domain.kin import HEAD, Ended, LeaveReason, PartReason
from migdesk.domain.person import Family, Membership, Person
from migdesk.i18n import N_
from migdesk.services import family_corrections
from migdesk.services.desk import Desk
from migdesk.services.families import families, family_checks, family_events
from migdesk.services.families.families import FamilyFile
from migdesk.services.families.family_events import Heading, Joining, Leaving, Parting, Reuniting
from migdesk.services.family_corrections import Correcting
from migdesk.services.people import people
from migdesk.ui.entry.choice_list import Choices
from migdesk.ui.entry.editor import Section
from migdesk.ui.entry.people import with_people
from migdesk.ui.entry.picking import Sources
from migdesk.ui.files.documents_part import with_warnings
from migdesk.ui.files.questions.form_dialog import NARROW, FormDialog, Question, ask
from migdesk.ui.files.questions.people_ticks import PeopleTicks, Relative
from migdesk.ui.look.words import said
from migdesk.ui.workplace import Kind, Workplace

_WHO, _WHEN = N_("Who"), N_("On which day")
_RELATION, _HEAD = N_("What he is to the head"), N_("New head")
_NEXT = N_("Who is the head then")
_JOIN, _JOINED = N_("Join the family of {name}"), N_("{name} joined the family.")
_LEAVE, _LEFT = N_("Leave the family of {name}"), N_("{name} left the family.")
_PART, _PARTED = N_("Part the family of {name}"), N_("A family of its own was formed: {name}.")
_HEADED, _HEAD_TITLE = N_("{name} is the head now."), N_("Another head for the family of {name}")
_REUNITE, _REUNITED = N_("Reunite with the family of {name}"), N_("The families are reunited.")
_OTHER, _THEIR = N_("Somebody of the other family"), N_("What their head is to this head")
_FOLLOWS = N_("What the others are to the new head follows from kinship; fill in only what does not.")
_TICK = N_("Tick who goes together with the new head.")
_SAVE = N_("Save")
_CORRECT, _CORRECTED = (
    N_("Correct a place in the family of {name}"),
    N_("The place in the family is corrected."),
)
_ANNUL, _ANNULLED = N_("Annul a place in the family of {name}"), N_("The place in the family is annulled.")
_ONLY_WRONG = N_("Fill in only what was wrong. What was said before stays in the journal.")
_WHY_LEFT = Spec("why", Choice(N_("Why"), required=True, options=LeaveReason), True)
_WHY_PARTED = Spec("why", Choice(N_("Why"), required=True, options=PartReason), True)
_DAY = Spec("on", Day(_WHEN, required=True), True)
_DAYS = (Spec("since", Day(N_("Joined on")), True), Spec("until", Day(N_("Left on")), True))
_STAYED = Spec("stayed", Flag(N_("Did not leave after all")), False)


def _person(name: str, label: str, *, required: bool = True) -> Spec:
    return Spec(name, Ref(label, required=required, to=Person.table), True)


def _relation(name: str, label: str, *, required: bool = True) -> Spec:
    return Spec(name, Code(label, required=required, list="relations"), False)


def ask_join(work: Workplace, head: Person, family: str = "") -> FormDialog:
    """Who joins, what he is to the head, since when; without a family one begins with its head."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Membership]:
        values["person"] = values["person"] or ""
        return family_events.join(desk, Joining(**values, family=family, head=head.uid))

    def words(done: Done[Membership]) -> str:
        name = people.get_person(work.desk, done.value.person or "").full_name
        if not family:
            work.open(Kind.FAMILY, done.value.family or "")
        return with_warnings(said(_JOINED, name=name), done.findings)

    def foretell(desk: Desk, values: dict[str, Any]) -> Sequence[Finding]:
        who, relation = values["person"], values["relation"]
        if not (who and relation):
            return ()
        return family_checks.check_joining(desk, who, relation, values["on"], family, head.uid)

    question = _question(
        f"family.join/{family}" if family else f"person.family/{head.uid}",
        said(_JOIN, name=head.full_name),
        (_person("person", _WHO), _relation("relation", _RELATION), _DAY),
        save,
        words,
        with_people(work.desk, work.sources()),
    )
    return ask(work, replace(question, foretell=foretell))


def ask_leave(work: Workplace, file: FamilyFile, who: str = "") -> FormDialog:
    """Who leaves, why, when; and the next head when it is the head."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Family]:
        why = Ended(values["why"].value)
        next_head = values["next_head"] or ""
        return family_events.leave(
            desk, Leaving(file.family.uid, values["person"] or "", values["on"], why, next_head)
        )

    def words(done: Done[Family]) -> str:
        return with_warnings(said(_LEFT, name=names.get(chosen(), "")), done.findings)

    names = {person.uid: person.full_name for _one, person in file.members}
    question = _question(
        f"family.leave/{file.family.uid}",
        _titled(_LEAVE, file),
        (_person("person", _WHO), _WHY_LEFT, _DAY, _person("next_head", _NEXT, required=False)),
        save,
        words,
        _members(work, file),
    )
    dialog = ask(work, replace(question, values={**question.values, "person": who or None}))

    def chosen() -> str:
        return str(dialog.form.values()["person"] or "")

    return dialog


def ask_part(work: Workplace, file: FamilyFile, who: str = "", why: PartReason | None = None) -> FormDialog:
    """Who goes together, who heads them, why, when."""
    relatives = [
        Relative(person.uid, person.full_name, work.desk.lists.label("relations", one.relation))
        for one, person in file.members
        if one.relation != HEAD
    ]
    ticks = PeopleTicks(relatives, (who,), title=False, first_applies=False)

    def save(desk: Desk, values: dict[str, Any]) -> Done[Family]:
        members = list(dict.fromkeys([values["head"], *values["members"]]))
        given = Parting(
            file.family.uid,
            [uid for uid in members if uid],
            values["head"] or "",
            values["on"],
            Ended(values["why"].value),
        )
        return family_events.part(desk, given)

    def words(done: Done[Family]) -> str:
        work.open(Kind.FAMILY, done.value.uid)
        return said(_PARTED, name=people.get_person(work.desk, done.value.head or "").full_name)

    question = _question(
        f"family.part/{file.family.uid}",
        _titled(_PART, file),
        (_person("head", _HEAD), _WHY_PARTED, _DAY),
        save,
        words,
        _members(work, file, heads=False),
    )
    values = {**question.values, "head": who or None, "why": why}
    return ask(work, replace(question, values=values, lead=_TICK, more=ticks))


def ask_head(work: Workplace, file: FamilyFile) -> FormDialog:
    """Who heads the family since when; a relation may be given where it does not follow."""
    others = {
        f"relation.{person.uid}": _relation(f"relation.{person.uid}", person.full_name, required=False)
        for _one, person in file.members
    }

    def save(desk: Desk, values: dict[str, Any]) -> Done[Family]:
        given = {name.partition(".")[2]: values[name] for name in others if values[name]}
        return family_events.change_head(
            desk, Heading(file.family.uid, values["head"] or "", values["on"], given)
        )

    def words(done: Done[Family]) -> str:
        return said(_HEADED, name=people.get_person(work.desk, done.value.head or "").full_name)

    specs = (_person("head", _HEAD), _DAY, *others.values())
    question = _question(
        f"family.head/{file.family.uid}",
        _titled(_HEAD_TITLE, file),
        specs,
        save,
        words,
        _members(work, file, heads=False),
    )
    return ask(work, replace(question, lead=_FOLLOWS))


def ask_reunite(work: Workplace, file: FamilyFile) -> FormDialog:
    """Whose family comes, what its head is to the head here, when."""

    def save(desk: Desk, values: dict[str, Any]) -> Done[Family]:
        other = families.get_family(desk, values["other"] or "").uid
        return family_events.reunite(
            desk, Reuniting(file.family.uid, other, values["relation"], values["on"])
        )

    specs = (_person("other", _OTHER), _relation("relation", _THEIR, required=False), _DAY)
    return ask(
        work,
        _question(
            f"family.reunite/{file.family.uid}",
            _titled(_REUNITE, file),
            specs,
            save,
            lambda done: with_warnings(said(_REUNITED), done.findings),
            with_people(work.desk, work.sources()),
        ),
    )


def ask_correction(work: Workplace, file: FamilyFile) -> FormDialog:
    """Whose place, and what of it was said wrongly; the other fields stay empty."""
    family = file.family.uid

    def given(values: Mapping[str, Any]) -> Correcting:
        return Correcting(**{**values, "family": family, "person": values["person"] or ""})

    def foretell(desk: Desk, values: dict[str, Any]) -> Sequence[Finding]:
        return family_corrections.check_correction(desk, given(values)) if values["person"] else ()

    known = _ever(work, file)
    question = _question(
        f"family.correct/{family}",
        _titled(_CORRECT, file),
        (_person("person", _WHO), _relation("relation", _RELATION, required=False), *_DAYS, _STAYED),
        lambda desk, values: family_corrections.correct_place(desk, given(values)),
        lambda done: with_warnings(said(_CORRECTED), done.findings),
        known,
    )
    return ask(work, replace(question, values={}, lead=_ONLY_WRONG, foretell=foretell))


def ask_annulment(work: Workplace, file: FamilyFile) -> FormDialog:
    """Who was never in the family, and why he stood in it."""
    family = file.family.uid

    def save(desk: Desk, values: dict[str, Any]) -> Done[Any]:
        return family_corrections.annul_place(desk, family, values["person"] or "", values["annulled_why"])

    def foretell(desk: Desk, values: dict[str, Any]) -> Sequence[Finding]:
        who = values["person"]
        return family_corrections.check_annulment(desk, family, who) if who else ()

    question = _question(
        f"family.annul/{family}",
        _titled(_ANNUL, file),
        (
            _person("person", _WHO),
            Spec("annulled_why", Text(N_("Reason of annulment"), required=True), False),
        ),
        save,
        lambda done: with_warnings(said(_ANNULLED), done.findings),
        _ever(work, file),
    )
    return ask(work, replace(question, values={}, button=N_("Annul"), foretell=foretell))


def _question(
    key: str,
    title: str,
    specs: Sequence[Spec],
    save: Callable[..., Done[Any]],
    words: Callable[[Done[Any]], str],
    sources: Sources,
) -> Question:
    return Question(
        key=key,
        title=title,
        button=_SAVE,
        specs=specs,
        sections=(Section("", tuple((one.name,) for one in specs)),),
        save=save,
        words=words,
        values={"on": sources.today()},
        sources=sources,
        width=NARROW,
    )


def _titled(words: str, file: FamilyFile) -> str:
    return said(words, name=file.head.full_name if file.head else "—")


def _members(work: Workplace, file: FamilyFile, *, heads: bool = True) -> Sources:
    """The members of the family, its head too when he may be chosen."""
    known = (person for one, person in file.members if heads or one.relation != HEAD)
    return _among(work, known)


def _ever(work: Workplace, file: FamilyFile) -> Sources:
    """Everybody who was ever in the family."""
    return _among(work, family_corrections.ever_in(work.desk, file.family.uid))


def _among(work: Workplace, people: Iterable[Person]) -> Sources:
    names = {person.uid: person.full_name for person in people}

    def find(_table: str, text: str) -> Choices:
        wanted = text.strip().casefold()
        return [(uid, name) for uid, name in names.items() if wanted in name.casefold()]

    return replace(work.sources(), find=find, titles=lambda _table, uid: names.get(uid, uid))
