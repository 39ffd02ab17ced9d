"""What a check says: how grave, which code, which field, in words, and on whose authority."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from migdesk.i18n import N_, Worded, _, pick


class Severity(StrEnum):
    """How grave a finding is: `block` stops a save, `warn` and `note` do not."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"

    @classmethod
    def labels(cls) -> dict[Severity, str]:
        """What a person reads of a rule."""
        return {
            cls.BLOCK: N_("stops it"),
            cls.WARN: N_("a warning"),
            cls.NOTE: N_("for information"),
        }


class Confidence(StrEnum):
    """How far a legal fact was checked; one word for each mark of a source.

    `verified` was read in the act, `reported` in news or a firm's page citing it, `derived` was
    calculated, `library` comes from public data that was recomputed, `unverified` is from memory and
    must be compared with the act before anybody relies on it.
    """

    VERIFIED = "verified"
    REPORTED = "reported"
    DERIVED = "derived"
    LIBRARY = "library"
    UNVERIFIED = "unverified"

    @property
    def is_sure(self) -> bool:
        """Whether somebody wrote it down: enough to hold it against a person, which memory and reckoning are not."""
        return self not in (Confidence.DERIVED, Confidence.UNVERIFIED)

    @classmethod
    def labels(cls) -> dict[Confidence, str]:
        """What a person reads."""
        return {
            cls.VERIFIED: N_("read in the act"),
            cls.REPORTED: N_("reported, compare with the act"),
            cls.DERIVED: N_("calculated"),
            cls.LIBRARY: N_("from public data"),
            cls.UNVERIFIED: N_("not verified, compare with the act"),
        }


Words = str | Mapping[str, str]


def _said(words: Words) -> str:
    return words if isinstance(words, str) else pick(words)


@dataclass(frozen=True, slots=True)
class Source:
    """The authority behind a rule or value: act, article, address, and how far it was checked.

    `acts` and `articles` are plain words, or words in each language.
    """

    acts: Words
    articles: Words = ""
    address: str = ""
    confidence: Confidence = Confidence.UNVERIFIED

    @property
    def act(self) -> str:
        """The act in the current language."""
        return _said(self.acts)

    @property
    def article(self) -> str:
        """Where in the act, or what about it, in the current language."""
        return _said(self.articles)

    @property
    def in_english(self) -> str:
        """The act as the data name it: its kind and number are read from these words."""
        return self.acts if isinstance(self.acts, str) else self.acts["en"]

    def doubted(self) -> Source:
        """The same source with the least confidence: where it is stretched over what it does not say."""
        return dataclasses.replace(self, confidence=Confidence.UNVERIFIED)

    def as_json(self) -> dict[str, str]:
        """The three keys of the public contract."""
        return {"act": self.act, "article": self.article, "confidence": self.confidence.value}


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of a check.

    `text` is an English message with named placeholders, translated when shown; a rule of a pack
    carries its own three languages in `texts` instead.
    """

    severity: Severity
    code: str
    text: str = ""
    field: str | None = None
    values: Mapping[str, object] = dataclasses.field(default_factory=dict, repr=False)
    source: Source | None = None
    texts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def words(self) -> str:
        """The remark in the current language with its values filled in."""
        message = pick(self.texts) if self.texts else _(self.text)
        if not self.values:
            return message
        # the label of a field is itself an English message
        said = {
            name: _(value) if isinstance(value, Worded) else _(str(value)) if name == "label" else value
            for name, value in self.values.items()
        }
        return message.format(**said)

    def as_json(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "field": self.field,
            "text": self.words(),
            "source": self.source.as_json() if self.source else None,
        }


def block(code: str, text: str, field: str | None = None, /, **values: object) -> Finding:
    """A finding that stops the save."""
    return Finding(Severity.BLOCK, code, text, field, values)


def warn(code: str, text: str, field: str | None = None, /, **values: object) -> Finding:
    """A finding that asks to look again and lets the save pass."""
    return Finding(Severity.WARN, code, text, field, values)


def note(code: str, text: str, field: str | None = None, /, **values: object) -> Finding:
    """A finding that only tells something worth knowing."""
    return Finding(Severity.NOTE, code, text, field, values)


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stop a save."""
    return [finding for finding in findings if finding.severity is Severity.BLOCK]
