"""The file of a public service, `resources/procedures/<code>.toml`: every mistake is named by file and key.

The whole format (`?` may be left out; every title, label, hint, remark and clause is `{kk, ru, en}`)::

    code = "kandas_status"          # equals the file's name
    version = "2026.11"
    title = { kk = "…", ru = "…", en = "…" }
    from = 2021-01-01               # the service exists since; until? = last day
    applicant = "person"            # person | family | employer | host | school
    channels = ["office", "egov"]?  # codes of the list of channels
    term = "kandas.decision"?       # code of the term of the whole decision, from the filing: the case's due day
    permit = "kandas"?              # kind of permit (list of permit kinds) that grant, extend and replace make and
                                    # that terminate ends; a decision may name its own
    quota = "kandas"?               # stream (domain.quota.Stream) of which a grant uses a unit; also on a decision
    fee = "fee.labour_permit"?      # amount to be paid by the applicant; also on a decision
    fee_before = "issue"?           # code of the step that is not done before the fee is paid; "decision": falls due
                                    # with the filing, and nothing is granted before its receipt
    caps = ["document", "contract"]?  # the end of a permit is the earliest of these; also on a decision:
                                    #   document     end of the travel document of each person
                                    #   contract     short for field:contract_until
                                    #   study        short for field:study_until
                                    #   field:<key>  a day that the service asks for
                                    #   months:<key>, years:<key>  so many, from the decision or the old end
                                    #   term:<code>  a term of the law from the first permit of the chain
    appeal = "stay.appeal"?         # term of an appeal against refuse, refuse_filing and terminate; also on a
                                    # decision. Left out: `appeal.decision`, once the office entered it. Invent none.
    forms = ["kandas_application"]? # forms that are printed when the case is opened
    cited = "order329"              # the source of the whole; parts without their own take it

    [[source]]                      # as in packs: id, act, article?, address?, read, confidence, mark

    [[who]]                         # at least one: who may apply, shown before a case is opened
    code = "ethnic_kazakh"
    title = { … }
    source = "…"?

    [[field]]                       # a question of the service; asked when a case is opened and later
    key = "vacancy_on"              # without dots
    kind = "day"                    # text | day | whole | flag | code | choice
    list = "oked"                   # for a code only: its list (resources/lists, or kato)
    options = [{ code = "work", title = { … } }, { … }]   # for a choice only: at least two
    label = { … }
    hint = { … }?                   # a quiet line about it
    aliases = ["…"]?                # other words for it in the header of a workbook
    required = true?                # no favourable decision without an answer; a flag is answered by yes or no
    fact = "vacancy_published_days"?  # fact of rules/facts.py that the answer feeds: whole feeds a whole, flag a
                                    # flag, text, code and choice a text, day a day or, with `days`, a whole
    days = "since"?                 # since | until: calendar days from the answer to the date that counts, or back
    source = "…"?

    [[paper]]                       # a paper that is asked for
    code = "application"
    title = { … }
    required = true?                # true when left out; false: asked for when its remark applies
    later = true?                   # it is received after a grant too, as the receipt of a fee
    remark = { … }?                 # when it applies, how many copies
    valid_days = 180?               # calendar days it may be old on the day of filing; its day is then asked for
    when = { field = "purpose", is = ["work"] }?   # asked for only with one of these answers (see below)
    source = "…"?

    [[step]]                        # in their order; code and title as above
    by = "office"                   # applicant office commission police career_centre school employer other
    term = "kandas.completeness"?   # code of a term; it runs from the filing or the step named by `after`
    after = "registration"?         # the step whose day starts the term; left out: the filing
    required = false?               # it is taken only when it is needed; left out: always
    when = { … }?                   # of an optional step the field need not be required
    commission = "reception"?       # code of the list of commissions: it is done at a session of this one
    papers = true?                  # the papers are looked at: what is missing is said when it is marked as done
    source = "…"?                   # a decision marks the step with the code `decision`; those behind it stay open

    [[decision]]
    code = "grant"                  # any code, unlike the others; people read the title
    does = "grant"?                 # what it does; may be left out where the code says it:
                                    #   grant         gives the permit, uses a unit of the quota, or only includes
                                    #                 or registers where there is no permit
                                    #   extend        a permit that begins when the held one ends
                                    #   replace       a new permit in place of a held one from the day of the
                                    #                 decision, same end and unit: re-issue, correction, another
                                    #                 worker. The held one is the applicant's own, or that whose
                                    #                 number stands in a field with the key `replaces`
                                    #   refuse        after examination
                                    #   refuse_filing not even accepted
                                    #   terminate     ends what was given, with its permits
                                    #   withdraw      the applicant takes it back; every service has it, named or not
    title = { … }
    term = "kandas.status"?         # term its permit is valid for; left out: the clerk says until when, within caps
    permit, quota, fee, caps, appeal   # as above, for this decision alone
    payments = ["support.relocation"]?  # amounts that become due to the people of the case by it
    forms = ["kandas_decision"]?    # forms that are printed with it
    source = "…"?

    [[ground]]                      # a legal ground that a decision must name. refuse, refuse_filing and terminate
    code = "incomplete"             # have at least one on every day; another decision with grounds needs one too
    decision = "refuse"             # code of the decision
    title = { … }
    clause = { … }?
    source = "…"?

    [[sign]]                        # who signs, in the order of the paper: code, title

`when` names a field of this service that is `required`, or `category` or `channel` of the case; `is` lists codes of
answers, for a flag "yes" or "no". Each part may have its own `from`? and `until`? (both included) when it came or
went inside the life of the service. `in_force(procedure, day)` gives the service of one day.

With `Known` names (as services.law loads the files) every code of a term, amount, permit kind, form, list, channel
and answer must exist. Fields, their facts, caps, grounds and order of steps are judged from the file alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from migdesk.domain.datafile import Keys
from migdesk.domain.errors import BadFile
from migdesk.domain.finding import Confidence, Source
from migdesk.domain.quota import Stream
from migdesk.i18n import N_
from migdesk.rules.asked import read_asked, read_options
from migdesk.rules.pack import Citation
from migdesk.rules.procedure import (
    ACTORS,
    AGAINST,
    APPLICANTS,
    BEHAVIOURS,
    FAVOURABLE,
    GRANT,
    TERMINATE,
    WITHDRAW,
    Decision,
    Ground,
    Paper,
    Part,
    Procedure,
    ServiceField,
    Sign,
    Step,
    When,
    Who,
    meet,
)
from migdesk.rules.procedure_checks import Known as Known
from migdesk.rules.procedure_checks import refuse_loose_ends, refuse_unknown
from migdesk.rules.sources import Cites, cite, read_citations

DOCUMENT, FIELD, MONTHS, YEARS, TERM = "document", "field:", "months:", "years:", "term:"
"""What may cap a permit: the travel document of its holder, or a day that the service asks for."""

_SHORT = {"contract": f"{FIELD}contract_until", "study": f"{FIELD}study_until"}
_OWN = Source(
    {
        "kk": "Кеңсенің өз тәжірибесі; актімен салыстырылмаған",
        "ru": "Обычай учреждения; с актом не сверен",
        "en": "Practice of the office; not compared with an act",
    },
    confidence=Confidence.UNVERIFIED,
)
_WITHDRAWN = {
    "kk": "Өтініш беруші өтінішін кері қайтарып алды",
    "ru": "Заявитель отозвал заявление",
    "en": "Application withdrawn by the applicant",
}


def list_of_options(service: str, key: str) -> str:
    """The name under which the answers of a field of the kind `choice` are a list."""
    return f"options/{service}/{key}"


def load_procedures(files: Iterable[tuple[str, str]], known: Known | None = None) -> list[Procedure]:
    """All services from (name, text) pairs.

    Raises:
        BadFile: names the file and key; also for a code that two files have.
    """
    found: list[Procedure] = []
    for name, text in files:
        procedure = load_procedure(name, text, known)
        if name != f"{procedure.code}.toml":
            raise BadFile(name, "code", N_("The code must be the name of the file."))
        if procedure.code in [other.code for other in found]:
            raise BadFile(name, "code", N_("“{given}” stands here twice."), given=procedure.code)
        found.append(procedure)
    return found


def load_procedure(name: str, text: str, known: Known | None = None) -> Procedure:
    """One service from the text of its file.

    Raises:
        BadFile: names the key and what is wrong with it.
    """
    top = Keys.parse(text, name)
    cites = read_citations(top)
    reader = _Reader(top, cites)
    procedure = Procedure(
        code=reader.code,
        version=top.text("version"),
        title=top.texts("title"),
        since=reader.since,
        until=reader.until,
        applicant=top.one_of("applicant", APPLICANTS),
        channels=top.strings("channels"),
        term=top.code("term", None),
        permit=reader.permit,
        quota=reader.quota,
        fee=reader.fee,
        appeal=reader.appeal,
        forms=top.strings("forms"),
        who=reader.parts("who", reader.who),
        fields=reader.parts("field", reader.field, "key"),
        papers=reader.parts("paper", reader.paper),
        steps=reader.parts("step", reader.step),
        decisions=reader.decisions(),
        grounds=reader.parts("ground", reader.ground),
        signs=reader.parts("sign", reader.sign),
        citation=cite(top, cites, "cited"),
        fee_before=top.code("fee_before", None),
    )
    top.end()
    refuse_loose_ends(top, procedure)
    if known:
        refuse_unknown(top, procedure, known)
    return procedure


class _Reader:
    """Reads the parts of one service; a part without a source, dates or effects takes those of the service."""

    def __init__(self, top: Keys, cites: Cites) -> None:
        self._top = top
        self._cites = cites
        self.code = top.code("code")
        self.since, self.until = top.span()
        self.permit, self.fee = top.code("permit", None), top.code("fee", None)
        self.quota = top.one_of("quota", Stream, None)
        self.appeal = top.code("appeal", None)
        self._capped = caps(top)

    def parts(self, key: str, read: Callable[[Keys], Part], name: str = "code") -> tuple[Part, ...]:
        """The parts of one kind; two of one code may follow each other but never meet."""
        found: list[Part] = []
        for keys in self._top.tables(key):
            part = read(keys)
            keys.end()
            if any(part.code == other.code and meet(part, other) for other in found):
                raise keys.bad(name, N_("“{given}” stands here twice."), given=part.code)
            found.append(part)
        return tuple(found)

    def who(self, keys: Keys) -> Who:
        return Who(keys.code("code"), keys.texts("title"), self._cite(keys), *self._days(keys))

    def field(self, keys: Keys) -> ServiceField:
        kind = keys.one_of("kind", ("text", "day", "whole", "flag", "code", "choice"))
        options = read_options(keys) if kind == "choice" else ()
        of_list = list_of_options(self.code, keys.code("key")) if options else ""
        asked = read_asked(keys, self._cite(keys), of_list)
        fact, days = keys.code("fact", None), keys.one_of("days", ("since", "until"), None)
        return ServiceField(asked, options, fact, days, keys.texts("hint", None), *self._days(keys))

    def paper(self, keys: Keys) -> Paper:
        remark, valid = keys.texts("remark", None), keys.whole("valid_days", None, least=1)
        code, title, required = keys.code("code"), keys.texts("title"), keys.flag("required", True)
        when, later = _when(keys), keys.flag("later")
        return Paper(code, title, required, remark, valid, when, self._cite(keys), *self._days(keys), later)

    def step(self, keys: Keys) -> Step:
        code, title, by = keys.code("code"), keys.texts("title"), keys.one_of("by", ACTORS)
        term, after = keys.code("term", None), keys.code("after", None)
        more = keys.flag("required", True), _when(keys), keys.code("commission", None)
        days = *self._days(keys), keys.flag("papers")
        return Step(code, title, by, term, after, *more, self._cite(keys), *days)

    def decisions(self) -> tuple[Decision, ...]:
        """Those of the file; that an applicant may take it back holds for every service."""
        found = self.parts("decision", self._decision)
        if any(one.does == WITHDRAW for one in found):
            return found
        own = Citation("own", _OWN, self.since, "U")
        nothing = (None, (), None, None, None, (), (), None)
        return (*found, Decision(WITHDRAW, WITHDRAW, _WITHDRAWN, *nothing, own, self.since, self.until))

    def _decision(self, keys: Keys) -> Decision:
        code = keys.code("code")
        does = keys.one_of("does", BEHAVIOURS) if "does" in keys or code not in BEHAVIOURS else code
        gives, ends, against = does in FAVOURABLE, does == TERMINATE, does in AGAINST
        for key in ("term", "caps", "quota", "fee", "payments"):
            if key in keys and not gives:
                raise keys.bad(key, N_("A decision that does “{does}” has no such effect."), does=does)
        if ("permit" in keys and not (gives or ends)) or ("appeal" in keys and not against):
            wrong = "permit" if "permit" in keys and not (gives or ends) else "appeal"
            raise keys.bad(wrong, N_("A decision that does “{does}” has no such effect."), does=does)
        return Decision(
            code=code,
            does=does,
            title=keys.texts("title"),
            term=keys.code("term", None),
            caps=caps(keys) or (self._capped if gives else ()),
            permit=keys.code("permit", self.permit if gives or ends else None),
            quota=keys.one_of("quota", Stream, self.quota if does == GRANT else None),
            fee=keys.code("fee", self.fee if gives else None),
            payments=keys.strings("payments"),
            forms=keys.strings("forms"),
            appeal=keys.code("appeal", self.appeal if against else None),
            citation=self._cite(keys),
            since=self._days(keys)[0],
            until=self._days(keys)[1],
        )

    def ground(self, keys: Keys) -> Ground:
        code, title = keys.code("code"), keys.texts("title")
        decision, clause = keys.code("decision"), keys.texts("clause", {})
        return Ground(code, decision, title, clause, self._cite(keys), *self._days(keys))

    def sign(self, keys: Keys) -> Sign:
        return Sign(keys.code("code"), keys.texts("title"), *self._days(keys))

    def _cite(self, keys: Keys) -> Citation:
        return cite(keys, self._cites) if "source" in keys else cite(self._top, self._cites, "cited")

    def _days(self, keys: Keys) -> tuple[date, date | None]:
        return keys.span(self.since, self.until)


def caps(keys: Keys) -> tuple[str, ...]:
    """What cuts the end of a permit, with the short words spelled out.

    Raises:
        BadFile: an unknown word.
    """
    found = []
    for position, one in enumerate(keys.strings("caps"), start=1):
        full = _SHORT.get(one, one)
        if full != DOCUMENT and not full.startswith((FIELD, MONTHS, YEARS, TERM)):
            known = ", ".join((DOCUMENT, *_SHORT, *(f"{one}<key>" for one in (FIELD, MONTHS, YEARS, TERM))))
            raise keys.bad(f"caps[{position}]", N_("Expected one of: {known}."), known=known)
        found.append(full)
    return tuple(found)


def _when(keys: Keys) -> When | None:
    if "when" not in keys:
        return None
    inner = keys.table("when")
    found = When(inner.code("field"), inner.strings("is"))
    if not found.values:
        raise inner.bad("is", N_("At least one is expected here."))
    inner.end()
    return found
