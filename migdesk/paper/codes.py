"""QR codes and Code 128 bars as bare rectangles: no drawing objects, so a thousand papers stay quick."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

Bars = tuple[tuple[float, float, float, float], ...]
"""Dark rectangles (left, top, width, height) in a square of side 1, or in a unit rectangle."""


@lru_cache(maxsize=2_000)
def qr_bars(payload: str) -> Bars:
    """Dark runs of a QR code, error correction M; the quiet zone is left to the paper around it."""
    # reportlab is heavy and needed only when a paper is drawn
    from reportlab.graphics.barcode import qrencoder  # noqa: PLC0415

    code: Any = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QR8bitByte(payload))
    code.make()
    count = code.getModuleCount()
    bars: list[tuple[float, float, float, float]] = []
    for n, row in enumerate(code.modules):
        start = 0
        for at in range(count + 1):
            if at < count and row[at]:
                continue
            if at > start:
                bars.append((start / count, n / count, (at - start) / count, 1 / count))
            start = at + 1
    return tuple(bars)


@lru_cache(maxsize=2_000)
def code128_bars(payload: str) -> Bars:
    """Bars of Code 128 over the whole height; the quiet zone is left to the paper around it."""
    from reportlab.graphics.barcode.code128 import Code128  # noqa: PLC0415

    code: Any = Code128(payload, barWidth=1, barHeight=1, quiet=0)
    code.validate()
    code.encode()
    code.decompose()
    # reportlab writes a dark bar as a capital and a light one as a small letter: A is 1 wide, D is 4
    widths = [(ord(letter.upper()) - ord("A") + 1, letter.isupper()) for letter in code.decomposed]
    total = sum(width for width, _dark in widths)
    bars: list[tuple[float, float, float, float]] = []
    at = 0
    for width, dark in widths:
        if dark:
            bars.append((at / total, 0.0, width / total, 1.0))
        at += width
    return tuple(bars)
