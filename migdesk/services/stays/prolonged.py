"""Both days of what a special regime prolongs: the one that is written, and the one that counts, with the regimes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migdesk.domain.dates import show_day
from migdesk.domain.permit import Permit
from migdesk.domain.person import TravelDocument
from migdesk.i18n import N_, _, pick
from migdesk.rules.law import Law
from migdesk.rules.pack import Special
from migdesk.rules.specials import Lasting
from migdesk.services import permit_ends

_WORDS = N_("ends {ends}, by “{names}” lasts to {lasts}")


@dataclass(frozen=True, slots=True)
class Prolonged:
    """The day that is written, the later one that counts, and the regimes that moved it, one after the other."""

    ends: date
    lasts: date
    by: tuple[Special, ...]

    @property
    def words(self) -> str:
        """Both days, in the current language."""
        names = "”, “".join(pick(one.title) for one in self.by)
        return _(_WORDS).format(ends=show_day(self.ends), names=names, lasts=show_day(self.lasts))

    def as_json(self) -> dict[str, object]:
        """Keys for a script."""
        return {
            "ends": self.ends.isoformat(),
            "lasts": self.lasts.isoformat(),
            "by": [one.code for one in self.by],
            "text": self.words,
        }


def of_permit(law: Law, permit: Permit, citizenship: str) -> Prolonged | None:
    """The days of a permit; nothing when no regime moves the written one."""
    if permit.valid_until is None or not permit.runs or permit.revoked_on:
        return None
    return _of(law, permit_ends.of_permit(permit.kind, citizenship), permit.valid_until)


def of_stay(law: Law, by: tuple[str, str | None], citizenship: str, ends: date) -> Prolonged | None:
    """The days of a stay on a ground, and on a kind of permit, that ends on a day; nothing when none moves it."""
    ground, kind = by
    return _of(law, Lasting(ground=ground, permit=kind, citizenship=citizenship), ends)


def of_document(law: Law, document: TravelDocument, citizenship: str) -> Prolonged | None:
    """The days of a travel document; nothing when no regime moves the written one."""
    if document.expires_on is None:
        return None
    return _of(law, Lasting(document=True, citizenship=citizenship), document.expires_on)


def _of(law: Law, thing: Lasting, ends: date) -> Prolonged | None:
    lasts, by = law.specials.lasts(thing, ends)
    return Prolonged(ends, lasts, by) if by else None
