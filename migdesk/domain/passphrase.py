"""A passphrase as machines type it: one keyboard sends й as one sign, another as two that look the same."""

from __future__ import annotations

import unicodedata


def settled(passphrase: str | None) -> str | None:
    """How a new office keeps its passphrase: composed (NFC), whatever keyboard typed it."""
    return unicodedata.normalize("NFC", passphrase) if passphrase else passphrase


def forms(passphrase: str | None) -> tuple[str | None, ...]:
    """What may have been meant, as typed first: an office made earlier keeps the form it was made with."""
    if not passphrase:
        return (passphrase,)
    composed, parted = (unicodedata.normalize(form, passphrase) for form in ("NFC", "NFD"))
    return tuple(dict.fromkeys((passphrase, composed, parted)))
