"""A form as data: one dated revision of one paper, read from TOML with every slip named by file and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.errors import BadFile, NotFound
from migdesk.i18n import LANGUAGES, N_
from migdesk.paper.blockfile import FormKeys, read_fixed, read_flow
from migdesk.paper.blocks import MM, Fixed, Flow
from migdesk.paper.reading import file_text
from migdesk.paper.tongues import NONE, known_tongues
from migdesk.paper.values import ROOTS, Ask, Root, Slot

PAGES = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "A6": (105.0, 148.0), "A4/3": (210.0, 99.0)}
LAYOUTS = ("official", "partly_sourced", "working")

TONGUE = "tongue"
"""The question which other language a slip speaks; its key and its kind."""

_WHICH = {"kk": "Екінші тілі", "ru": "Второй язык", "en": "Second language"}
_ALONE = {"kk": "екінші тілсіз", "ru": "без второго языка", "en": "no second language"}


@dataclass(frozen=True, slots=True)
class Provenance:
    """How far the layout is the official one, its mark, and the acts it rests on.

    `extract` marks a paper that only tells what the register holds and must not pass for a certificate.
    """

    layout: str
    mark: str
    basis: Texts
    sources: tuple[str, ...]
    extract: bool = False


@dataclass(frozen=True, slots=True)
class PageShape:
    """Width, height and margins (left, top, right, bottom) in points."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def floor(self) -> float:
        """Where the bottom margin begins, from the top edge."""
        return self.height - self.bottom


@dataclass(frozen=True, slots=True, eq=False)
class FormTemplate:
    """One revision of a form, checked: every value it shows exists."""

    code: str
    revision: str
    title: Texts
    since: date | None
    until: date | None
    page: PageShape
    languages: tuple[str, ...]
    provenance: Provenance
    roots: Mapping[str, Root]
    asks: tuple[Ask, ...]
    size: float
    flow: tuple[Flow, ...]
    fixed: tuple[Fixed, ...]
    slots: tuple[Slot, ...]

    def in_force_on(self, day: date) -> bool:
        """Whether this revision is the one to print on a day; `until` is the last day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def read_form(text: str, file: str) -> FormTemplate:
    """A revision from the text of `forms/<code>/<revision>.toml`; `file` is the name that messages use.

    Raises:
        BadFile: names the file and the key: unknown or missing keys, a path that no record has, a
            language without its text.
    """
    keys = Keys.parse(text, file)
    languages = keys.strings("languages", LANGUAGES)
    if not languages or not set(languages) <= set(LANGUAGES):
        raise keys.bad("languages", N_("Expected some of: {known}."), known=", ".join(LANGUAGES))
    since, until = keys.span(None)
    asks = tuple(_read_ask(one, languages) for one in keys.tables("ask"))
    roots = _read_roots(keys.table("roots"), asks)
    size = keys.number("size", 10)
    label_width = keys.number("label_width", 60) * MM
    form_keys = FormKeys(languages, roots, {ask.key: ask for ask in asks}, size, label_width)
    template = FormTemplate(
        code=keys.text("code"),
        revision=keys.text("revision"),
        title=keys.texts("title", languages=languages),
        since=since,
        until=until,
        page=_read_page(keys.table("page")),
        languages=languages,
        provenance=_read_provenance(keys.table("provenance"), languages),
        roots=roots,
        asks=asks,
        size=size,
        flow=tuple(read_flow(one, form_keys) for one in keys.tables("flow")),
        fixed=read_fixed(keys, form_keys),
        slots=tuple(form_keys.slots.values()),
    )
    keys.end()
    if not template.flow and not template.fixed:
        raise keys.bad("flow", N_("This key is missing."))
    return template


def _read_roots(keys: Keys, asks: tuple[Ask, ...]) -> dict[str, Root]:
    roots: dict[str, Root] = {}
    for name in keys:
        given = keys.text(name)
        cls = ROOTS.get(given.rstrip("*"))
        if cls is None:
            raise keys.bad(name, N_("Expected one of: {known}."), known=", ".join(ROOTS))
        roots[name] = Root(name, cls, many=given.endswith("*"))
    if asks:
        roots["ask"] = Root("ask", None)
    return roots


def _read_ask(keys: Keys, languages: tuple[str, ...]) -> Ask:
    options = keys.table("options")
    kind = keys.one_of("kind", ("text", "day", "yes_no", "choice", "tongue"), "text")
    if kind == "tongue":
        keys.end()
        return Ask(TONGUE, "choice", _WHICH, {**_tongues(), NONE: _ALONE})
    ask = Ask(
        key=keys.text("key"),
        kind=kind,
        label=keys.texts("label", languages=languages),
        options={code: options.texts(code, languages=languages) for code in options},
        required=keys.flag("required"),
    )
    keys.end()
    if bool(ask.options) != (ask.kind == "choice"):
        raise keys.bad("options", N_("Options belong to a choice, and a choice needs them."))
    return ask


def _tongues() -> dict[str, Texts]:
    return {one.code: one.name for one in known_tongues().values()}


def _read_page(keys: Keys) -> PageShape:
    width, height = PAGES[keys.one_of("paper", PAGES, "A4")]
    if keys.flag("landscape"):
        width, height = height, width
    left, top, right, bottom = keys.numbers("margins", 4, (20, 15, 15, 15))
    keys.end()
    if left + right > width - 30 or top + bottom > height - 30:
        raise keys.bad("margins", N_("The margins leave no room on the page."))
    return PageShape(*(length * MM for length in (width, height, left, top, right, bottom)))


def _read_provenance(keys: Keys, languages: tuple[str, ...]) -> Provenance:
    provenance = Provenance(
        layout=keys.one_of("layout", LAYOUTS),
        mark=keys.text("mark"),
        basis=keys.texts("basis", languages=languages),
        sources=keys.strings("sources"),
        extract=keys.flag("extract"),
    )
    keys.end()
    return provenance


_remembered = lru_cache(maxsize=200)(read_form)


def load_form(path: Path) -> FormTemplate:
    """A revision from a file; parsed once until the file changes.

    Raises:
        BadFile: the file cannot be read, or see `read_form`.
    """
    return _remembered(file_text(path), str(path))


def load_revisions(folder: Path) -> tuple[FormTemplate, ...]:
    """All revisions of one form from its folder `forms/<code>`, oldest first.

    Raises:
        BadFile: a file is wrong, names another form than its folder, or two are in force on one day.
    """
    found = []
    for path in sorted(path for path in folder.glob("*.toml") if path.name != "sample.toml"):
        found.append(load_form(path))
        if found[-1].code != folder.name:
            raise BadFile(path, "code", N_("The folder is named “{folder}”."), folder=folder.name)
    found.sort(key=lambda form: form.since or date.min)
    for earlier, later in pairwise(found):
        if earlier.until is None or (later.since or date.min) <= earlier.until:
            raise BadFile(
                folder,
                "until",
                N_("Revisions {a} and {b} are in force on the same day."),
                a=earlier.revision,
                b=later.revision,
            )
    return tuple(found)


def list_codes(folder: Path) -> list[str]:
    """Codes of the forms in a folder, in order; nothing is parsed."""
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and any(path.glob("*.toml")))


def form_on(revisions: Iterable[FormTemplate], day: date) -> FormTemplate:
    """The revision in force on a day.

    Raises:
        NotFound: none is.
    """
    code = ""
    for form in revisions:
        code = form.code
        if form.in_force_on(day):
            return form
    raise NotFound(f"{code} {day:%d.%m.%Y}")
