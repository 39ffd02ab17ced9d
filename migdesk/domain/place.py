"""Place: an object of the KATO classifier."""

from __future__ import annotations

from dataclasses import dataclass

from migdesk.i18n import pick


@dataclass(frozen=True, slots=True)
class Place:
    """One object of the classifier; level 1 is a region, 4 a settlement."""

    code: str
    level: int
    parent: str
    kk: str
    ru: str
    en: str
    kind: str
    valid_from: str = ""
    valid_to: str = ""
    confidence: str = ""

    @property
    def name(self) -> str:
        """The name in the current language."""
        return pick({"kk": self.kk, "ru": self.ru, "en": self.en})
