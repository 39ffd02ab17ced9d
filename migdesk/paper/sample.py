"""Sample data of a form (`forms/<code>/sample.toml`): proofs, golden tests and the form list show it.

Values are read as a clerk would type them; a text may be given per language. Names of codes stand in the
file itself, so that a form can be proofed without the office's lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from migdesk.domain.datafile import Keys, Texts
from migdesk.domain.errors import BadFile
from migdesk.domain.fields import Unreadable, specs
from migdesk.domain.papertext import DecisionFacts, DecisionKind
from migdesk.i18n import LANGUAGES, N_
from migdesk.paper.layout import Filled
from migdesk.paper.reading import file_text
from migdesk.paper.template import FormTemplate
from migdesk.paper.values import Root

_TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Samples:
    """The sample papers of one form by key; `ordinary` and `worst` are always there."""

    template: FormTemplate
    tables: Mapping[str, Keys]
    words: Mapping[str, Mapping[str, Texts]]

    def filled(self, key: str, language: str) -> Filled:
        """A sample paper in one language.

        Raises:
            BadFile: a value does not belong to the record it is given for.
        """
        keys = self.tables[key]
        facts = {
            name: _root_facts(keys, root, language)
            for name, root in self.template.roots.items()
            if root.cls is not None
        }
        if "ask" in self.template.roots:
            facts["ask"] = {name: _spoken(value, language) for name, value in keys.raw("ask", {}).items()}
        return Filled(
            self.template, language, facts, lambda list_name, code: self._name(list_name, code, language)
        )

    def _name(self, list_name: str, code: str, language: str) -> str:
        return self.words.get(list_name, {}).get(code, {}).get(language, code)


def read_samples(text: str, file: str, template: FormTemplate) -> Samples:
    """Samples of a form from the text of its `sample.toml`.

    Raises:
        BadFile: names the file and the key.
    """
    keys = Keys.parse(text, file)
    tables = {one.text("key"): one for one in keys.tables("sample")}
    names = keys.table("names")
    words: dict[str, dict[str, Texts]] = {}
    for list_name in names:
        codes = names.table(list_name)
        words[list_name] = {code: codes.texts(code) for code in codes}
    keys.end()
    if not {"ordinary", "worst"} <= set(tables):
        raise keys.bad("sample", N_("Samples “ordinary” and “worst” are needed."))
    for key, one in tables.items():
        unknown = set(one) - set(template.roots) - {"key"}
        if unknown:
            raise keys.bad(f"sample.{key}.{min(unknown)}", N_("This key is not known here."))
    samples = Samples(template, tables, words)
    for key in tables:
        samples.filled(key, template.languages[0])
    return samples


def load_samples(path: Path, template: FormTemplate) -> Samples:
    """Samples from a file.

    Raises:
        BadFile: the file cannot be read, or see `read_samples`.
    """
    return read_samples(file_text(path), str(path), template)


def _spoken(value: Any, language: str) -> Any:
    """A value, or the one of its language where it is given in several."""
    return value.get(language, "") if isinstance(value, dict) and set(value) <= set(LANGUAGES) else value


def _root_facts(keys: Keys, root: Root, language: str) -> object:
    assert root.cls is not None
    if root.many:
        rows = keys.raw(root.name, [])
        return [_made(keys, f"{root.name}[{n}]", root.cls, row, language) for n, row in enumerate(rows, 1)]
    given = keys.raw(root.name, None)
    return None if given is None else _made(keys, root.name, root.cls, given, language)


def _made(keys: Keys, place: str, cls: type, given: dict[str, Any], language: str) -> object:
    """A record or small class from the values of a table."""
    kinds = {one.name: one.field for one in specs(cls)}
    known = {one.name for one in fields(cls)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise keys.bad(f"{place}.{name}", N_("This key is not known here."))
        spoken = _spoken(value, language)
        try:
            values[name] = kinds[name].read(spoken, today=_TODAY) if name in kinds else spoken
        except Unreadable as problem:
            raise BadFile(
                keys.file, keys.at(f"{place}.{name}"), problem.text, hint="", **problem.values
            ) from None
    if cls is DecisionFacts:
        values["kind"] = DecisionKind(values.get("kind", "grant"))
    return cls(**values)
