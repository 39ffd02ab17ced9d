"""Golden pages: the words of a page with their places, and a small grey picture of it.

After a wanted change of a form run `python -m tests.paper.golden` and look at the difference before
committing it: every moved word is listed.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from migdesk.paper.draw import draw_form
from migdesk.paper.pages import page_image
from tests.paper.forms import CODES, samples
from tests.paper.words import page_words

FOLDER = Path(__file__).parent / "golden"
CASES = [(code, "ordinary", "kk") for code in CODES] + [
    ("slip_case", "worst", "ru"),
    ("kandas_decision", "refusal", "ru"),
    ("notification_arrival", "worst", "kk"),
    ("family_composition", "worst", "ru"),
    ("family_composition", "two", "en"),
    ("coupon_departure", "worst", "ru"),
    ("leaf_arrival", "worst", "ru"),
    ("session_protocol", "worst", "ru"),
]
DPI = 20


def words_of(content: bytes, page: int) -> list[tuple[str, float, float]]:
    """Words with their left and top edges in millimetres."""
    return [(word.text, round(word.x, 1), round(word.y, 1)) for word in page_words(content, page)]


def picture_of(content: bytes, page: int) -> Image.Image:
    """A page in a few thousand grey pixels: enough to see that a line or a box has gone."""
    shown = page_image(content, page, DPI)
    return Image.frombytes("RGB", (shown.width, shown.height), shown.rgb).convert("L")


def main() -> None:
    """Write all golden files anew."""
    for code, key, language in CASES:
        drawn = draw_form(samples(code).filled(key, language))
        for page in range(1, drawn.pages + 1):
            stem = FOLDER / f"{code}-{key}-{language}-{page}"
            lines = [f"{text}\t{x}\t{y}" for text, x, y in words_of(drawn.content, page)]
            stem.with_suffix(".tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
            out = io.BytesIO()
            picture_of(drawn.content, page).save(out, "PNG")
            stem.with_suffix(".png").write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
