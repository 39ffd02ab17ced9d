"""The sources of a pack: read once, then cited by every entry by their id."""

from __future__ import annotations

from collections.abc import Mapping

from migdesk.domain.finding import Confidence, Source
from migdesk.i18n import N_
from migdesk.rules.pack import Citation
from migdesk.rules.reading import Node

Cites = Mapping[str, Citation]


def read_citations(top: Node) -> dict[str, Citation]:
    """Every `[[source]]` of a file by its id.

    Raises:
        BadFile: an id stands twice, or a source is incomplete.
    """
    found: dict[str, Citation] = {}
    for node in top.nodes("source"):
        one = _citation(node)
        if one.id in found:
            node.fail("id", N_("“{given}” stands here twice."), given=one.id)
        found[one.id] = one
    return found


def _citation(node: Node) -> Citation:
    source = Source(
        act=node.text("act"),
        article=node.text_or("article", ""),
        address=node.text_or("address", ""),
        confidence=Confidence(node.choice("confidence", [word.value for word in Confidence])),
    )
    found = Citation(node.code("id"), source, node.day("read"), node.text("mark"))
    node.close()
    return found


def cite(node: Node, cites: Cites, key: str = "source") -> Citation:
    """The source that an entry names.

    Raises:
        BadFile: the entry names none, or one that the file does not have.
    """
    return cites[node.choice(key, tuple(cites))]
