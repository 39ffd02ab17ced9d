"""Documents that scripts hand to the program."""

from __future__ import annotations

from typing import Any


def arrival(**given: Any) -> dict[str, Any]:
    """The document of one arrival: the least that is valid."""
    return {
        "person": {
            "surname": "Қасымова",
            "given": "Айгүл",
            "birth_date": "1990-05-17",
            "sex": "f",
            "citizenship": "UZB",
        },
        "documents": [{"number": "AB1234567", "issuer": "UZB", "expires_on": "2032-03-01"}],
        "address": {"place": "551010000", "line": "Лермонтов к-сі, 5-12"},
        "party": {"name": "Серікова Алма"},
        "arrival": {"purpose": "kandas", "entered_on": "2026-11-20", "arrived_on": "2026-11-20"},
        **given,
    }
