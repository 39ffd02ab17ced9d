"""What an operator leaves on the desk: drafts of unsaved forms, and remembered layout of lists."""

from __future__ import annotations

from migdesk.store.database import Store
from migdesk.store.engine import guarded


def keep_draft(store: Store, key: str, content: str, at: str) -> None:
    """Keep what is typed so far; written at every field exit, so a crash loses nothing."""
    with guarded():
        sql = "INSERT OR REPLACE INTO draft(key, content, at) VALUES (?, ?, ?)"
        store.connection.execute(sql, (key, content, at))


def find_draft(store: Store, key: str) -> tuple[str, str] | None:
    """Content and time of a draft."""
    rows = store.rows("SELECT content, at FROM draft WHERE key = ?", (key,))
    return (rows[0][0], rows[0][1]) if rows else None


def drop_draft(store: Store, key: str) -> None:
    """Forget a draft once it was saved."""
    with guarded():
        store.connection.execute("DELETE FROM draft WHERE key = ?", (key,))


def remember(store: Store, key: str, value: str) -> None:
    """Keep a habit of the window: column widths, splitters, last language."""
    with guarded():
        store.connection.execute("INSERT OR REPLACE INTO memory(key, value) VALUES (?, ?)", (key, value))


def recall(store: Store, key: str) -> str | None:
    """A kept habit."""
    found = store.value("SELECT value FROM memory WHERE key = ?", (key,))
    return str(found) if found is not None else None
