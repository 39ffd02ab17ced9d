"""Procedure: a public service as dated data; a case is one application on its way through it.

The format of `resources/procedures/<code>.toml` (`?` may be left out; every title is `{kk, ru, en}`)::

    code = "kandas_status"          # equals the file's name
    version = "2026.11"
    title = { kk = "…", ru = "…", en = "…" }
    from = 2021-01-01               # the service exists since; until? = last day
    applicant = "person"            # person | family | employer | host
    channels = ["office", "egov"]?  # codes of the list of channels
    term = "kandas.decision"?       # code of the term of the whole decision: gives the case its due date
    permit = "kandas"?              # kind of permit that a grant makes: a code of the list of permit kinds
    quota = "kandas"?               # stream (domain.quota.Stream) of which a grant uses a unit
    fee = "fee.labour_permit"?      # code of the amount to be paid
    forms = ["kandas_application"]? # forms that are printed when the case is opened
    cited = "order329"              # the source of the whole; parts without their own take it

    [[source]]                      # as in packs: id, act, article?, address?, read, confidence, mark

    [[paper]]                       # a paper that is asked for
    code = "application"
    title = { … }
    required = true                 # false: asked for when it applies
    remark = { … }?                 # when it applies, how many copies, how old it may be
    source = "…"?

    [[step]]                        # in their order; code and title as above
    by = "office"                   # applicant | office | commission | police | career_centre | other
    term = "kandas.completeness"?   # code of a term; it runs from the filing or the step before
    after = "registration"?         # the step whose day starts the term; left out: the filing
    required = false?               # it is taken only when it is needed; left out: always
    source = "…"?

    [[decision]]
    code = "grant"                  # grant | refuse | extend | terminate | refuse_filing
    title = { … }
    term = "kandas.status"?         # code of the term its permit is valid for; left out: the clerk says until when
    forms = ["kandas_decision"]?    # forms that are printed with it
    source = "…"?

    [[ground]]                      # a legal ground that a decision must name
    code = "incomplete"
    decision = "refuse"
    title = { … }
    clause = { … }?
    source = "…"?

    [[sign]]                        # who signs, in the order of the paper: code, title

Each of these parts may have its own `from`? and `until`? (both included) when it came or went inside the
life of the service. `in_force(procedure, day)` gives the service of one day.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.errors import BadFile
from migdesk.domain.quota import Stream
from migdesk.i18n import N_, pick
from migdesk.rules.pack import Citation
from migdesk.rules.pack import in_force as holds_on
from migdesk.rules.sources import Cites, cite, read_citations

APPLICANTS = ("person", "family", "employer", "host")
ACTORS = ("applicant", "office", "commission", "police", "career_centre", "other")
DECISIONS = ("grant", "refuse", "extend", "terminate", "refuse_filing")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is asked for; one that is not `required` is asked for when its remark applies."""

    code: str
    title: Texts
    required: bool
    remark: Texts | None
    citation: Citation
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way, who takes it, and the code of its term with the step that starts it.

    One that is not `required` is taken only when it is needed.
    """

    code: str
    title: Texts
    by: str
    term: str | None
    after: str | None
    required: bool
    citation: Citation
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A way the case may end, the term its permit is valid for, and the forms printed with it."""

    code: str
    title: Texts
    term: str | None
    forms: tuple[str, ...]
    citation: Citation
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal ground of a decision with its clause."""

    code: str
    decision: str
    title: Texts
    clause: Texts
    citation: Citation
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Sign:
    """Who signs."""

    code: str
    title: Texts
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A public service: papers, steps with terms, decisions with grounds, and what a grant does."""

    code: str
    version: str
    title: Texts
    since: date
    until: date | None
    applicant: str
    channels: tuple[str, ...]
    term: str | None
    permit: str | None
    quota: str | None
    fee: str | None
    forms: tuple[str, ...]
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    decisions: tuple[Decision, ...]
    grounds: tuple[Ground, ...]
    signs: tuple[Sign, ...]
    citation: Citation

    def terms(self) -> set[str]:
        """Codes of all terms it names."""
        named = (self.term, *(step.term for step in self.steps), *(one.term for one in self.decisions))
        return {code for code in named if code}

    def all_forms(self) -> set[str]:
        """Codes of all forms that are printed on the way."""
        return {*self.forms, *(form for one in self.decisions for form in one.forms)}

    def decision(self, code: str) -> Decision | None:
        """A decision by its code, when the service offers it."""
        return next((one for one in self.decisions if one.code == code), None)

    def as_json(self) -> dict[str, object]:
        """The keys of `procedures show`, words in the current language."""
        return {
            "code": self.code,
            "version": self.version,
            "title": pick(self.title),
            "from": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "applicant": self.applicant,
            "channels": list(self.channels),
            "term": self.term,
            "permit": self.permit,
            "quota": self.quota,
            "fee": self.fee,
            "forms": list(self.forms),
            "papers": [_paper_json(paper) for paper in self.papers],
            "steps": [
                {"code": step.code, "title": pick(step.title), "by": step.by, "term": step.term}
                for step in self.steps
            ],
            "decisions": [self._decision_json(decision) for decision in self.decisions],
            "signs": [pick(sign.title) for sign in self.signs],
            "source": self.citation.source.as_json(),
        }

    def _decision_json(self, decision: Decision) -> dict[str, object]:
        grounds = [ground for ground in self.grounds if ground.decision == decision.code]
        return {
            "code": decision.code,
            "title": pick(decision.title),
            "term": decision.term,
            "forms": list(decision.forms),
            "grounds": [
                {"code": one.code, "title": pick(one.title), "clause": pick(one.clause)} for one in grounds
            ],
        }


def _paper_json(paper: Paper) -> dict[str, object]:
    return {
        "code": paper.code,
        "title": pick(paper.title),
        "required": paper.required,
        "remark": pick(paper.remark) if paper.remark else None,
        "source": paper.citation.source.as_json(),
    }


Part = TypeVar("Part", Paper, Step, Decision, Ground, Sign)


def in_force(procedure: Procedure, on: date) -> Procedure | None:
    """The service as it is on a day, or nothing when it does not exist then."""
    if not holds_on(procedure, on):
        return None
    return dataclasses.replace(
        procedure,
        papers=_of_day(procedure.papers, on),
        steps=_of_day(procedure.steps, on),
        decisions=_of_day(procedure.decisions, on),
        grounds=_of_day(procedure.grounds, on),
        signs=_of_day(procedure.signs, on),
    )


def _of_day(parts: Sequence[Part], on: date) -> tuple[Part, ...]:
    return tuple(part for part in parts if holds_on(part, on))


def load_procedures(files: Iterable[tuple[str, str]]) -> list[Procedure]:
    """All services from (name, text) pairs.

    Raises:
        BadFile: names the file and key; also for a code that two files have.
    """
    found: list[Procedure] = []
    for name, text in files:
        procedure = load_procedure(name, text)
        if procedure.code in [other.code for other in found]:
            raise BadFile(name, "code", N_("“{given}” stands here twice."), given=procedure.code)
        found.append(procedure)
    return found


def load_procedure(name: str, text: str) -> Procedure:
    """One service from the text of its file.

    Raises:
        BadFile: names the key and what is wrong with it.
    """
    top = Keys.parse(text, name)
    cites = read_citations(top)
    since, until = top.span()
    reader = _Reader(top, cites, since, until)
    procedure = Procedure(
        code=top.code("code"),
        version=top.text("version"),
        title=top.texts("title"),
        since=since,
        until=until,
        applicant=top.one_of("applicant", APPLICANTS),
        channels=top.strings("channels"),
        term=top.code("term", None),
        permit=top.code("permit", None),
        quota=top.one_of("quota", Stream, None),
        fee=top.code("fee", None),
        forms=top.strings("forms"),
        papers=reader.parts("paper", reader.paper),
        steps=reader.parts("step", reader.step),
        decisions=reader.parts("decision", reader.decision),
        grounds=reader.parts("ground", reader.ground),
        signs=reader.parts("sign", reader.sign),
        citation=cite(top, cites, "cited"),
    )
    top.end()
    _refuse_loose_ends(top, procedure)
    return procedure


class _Reader:
    """Reads the parts of one service; a part without a source or dates takes those of the service."""

    def __init__(self, top: Keys, cites: Cites, since: date, until: date | None) -> None:
        self._top = top
        self._cites = cites
        self._since = since
        self._until = until

    def parts(self, key: str, read: Callable[[Keys], Part]) -> tuple[Part, ...]:
        found: list[Part] = []
        for keys in self._top.tables(key):
            part = read(keys)
            keys.end()
            if any(part.code == other.code and _meet(part, other) for other in found):
                raise keys.bad("code", N_("“{given}” stands here twice."), given=part.code)
            found.append(part)
        return tuple(found)

    def paper(self, keys: Keys) -> Paper:
        remark = keys.texts("remark", None)
        code, title, required = keys.code("code"), keys.texts("title"), keys.flag("required", True)
        return Paper(code, title, required, remark, self._cite(keys), *self._days(keys))

    def step(self, keys: Keys) -> Step:
        code, title, by = keys.code("code"), keys.texts("title"), keys.one_of("by", ACTORS)
        term, after = keys.code("term", None), keys.code("after", None)
        required = keys.flag("required", True)
        return Step(code, title, by, term, after, required, self._cite(keys), *self._days(keys))

    def decision(self, keys: Keys) -> Decision:
        code, title = keys.one_of("code", DECISIONS), keys.texts("title")
        term, forms = keys.code("term", None), keys.strings("forms")
        return Decision(code, title, term, forms, self._cite(keys), *self._days(keys))

    def ground(self, keys: Keys) -> Ground:
        code, title = keys.code("code"), keys.texts("title")
        decision, clause = keys.one_of("decision", DECISIONS), keys.texts("clause", {})
        return Ground(code, decision, title, clause, self._cite(keys), *self._days(keys))

    def sign(self, keys: Keys) -> Sign:
        return Sign(keys.code("code"), keys.texts("title"), *self._days(keys))

    def _cite(self, keys: Keys) -> Citation:
        return cite(keys, self._cites) if "source" in keys else cite(self._top, self._cites, "cited")

    def _days(self, keys: Keys) -> tuple[date, date | None]:
        return keys.span(self._since, self._until)


def _meet(one: Part, other: Part) -> bool:
    return (other.until is None or one.since <= other.until) and (
        one.until is None or other.since <= one.until
    )


def _refuse_loose_ends(top: Keys, procedure: Procedure) -> None:
    """Refuse a step after an unknown step, and a ground of a decision that the service does not have."""
    steps = {step.code for step in procedure.steps}
    for position, step in enumerate(procedure.steps, start=1):
        if step.after is not None and (step.after not in steps or step.after == step.code):
            raise top.bad(f"step[{position}].after", N_("There is no step “{code}”."), code=step.after)
    decisions = {decision.code for decision in procedure.decisions}
    for position, ground in enumerate(procedure.grounds, start=1):
        if ground.decision not in decisions:
            raise top.bad(f"ground[{position}].decision", N_("There is no such decision here."))
