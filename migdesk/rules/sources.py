"""The sources of a pack: read once, then cited by every entry by their id."""

from __future__ import annotations

from collections.abc import Mapping

from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.finding import Confidence, Source
from migdesk.i18n import N_
from migdesk.rules.pack import Citation

Cites = Mapping[str, Citation]


def read_citations(top: Keys) -> dict[str, Citation]:
    """Every `[[source]]` of a file by its id.

    Raises:
        BadFile: an id stands twice, or a source is incomplete.
    """
    found: dict[str, Citation] = {}
    for keys in top.tables("source"):
        one = _citation(keys)
        if one.id in found:
            raise keys.bad("id", N_("“{given}” stands here twice."), given=one.id)
        found[one.id] = one
    return found


def _citation(keys: Keys) -> Citation:
    source = Source(
        acts=_words(keys, "act"),
        articles=_words(keys, "article") if "article" in keys else "",
        address=keys.text("address", ""),
        confidence=keys.one_of("confidence", Confidence),
    )
    found = Citation(keys.code("id"), source, keys.day("read"), keys.text("mark"))
    keys.end()
    return found


def _words(keys: Keys, key: str) -> str | Texts:
    """Words in each language, or plain ones that need no translation."""
    return keys.texts(key) if isinstance(keys.raw(key), dict) else keys.text(key)


def cite(keys: Keys, cites: Cites, key: str = "source") -> Citation:
    """The source that an entry names.

    Raises:
        BadFile: the entry names none, or one that the file does not have.
    """
    return cites[keys.one_of(key, cites)]
