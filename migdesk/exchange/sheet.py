"""SheetSpec: what a known workbook holds: columns, the fields they fill, the header words people use.

Specs of our templates are data (`resources/sheets`); that of an exported list is made from its columns.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from migdesk import paths
from migdesk.domain.arrival import Arrival
from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.fields import Field, Text, spec
from migdesk.domain.party import Address, Party
from migdesk.domain.person import Family, Membership, Person, TravelDocument
from migdesk.i18n import N_, pick

UID, REV = "_uid", "_rev"
"""Keys of the two columns by which an edited export finds its records again."""

TARGETS: Mapping[str, type[Any]] = {
    "person": Person,
    "document": TravelDocument,
    "arrival": Arrival,
    "address": Address,
    "host": Party,
    "family": Family,
    "membership": Membership,
}
"""What the first part of a column's target means."""

# Latin look-alikes, and Kazakh letters as people type them without a Kazakh keyboard
_ONE_SHAPE = str.maketrans("aeopcxykmhtbiіёйәғқңөұүһ", "аеорсхукмнтвииеиагкноуух")
_PARENTHESES = re.compile(r"\([^)]*\)")
_NUMBERING = re.compile(r"^\s*\d+(\.\d+)*\s*[.)]\s*")
_LANGUAGES_APART = re.compile(r"[/|\n;]|\s[-–—]\s")


@lru_cache(maxsize=4096)
def fold_header(text: str) -> str:
    """Header words without case, blanks, punctuation, ё, and the alphabet the look-alikes came from."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_ONE_SHAPE)
    return "".join(letter for letter in plain if letter.isalnum())


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: the field it fills (`target`), its words, and how its cells are to be read.

    `digits` is the exact length of a number kept as text (an IIN); `as_text` marks other numbers that may
    begin with a zero; `words` are other words for the values of a choice; `list` names a drop-down list.
    """

    key: str
    target: str
    field: Field
    title: Texts
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    group: str = ""
    required: bool = False
    example: str = ""
    width: int = 16
    list: str = ""
    digits: int = 0
    as_text: bool = False
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def label(self) -> str:
        """The header in the current language."""
        return pick(self.title)


@dataclass(frozen=True)
class SheetSpec:
    """A known workbook. `groups` are the words of a header row above the header; `ignore` needs no field."""

    code: str
    title: Texts
    columns: tuple[SheetColumn, ...]
    groups: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, SheetColumn]:
        """Columns by key."""
        return {column.key: column for column in self.columns}

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {UID: [UID], REV: [REV], "uid": [UID], "rev": [REV]}
        found = {fold_header(name): keys for name, keys in found.items()}
        for column in self.columns:
            for name in (*column.title.values(), *column.aliases, *self._grouped(column), column.key):
                keys = found.setdefault(fold_header(name), [])
                if column.key not in keys:
                    keys.append(column.key)
        return {name: tuple(keys) for name, keys in found.items() if name}

    def _grouped(self, column: SheetColumn) -> list[str]:
        pairs = [(group, short) for group in self.groups.get(column.group, ()) for short in column.short]
        return [f"{a} {b}" for a, b in pairs] + [f"{b} {a}" for a, b in pairs]

    @cached_property
    def _ignored(self) -> frozenset[str]:
        return frozenset(fold_header(name) for name in self.ignore)

    @cached_property
    def _groups_by_name(self) -> dict[str, str]:
        return {fold_header(name): group for group, names in self.groups.items() for name in names}

    def is_ignored(self, heading: tuple[str, ...]) -> bool:
        """Whether the column is known to need no field: a row number."""
        return bool(heading) and all(fold_header(text) in self._ignored for text in heading)

    def keys_for(self, heading: tuple[str, ...]) -> tuple[str, ...]:
        """Keys of the columns that a heading (texts from top to bottom) may mean; one when it is clear."""
        if not heading:
            return ()
        if len(heading) > 1:
            if whole := self._names.get(fold_header(" ".join(heading))):
                return whole
            if group := self._group_of(heading[-2]):
                return self._in_group(group, heading)
        return self._lookup(heading[-1])

    def _group_of(self, text: str) -> str:
        for form in _forms(text):
            if group := self._groups_by_name.get(form):
                return group
        return ""

    def _in_group(self, group: str, heading: tuple[str, ...]) -> tuple[str, ...]:
        """Among the columns of a group by their short words; else among all."""
        forms = _forms(heading[-1])
        near = tuple(
            column.key
            for column in self.columns
            if column.group == group and any(form in _shorts(column.short) for form in forms)
        )
        if near:
            return near
        found = self._lookup(heading[-1])
        same = tuple(key for key in found if key in self.by_key and self.by_key[key].group == group)
        return same or found

    def _lookup(self, text: str) -> tuple[str, ...]:
        for form in _forms(text):
            if keys := self._names.get(form):
                return keys
        parts = _LANGUAGES_APART.split(text)
        if len(parts) < 2:
            return ()
        found = [key for part in parts for form in _forms(part)[:1] for key in self._names.get(form, ())]
        return tuple(dict.fromkeys(found))


@cache
def _shorts(short: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold_header(text) for text in short)


def _forms(text: str) -> list[str]:
    """The folded text, then without numbering, then without what stands in parentheses."""
    unnumbered = _NUMBERING.sub("", text)
    forms = (text, unnumbered, _PARENTHESES.sub(" ", unnumbered))
    return [form for form in dict.fromkeys(map(fold_header, forms)) if form]


def load_specs(folder: Path | None = None) -> tuple[SheetSpec, ...]:
    """All specs of `resources/sheets`, or of another folder, by code.

    Raises:
        BadFile: names the file and the key.
    """
    files = sorted((folder or paths.resources() / "sheets").glob("*.toml"))
    return tuple(load_spec(file) for file in files)


def load_spec(file: Path) -> SheetSpec:
    """One spec. With `base` and `take` it takes columns of another spec of the same folder.

    Raises:
        BadFile: names the file and the key.
    """
    keys = Keys.parse(file.read_text(encoding="utf-8"), file.name)
    code, title = keys.text("code"), keys.texts("title")
    base, take = keys.text("base", ""), keys.strings("take")
    ignore, group_keys = keys.strings("ignore"), keys.table("group")
    columns = [_read_column(one) for one in keys.tables("column")]
    groups = {name: group_keys.strings(name) for name in group_keys}
    keys.end()
    if base:
        below = load_spec(file.with_name(f"{base}.toml"))
        for key in take:
            if key not in below.by_key:
                raise keys.bad("take", N_("There is no column “{name}”."), name=key)
        columns = [below.by_key[key] for key in take] + columns
        groups, ignore = {**below.groups, **groups}, below.ignore + ignore
    if len({column.key for column in columns}) != len(columns):
        raise keys.bad("column", N_("Two columns have the same key."))
    for column in columns:
        if column.group and column.group not in groups:
            raise keys.bad("group", N_("There is no group “{name}”."), name=column.group)
    return SheetSpec(code, title, tuple(columns), groups, ignore)


def _read_column(keys: Keys) -> SheetColumn:
    title = keys.texts("title")
    target, required = keys.text("target"), keys.flag("required")
    words = keys.table("words")
    column = SheetColumn(
        key=keys.text("key"),
        target=target,
        field=_field(keys, target, title),
        title=title,
        aliases=keys.strings("aliases"),
        short=keys.strings("short"),
        group=keys.text("group", ""),
        required=required,
        example=keys.text("example", ""),
        width=keys.whole("width", 16),
        list=keys.text("list", ""),
        digits=keys.whole("digits", 0),
        as_text=keys.flag("as_text"),
        words={word: value for value in words for word in words.strings(value)},
    )
    keys.end()
    return column


def _field(keys: Keys, target: str, title: Texts) -> Field:
    """The record's own field; `kind = "text"` says that the target is none, and a service reads it."""
    if keys.one_of("kind", ("text", "field"), "field") == "text":
        return Text(title["en"])
    record, _dot, name = target.partition(".")
    try:
        return spec(TARGETS[record], name).field
    except KeyError:
        raise keys.bad("target", N_("No record has the field “{name}”."), name=target) from None
