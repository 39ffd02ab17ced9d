"""What an operator leaves on the desk: drafts of unsaved forms, and remembered layout of lists."""

from __future__ import annotations

from migdesk.store.database import Store, refuse_gone
from migdesk.store.engine import guarded

OWNED = "@"
"""Between the name of a form and the window that keeps a draft of it."""


def keep_draft(store: Store, key: str, content: str, at: str) -> None:
    """Keep what is typed so far; written at every field exit, so a crash loses nothing."""
    refuse_gone(store.path)
    with guarded():
        sql = "INSERT OR REPLACE INTO draft(key, content, at) VALUES (?, ?, ?)"
        store.connection.execute(sql, (key, content, at))


def find_draft(store: Store, key: str) -> str | None:
    """Content of a draft."""
    found = store.value("SELECT content FROM draft WHERE key = ?", (key,))
    return str(found) if found is not None else None


def others_of(store: Store, name: str, own: str) -> list[tuple[str, str]]:
    """Keys and times of the drafts that other windows keep of the same form, the newest first."""
    sql = "SELECT key, at FROM draft WHERE (key = ? OR substr(key, 1, ?) = ?) AND key <> ? ORDER BY at DESC, key"
    begin = f"{name}{OWNED}"
    return [(key, at) for key, at in store.rows(sql, (name, len(begin), begin, own))]


def kept_of(store: Store, begin: str) -> list[tuple[str, str, str]]:
    """Key, content and time of every draft whose key begins so, in all windows."""
    sql = "SELECT key, content, at FROM draft WHERE substr(key, 1, ?) = ?"
    return [(str(key), str(content), str(at)) for key, content, at in store.rows(sql, (len(begin), begin))]


def take_over(store: Store, key: str, own: str) -> bool:
    """Make another window's draft this one's; of two windows that want it only one gets it."""
    with guarded():
        sql = "UPDATE OR IGNORE draft SET key = ? WHERE key = ?"
        return bool(store.connection.execute(sql, (own, key)).rowcount == 1)


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
