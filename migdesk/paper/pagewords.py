"""What stands in the margins of every page: page number, honesty about the layout, mark of a copy.

The words are in the language of the paper, not of the window.
"""

from __future__ import annotations

from migdesk.domain.papertext import PrintFacts
from migdesk.i18n import pick
from migdesk.paper.blocks import MM
from migdesk.paper.fonts import Face, face
from migdesk.paper.marks import Box, Mark, Run
from migdesk.paper.setting import Sheet

CONTINUED = {"kk": "Жалғасы", "ru": "Продолжение", "en": "Continuation"}

HONEST = {
    "official": {},
    "partly_sourced": {
        "kk": "Ішкі нысан: деректер құрамы дереккөзден алынды, орналасуы — жұмыс нұсқасы",
        "ru": "Внутренняя форма: состав сведений по источнику, расположение рабочее",
        "en": "Internal form: data set as sourced, working layout",
    },
    "working": {"kk": "Ішкі нысан", "ru": "Внутренняя форма", "en": "Internal form"},
}
EXTRACT = {"kk": "Ақпараттық үзінді", "ru": "Информационная выписка", "en": "Information extract"}

_COPY = {"kk": "КӨШІРМЕ", "ru": "КОПИЯ", "en": "COPY"}
_PREVIEW = {
    "kk": "АЛДЫН АЛА ҚАРАУ · ТІРКЕЛМЕГЕН",
    "ru": "ПРОСМОТР · НЕ ЗАРЕГИСТРИРОВАНО",
    "en": "PREVIEW · NOT REGISTERED",
}
UNCHECKED = {
    "kk": "{language}: аударманы сол тілде сөйлейтін адам тексермеген; қазақша мәтін негізге алынады",
    "ru": "{language}: перевод не проверен носителем языка; верен текст на русском языке",
    "en": "{language}: the translation was not checked by a native reader; the English text counts",
}
_SIZE = 6.5


def page_marks(sheet: Sheet, facts: PrintFacts, number: int, count: int) -> list[Mark]:
    """Foot line, and the mark of a copy or a preview in the top margin."""
    template = sheet.template
    page = template.page
    in_face = face("serif")
    base = page.height - min(6 * MM, page.bottom * 0.55)
    honest = EXTRACT if template.provenance.extract else HONEST[template.provenance.layout]
    said = " · ".join(filter(None, [pick(honest), template.code, template.revision]))
    marks: list[Mark] = [Run(page.left, base, in_face, _SIZE, sheet.printable(said, "revision"), 0, 0.35)]
    if sheet.tongue and sheet.tongue.unchecked(sheet.said):
        warning = pick(UNCHECKED).format(language=pick(sheet.tongue.name))
        marks.append(Run(page.left, base - _SIZE * 1.3, in_face, _SIZE, warning, 0, 0.35))
    right = [f"№ {sheet.printable(facts.number, 'print.number')}"] if facts.number and count > 1 else []
    right += [f"{number} / {count}"] if count > 1 else []
    if right:
        marks.append(_at_right(" · ".join(right), in_face, (page.width - page.right, base)))
    if facts.preview:
        marks += _stamp(pick(_PREVIEW), page.left, page.top)
    elif facts.copy > 1:
        marks += _stamp(f"{pick(_COPY)} {facts.copy}", page.left, page.top)
    return marks


def _at_right(text: str, in_face: Face, corner: tuple[float, float]) -> Run:
    right, base = corner
    return Run(right - in_face.width(text) * _SIZE, base, in_face, _SIZE, text, 0, 0.35)


def _stamp(text: str, left: float, top: float) -> list[Mark]:
    """A framed word in the middle of the top margin."""
    in_face = face("serif-bold")
    size = 7.5
    width = in_face.width(text) * size + 4 * MM
    y = max(1.5 * MM, top / 2 - 2.6 * MM)
    return [Box(left, y, width, 4.6 * MM, None, 0.9), Run(left + 2 * MM, y + 3.3 * MM, in_face, size, text)]
