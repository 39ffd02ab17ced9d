"""A field that data ask for: what the panel of a purpose and a public service add to a record of the register."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.detail import LONGEST
from migdesk.domain.fields import Code, Day, Field, Flag, Text, Whole
from migdesk.i18n import N_, Worded, pick
from migdesk.rules.pack import Citation

KINDS = ("text", "day", "whole", "flag", "code")


@dataclass(frozen=True, slots=True)
class AskedField:
    """One more field of a record, described as any other; `aliases` are other words of a workbook's header."""

    key: str
    field: Field
    aliases: tuple[str, ...]
    citation: Citation

    @property
    def words(self) -> str:
        """Its label in the current language."""
        label = self.field.label
        return pick(label.texts) if isinstance(label, Worded) else label


def read_asked(keys: Keys, citation: Citation, of_list: str = "") -> AskedField:
    """A field from its table; with `of_list` it is a code of that list, whatever its `kind` is called.

    Raises:
        BadFile: names the key and what is wrong with it.
    """
    key, label = keys.code("key"), Worded(keys.texts("label"))
    if "." in key:
        raise keys.bad("key", N_("A key has no dots."))
    required = keys.flag("required")
    kind = "code" if of_list else keys.one_of("kind", KINDS)
    named = of_list or (keys.code("list") if kind == "code" else "")
    makers: Mapping[str, Callable[[], Field]] = {
        "text": lambda: Text(label, required=required, max=LONGEST),
        "day": lambda: Day(label, required=required),
        "whole": lambda: Whole(label, required=required, grouped=False),
        "flag": lambda: Flag(label, required=required),
        "code": lambda: Code(label, required=required, list=named),
    }
    return AskedField(key, makers[kind](), keys.strings("aliases"), citation)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the few answers that a field offers by itself."""

    code: str
    title: Texts


def read_options(keys: Keys) -> tuple[Option, ...]:
    """The answers of a field of the kind `choice`, at least two.

    Raises:
        BadFile: a code stands twice, or there are too few.
    """
    found: list[Option] = []
    for one in keys.tables("options"):
        option = Option(one.code("code"), one.texts("title"))
        if option.code in codes_of(found):
            raise one.bad("code", N_("“{given}” stands here twice."), given=option.code)
        found.append(option)
        one.end()
    if len(found) < 2:
        raise keys.bad("options", N_("At least two options are expected here."))
    return tuple(found)


def codes_of(options: Collection[Option]) -> set[str]:
    """The codes of some answers."""
    return {one.code for one in options}
