"""Proofs and samples."""

from __future__ import annotations

import pytest

from migdesk.domain.errors import BadFile
from migdesk.paper.proof import draw_proof
from migdesk.paper.sample import read_samples
from tests.paper.forms import CODES, samples, tiny
from tests.paper.words import page_text

ROW = '[[flow]]\nkind = "row"\nvalue = "person.surname"\n'
BOTH = '[[sample]]\nkey = "ordinary"\n[sample.person]\n{line}\n[[sample]]\nkey = "worst"\n'

NAMES = (
    "person.full_name",
    "person.latin_name",
    "person.surname",
    "household.name",
    "visit.name",
    "agenda.name",
)


@pytest.mark.parametrize("code", CODES)
def test_a_proof_names_every_value_over_the_grid(code: str) -> None:
    drawn = draw_proof(samples(code).filled("ordinary", "kk"))
    text = page_text(drawn.content, 1)
    assert any(name in text for name in NAMES)
    assert "100" in text
    assert draw_proof(samples(code).filled("ordinary", "kk")).content == drawn.content


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (BOTH.format(line='surnam = "a"'), "person.surnam"),
        (BOTH.format(line='birth_date = "soon"'), "person.birth_date"),
        ('[[sample]]\nkey = "ordinary"\n', "sample"),
        (BOTH.format(line="") + "[sample.horse]\n", "sample.worst.horse"),
    ],
)
def test_a_slip_in_a_sample_is_named(text: str, place: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_samples(text, "sample.toml", tiny(ROW))
    assert refused.value.place.endswith(place)


def test_a_sample_speaks_the_language_of_the_paper() -> None:
    text = BOTH.format(line='surname = { kk = "Әли", ru = "Али", en = "Ali" }')
    found = read_samples(text, "sample.toml", tiny(ROW))
    assert found.filled("ordinary", "ru").facts["person"].surname == "Али"  # type: ignore[attr-defined]
