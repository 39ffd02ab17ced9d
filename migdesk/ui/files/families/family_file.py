"""The file of a family: members on a day as a picture and a list, what is due, what happened; its events as acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migdesk.domain.dates import show_day
from migdesk.domain.fields import Day, Text, choice_label
from migdesk.domain.kin import HEAD, Ended, PartReason
from migdesk.domain.listing import Column
from migdesk.domain.person import Family, Person
from migdesk.i18n import N_
from migdesk.services.families import families
from migdesk.services.families.families import FamilyFile
from migdesk.services.people import kinship
from migdesk.ui.entry.inputs import LineInput
from migdesk.ui.files.families import family_questions as questions
from migdesk.ui.files.families.household_part import picture
from migdesk.ui.files.pieces.file_view import FileSpec, Opened
from migdesk.ui.files.pieces.short_list import ShortList, show
from migdesk.ui.later import Later
from migdesk.ui.look import theme
from migdesk.ui.look.labels import Label
from migdesk.ui.look.words import number, said
from migdesk.ui.parts.actions import Action
from migdesk.ui.parts.band import Band
from migdesk.ui.parts.blocks import card, clear, column, link, plain, row, text
from migdesk.ui.parts.facts import Fact, fact_of
from migdesk.ui.parts.findings_view import FindingsView
from migdesk.ui.parts.frame import Scrolled
from migdesk.ui.parts.panel import Words
from migdesk.ui.workplace import Kind, Workplace

_OF, _NOBODY = N_("Family of {name}"), N_("A family without a head")
_ON = N_("Family on the day")
_MEMBERS, _EVENTS, _DUE = N_("Members"), N_("What happened"), N_("Coming of age")
_NO_MEMBERS, _THEN = N_("Nobody was in the family on this day"), N_("Choose another day above.")
_NO_EVENTS = N_("Nothing is known")
_BEGAN = N_("the family began")
_COMES = N_("{name}: of age on {day}")
_OWN_FAMILY = N_("Own family…")
_ORIGIN, _PARTED = N_("Formed out of the family"), N_("Parted from it")
_ALSO = N_("Other families of the head")
_JOIN, _LEAVE, _PART = N_("Join…"), N_("Leave…"), N_("Part…")
_HEAD, _REUNITE, _PRINT = N_("Another head…"), N_("Reunite…"), N_("Print")
_LIGHTS, _ASK_LIGHTS = N_("Status of all here"), Later("screens.many_lights:of_family")
_CORRECT, _ANNUL = N_("Correct…"), N_("Annul…")
_TO_HEAD, _TO_MEMBER = N_("To the head"), N_("The head to him")
_MEMBER_COLUMNS = (
    Column("name", Text(N_("Name")), 230),
    Column("relation", Text(_TO_HEAD), 130),
    Column("inverse", Text(_TO_MEMBER), 130),
    Column("born", Text(N_("Born")), 100),
    Column("since", Day(N_("Since")), 100),
)
_EVENT_COLUMNS = (
    Column("on", Day(N_("Date")), 100),
    Column("what", Text(N_("What happened")), 210),
    Column("who", Text(N_("Who")), 380),
)


def build(opened: Opened) -> QWidget:
    """The content of the file."""
    return FamilyContent(opened)


class FamilyContent(QWidget):
    """What a family's file shows."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._work: Workplace = opened.work
        self._file: FamilyFile = opened.data
        self.day = LineInput(Day(_ON), lambda: self._work.desk.today)
        self.day.setAccessibleName(said(_ON))
        self.day.setFixedWidth(130)
        self.day.left.connect(self._choose_day)
        self.day.entered.connect(self._choose_day)
        self._then = QVBoxLayout()
        told = FindingsView()
        told.show_findings(self._file.findings)
        parts: list[QWidget] = [self._band(), told, self._composition()]
        parts += [card(*lines, title=title) for title, lines in self._beside() if lines]
        parts.append(card(self._events(), title=_EVENTS))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(column(*parts, gap=theme.M, stretch=True)))
        self._shown = self._file.on
        carried = opened.carried.get("on")
        self.day.set_value(carried or self._file.on)
        self._show(self._file)
        if carried and carried != self._file.on:
            self._choose_day()

    def carry(self) -> dict[str, Any]:
        """The day that was chosen, unless it is today."""
        return {} if self._shown == self._work.desk.today else {"on": self._shown}

    def acts(self) -> Sequence[Action]:
        """Events of a family with a head, and its paper."""
        file, work, head = self._file, self._work, self._file.head
        found: list[Action] = []
        if head:
            found.append(
                Action("family.join", _JOIN, lambda: questions.ask_join(work, head, file.family.uid), "add")
            )
            found.append(Action("family.leave", _LEAVE, lambda: questions.ask_leave(work, file), "right"))
        if len(file.members) > 1:
            found.append(Action("family.part", _PART, lambda: questions.ask_part(work, file), "people"))
            found.append(Action("family.head", _HEAD, lambda: questions.ask_head(work, file), "person"))
        if head:
            found.append(
                Action("family.reunite", _REUNITE, lambda: questions.ask_reunite(work, file), "refresh")
            )
        correct, annul = (
            partial(questions.ask_correction, work, file),
            partial(questions.ask_annulment, work, file),
        )
        found.append(Action("family.correct", _CORRECT, correct, "edit"))
        found.append(Action("family.annul", _ANNUL, annul, "annul"))
        run = partial(_ASK_LIGHTS, work, file.family.uid, title_of(file))
        found.append(Action("family.lights", _LIGHTS, run, "ok"))
        if work.listens(work.print_wanted):
            target = self._opened.target
            found.append(Action("family.print", _PRINT, lambda: work.print_wanted.emit(target), "print"))
        return found

    def _band(self) -> Band:
        file = self._file
        band = Band(title_of(file), [], kind="title" if self._opened.wide else "section")
        band.add_facts(
            [fact_of(self._work.desk, file.family, "formed_on"), Fact(_MEMBERS, number(len(file.members)))]
        )
        if file.family.note:
            band.add_line(file.family.note)
        acts = list(self.acts())
        band.add_actions(acts[0] if acts else None, acts[1:])
        return band

    def _composition(self) -> QWidget:
        """The day, and below it who was in the family then."""
        inside = QWidget()
        self._then = QVBoxLayout(inside)
        self._then.setContentsMargins(0, 0, 0, 0)
        self._then.setSpacing(theme.M)
        return card(row(Label(_ON, "section"), self.day), inside, gap=theme.M)

    def _choose_day(self) -> None:
        """Another day: read who was in the family then."""
        day = self.day.value()
        if not isinstance(day, date) or day == self._shown:
            return
        self._shown = day
        self._work.tasks.read(
            families.open_family, self._work.desk, self._file.family.uid, day, done=self._show
        )

    def _show(self, file: FamilyFile) -> None:
        if file.on != self._shown:
            return
        clear(self._then)
        if file.members:
            self._then.addWidget(picture(self._work, file.members, file.on))
        self._then.addWidget(self._list(file))

    def _list(self, file: FamilyFile) -> QWidget:
        desk, head = self._work.desk, file.head
        rows = []
        for one, person in file.members:
            is_head = one.relation == HEAD
            inverse = "" if is_head or not head else kinship.inverse_words(desk, one.relation, head.sex)
            born = person.born_words
            relation = desk.lists.label(kinship.RELATIONS, one.relation)
            rows.append((person.full_name, relation, inverse, born, one.since))
        what = ShortList(
            "family.members",
            _MEMBERS,
            _MEMBER_COLUMNS,
            rows,
            [person.uid for _one, person in file.members],
            Words("people", _NO_MEMBERS, _THEN),
        )
        return show(self._work, what, lambda uid: self._work.open(Kind.PERSON, uid), whole=True)

    def _beside(self) -> list[tuple[str, list[QWidget]]]:
        """Who comes of age, and the families this one came from and those that parted from it."""
        file = self._file
        due = [self._comes(one.person, one.on) for one in file.of_age]
        grown = [self._own_family(one) for one in self._of_full_age()]
        origin = [self._family_link(file.origin)] if file.origin else []
        parted = [self._named_link(one.uid, head) for one, head in file.parted]
        also = [self._also(one) for one in file.also]
        return [(_DUE, [*grown, *due]), (_ALSO, also), (_ORIGIN, origin), (_PARTED, parted)]

    def _also(self, family: Family) -> QWidget:
        """Another family of the same head, told apart by who else is in it."""
        desk = self._work.desk
        here = families.members_on(desk, family.uid, desk.today)
        names = ", ".join(one.full_name for _place, one in here if one.uid != self._file.family.head)
        return row(self._family_link(family), text(names, "muted"))

    def _of_full_age(self) -> list[Person]:
        """Those who came of age as members and may have a family of their own."""
        told = [one for one in self._file.events if one.what is Ended.OF_AGE]
        here = {person.uid for one, person in self._file.members if one.relation != HEAD}
        return [person for event in told for person in event.people if person.uid in here]

    def _comes(self, person: Person, day: date | None, *more: QWidget) -> QWidget:
        words = plain(_COMES, name=person.full_name, day=show_day(day))
        words.setWordWrap(False)
        return row(words, *more)

    def _own_family(self, person: Person) -> QWidget:
        comes = families.of_age_on(self._work.desk, person, self._work.desk.today)
        apart = link(said(_OWN_FAMILY))
        apart.setAccessibleName(f"{said(_OWN_FAMILY)} {person.full_name}")
        apart.clicked.connect(
            lambda _on=False: questions.ask_part(self._work, self._file, person.uid, PartReason.OF_AGE)
        )
        return self._comes(person, comes, apart)

    def _family_link(self, family: Family) -> QWidget:
        head = self._work.desk.store.find(Person, family.head or "")
        return self._named_link(family.uid, head)

    def _named_link(self, uid: str, head: Person | None) -> QWidget:
        words = link(said(_OF, name=head.full_name) if head else said(_NOBODY))
        words.clicked.connect(lambda _on=False: self._work.open(Kind.FAMILY, uid))
        return row(words)

    def _events(self) -> QWidget:
        rows = [
            (
                event.on,
                choice_label(event.what) if event.what else said(_BEGAN),
                ", ".join(one.full_name for one in event.people),
            )
            for event in self._file.events
        ]
        went = [event.other or "" for event in self._file.events]
        keys = [f"{at}/{uid}" for at, uid in enumerate(went)]
        what = ShortList("family.events", _EVENTS, _EVENT_COLUMNS, rows, keys, Words("people", _NO_EVENTS))
        return show(
            self._work, what, lambda key: self._work.open(Kind.FAMILY, key.partition("/")[2]), whole=True
        )


def title_of(file: FamilyFile) -> str:
    """The family is called by its head."""
    return said(_OF, name=file.head.full_name) if file.head else said(_NOBODY)


SPEC = FileSpec(
    kind=Kind.FAMILY,
    icon="people",
    title=Family.title,
    load=families.open_family,
    build=build,
    name=title_of,
    watches=frozenset({"family", "membership", "person", "setting"}),
    help="families",
)
