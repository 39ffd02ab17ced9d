"""Person, travel document, family: who arrived, under which papers, with whom."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from migdesk.domain.dates import PartialDate
from migdesk.domain.fields import Choice, Code, Day, Flag, Note, PartialDay, Ref, Text, spec
from migdesk.domain.finding import Finding, block, warn
from migdesk.domain.kin import Began, Ended
from migdesk.domain.record import Record, record
from migdesk.domain.scripts import Script, mixed
from migdesk.i18n import N_


class Sex(StrEnum):
    """As in the document; a document may leave it open."""

    MALE = "m"
    FEMALE = "f"

    @classmethod
    def labels(cls) -> dict[Sex, str]:
        """What a person reads."""
        return {cls.MALE: N_("male"), cls.FEMALE: N_("female")}


class Completeness(StrEnum):
    """How far a file has grown; only complete and verified ones reach an official paper."""

    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    VERIFIED = "verified"

    @classmethod
    def labels(cls) -> dict[Completeness, str]:
        """What a person reads."""
        return {
            cls.INCOMPLETE: N_("incomplete"),
            cls.COMPLETE: N_("complete"),
            cls.VERIFIED: N_("verified"),
        }


@record
class Person(Record):
    """One human being: three name blocks, birth, citizenship, and what forms ask about a person.

    The Cyrillic block is the one lists are sorted by; the Latin block is that of the passport; the name
    as in the document keeps any other script. Of biometric data only the number is kept under which another
    body holds them.
    """

    table: ClassVar[str] = "person"
    title: ClassVar[str] = N_("Person")

    surname: Annotated[str, Text(N_("Surname"), max=80)] = ""
    given: Annotated[str, Text(N_("Given name"), max=80)] = ""
    patronymic: Annotated[str, Text(N_("Patronymic (if any)"), max=80)] = ""
    surname_latin: Annotated[str, Text(N_("Surname in Latin"), max=80)] = ""
    given_latin: Annotated[str, Text(N_("Given name in Latin"), max=80)] = ""
    document_name: Annotated[str, Text(N_("Name as in the document"), max=160)] = ""
    other_names: Annotated[str, Text(N_("Former names, other spellings"), max=1000)] = ""
    birth_date: Annotated[PartialDate | None, PartialDay(N_("Date of birth"), required=True)] = None
    birth_estimated: Annotated[bool, Flag(N_("Birth date is estimated"))] = False
    sex: Annotated[Sex | None, Choice(N_("Sex"), options=Sex)] = None
    citizenship: Annotated[str, Code(N_("Citizenship"), required=True, list="countries")] = ""
    iin: Annotated[str, Text(N_("IIN (if any)"), max=12)] = ""
    birth_country: Annotated[str, Code(N_("Country of birth"), list="countries")] = ""
    birth_place: Annotated[str, Text(N_("Place of birth"))] = ""
    ethnicity: Annotated[str, Code(N_("Ethnicity"), list="ethnicities")] = ""
    exit_country: Annotated[str, Code(N_("Country of exit"), list="countries")] = ""
    marital: Annotated[str, Code(N_("Marital status"), list="marital")] = ""
    education: Annotated[str, Code(N_("Education"), list="education")] = ""
    speciality: Annotated[str, Text(N_("Speciality"))] = ""
    job: Annotated[str, Text(N_("Place of work, post"))] = ""
    phone: Annotated[str, Text(N_("Phone"), max=40)] = ""
    email: Annotated[str, Text(N_("E-mail"), max=80)] = ""
    biometric_ref: Annotated[str, Text(N_("Number of biometric data (if any)"), max=60)] = ""
    photo: Annotated[str | None, Ref(N_("Photo"), to="attachment")] = None
    merged_into: Annotated[str | None, Ref(N_("Merged into the file of"), to="person")] = None
    state: Annotated[Completeness | None, Choice(N_("State of the file"), options=Completeness)] = (
        Completeness.INCOMPLETE
    )
    note: Annotated[str, Note(N_("Note"))] = ""

    @property
    def born(self) -> PartialDate | None:
        """The birth date as people read it: one that is estimated carries its mark."""
        known = self.birth_date
        return replace(known, estimated=True) if known and self.birth_estimated else known

    @property
    def born_words(self) -> str:
        """The birth date as people read it, or nothing."""
        return self.born.show() if self.born else ""

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic in Cyrillic; in Latin or as in the document when absent."""
        cyrillic = " ".join(part for part in (self.surname, self.given, self.patronymic) if part)
        return cyrillic or self.latin_name or self.document_name

    @property
    def latin_name(self) -> str:
        """Surname and given name as the passport has them."""
        return " ".join(part for part in (self.surname_latin, self.given_latin) if part)


_NAMES = ("surname", "given", "patronymic", "surname_latin", "given_latin", "document_name")
_MIXED = {
    Script.LATIN: N_(
        "“{label}”: in “{word}” the letter {letters} is Latin, the others are not. Better: {spelling}"
    ),
    Script.CYRILLIC: N_(
        "“{label}”: in “{word}” the letter {letters} is Cyrillic, the others are not. Better: {spelling}"
    ),
    Script.GREEK: N_(
        "“{label}”: in “{word}” the letter {letters} is Greek, the others are not. Better: {spelling}"
    ),
}
_SIGNS = frozenset("-‐‑’‘'ʻʼʹ`´·.,()")


def check_names(person: Person) -> list[Finding]:
    """What is odd in the names: a name without a letter stops the save, digits and signs ask to look again."""
    found = []
    for name in _NAMES:
        text = getattr(person, name)
        if not text or (text.isascii() and text.isalpha()):
            continue
        label = spec(Person, name).field.label
        found += check_scripts(name, text, label)
        if text.isalpha():
            continue
        odd = [one for one in text if not (one.isspace() or one in _SIGNS or _is_letter(one))]
        if not any(one.isalpha() for one in text):
            found.append(block("no_letter", N_("“{label}” has no letter."), name, label=label))
        elif odd:
            signs = " ".join(dict.fromkeys(odd))
            message = N_("“{label}” has signs that names do not have: {signs}")
            found.append(warn("odd_name", message, name, label=label, signs=signs))
    return found


def check_scripts(name: str, text: str, label: str) -> list[Finding]:
    """A warning for each word of a name that mixes alphabets, at the field `name`, with the spelling in one."""
    usual = Script.LATIN if name.endswith("_latin") else Script.CYRILLIC
    return [
        warn(
            "mixed_scripts",
            _MIXED[one.script],
            name,
            label=label,
            word=one.word,
            letters=one.letters,
            spelling=one.spelling,
        )
        for one in mixed(text, usual)
    ]


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"


@record
class Distinct(Record):
    """Two files that are alike and yet two people, as somebody found out; the lesser uid comes first."""

    table: ClassVar[str] = "distinct_pair"
    title: ClassVar[str] = N_("Not the same person")

    one: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    other: Annotated[str | None, Ref(N_("Other person"), required=True, to="person")] = None
    why: Annotated[str, Note(N_("How it was found out"), required=True, max=300)] = ""


@record
class TravelDocument(Record):
    """A passport or another paper that proves identity; a person may hold many, old ones stay."""

    table: ClassVar[str] = "document"
    title: ClassVar[str] = N_("Travel document")

    person: Annotated[str | None, Ref(N_("Person"), to="person")] = None
    kind: Annotated[str, Code(N_("Kind of document"), required=True, list="document_kinds")] = "passport"
    number: Annotated[str, Text(N_("Document number"), required=True, max=30)] = ""
    issuer: Annotated[str, Code(N_("Issuing state"), list="countries")] = ""
    issued_by: Annotated[str, Text(N_("Issued by"))] = ""
    issued_on: Annotated[date | None, Day(N_("Date of issue"))] = None
    expires_on: Annotated[date | None, Day(N_("Valid until"))] = None
    mrz: Annotated[str, Note(N_("Machine-readable zone"), max=300)] = ""


@record
class Family(Record):
    """People who came, or live, together; its head answers for the family's case."""

    table: ClassVar[str] = "family"
    title: ClassVar[str] = N_("Family")

    head: Annotated[str | None, Ref(N_("Head of family"), required=True, to="person")] = None
    formed_on: Annotated[date | None, Day(N_("Since"))] = None
    origin: Annotated[str | None, Ref(N_("Formed out of the family"), to="family")] = None
    note: Annotated[str, Note(N_("Note"))] = ""


@record
class Membership(Record):
    """One person's place in one family; the relation is to the head.

    It counts from `since`, always when that is not known, and no longer on the day `until`.
    """

    table: ClassVar[str] = "membership"
    title: ClassVar[str] = N_("Member of family")

    family: Annotated[str | None, Ref(N_("Family"), required=True, to="family")] = None
    person: Annotated[str | None, Ref(N_("Person"), required=True, to="person")] = None
    relation: Annotated[str, Code(N_("Relation to the head"), required=True, list="relations")] = ""
    since: Annotated[date | None, Day(N_("Since"))] = None
    until: Annotated[date | None, Day(N_("Until"))] = None
    began: Annotated[Began | None, Choice(N_("How it began"), options=Began)] = None
    ended: Annotated[Ended | None, Choice(N_("Why it ended"), options=Ended)] = None

    def holds_on(self, day: date) -> bool:
        """Whether the person is a member on a day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until) and not self.is_annulled
