"""Panel: what a purpose of arrival adds to it, as data: fields, papers, terms, and what usually comes next.

The format of `resources/purposes/<code>.toml` (`?` may be left out; every label and title is `{kk, ru, en}`)::

    purpose = "study"               # a code of the list of purposes; equals the file's name
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

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.detail import LONGEST
from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Code, Day, Field, Flag, Text, Whole
from migdesk.i18n import N_, Worded, pick
from migdesk.rules.pack import Citation
from migdesk.rules.sources import cite, read_citations

T = TypeVar("T")

KINDS = ("text", "day", "whole", "flag", "code")


@dataclass(frozen=True, slots=True)
class PanelField:
    """One more field of an arrival, described as any other; `aliases` are other words of a workbook's header."""

    key: str
    field: Field
    aliases: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class PanelPaper:
    """A paper that people who come for this bring along."""

    code: str
    title: Texts
    required: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Panel:
    """All that a purpose adds; `borrowed` are papers of services: service and codes of its papers."""

    purpose: str
    fields: tuple[PanelField, ...]
    papers: tuple[PanelPaper, ...]
    borrowed: tuple[tuple[str, tuple[str, ...]], ...]
    terms: tuple[str, ...]
    next: tuple[str, ...]
    citation: Citation

    def find(self, key: str) -> PanelField | None:
        """The field with this key."""
        return next((one for one in self.fields if one.key == key), None)

    def as_json(self) -> dict[str, object]:
        """The panel with its words in the current language."""
        return {
            "purpose": self.purpose,
            "fields": [
                {
                    "key": one.key,
                    "label": pick(one.field.label.texts) if isinstance(one.field.label, Worded) else "",
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
        fields=_once(top.tables("field"), "key", lambda keys: _field(keys, cited(keys))),
        papers=_once(top.tables("paper"), "code", lambda keys: _paper(keys, cited(keys))),
        borrowed=_once(top.tables("papers_of"), "service", _borrowed),
        terms=top.strings("terms"),
        next=top.strings("next"),
        citation=whole,
    )
    top.end()
    return panel


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


def _field(keys: Keys, citation: Citation) -> PanelField:
    key, label = keys.code("key"), Worded(keys.texts("label"))
    if "." in key:
        raise keys.bad("key", N_("A key has no dots."))
    kind, required = keys.one_of("kind", KINDS), keys.flag("required")
    of_list = keys.code("list") if kind == "code" else ""
    makers: Mapping[str, Callable[[], Field]] = {
        "text": lambda: Text(label, required=required, max=LONGEST),
        "day": lambda: Day(label, required=required),
        "whole": lambda: Whole(label, required=required, grouped=False),
        "flag": lambda: Flag(label, required=required),
        "code": lambda: Code(label, required=required, list=of_list),
    }
    return PanelField(key, makers[kind](), keys.strings("aliases"), citation)


def _paper(keys: Keys, citation: Citation) -> PanelPaper:
    return PanelPaper(keys.code("code"), keys.texts("title"), keys.flag("required", True), citation)


def _borrowed(keys: Keys) -> tuple[str, tuple[str, ...]]:
    papers = keys.strings("papers")
    if not papers:
        raise keys.bad("papers", N_("At least one is expected here."))
    return keys.code("service"), papers
