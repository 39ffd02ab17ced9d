"""A public service as `procedures show` tells it: every part with its words in the current language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from migdesk.domain.datafile import Texts
from migdesk.domain.fields import Code, Day, Flag, Whole
from migdesk.i18n import pick
from migdesk.rules.pack import Citation
from migdesk.rules.procedure import Decision, Paper, Procedure, ServiceField, Step, When

_KINDS = {Day: "day", Whole: "whole", Flag: "flag", Code: "code"}


def as_json(service: Procedure) -> dict[str, object]:
    """The keys of `procedures show`."""
    return {
        "code": service.code,
        "version": service.version,
        "title": pick(service.title),
        "from": service.since.isoformat(),
        "until": _iso(service.until),
        "applicant": service.applicant,
        "who": [{"code": one.code, "title": pick(one.title), **_source(one.citation)} for one in service.who],
        "channels": list(service.channels),
        "term": service.term,
        "permit": service.permit,
        "quota": service.quota,
        "fee": service.fee,
        "fee_before": service.fee_before,
        "appeal": service.appeal,
        "forms": list(service.forms),
        "fields": [_field(one) for one in service.fields],
        "papers": [_paper(one) for one in service.papers],
        "steps": [_step(one) for one in service.steps],
        "decisions": [_decision(service, one) for one in service.decisions],
        "signs": [pick(sign.title) for sign in service.signs],
        **_source(service.citation),
    }


def _field(one: ServiceField) -> dict[str, object]:
    kind = "choice" if one.options else _KINDS.get(type(one.field), "text")
    return {
        "key": one.code,
        "label": one.asked.words,
        "kind": kind,
        "list": one.field.list if kind == "code" and isinstance(one.field, Code) else None,
        "options": [{"code": option.code, "title": pick(option.title)} for option in one.options],
        "required": one.field.required,
        "fact": one.fact,
        "hint": _words(one.hint),
        **_source(one.asked.citation),
    }


def _paper(paper: Paper) -> dict[str, object]:
    return {
        "code": paper.code,
        "title": pick(paper.title),
        "required": paper.required,
        "later": paper.later,
        "remark": _words(paper.remark),
        "valid_days": paper.valid_days,
        "when": _when(paper.when),
        **_source(paper.citation),
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "code": step.code,
        "title": pick(step.title),
        "by": step.by,
        "term": step.term,
        "after": step.after,
        "required": step.required,
        "when": _when(step.when),
        "commission": step.commission,
        **_source(step.citation),
    }


def _decision(service: Procedure, decision: Decision) -> dict[str, object]:
    return {
        "code": decision.code,
        "does": decision.does,
        "title": pick(decision.title),
        "term": decision.term,
        "caps": list(decision.caps),
        "permit": decision.permit,
        "quota": decision.quota,
        "fee": decision.fee,
        "payments": list(decision.payments),
        "forms": list(decision.forms),
        "appeal": decision.appeal,
        "grounds": [
            {"code": one.code, "title": pick(one.title), "clause": pick(one.clause), **_source(one.citation)}
            for one in service.grounds_of(decision.code)
        ],
        **_source(decision.citation),
    }


def _when(when: When | None) -> Mapping[str, object] | None:
    return {"field": when.field, "is": list(when.values)} if when else None


def _words(texts: Texts | None) -> str | None:
    return pick(texts) if texts else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _source(citation: Citation) -> dict[str, object]:
    return {"source": citation.source.as_json()}
