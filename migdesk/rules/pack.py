"""Pack: a dated, sourced set of what the law says, as read from one TOML file.

Every dated entry holds from its day `since` to its day `until`, both included; without `until` it is
still in force. Money is in MRP (monthly calculation index) unless a unit says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from migdesk.domain.datafile import Texts
from migdesk.domain.fields import Field
from migdesk.domain.finding import Severity
from migdesk.rules.conditions import Condition, Question
from migdesk.rules.dated import Citation as Citation
from migdesk.rules.dated import Dated as Dated
from migdesk.rules.dated import in_force as in_force
from migdesk.rules.kinds import JudgedOn as JudgedOn
from migdesk.rules.kinds import Kind as Kind
from migdesk.rules.kinds import Roll as Roll
from migdesk.rules.kinds import Unit as Unit

COUNTRY = "000000000"
"""KATO code that stands for the whole country in quota tables."""


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """One figure of a value; `until` is the day before the next one.

    A figure that an act gives for one year is `published_until` the end of that year: while no later one is
    known it still answers, as the last known one.
    """

    since: date
    until: date | None
    amount: Decimal
    citation: Citation
    published_until: date | None = None

    def is_published(self, on: date) -> bool:
        """Whether an act gives this figure for a day, or it is only the last one known."""
        return self.published_until is None or on <= self.published_until


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A figure that changes with time: MRP, a percentage, a limit. `unit` is free text such as KZT."""

    code: str
    unit: str
    title: Texts
    entries: tuple[ValueEntry, ...]


REMIND = (30, 7, 3, 1)
"""How many days before its end a term is announced when its rule says nothing else."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long somebody has for something, counted from the event `starts`; its day is not counted.

    With `before` the term runs backwards: the latest day that lies `length` days before the event. `remind` are the
    days before its end on which it is announced, the farthest first.
    """

    code: str
    since: date
    until: date | None
    starts: str
    length: int
    unit: Unit
    roll: Roll
    before: bool
    title: Texts
    citation: Citation
    remark: Texts | None = None
    remind: tuple[int, ...] = REMIND


@dataclass(frozen=True, slots=True)
class Window:
    """At most `limit` days of presence in `days` days."""

    limit: int
    days: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """A regime that counts only while the office's setting says so."""

    setting: str
    option: str


@dataclass(frozen=True, slots=True)
class Regime:
    """How long a foreigner may stay on a basis.

    `ends` says what ends the stay: `days` (the limits below), `document` (the term written in the visa
    or permit), `never`, or `unknown` where the sources leave a gap that `remark` names. `citizens` are
    alpha-3 codes; none means every citizenship. `count_from` is the first day of presence that the window
    counts.
    """

    code: str
    since: date
    until: date | None
    basis: str
    citizens: frozenset[str]
    ends: str
    per_entry: int | None
    window: Window | None
    count_from: date
    only_if: OnlyIf | None
    title: Texts
    citation: Citation
    remark: Texts | None = None
    remind: tuple[int, ...] = REMIND


@dataclass(frozen=True, slots=True)
class Covered:
    """Whom or what a special regime covers: grounds of stay, kinds of permit and codes of terms, documents or not.

    With `citizens` (alpha-3) only theirs; of a stay, permit or document only what ends, by its own or by an
    earlier regime, between the two days `ends`.
    """

    grounds: frozenset[str]
    permits: frozenset[str]
    terms: frozenset[str]
    documents: bool
    citizens: frozenset[str]
    ends: tuple[date, date]


@dataclass(frozen=True, slots=True)
class AddedPaper:
    """A paper that some services ask for of what is filed on the days of a special regime."""

    code: str
    title: Texts
    required: bool
    remark: Texts | None
    services: frozenset[str]


@dataclass(frozen=True, slots=True)
class AddedField:
    """A question that some services put of what is filed on the days of a special regime."""

    key: str
    field: Field
    services: frozenset[str]


@dataclass(frozen=True, slots=True)
class Special:
    """A special regime: a dated overlay by an act, such as a quarantine, an amnesty or a closed border.

    What it covers lasts to the day `to`, or so many `days` longer; terms in `suspends` do not run on its days;
    sums in `waives` are not levied for what happened on them; `closes` are grounds on which nobody enters and
    channels through which nothing is filed; rules in `eases` only warn of what they would stop; `papers` and
    `fields` are asked for of what is filed on its days. With citizens it closes and eases for them alone. It acts
    from `since`, which may lie before it was `announced`.
    """

    code: str
    since: date
    until: date | None
    announced: date
    covers: Covered
    to: date | None
    days: int | None
    suspends: frozenset[str]
    waives: frozenset[str]
    closes: frozenset[str]
    title: Texts
    citation: Citation
    remark: Texts | None = None
    eases: frozenset[str] = frozenset()
    papers: tuple[AddedPaper, ...] = ()
    fields: tuple[AddedField, ...] = ()


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One line of a table of amounts: each condition is a set of words or an inclusive range.

    A line without its own source rests on that of the whole table.
    """

    words: Mapping[str, frozenset[str]]
    ranges: Mapping[str, tuple[int, int]]
    mrp: Decimal
    note: Texts | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class AmountRule:
    """A sum in MRP: flat, by table, or per unit of an asked number.

    `asks` names what must be given: an empty tuple means a whole number, else the allowed words. One that
    `follows` a value has an entry for each of its figures, with the days and the source of the figure. The MRP
    is that of the day `counted_on`: event or payment; a `ceiling` is the most that is paid, of a price its `share`.

    A decision makes it due to each person, or once `for_family`, in so many payments a month apart (`months`). One
    that `obliges` begins the obligation to stay; what is not `payable` is a measure, such as money to be shown.
    """

    code: str
    since: date
    until: date | None
    asks: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, int | str]
    per: str | None
    rows: tuple[AmountRow, ...]
    title: Texts
    citation: Citation
    follows: str | None = None
    paid_by: str = "applicant"
    counted_on: str = "event"
    ceiling: bool = False
    for_family: bool = False
    months: int = 1
    obliges: bool = False
    payable: bool = True
    share: int | None = None


@dataclass(frozen=True, slots=True)
class QuotaTable:
    """One order that set a quota: units by KATO region, `COUNTRY` for the whole.

    `activity` is a section of OKED and `origin` a country, where the order divides the quota by them.
    """

    stream: str
    year: int
    category: str | None
    since: date
    unit: str
    regions: Mapping[str, int]
    citation: Citation
    activity: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class QuotaLimit:
    """Units a region has in a year, and the order that says so."""

    stream: str
    year: int
    region: str
    category: str | None
    units: int
    unit: str
    since: date
    citation: Citation


@dataclass(frozen=True, slots=True)
class Rule:
    """What to tell the clerk when a condition holds on the date that counts.

    With `asks` a rule that would hold or not by facts nobody gave becomes a question to the clerk.
    """

    code: str
    since: date
    until: date | None
    judged_on: JudgedOn
    severity: Severity
    when: Condition
    text: Texts
    field: str | None
    citation: Citation
    asks: Question | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A question the sources leave open; `default` is the cautious answer and `text` says why.

    `options` are the answers by their codes, in the words a person chooses from.
    """

    code: str
    title: Texts
    default: str
    options: Mapping[str, Texts]
    text: Texts
    citation: Citation


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off of every year; one that `moves` and falls on a weekend gives the next working day off.

    One that is not `off` is abolished on its days: what earlier packs said of the day of the year holds no more.
    """

    code: str
    since: date
    until: date | None
    month: int
    day: int
    moves: bool
    title: Texts
    citation: Citation
    off: bool = True


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One date that an act or the moon makes a day off, or a working day in spite of the weekend."""

    on: date
    off: bool
    title: Texts
    citation: Citation


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything one file says."""

    id: str
    version: str
    title: Texts
    citations: tuple[Citation, ...]
    values: tuple[DatedValue, ...] = ()
    terms: tuple[Term, ...] = ()
    regimes: tuple[Regime, ...] = ()
    specials: tuple[Special, ...] = ()
    amounts: tuple[AmountRule, ...] = ()
    quotas: tuple[QuotaTable, ...] = ()
    rules: tuple[Rule, ...] = ()
    settings: tuple[Setting, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    days: tuple[SpecialDay, ...] = ()
