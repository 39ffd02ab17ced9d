"""The bytes of photos and scans: each content once, by its SHA-256, in the office's own (encrypted) file.

They are no records: what names a content is the attachment, whose journal holds the digest only. Nothing takes a
content away, so undoing and putting back an attachment needs none of its bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from migdesk.domain.errors import NotFound
from migdesk.store.database import Store
from migdesk.store.engine import Connection, guarded


def digest_of(body: bytes) -> str:
    """The name of a content."""
    return hashlib.sha256(body).hexdigest()


def keep(connection: Connection, body: bytes) -> str:
    """Keep a content, in the transaction of the op that names it; one that is there already costs nothing."""
    digest = digest_of(body)
    with guarded():
        connection.execute(
            "INSERT INTO content(digest, size, body) VALUES (?, ?, ?) ON CONFLICT(digest) DO NOTHING",
            (digest, len(body), body),
        )
    return digest


def read(store: Store, digest: str) -> bytes:
    """A content by its digest.

    Raises:
        NotFound: the office has none of this digest.
    """
    found = store.value("SELECT body FROM content WHERE digest = ?", (digest,))
    if found is None:
        raise NotFound(digest)
    return bytes(found)


def count(store: Store) -> tuple[int, int]:
    """How many contents attachments name, and their bytes."""
    sql = (
        "SELECT count(*), coalesce(sum(size), 0) FROM content WHERE digest IN (SELECT digest FROM attachment)"
    )
    number, size = store.rows(sql)[0]
    return number, size


def lost(store: Store) -> Iterator[str]:
    """Attachments, annulled ones too, whose content is not there."""
    sql = "SELECT uid FROM attachment WHERE digest NOT IN (SELECT digest FROM content)"
    yield from (uid for (uid,) in store.each(sql))


def spoiled(store: Store) -> Iterator[str]:
    """Digests of contents that are not what they were when they were kept; read one by one."""
    for digest, size, body in store.each("SELECT digest, size, body FROM content"):
        if len(body) != size or digest_of(body) != digest:
            yield digest


def orphans(store: Store) -> Iterator[str]:
    """Digests of contents that no attachment and no setting ever named: no op of this program leaves such."""
    sql = (
        "SELECT digest FROM content c WHERE digest NOT IN (SELECT digest FROM attachment) "
        "AND NOT EXISTS (SELECT 1 FROM change j WHERE j.tbl = 'setting' AND instr(j.after, c.digest))"
    )
    yield from (digest for (digest,) in store.each(sql))
