"""Panel: what a purpose of arrival adds to it, as data: fields, papers, terms, and what usually comes next.

The format of `resources/purposes/<code>.toml` (`?` may be left out; every label and title is `{kk, ru, en}`)::

    purpose = "study"               # a code of the list of purposes; equals the file's name
    basis = ["citizen"]?            # grounds of stay whose arrivals have it when their purpose has no panel
    terms = ["notice.arrival"]?     # codes of the terms that run for such an arrival
    next = ["rvp"]?                 # codes of the services that usually follow
    cited = "order83"               # the source of the whole; parts without their own take it

    [[source]]                      # as in packs: id, act, article?, address?, read, confidence, mark

    [[field]]
    key = "school_name"             # the search finds values of keys that end in _name and _number
    kind = "text"                   # text | day | whole | flag | code
    list = "oked"?                  # for a code: its list
    label = { … }
    aliases = ["…"]?                # other words for it in the header of a workbook
    required = true?                # an official paper waits for it
    source = "…"?

    [[paper]]                       # a paper to bring, of this panel's own
    code = "…"; title = { … }; required = true?; source = "…"?

    [[papers_of]]                   # papers to bring that a service asks for
    service = "rvp"
    papers = ["enrolment"]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from migdesk.domain.arrival import StayBasis
from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Field
from migdesk.i18n import N_
from migdesk.rules.asked import AskedField, read_asked
from migdesk.rules.pack import Citation
from migdesk.rules.sources import cite, read_citations

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PanelPaper:
    """A paper that people who come for this bring along."""

    code: str
    title: Texts
    required: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Panel:
    """All that a purpose adds; `borrowed` are papers of services: service and codes of its papers.

    `basis` are the grounds of stay whose arrivals have it when their own purpose has no panel.
    """

    purpose: str
    fields: tuple[AskedField, ...]
    papers: tuple[PanelPaper, ...]
    borrowed: tuple[tuple[str, tuple[str, ...]], ...]
    terms: tuple[str, ...]
    next: tuple[str, ...]
    citation: Citation
    basis: tuple[str, ...] = ()

    def find(self, key: str) -> AskedField | None:
        """The field with this key."""
        return next((one for one in self.fields if one.key == key), None)

    def as_json(self) -> dict[str, object]:
        """The panel with its words in the current language."""
        return {
            "purpose": self.purpose,
            "fields": [
                {
                    "key": one.key,
                    "label": one.words,
                    "required": one.field.required,
                    "source": one.citation.source.as_json(),
                }
                for one in self.fields
            ],
            "terms": list(self.terms),
            "next": list(self.next),
            "source": self.citation.source.as_json(),
        }


def load_panels(files: Iterable[tuple[str, str]]) -> dict[str, Panel]:
    """All panels by their purpose, from (name, text) pairs.

    A key means one kind of value in all panels, so that what was typed survives a change of the purpose.

    Raises:
        BadFile: names the file and key; also for a purpose that two files have, and a key of two kinds.
    """
    found: dict[str, Panel] = {}
    kinds: dict[str, tuple[type[Field], str]] = {}
    for name, text in files:
        panel = load_panel(name, text)
        if panel.purpose in found:
            raise BadFile(name, "purpose", N_("“{given}” stands here twice."), given=panel.purpose)
        found[panel.purpose] = panel
        for at, one in enumerate(panel.fields, start=1):
            kind = type(one.field), getattr(one.field, "list", "")
            if kinds.setdefault(one.key, kind) != kind:
                message = N_("“{given}” is of another kind in another panel.")
                raise BadFile(name, f"field[{at}].kind", message, given=one.key)
    return found


def load_panel(name: str, text: str) -> Panel:
    """One panel from the text of its file.

    Raises:
        BadFile: names the key and what is wrong with it.
    """
    top = Keys.parse(text, name)
    cites = read_citations(top)
    whole = cite(top, cites, "cited")

    def cited(keys: Keys) -> Citation:
        return cite(keys, cites) if "source" in keys else whole

    panel = Panel(
        purpose=top.code("purpose"),
        fields=_once(top.tables("field"), "key", lambda keys: read_asked(keys, cited(keys))),
        papers=_once(top.tables("paper"), "code", lambda keys: _paper(keys, cited(keys))),
        borrowed=_once(top.tables("papers_of"), "service", _borrowed),
        terms=top.strings("terms"),
        next=top.strings("next"),
        citation=whole,
        basis=tuple(_ground(top, one) for one in top.strings("basis")),
    )
    top.end()
    return panel


def _ground(keys: Keys, given: str) -> str:
    if given not in set(StayBasis):
        raise keys.bad("basis", N_("“{given}” is no ground of stay."), given=given)
    return given


def _once(tables: Iterable[Keys], key: str, read: Callable[[Keys], T]) -> tuple[T, ...]:
    """The parts of a list, none of which may have the key of another."""
    found: list[T] = []
    seen = set[str]()
    for keys in tables:
        given = keys.code(key)
        if given in seen:
            raise keys.bad(key, N_("“{given}” stands here twice."), given=given)
        seen.add(given)
        found.append(read(keys))
        keys.end()
    return tuple(found)


def _paper(keys: Keys, citation: Citation) -> PanelPaper:
    return PanelPaper(keys.code("code"), keys.texts("title"), keys.flag("required", True), citation)


def _borrowed(keys: Keys) -> tuple[str, tuple[str, ...]]:
    papers = keys.strings("papers")
    if not papers:
        raise keys.bad("papers", N_("At least one is expected here."))
    return keys.code("service"), papers
