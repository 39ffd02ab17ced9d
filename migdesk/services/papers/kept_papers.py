"""What a printed paper said: kept with its line of the register, so that a copy says the same years later."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from migdesk import paths
from migdesk.domain.errors import NotFound
from migdesk.domain.papertext import PhotoFacts, PrintFacts
from migdesk.domain.printout import Printout
from migdesk.i18n import language
from migdesk.paper.template import FormTemplate, load_revisions
from migdesk.paper.values import Root, Said
from migdesk.services.desk import Desk
from migdesk.services.papers.answers import unpacked
from migdesk.store import contents

if TYPE_CHECKING:
    from migdesk.paper.layout import Filled

_PRINT = "print"


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """A filled form to be drawn, and what it says as the register keeps it."""

    filled: Filled
    content: str


def content_of(filled: Filled, facts: PrintFacts) -> str:
    """What a filled form says: texts of its slots, rows of its lists, which photo; and when it was printed."""
    template, roots = filled.template, filled.template.roots.values()
    single = {one.name for one in roots if not one.many and one.cls not in (None, PhotoFacts, PrintFacts)}
    with language(filled.language):
        texts = {
            one.given: text
            for one in template.slots
            if one.root in single and (text := one.text(filled.facts, filled.names, filled.language))
        }
    rows = {one.name: [_told(row) for row in _rows(filled, one)] for one in roots if one.many}
    photos = {one.name: _digest(filled.facts[one.name]) for one in roots if one.cls is PhotoFacts}
    moment = {"on": facts.printed_on, "at": facts.printed_at, "by": facts.operator, "number": facts.number}
    told = {"texts": texts, "rows": rows, "photos": photos, _PRINT: moment}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, default=lambda one: one.isoformat())


def says_the_same(one: str, other: str) -> bool:
    """Whether two papers say the same, whenever and by whomever they were printed."""
    return _plain(one) == _plain(other)


def _plain(content: str) -> dict[str, Any]:
    return {key: value for key, value in json.loads(content).items() if key != _PRINT}


def form_of(line: Printout) -> FormTemplate:
    """The edition in which a paper was printed.

    Raises:
        NotFound: the program has it no more.
    """
    folder = paths.forms() / line.form
    for form in load_revisions(folder) if folder.is_dir() else ():
        if form.revision == line.revision:
            return form
    raise NotFound(f"{line.form} {line.revision}")


def drawn_again(desk: Desk, line: Printout, copy: int, *, preview: bool = False) -> Paper:
    """The page of a printed paper once more, word for word, as a further copy.

    Raises:
        NotFound: the program has that edition of the form no more, or the photo is gone.
    """
    from migdesk.paper.layout import Filled  # noqa: PLC0415 - the drawing of papers only when one is drawn

    form, kept = form_of(line), json.loads(line.content)
    moment = kept[_PRINT]
    facts = PrintFacts(
        number=moment.get("number") or line.number,
        copy=copy,
        printed_on=moment["on"] and date.fromisoformat(moment["on"]),
        printed_at=moment["at"] and datetime.fromisoformat(moment["at"]),
        operator=moment["by"],
        preview=preview,
    )
    said = Said(kept["texts"])

    def told(root: Root) -> object:
        if root.cls is None:
            return unpacked(form, line.answers)
        if root.many:
            return [root.cls(**row) for row in kept["rows"].get(root.name, ())]
        if root.cls is PhotoFacts:
            return _photo(desk, kept["photos"].get(root.name))
        return facts if root.cls is PrintFacts else said

    roots = {name: told(root) for name, root in form.roots.items()}
    return Paper(Filled(form, line.language, roots, desk.lists.label), line.content)


def _rows(filled: Filled, root: Root) -> list[Any]:
    given = filled.facts[root.name]
    return list(given) if isinstance(given, list | tuple) else []


def _told(row: Any) -> dict[str, object]:
    """A row of a list without what is empty in it."""
    usual = {one.name: one.default for one in fields(row)}
    return {name: value for name, value in asdict(row).items() if value != usual[name]}


def _digest(photo: object) -> str:
    return contents.digest_of(photo.content) if isinstance(photo, PhotoFacts) else ""


def _photo(desk: Desk, digest: str | None) -> PhotoFacts | None:
    return PhotoFacts(contents.read(desk.store, digest)) if digest else None
