"""Languages that slips speak beside the paper's own: words as data in `resources/slips`, one file each.

A text that a native reader has confirmed is named in `checked`; a slip with any other says that it was not
checked. The format (`name` in kk, ru, en)::

    code = "uz"
    name = { kk = "…", ru = "…", en = "…" }
    script = "latin"                # latin (Cyrillic too) | arabic | han: which faces, which direction
    citizens = ["UZB"]              # proposed to citizens of these countries …
    ethnicities = []                # … and, when named, only to these ethnicities, before all others
    checked = []                    # keys that a native reader confirmed: "text.keep", "paper.rvp.insurance"

    [text]                          # what the forms say, by the word that they say it with; {day} is filled in
    [service]                       # names of services, by code
    [paper.<service>]               # papers a service asks for, by code
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from migdesk import paths
from migdesk.domain.datafile import Keys, Texts
from migdesk.i18n import N_
from migdesk.paper.reading import file_text

NONE = "none"
"""The answer of a clerk who wants the paper in its own language only."""

FACES = {
    "latin": ("serif", "serif-bold"),
    "arabic": ("arabic", "arabic-bold"),
    "han": ("han", "han"),
}
"""Regular and bold face of a script."""


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """One language of slips; `texts` holds everything it can say by key."""

    code: str
    name: Texts
    script: str
    citizens: tuple[str, ...]
    ethnicities: tuple[str, ...]
    checked: tuple[str, ...]
    texts: Mapping[str, str]

    @property
    def is_rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.script == "arabic"

    def unchecked(self, keys: Collection[str]) -> bool:
        """Whether any of these texts waits for a native reader."""
        return any(key in self.texts and key not in self.checked for key in keys)


def read_tongue(text: str, file: str) -> Tongue:
    """A language from the text of its file.

    Raises:
        BadFile: names the file and the key; `checked` may only name texts that are there.
    """
    keys = Keys.parse(text, file)
    papers = keys.table("paper")
    texts = {
        **_said(keys.table("text"), "text"),
        **_said(keys.table("service"), "service"),
        **{key: said for code in papers for key, said in _said(papers.table(code), f"paper.{code}").items()},
    }
    tongue = Tongue(
        code=keys.code("code"),
        name=keys.texts("name"),
        script=keys.one_of("script", FACES),
        citizens=keys.strings("citizens"),
        ethnicities=keys.strings("ethnicities"),
        checked=keys.strings("checked"),
        texts=texts,
    )
    keys.end()
    for key in tongue.checked:
        if key not in texts:
            raise keys.bad("checked", N_("Expected some of: {known}."), known=", ".join(texts))
    return tongue


def _said(keys: Keys, place: str) -> dict[str, str]:
    return {f"{place}.{name}": keys.text(name) for name in keys}


@cache
def load_tongues(folder: Path) -> Mapping[str, Tongue]:
    """Every language of a folder by its code, in the order of the file names.

    Raises:
        BadFile: a file is wrong.
    """
    read = [read_tongue(file_text(path), str(path)) for path in sorted(folder.glob("*.toml"))]
    return {one.code: one for one in read}


def known_tongues() -> Mapping[str, Tongue]:
    """The languages shipped with the program.

    Raises:
        BadFile: a file is wrong.
    """
    return load_tongues(paths.resources() / "slips")


def proposed(citizenship: str, ethnicity: str) -> str:
    """The language to begin with for somebody no record tells the language of; `NONE` when none is known."""
    of_country = [one for one in known_tongues().values() if citizenship in one.citizens]
    by_ethnicity = [one for one in of_country if ethnicity in one.ethnicities]
    usual = [one for one in of_country if not one.ethnicities]
    return next((one.code for one in [*by_ethnicity, *usual]), NONE)
